"""``lede add|check|digest|feeds``: where digests come from, and whether they are sound."""

from __future__ import annotations

import itertools
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.output import as_json, print_json, print_message, run_async

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.services.feeds import FeedService
    from bot.services.ingest import IngestResult


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--digester", type=click.Choice(["extractive", "llm"]), help="DIGESTER if not given.")
@click.option("--published", help="When it was published, where the source does not say.")
@click.option("--outlet", default="", help="Who published it, where the source does not say.")
@click.option("--title", default="", help="Its title, where the source does not say.")
@click.option("--url", default="", help="Its address, for a text that came otherwise.")
@as_json
def add(sources: tuple[str, ...], digester: Any, published: str | None, json_: bool, **given: Any) -> None:
    """Digest articles: SOURCE is an address, an HTML or text file, a folder of them, or - for standard input."""
    from bot.ports import Given
    from bot.services.moments import moment
    from bot.settings import read_settings
    from bot.wiring import SystemClock, open_newsroom
    from bot.wiring.ingesting import digester_of

    settings = read_settings()
    when = moment(published, SystemClock().now(), settings.zone) if published else None

    async def work() -> list[IngestResult]:
        results = []
        async with open_newsroom(settings) as office:
            other = digester_of(settings, office.intake.offline, digester) if digester else None
            about = Given(published=when, **given)
            async for result in office.room.ingest.add_all(_spread(sources), about, local=True, digester=other):
                if not json_:
                    _tell(result)
                results.append(result)
        return results

    results = run_async(work())
    if json_:
        print_json([_result(result) for result in results])
    if any(result.status == "refused" for result in results):
        raise SystemExit(1)


def _spread(sources: tuple[str, ...]) -> list[str]:
    """A folder stands for the articles in it."""
    spread: list[str] = []
    for source in sources:
        folder = Path(source)
        if source != "-" and "://" not in source and folder.is_dir():
            spread += [str(p) for p in sorted(folder.rglob("*")) if p.suffix.lower() in (".txt", ".html", ".htm")]
        else:
            spread.append(source)
    return spread


def _result(result: IngestResult) -> dict[str, Any]:
    value: dict[str, Any] = {"source": result.source, "status": result.status}
    value |= {"digest": result.digest} if result.digest else {}
    reason = " ".join(text for text in (result.reason, result.hint) if text)
    return value | ({"reason": reason} if reason else {})


def _tell(result: IngestResult) -> None:
    said = _result(result)
    click.echo(
        " ".join(text for text in (said["status"], result.source, said.get("digest"), said.get("reason")) if text)
    )


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@as_json
def check(paths: tuple[Path, ...], json_: bool) -> None:
    """Check digest files or folders of them; DIGESTS_DIR if no PATH is given."""
    from bot.settings import read_settings
    from bot.stores.files.articles import FileArticleStore
    from bot.stores.files.checking import check as checked

    settings = read_settings()
    articles = FileArticleStore(settings.articles_dir)
    report = checked(paths or (settings.digests_dir,), articles)
    if json_:
        print_json(asdict(report))
    else:
        for problem in report.problems:
            click.echo(f"{problem.path}: {problem.field}: {problem.reason}".replace(": : ", ": "))
        click.echo(f"{report.checked} checked, {report.valid} valid, {len(report.problems)} problems")
    if report.problems:
        raise SystemExit(1)


@click.group()
def digest() -> None:
    """Show, edit and approve stored digests."""


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
@click.argument("id_", metavar="ID")
def approve(id_: str) -> None:
    """Record that a person has read the digest and found it true."""
    from bot.settings import read_settings
    from bot.wiring.reviewing import approve as approved

    done = run_async(approved(read_settings(), id_))
    click.echo(f"{done.id} is reviewed.")


@digest.command()
@click.argument("id_", metavar="ID")
@click.option("--from", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Take FILE instead.")
def edit(id_: str, file: Path | None) -> None:
    """Change the digest in $EDITOR; what a person changed outlives re-digesting. A refused text is kept in a file."""
    import json

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


@click.group()
def feeds() -> None:
    """Feeds that are read regularly."""


def _with_feeds(work: Any) -> Any:
    from bot.settings import read_settings
    from bot.wiring import open_newsroom

    async def opened() -> Any:
        async with open_newsroom(read_settings()) as office:
            return await work(office.room.feeds)

    return run_async(opened())


def _feed(feed: Any) -> dict[str, Any]:
    """A feed as JSON: what it is and how it is."""
    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.title,
        "folder": feed.folder,
        "state": feed.state,
        "items": feed.items,
        "waiting": len(feed.waiting),
        "last_success": feed.last_success,
        "next_try": feed.next_try,
        "failures": feed.failures,
        "error": feed.error,
    }


