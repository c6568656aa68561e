"""``lede add|check|feeds``: where digests come from, and whether they are sound."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.output import as_json, print_json, run_async

if TYPE_CHECKING:
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
