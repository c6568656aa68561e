"""Workspaces that installed the app by OAuth, kept by slack-sdk's own store in the bot's database."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import and_, delete, event, make_url, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.domain.errors import StoreError

_LOG = logging.getLogger(__name__)
#: How long a person may take between "Add to Slack" and "Allow".
_STATE_SECONDS = 600
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


@dataclass(frozen=True, slots=True)
class Installed:
    """A workspace's grant: the bot's token and who the bot is there."""

    team: str
    token: str = field(repr=False)
    bot_id: str
    bot_user: str
    scopes: tuple[str, ...]


class Installations:
    """Keeps and finds grants."""

    def __init__(self, database_url: str, client_id: str, client_secret: str) -> None:
        """Args: ``database_url`` as SQLAlchemy takes it, with or without a driver."""
        self._engine = _engine(database_url)
        self._client_id = client_id
        self._client_secret = client_secret
        self._store = AsyncSQLAlchemyInstallationStore(client_id=client_id, engine=self._engine, logger=_LOG)
        self._states = AsyncSQLAlchemyOAuthStateStore(
            expiration_seconds=_STATE_SECONDS, engine=self._engine, logger=_LOG
        )

    async def open(self) -> None:
        """Create the tables where they are missing.

        Raises:
            StoreError: the database cannot be used.
        """
        try:
            await self._store.create_tables()  # type: ignore[no-untyped-call]
            await self._states.create_tables()  # type: ignore[no-untyped-call]
        except SQLAlchemyError as error:
            raise _unusable(error) from error

    async def close(self) -> None:
        """Let go of the database."""
        await self._engine.dispose()

    async def find(self, team: str) -> Installed | None:
        """The newest grant of a workspace, whichever organisation it belongs to.

        Raises:
            StoreError: the database cannot be read.
        """
        bots = self._store.bots
        query = select(bots).where(bots.c.client_id == self._client_id, bots.c.team_id == team)
        try:
            async with self._engine.connect() as connection:
                row = (await connection.execute(query.order_by(bots.c.installed_at.desc()).limit(1))).first()
        except SQLAlchemyError as error:
            raise _unusable(error) from error
        if row is None or not row.bot_token:
            return None
        scopes = tuple(part for part in (row.bot_scopes or "").split(",") if part)
        return Installed(team, row.bot_token, row.bot_id or "", row.bot_user_id or "", scopes)

    async def keep(self, grant: Bot) -> None:
        """Keep a workspace's grant, as slack-sdk has it.

        Raises:
            StoreError: the database cannot be written.
        """
        try:
            await self._store.async_save_bot(grant)
        except SQLAlchemyError as error:
            raise _unusable(error) from error

    async def forget(self, team: str) -> None:
        """Delete everything of a workspace that removed the app.

        Raises:
            StoreError: the database cannot be written.
        """
        try:
            async with self._engine.begin() as connection:
                for table in (self._store.bots, self._store.installations):
                    ours = and_(table.c.client_id == self._client_id, table.c.team_id == team)
                    await connection.execute(delete(table).where(ours))
        except SQLAlchemyError as error:
            raise _unusable(error) from error

    def flow(self, client: AsyncWebClient, scopes: Sequence[str], redirect_uri: str = "") -> AsyncOAuthFlow:
        """Bolt's pages at ``/slack/install`` and ``/slack/oauth_redirect``, keeping what they get here."""
        settings = AsyncOAuthSettings(
            client_id=self._client_id,
            client_secret=self._client_secret,
            scopes=list(scopes),
            user_scopes=[],
            redirect_uri=redirect_uri or None,
            install_path="/slack/install",
            redirect_uri_path="/slack/oauth_redirect",
            installation_store=self._store,
            installation_store_bot_only=True,
            state_store=self._states,
            state_expiration_seconds=_STATE_SECONDS,
            logger=_LOG,
        )
        return AsyncOAuthFlow(client=client, logger=_LOG, settings=settings)


def _unusable(error: SQLAlchemyError) -> StoreError:
    kind = type(getattr(error, "orig", None) or error).__name__
    what = f"The list of Slack workspaces cannot be used ({kind})."
    return StoreError(what, "Check DATABASE_URL and that its disk is neither full nor read-only.")


def _engine(database_url: str) -> AsyncEngine:
    url = make_url(database_url)
    if "+" not in url.drivername:
        url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    if not url.drivername.startswith("sqlite"):
        return create_async_engine(url, pool_pre_ping=True)
    engine = create_async_engine(url, connect_args={"timeout": 15, "isolation_level": None})

    # The store reads and then writes. SQLite refuses that at once, whatever its timeout, where another writer came
    # between: take the lock at the beginning.
    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
