"""The command line: ``lede``.

Commands import what they need when they run, so that ``lede --help`` answers at once.
"""

from __future__ import annotations

import sys

import click

from bot.cli.adding import add, check, feeds
from bot.cli.arranging import briefing, deliveries, entity
from bot.cli.reading import brief, quotes, search, sources, story, timeline, who, why
from bot.cli.reviewing import digest
from bot.cli.running import backup, discord_invite, doctor, restore, run, slack_manifest, status

# sysexits.h: the configuration is wrong.
EX_CONFIG = 78


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lede", prog_name="lede")
def cli() -> None:
    """Lede: sourced news briefings for Slack and Discord, and who is who at once."""
    from bot.logs import configure_logs

    # Standard output is for answers; of the log only what needs attention is shown beside them.
    configure_logs("warning", "console")


for _command in (
    *(who, brief, story, timeline, quotes, search, sources, why),
    *(add, check, digest, feeds),
    *(briefing, deliveries, entity),
    *(run, status, doctor, slack_manifest, discord_invite, backup, restore),
):
    cli.add_command(_command)


def main() -> None:
    """Run ``lede``; expected errors become one sentence on standard error."""
    from bot.domain.errors import BotError, SettingsError

    try:
        cli()
    except SettingsError as error:
        click.echo(f"lede: {error}", err=True)
        sys.exit(EX_CONFIG)
    except BotError as error:
        click.echo(f"lede: {error}", err=True)
        sys.exit(1)
