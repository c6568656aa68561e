from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.deliveries import Planned
from bot.domain.errors import BadRequest, NotFound
from bot.domain.places import Actor, Place
from bot.domain.subscriptions import Pause
from bot.stores.sql.database import Database
from bot.stores.sql.ledger import SqlLedger
from bot.stores.sql.subscriptions import SqlFollows, SqlSubscriptions
from tests.delivery.samples import NOW, slot_at, subscription

pytestmark = pytest.mark.anyio


@pytest.fixture
def store(database: Database) -> SqlSubscriptions:
    """The store under test, at a standing time."""
    return SqlSubscriptions(database, lambda: NOW)


async def test_what_is_added_is_there_as_it_was(store: SqlSubscriptions) -> None:
    """Every field comes back equal."""
    wanted = subscription(options={"publish": True, "tags": ["news"]}, topic="energy", max_stories=3, details=True)

    await store.add(wanted)

    assert await store.get(wanted.id) == wanted
    assert await store.all() == [wanted]


async def test_an_id_is_given_once_for_ever(store: SqlSubscriptions) -> None:
    """Neither a living nor a removed subscription's id can be taken: the ledger still names it."""
    await store.add(subscription())
    with pytest.raises(BadRequest, match="taken"):
        await store.add(subscription())
    await store.remove("b-test")

    with pytest.raises(BadRequest, match="taken"):
        await store.add(subscription())


async def test_what_was_removed_is_gone(store: SqlSubscriptions) -> None:
    """A removed subscription is not found, not listed, and cannot be changed or removed again."""
    await store.add(subscription())
    await store.remove("b-test")

    assert await store.all() == []
    for refused in (store.get("b-test"), store.remove("b-test"), store.replace(subscription())):
        with pytest.raises(NotFound):
            await refused


async def test_all_come_by_place(store: SqlSubscriptions) -> None:
    """Listed by platform, workspace, channel and id."""
    ids = [("b-2", "C2"), ("b-3", "C1"), ("b-1", "C1")]
    for id_, channel in ids:
        await store.add(subscription(id=id_, place=Place("slack", "T1", channel)))

    assert [each.id for each in await store.all()] == ["b-1", "b-3", "b-2"]


@pytest.mark.parametrize("how", ["pause", "remove"])
async def test_what_is_due_and_not_begun_is_not_sent_any_more(database: Database, how: str) -> None:
    """Pausing and removing reach slots that are recorded already, with the reason."""
    store, ledger = SqlSubscriptions(database, lambda: NOW), SqlLedger(database)
    await store.add(subscription())
    await ledger.add(Planned(slot_at(NOW)), subscription().place)

    if how == "remove":
        await store.remove("b-test")
    else:
        await store.replace(subscription(paused=Pause(why="holidays", at=NOW)))

    (delivery,) = await ledger.deliveries()
    assert delivery.state == "missed"
    assert ("removed" if how == "remove" else "holidays") in delivery.reason
    assert await ledger.claim("w", NOW, timedelta(seconds=9), 5) == []


async def test_following_is_kept_once(database: Database) -> None:
    """Follow, follow again, unfollow: each says whether it changed anything; the latest come first."""
    follows = SqlFollows(database)
    ada = Actor("U1", "Ada")

    assert await follows.follow("slack", "T1", ada, "ilse-tamm", NOW)
    assert not await follows.follow("slack", "T1", ada, "ilse-tamm", NOW)
    assert await follows.follow("slack", "T1", ada, "velmora", NOW + timedelta(minutes=1))
    assert await follows.followed("slack", "T1", ada) == ["velmora", "ilse-tamm"]
    assert await follows.unfollow("slack", "T1", ada, "velmora")
    assert not await follows.unfollow("slack", "T1", ada, "velmora")
    assert await follows.followed("slack", "T1", ada) == ["ilse-tamm"]


async def test_people_of_other_workspaces_are_others(database: Database) -> None:
    """The same id on another platform or workspace follows nothing, and a workspace is forgotten alone."""
    follows = SqlFollows(database)
    ada = Actor("U1")
    await follows.follow("slack", "T1", ada, "velmora", NOW)
    await follows.follow("slack", "T2", ada, "velmora", NOW)

    assert await follows.followed("discord", "T1", ada) == []
    assert await follows.forget("slack", "T1") == 1
    assert await follows.followed("slack", "T1", ada) == []
    assert await follows.followed("slack", "T2", ada) == ["velmora"]
