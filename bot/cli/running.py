"""``lede run``, ``status``, ``doctor``, ``backup``, ``restore`` and the set-up of apps."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.cli.output import as_json, print_json, run_async
from bot.cli.reading import ask_and_print


@click.command()
@click.option("--only", default="", help="Serve only these platforms: discord,slack,web,terminal.")
def run(only: str) -> None:
    """Serve everything that is configured, until SIGTERM."""
    from bot.logs import configure_logs
    from bot.settings import read_settings
    from bot.wiring.serving import serve

    settings = read_settings()
    configure_logs(settings.log_level, settings.log_format)
    run_async(serve(settings, [name.strip() for name in only.split(",") if name.strip()]))


@click.command()
def status() -> None:
    """What is stored, what was missed or refused."""
    ask_and_print("status")


@click.command()
@as_json
def doctor(json_: bool) -> None:
    """What is configured, reachable and stale, and what to do next; exit status 1 where something is wrong."""
    from bot.wiring.doctor import examine

    findings = run_async(examine())
    if json_:
        print_json([{"part": f.part, "ok": f.ok, "text": f.text} for f in findings])
    else:
        for finding in findings:
            mark = click.style("ok  ", fg="green") if finding.ok else click.style("FIX ", fg="red", bold=True)
            click.echo(f"{mark} {finding.part}: {finding.text}")
    if not all(finding.ok for finding in findings):
        raise SystemExit(1)


@click.command("slack-manifest")
@click.option("--name", default="Lede", show_default=True, help="What people call the bot.")
def slack_manifest(name: str) -> None:
    """The Slack app's manifest for these settings, to paste at api.slack.com/apps."""
    from bot.platforms.slack.manifest import direct_verbs, manifest, warnings
    from bot.settings import read_settings

    settings = read_settings()
    direct = direct_verbs(settings.slack_commands)
    for warning in warnings(direct):
        click.echo(warning, err=True)
    # Without a signing secret, or with an app token, Slack is listened to by a socket.
    socket = settings.slack_app_token is not None or settings.slack_signing_secret is None
    public, oauth = settings.public_url or "", bool(settings.slack_client_id)
    value = manifest(direct, socket_mode=socket, public_url=public, oauth=oauth, name=name)
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@click.command("discord-invite")
@click.option("--application", default="", help="The application's id; read from DISCORD_TOKEN if not given.")
@click.option("--server", default="", help="Choose this server in the dialogue.")
def discord_invite(application: str, server: str) -> None:
    """The address that adds the bot to a Discord server, with just the permissions it needs."""
    from bot.domain.errors import SettingsError
    from bot.platforms.discord.invite import application_id_of, invite_url
    from bot.settings import read_settings

    token = read_settings().discord_token
    found = application or (application_id_of(token.get_secret_value()) if token else "")
    if not found:
        hint = "Set DISCORD_TOKEN, or give --application with the id from the developer portal, General Information."
        raise SettingsError("The application's id is not known.", hint)
    click.echo(invite_url(found, server))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Save subscriptions, deliveries, follows and feeds to FILE, also while the bot runs."""
    from bot.settings import read_settings
    from bot.stores.sql.backup import backup as saved

    run_async(saved(read_settings().database_url.get_secret_value(), file))
    click.echo(f"Saved to {file}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True))
def restore(file: Path) -> None:
    """Bring back what FILE holds; slots of the last day are read back before anything is sent."""
    from bot.settings import read_settings
    from bot.stores.sql.backup import restore as restored
    from bot.stores.sql.opening import present_of
    from bot.wiring import SystemClock

    async def work(url: str) -> None:
        await restored(url, file, await present_of(url, SystemClock()))

    run_async(work(read_settings().database_url.get_secret_value()))
    click.echo(f"Restored from {file}.")
