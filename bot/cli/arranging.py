"""``lede briefing``, ``lede deliveries``, ``lede entity``: what is posted where and when, and who is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bot.cli.output import as_json, dumped, print_json, run_async
from bot.cli.reading import ask_and_print

if TYPE_CHECKING:
    from bot.domain.deliveries import Delivery
    from bot.domain.subscriptions import Subscription
    from bot.services.newsroom import Newsroom

_PLATFORMS = click.Choice(["discord", "slack", "web", "terminal"])


@click.group()
def briefing() -> None:
    """Arrange what is posted where and when."""


@briefing.command("add")
@click.option("--platform", type=_PLATFORMS, required=True)
@click.option("--workspace", default="", help="Discord server or Slack team id; empty for web and terminal.")
@click.option("--channel", required=True, help="Channel id, or a name of your choice for web and terminal.")
@click.option("--at", "at_", required=True, help="Local times: 08:00 or 08:00,17:30.")
@click.option("--tz", default="", help="IANA time zone; TIMEZONE if not given.")
@click.option("--days", default="", help="daily, mon-fri, weekends, mon,thu, monthly:1,15; daily if not given.")
@click.option("--topic", default="", help="Only stories of this topic.")
@click.option("--min", "min_", default=0, type=click.IntRange(0, 50), help="Skip it with fewer stories.")
@click.option("--max", "max_", default=None, type=click.IntRange(1, 50), help="At most this many stories.")
@click.option("--only-if-news", is_flag=True, help="Skip it when nothing is new.")
@click.option("--details", is_flag=True, help="Post the stories' details in the thread.")
@click.option("--quiet", default="", help="Hours in which nothing is posted: 22:00-07:00.")
@click.option("--skip", default="", help="Dates to skip: 2026-12-25,01-01.")
@click.option("--publish", is_flag=True, help="Discord: publish in an announcement channel.")
@click.option("--tag", "tags", multiple=True, help="Discord: tag of a forum post.")
@as_json
def add(platform: str, workspace: str, channel: str, json_: bool, **asked: Any) -> None:
    """Post a briefing regularly."""
    from bot.domain.places import Place
    from bot.services.subscriptions import Wanted

    options: dict[str, Any] = {"publish": True} if asked["publish"] else {}
    options |= {"tags": list(asked["tags"])} if asked["tags"] else {}
    wanted = Wanted(
        at=asked["at_"],
        timezone=asked["tz"],
        days=asked["days"],
        topic=asked["topic"],
        quiet=asked["quiet"],
        skip=asked["skip"],
        min_stories=asked["min_"],
        max_stories=asked["max_"],
        only_if_news=asked["only_if_news"],
        details=asked["details"],
        options=options,
    )

    async def work(room: Newsroom) -> Subscription:
        return await room.subscriptions.add(Place(platform, workspace, channel), wanted, by="operator")  # type: ignore[arg-type]  # click checked it

    _show(json_, _in_newsroom(work))


def _in_newsroom(work: Any) -> Any:
    """Run ``work(newsroom)`` with everything opened and closed around it."""
    from bot.settings import read_settings
    from bot.wiring import open_newsroom

    async def opened() -> Any:
        async with open_newsroom(read_settings()) as office:
            return await work(office.room)

    return run_async(opened())


def _record(subscription: Subscription, upcoming: str | None = None) -> dict[str, Any]:
    """A subscription as JSON: its own fields, its place spelled out, when it is next due."""
    place = subscription.place
    return (
        {"id": subscription.id, "platform": place.platform, "workspace": place.workspace, "channel": place.channel}
        | {key: value for key, value in dumped(subscription).items() if key not in ("id", "place")}
        | {"paused": dumped(subscription.paused) if subscription.paused else None, "next": upcoming}
    )


def _show(json_: bool, subscription: Subscription) -> None:
    if json_:
        print_json(_record(subscription))
        return
    state = f"paused: {subscription.paused.why}" if subscription.paused else str(subscription.schedule)
    place = subscription.place
    where = " ".join(word for word in (place.platform, place.workspace, place.channel) if word)
    click.echo(f"{subscription.id}  {where}  {state}")


@briefing.command("list")
@as_json
def list_(json_: bool) -> None:
    """Every briefing, with when it comes next."""

    async def work(room: Newsroom) -> list[dict[str, Any]]:
        records = []
        for each in await room.subscriptions.list():
            slot = room.subscriptions.upcoming(each)
            local = {
                "schedule_text": str(each.schedule),
                "next_local": f"{slot.nominal:%a %d %b %H:%M}" if slot else "",
            }
            records.append(_record(each, slot.instant.isoformat() if slot else None) | local)
        return records

    records = _in_newsroom(work)
    if json_:
        print_json(records)
        return
    for each in records:
        state = f"paused: {each['paused']['why']}" if each["paused"] else f"next {each['next_local'] or 'never'}"
        place = f"{each['platform']} {each['workspace']} {each['channel']}".replace("  ", " ")
        click.echo(f"{each['id']}  {place}  {each['schedule_text']}  {state}")
    if not records:
        click.echo("No briefing is set up. Try: lede briefing add --platform web --channel briefing --at 08:00")


@briefing.command()
@click.argument("id_", metavar="ID")
@as_json
def preview(id_: str, json_: bool) -> None:
    """What ID would post now."""
    from bot.cli.output import print_message

    async def work(room: Newsroom) -> Any:
        subscription = await room.subscriptions.get(id_)
        return subscription, await room.deliveries.preview(subscription), room.desk

    subscription, edition, desk = _in_newsroom(work)
    if json_:
        print_json({"id": subscription.id, "edition": dumped(edition) if edition else None})
    elif edition is None:
        click.echo(f"{subscription.id} would post nothing now: there is not enough news for it.")
    else:
        print_message(desk.message(edition, details=subscription.details))


@briefing.command()
@click.argument("id_", metavar="ID")
@as_json
def pause(id_: str, json_: bool) -> None:
    """Post nothing until it is resumed."""
    _show(json_, _in_newsroom(lambda room: room.subscriptions.pause(id_, "by the operator")))


@briefing.command()
@click.argument("id_", metavar="ID")
@as_json
def resume(id_: str, json_: bool) -> None:
    """Post again, from now on."""
    _show(json_, _in_newsroom(lambda room: room.subscriptions.resume(id_)))


@briefing.command()
@click.argument("id_", metavar="ID")
@as_json
def remove(id_: str, json_: bool) -> None:
    """Forget a briefing."""
    removed = _in_newsroom(lambda room: room.subscriptions.remove(id_))
    if json_:
        print_json(_record(removed))
    else:
        click.echo(f"{removed.id} is removed.")


@briefing.command()
@click.argument("id_", metavar="ID")
@as_json
def now(id_: str, json_: bool) -> None:
    """Post a briefing now, once, beside its schedule."""
    from bot.settings import read_settings
    from bot.wiring.serving import deliver_now

    delivery = run_async(deliver_now(read_settings(), id_))
    if json_:
        print_json(row(delivery))
    else:
        click.echo(f"{delivery.slot.key}: {delivery.state} {delivery.reason} {delivery.hint}".rstrip())
    if delivery.state not in ("delivered", "skipped"):
        raise SystemExit(1)


def row(delivery: Delivery) -> dict[str, Any]:
    """A delivery as a row of the ledger."""
    attempts = [attempt for part in delivery.parts for attempt in part.attempts]
    failed = [attempt.error for attempt in attempts if attempt.error]
    return {
        "slot": delivery.slot.key,
        "nominal": delivery.slot.nominal.isoformat(),
        "timezone": delivery.slot.timezone,
        "instant": delivery.slot.instant.isoformat(),
        "subscription": delivery.slot.subscription,
        "platform": delivery.place.platform,
        "workspace": delivery.place.workspace,
        "channel": delivery.place.channel,
        "state": delivery.state,
        "reason": delivery.reason,
        "hint": delivery.hint,
        "parts": [
            {
                "number": p.number,
                "state": p.state,
                "key": p.key,
                "message": p.ref,
                "url": p.url,
                "attempts": len(p.attempts),
            }
            for p in delivery.parts
        ],
        "attempts": len(attempts),
        "error": failed[-1] if failed else None,
    }


@click.command()
@click.option("--state", "states", multiple=True, help="Only these states, such as missed or refused.")
@click.option("--subscription", help="Only of this briefing.")
@click.option("--limit", default=50, type=click.IntRange(1, 10_000), show_default=True)
@as_json
def deliveries(states: tuple[str, ...], subscription: str | None, limit: int, json_: bool) -> None:
    """What was posted, refused, missed, or is not known."""
    from bot.domain.deliveries import SLOT_STATES
    from bot.domain.errors import BadRequest

    wrong = [state for state in states if state not in SLOT_STATES]
    if wrong:
        raise BadRequest(f"{wrong[0]} is no state.", f"There are {', '.join(SLOT_STATES)}.")
    found = _ledger_rows(states, subscription, limit)
    if json_:
        print_json(found)
        return
    for each in found:
        messages = " ".join(part["message"] for part in each["parts"] if part["message"])
        place = f"{each['platform']} {each['channel']}"
        said = " ".join(word for word in (each["reason"], each["hint"], each["error"] or "") if word)
        click.echo(f"{each['nominal']}  {each['subscription']}  {place}  {each['state']}  {messages} {said}".rstrip())
    if not found:
        click.echo("No deliveries.")


def _ledger_rows(states: tuple[str, ...], subscription: str | None, limit: int) -> list[dict[str, Any]]:
    from bot.settings import read_settings
    from bot.wiring import open_newsroom

    async def work() -> list[dict[str, Any]]:
        async with open_newsroom(read_settings()) as office:
            return [row(d) for d in await office.ledger.deliveries(states, subscription, None, limit)]  # type: ignore[arg-type]  # checked above

    return run_async(work())


@click.group()
def entity() -> None:
    """Decide who is one and who is two."""


@entity.command()
@click.argument("name")
@click.argument("into")
def merge(name: str, into: str) -> None:
    """NAME and INTO are one."""
    ask_and_print("entity merge", name=name, into=into)


@entity.command()
@click.argument("name")
@click.argument("digest")
@click.argument("into")
def split(name: str, digest: str, into: str) -> None:
    """In DIGEST, NAME means another entity, whose id will be INTO."""
    ask_and_print("entity split", name=name, digest=digest, into=into)


@entity.command()
@click.argument("name")
@click.argument("other")
def alias(name: str, other: str) -> None:
    """NAME is also called OTHER."""
    ask_and_print("entity alias", name=name, alias=other)
