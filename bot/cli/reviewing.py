"""``lede digest``: which digests wait for a person, and a person's word on them."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.output import as_json, print_json, print_message, run_async

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.digests import Digest


@click.group()
def digest() -> None:
    """List, show, edit and approve stored digests."""


@digest.command("list")
@click.option("--waiting", is_flag=True, help="Only those that no person has read.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="The newest so many.")
@as_json
def list_digests(waiting: bool, limit: int, json_: bool) -> None:
    """What is stored, the newest article first."""
    from bot.settings import read_settings
    from bot.wiring.reviewing import shelf

    stored, unread = run_async(shelf(read_settings()))
    found = [each for each in stored if each.id in unread] if waiting else stored
    if json_:
        print_json([_entry(each) for each in found[:limit]])
        return
    for each in found[:limit]:
        state = "waiting " if each.id in unread else "read    " if each.made.reviewed else "replaced"
        click.echo(f"{state}  {each.id}  {each.article.outlet.name}: {each.headline}")
    if len(found) > limit:
        click.echo(f"… and {len(found) - limit} more: --limit {len(found)} shows all")
    if not found:
        click.echo("No digest waits to be read." if waiting else "No digest is stored yet. Try: lede add URL")


def _entry(each: Digest) -> dict[str, Any]:
    """A digest as a line of the list, as JSON."""
    return {
        "id": each.id,
        "headline": each.headline,
        "outlet": each.article.outlet.name,
        "published": each.article.published,
        "made_by": each.made.by,
        "reviewed": each.made.reviewed,
    }


@digest.command()
@click.argument("id_", metavar="ID")
@click.option("--evidence", is_flag=True, help="Each line with the sentences of the article that it rests on.")
@as_json
def show(id_: str, evidence: bool, json_: bool) -> None:
    """One stored digest, by its id or the eight digits that end it."""
    from bot.domain.accounts import account_of
    from bot.domain.digests import as_json as digest_json
    from bot.domain.stories import Story
    from bot.messages.compose.story import story_message
    from bot.settings import read_settings
    from bot.wiring.reviewing import sentences, stored

    settings = read_settings()
    found, library = run_async(stored(settings, id_))
    if json_:
        print_json(digest_json(found))
    elif evidence:
        _print_evidence(digest_json(found), run_async(sentences(settings, found)))
    else:
        print_message(story_message(account_of(Story(found.key, (found,)), library.book)))
        read = f"{found.made.reviewed:%d %b %Y, %H:%M} UTC" if found.made.reviewed else "not yet"
        click.echo(f"{found.id}: made by {found.made.by}, reviewed {read}")


def _print_evidence(document: dict[str, Any], sentences: Sequence[str]) -> None:
    """Each line of a digest above its sentences, named as ``lede digest edit`` shows it."""
    lists = ("key_points", "quotes", "figures", "events", "next", "background")
    parts = [("why_it_matters", document["why_it_matters"])] if document.get("why_it_matters") else []
    for field in lists:
        parts += [(f"{field}.{i}", part) for i, part in enumerate(document.get(field) or ())]
    for path, part in parts:
        told = [part.get(key) for key in ("date", "text", "what") if part.get(key)]
        click.echo(f"{path}: {' · '.join(told)}{' — ' + part['speaker'] if 'speaker' in part else ''}")
        for n in part["evidence"]:
            click.echo(f"    [{n}] {sentences[n - 1] if n <= len(sentences) else 'is not kept'}")


@digest.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
def approve(ids: tuple[str, ...]) -> None:
    """Record that a person has read the digests and found them true."""
    from bot.settings import read_settings
    from bot.wiring.reviewing import approve as approved

    for done in run_async(approved(read_settings(), ids)):
        click.echo(f"{done.id} is reviewed.")


@digest.command()
@click.argument("id_", metavar="ID")
@click.option("--from", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Take FILE instead.")
def edit(id_: str, file: Path | None) -> None:
    """Change the digest in $EDITOR; what a person changed outlives re-digesting. A refused text is kept in a file."""
    from bot.domain.digests import as_json as digest_json
    from bot.domain.errors import BotError
    from bot.settings import read_settings
    from bot.wiring.reviewing import edited, stored

    settings = read_settings()
    found, _ = run_async(stored(settings, id_))
    before = json.dumps(digest_json(found), ensure_ascii=False, indent=2)
    after = file.read_text(encoding="utf-8") if file else click.edit(before, extension=".json")
    if after is None or after.strip() == before.strip():
        click.echo("Nothing was changed.")
        return
    try:
        done, unsure = run_async(edited(settings, found, after))
    except BotError:
        kept = file or _unused(f"{found.id}.refused")
        kept.write_text(after, encoding="utf-8")
        click.echo(f"Your text is kept: correct it, then lede digest edit {found.id} --from {kept}", err=True)
        raise
    click.echo(f"{done.id} is changed and reviewed.")
    for path, number in unsure:
        click.echo(f"{path}: {number} is not in the sentences given as evidence.", err=True)


def _unused(name: str) -> Path:
    """A name in this folder that no file has: an earlier text must not be lost to a later one."""
    numbered = (Path(f"{name}{n or ''}.json") for n in itertools.count())
    return next(path for path in numbered if not path.exists())
