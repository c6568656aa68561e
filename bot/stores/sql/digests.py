"""Digests in PostgreSQL, for replicas that share no folder. A change on one is seen on all at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

import psycopg
import structlog
from pydantic import ValidationError
from sqlalchemy import Connection, select, text

from bot.domain.digests import Digest, as_json, newest_first
from bot.domain.entities import Decisions
from bot.domain.errors import NotFound, StoreError
from bot.ports import Problem
from bot.stores.sql.postgres import PostgresDatabase
from bot.stores.sql.statements import put
from bot.stores.sql.tables import DIGESTS, FACTS

_log = structlog.get_logger(__name__)
_CHANNEL = "lede_digests"
_DECISIONS = "decisions"
# After the server was away; what changed meanwhile is told once it is back.
_LISTEN_AGAIN = 1.0
# Changes that come within this are told once: a whole folder may be filed in one go.
_TOGETHER = 0.2


class PostgresDigestStore:
    """A :class:`bot.ports.DigestStore` in the ledger's database."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._database = database
        self._problems: tuple[Problem, ...] = ()

    async def load(self) -> Sequence[Digest]:
        """See :meth:`bot.ports.DigestStore.load`."""
        rows = await self._database.read(
            lambda connection: connection.execute(select(DIGESTS.c.id, DIGESTS.c.body).order_by(DIGESTS.c.id)).all()
        )
        found: list[Digest] = []
        problems: list[Problem] = []
        for id_, body in rows:
            try:
                found.append(Digest.model_validate(body))
            except ValidationError as error:
                problems.extend(_problems(id_, error))
        self._problems = tuple(problems)
        return newest_first(found)

    async def get(self, id_: str) -> Digest:
        """See :meth:`bot.ports.DigestStore.get`."""
        known = select(DIGESTS.c.body).where(DIGESTS.c.id == id_.replace("\0", ""))
        body = await self._database.read(lambda connection: connection.execute(known).scalar_one_or_none())
        try:
            return Digest.model_validate(body)
        except ValidationError:
            raise NotFound(f"There is no digest {id_!r}.", "Search for a word of its headline.") from None

    async def file(self, digest: Digest) -> bool:
        """See :meth:`bot.ports.DigestStore.file`. One that did not change wakes no one."""
        row = {"id": digest.id, "body": as_json(digest), "filed": digest.made.at}

        def work(connection: Connection) -> bool:
            known = select(DIGESTS.c.body).where(DIGESTS.c.id == digest.id).with_for_update()
            before = connection.execute(known).scalar_one_or_none()
            if before != row["body"]:
                put(connection, DIGESTS, row)
                _tell(connection)
            return before is None

        return await self._database.write(work)

    async def problems(self) -> Sequence[Problem]:
        """See :meth:`bot.ports.DigestStore.problems`."""
        return self._problems

    async def decisions(self) -> Decisions:
        """See :meth:`bot.ports.DigestStore.decisions`."""
        kept = select(FACTS.c.value).where(FACTS.c.name == _DECISIONS)
        value = await self._database.read(lambda connection: connection.execute(kept).scalar_one_or_none())
        try:
            return Decisions.model_validate(value or {})
        except ValidationError as error:
            field = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise StoreError(
                f"The decisions about identity cannot be used: {field}: {error.errors()[0]['msg']}.",
                "They were written by another version of Lede: update, or decide again.",
            ) from None

    async def decide(self, decisions: Decisions) -> None:
        """See :meth:`bot.ports.DigestStore.decide`."""
        row = {"name": _DECISIONS, "value": decisions.model_dump(mode="json")}

        def work(connection: Connection) -> None:
            put(connection, FACTS, row)
            _tell(connection)

        await self._database.write(work)

    async def changes(self) -> AsyncGenerator[None, None]:
        """See :meth:`bot.ports.DigestStore.changes`. Told once more after the server was away: something may be new."""
        address = self._database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(address, autocommit=True, connect_timeout=5)
                async with connection:
                    await connection.execute(f"LISTEN {_CHANNEL}".encode())
                    yield
                    while True:
                        async for _ in connection.notifies(stop_after=1):
                            pass
                        await asyncio.sleep(_TOGETHER)
                        async for _ in connection.notifies(timeout=0):
                            pass
                        yield
            except (psycopg.Error, OSError) as error:
                _log.warning("digests not followed; trying again", reason=" ".join(str(error).split())[:200])
            await asyncio.sleep(_LISTEN_AGAIN)


def _tell(connection: Connection) -> None:
    connection.execute(text(f"NOTIFY {_CHANNEL}"))


def _problems(id_: str, error: ValidationError) -> list[Problem]:
    return [
        Problem(id_, ".".join(str(part) for part in each["loc"]), each["msg"].removeprefix("Value error, "))
        for each in error.errors()
    ]
