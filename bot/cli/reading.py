"""``lede who|brief|story|timeline|quotes|search|sources|why``: questions to the stored digests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bot.cli.output import as_json, dumped, print_json, print_message, run_async

if TYPE_CHECKING:
    from bot.services.catalogue import Answer
    from bot.services.library import Snapshot


def _library() -> Snapshot:
    from bot.settings import read_settings
    from bot.wiring import load_library

    return run_async(load_library(read_settings())).current


async def _answer(verb: str, options: dict[str, str]) -> Answer:
    from bot.domain.places import Actor, Place
    from bot.services.catalogue import Request
    from bot.settings import read_settings
    from bot.wiring import open_newsroom

    async with open_newsroom(read_settings()) as office:
        place = Place("terminal", "", "")
        actor = Actor("operator", may_change=True, is_admin=True)
        return await office.commands.answer(Request(verb, options, actor, place))


def ask_and_print(verb: str, **options: str | None) -> None:
    """Ask the catalogue as the operator and print the answer; exit status 1 where it is a problem."""
    given = {name: value for name, value in options.items() if value}
    answer = run_async(_answer(verb, given))
    print_message(answer.message)
    if answer.message.tone == "problem":
        raise SystemExit(1)


@click.command()
@click.argument("name", nargs=-1, required=True)
@as_json
def who(name: tuple[str, ...], json_: bool) -> None:
    """Who or what is NAME, in any spelling?"""
    from bot.messages.compose.who import choice_message, dossier_message, unknown_message
    from bot.services.who import identify
    from bot.wiring import SystemClock

    query = " ".join(name)
    identified = identify(_library(), query, SystemClock().now())
    if json_:
        print_json({"query": query, "status": identified.status} | _identified(identified))
    elif identified.entity:
        print_message(dossier_message(identified.entity, identified.how))
    elif identified.status == "ambiguous":
        print_message(choice_message(query, identified.candidates))
    else:
        print_message(unknown_message(query, identified.candidates))


def _identified(identified: Any) -> dict[str, Any]:
    value: dict[str, Any] = {"candidates": [dumped(candidate) for candidate in identified.candidates]}
    if identified.entity:
        value |= {"entity": dumped(identified.entity), "how": identified.how}
    return value


@click.command()
@click.option("--since", help="Only what moved since then: 3d, 12h, yesterday, 2026-01-10.")
@click.option("--at", "at_", help="As it would have been then; now if not given.")
@click.option("--topic", help="Only stories of this topic.")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True)
@as_json
def brief(since: str | None, at_: str | None, topic: str | None, limit: int, json_: bool) -> None:
    """What happened, and why it matters."""
    from bot.messages.compose.briefing import briefing_message
    from bot.services.answers.reading import known_topic
    from bot.services.desk import Desk
    from bot.services.moments import moment
    from bot.settings import read_settings
    from bot.wiring import SystemClock, load_library

    settings = read_settings()
    library = run_async(load_library(settings))
    now = SystemClock().now()
    at = moment(at_, now, settings.zone) if at_ else now
    edition = Desk(library).brief(
        at,
        settings.zone,
        since=moment(since, at, settings.zone) if since else None,
        topic=known_topic(library.current, topic) if topic else None,
        limit=limit,
    )
    if not json_:
        print_message(briefing_message(edition))
        return
    stories = [
        dumped(told.account) | {"number": told.number, "status": told.status, "changes": list(told.changes)}
        for told in edition.stories
    ]
    head = {"edition": edition.id, "title": edition.title, "at": edition.at.isoformat(), "timezone": edition.timezone}
    print_json(
        head
        | {"since": edition.since.isoformat(), "topic": edition.topic, "notes": list(edition.notes), "stories": stories}
        | {"verdicts": [dumped(verdict) for verdict in edition.verdicts]}
    )


@click.command()
@click.argument("text", nargs=-1, required=True)
@as_json
def search(text: tuple[str, ...], json_: bool) -> None:
    """Find stories that hold TEXT."""
    query = " ".join(text)
    if not json_:
        ask_and_print("search", text=query)
        return
    from bot.services import reading

    print_json({"query": query, "results": [dumped(result) for result in reading.search(_library(), query)]})


@click.command()
@click.option("--by", help="Said by this name.")
@click.option("--about", help="About this name.")
@as_json
def quotes(by: str | None, about: str | None, json_: bool) -> None:
    """What was said, word for word."""
    if not json_:
        ask_and_print("quotes", by=by, about=about)
        return
    from bot.services import reading

    library = _library()
    asked = {option: _meant(library, name) for option, name in (("by", by), ("about", about)) if name}
    found = reading.quotes(library, reading.Quoted(**asked))
    print_json({"by": by, "about": about, "quotes": [dumped(quote) for quote in found]})


def _meant(library: Snapshot, name: str) -> Any:
    """The entity of that name; where it is not clear, print why as JSON and exit with status 1."""
    from bot.services.who import match_of

    matched = match_of(library, name)
    if matched.status != "found":
        print_json({"query": name, "status": matched.status} | _identified(matched))
        raise SystemExit(1)
    return library.book[matched.candidates[0].id]


@click.command()
@click.argument("about", nargs=-1, required=True)
@as_json
def timeline(about: tuple[str, ...], json_: bool) -> None:
    """What happened when: ABOUT is a name or a story."""
    subject = " ".join(about)
    if not json_:
        ask_and_print("timeline", about=subject)
        return
    from bot.services import reading

    library = _library()
    told = library.story(subject)
    entity: Any = None if told else _meant(library, subject)
    events = reading.timeline(library, told or entity)
    print_json({"about": subject, "id": told.key if told else entity.id, "events": [dumped(e) for e in events]})


@click.command()
@click.argument("reference", nargs=-1, required=True)
@as_json
def story(reference: tuple[str, ...], json_: bool) -> None:
    """One story in full: REFERENCE is its id, a digest's id, a number of today's briefing, or words of its headline."""
    text = " ".join(reference)
    if not json_:
        ask_and_print("story", story=text)
        return
    from bot.domain.errors import NotFound
    from bot.services import reading

    library = _library()
    found = reading.stories_like(library, text)
    if not found:
        raise NotFound(f"No story is known by “{text[:60]}”.", "lede search finds stories by their words.")
    print_json(dumped(reading.account(library, found[0])))


@click.command()
@click.argument("reference", nargs=-1, required=True)
def sources(reference: tuple[str, ...]) -> None:
    """Where each line of a story comes from."""
    ask_and_print("sources", story=" ".join(reference))


@click.command()
@click.argument("reference", nargs=-1, required=True)
def why(reference: tuple[str, ...]) -> None:
    """Why a story is, or is not, in the latest briefing."""
    ask_and_print("why", story=" ".join(reference))