@feeds.command("add")
@click.argument("url")
@as_json
def add_feed(url: str, json_: bool) -> None:
    """Read the feed at URL, or the feed of the site there."""
    added = _with_feeds(lambda service: service.add(url))
    if json_:
        print_json(_feed(added.feed) | {"new": added.new, "others": [asdict(other) for other in added.others]})
        return
    click.echo(f"{'added' if added.new else 'known'}  {added.feed.url}")
    for other in added.others:
        click.echo(f"the site also offers  {other.url}")


@feeds.command("list")
@as_json
def list_feeds(json_: bool) -> None:
    """Every feed and how it is."""
    found = _with_feeds(lambda service: service.list())
    if json_:
        print_json([_feed(feed) for feed in found])
        return
    for feed in found:
        read = f"{feed.last_success:%Y-%m-%d %H:%M}" if feed.last_success else "never"
        trouble = f"  {feed.error}" if feed.error else ""
        click.echo(
            f"{feed.state}  {feed.url}  {feed.items} articles, read {read}, next {feed.next_try:%H:%M} UTC{trouble}"
        )
    if not found:
        click.echo("No feed is read yet. Try: lede feeds add https://example.com/")


@feeds.command()
@click.argument("feed")
@as_json
def remove(feed: str, json_: bool) -> None:
    """Stop reading FEED (address, id or title); its articles stay."""
    removed = _with_feeds(lambda service: service.remove(feed))
    if json_:
        print_json(_feed(removed))
    else:
        click.echo(f"removed  {removed.url}")


@feeds.command("import")
@click.argument("file")
@click.option("--yes", is_flag=True, help="Add them without asking.")
@as_json
def import_(file: str, yes: bool, json_: bool) -> None:
    """Add the feeds of an OPML FILE or address, after showing them."""
    plan = _with_feeds(lambda service: service.plan_import(file, local=True))
    told = {"new": plan.new, "known": plan.known}
    counts = f"{len(plan.new)} new, {len(plan.known)} known, {len(plan.refused)} refused"
    if not json_:
        for found in plan.new:
            click.echo(f"new  {found.url}  {found.title}")
        for found, why in plan.refused:
            click.echo(f"refused  {found.url}  {why}")
        click.echo(counts)
    if plan.new and (yes or json_ or click.confirm("Add the new ones?", default=True)):
        _with_feeds(lambda service: service.carry_out(plan))
    if json_:
        refused = [asdict(found) | {"reason": why} for found, why in plan.refused]
        print_json({name: [asdict(f) for f in found] for name, found in told.items()} | {"refused": refused})


@feeds.command()
def export() -> None:
    """All feeds as OPML, on standard output."""
    click.echo(_with_feeds(lambda service: service.export()), nl=False)


@feeds.command()
@click.argument("feed", nargs=-1)
@as_json
def poll(feed: tuple[str, ...], json_: bool) -> None:
    """Ask feeds now (all, or FEED) and take in what is new."""
    from rich.console import Console
    from rich.progress import Progress

    from bot.services.feeds import FeedPolled

    async def work(service: FeedService) -> list[Any]:
        steps = []
        with Progress(console=Console(stderr=True), transient=True, disable=json_) as bar:
            task = bar.add_task("Feeds", total=len(feed) or len(await service.list()) or 1)
            async for step in service.poll(feed):
                steps.append(step)
                if isinstance(step, FeedPolled):
                    bar.update(task, advance=1)
                else:
                    bar.update(task, description=step.title[:50])
        return steps

    steps = _with_feeds(work)
    polled = [step for step in steps if isinstance(step, FeedPolled)]
    read = [step for step in steps if not isinstance(step, FeedPolled)]
    if json_:
        print_json(
            {
                "feeds": [_feed(p.feed) | {"new": p.new, "changed": p.changed, "error": p.error} for p in polled],
                "articles": [_result(step.result) | {"later": step.later} for step in read],
            }
        )
        return
    for each in polled:
        click.echo(f"{each.feed.url}  {each.error or f'{each.new} new, {each.changed} changed'}")
    for step in read:
        _tell(step.result)
    added = sum(step.result.status == "added" for step in read)
    failed = sum(bool(each.error) for each in polled)
    click.echo(f"{len(polled)} feeds asked, {failed} failed, {added} articles added")
