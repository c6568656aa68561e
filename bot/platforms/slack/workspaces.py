"""Which token serves which workspace, and what its people may do. Stands in for Bolt's own authorisation.

Bolt's asks Slack who we are at every request, before anything is acknowledged. This one never calls Slack on that way.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize

from bot.domain.errors import DeliveryError, StoreError
from bot.domain.places import Actor
from bot.platforms.slack.installations import Installations, Installed
from bot.ports import Clock

_LOG = structlog.get_logger(__name__)
#: A grant found is trusted this long; a removed one is dropped at once by its event.
_TRUSTED = timedelta(minutes=5)
#: The way to an acknowledgement may not wait for a database longer than this.
_PATIENCE_SECONDS = 2.0
_PROFILES_KEPT = 20_000
_PROFILE_TRUSTED = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of a person.

    A guest (restricted to some channels) and a stranger (of another company, in a shared channel) may ask, but not
    change what the workspace gets; every full member may; admins and owners may decide about identities.
    """

    may_change: bool = False
    is_admin: bool = False
    locale: str = "en"


def profile_of(user: Any, workspace: str) -> Profile:
    """The profile in an answer of ``users.info``."""
    told = user if isinstance(user, dict) else {}
    outside = told.get("is_stranger") or (told.get("team_id") or workspace) != workspace
    apart = ("is_restricted", "is_ultra_restricted", "deleted", "is_bot")
    member = bool(told) and not outside and not any(told.get(name) for name in apart)
    admin = member and any(told.get(name) for name in ("is_admin", "is_owner", "is_primary_owner"))
    return Profile(member, admin, str(told.get("locale") or "en"))


class Workspaces(AsyncAuthorize):
    """Finds grants: the one of the bot token, those in the store, or both."""

    def __init__(self, clock: Clock, bot_token: str = "", installations: Installations | None = None) -> None:
        """Args: ``bot_token`` serves the workspace that :meth:`own` names, ``installations`` all others."""
        self._clock = clock
        self._own = Installed("", bot_token, "", "", ()) if bot_token else None
        self._installations = installations
        self._found: dict[str, tuple[Installed, datetime]] = {}

    def own(self, team: str, bot_id: str, bot_user: str, scopes: tuple[str, ...]) -> None:
        """Who the bot token is, as Slack told."""
        if self._own:
            self._own = replace(self._own, team=team, bot_id=bot_id, bot_user=bot_user, scopes=scopes)

    async def granted(self, team: str) -> Installed:
        """The grant of a workspace.

        Raises:
            DeliveryError: it has none, or the store cannot say.
        """
        if self._own and (self._installations is None or team in ("", self._own.team)):
            return self._own
        now = self._clock.now()
        known = self._found.get(team)
        if known and known[1] > now:
            return known[0]
        found = await self._look_up(team)
        if found is None:
            what = f"Lede is not installed in the Slack workspace {team or 'of that channel'}."
            raise DeliveryError(what, "Add it with /slack/install.", permanent=True, code="not_installed")
        self._found[team] = (found, now + _TRUSTED)
        return found

    async def _look_up(self, team: str) -> Installed | None:
        if self._installations is None:
            return None
        try:
            return await self._installations.find(team)
        except StoreError as error:
            raise DeliveryError(error.what, error.hint, code="store") from error

    async def forget(self, team: str) -> None:
        """Drop the grant of a workspace that removed the app."""
        self._found.pop(team, None)
        if self._installations:
            await self._installations.forget(team)

    async def __call__(self, *, context: Any, team_id: str | None, **_: Any) -> AuthorizeResult | None:
        """Bolt's question who we are in the workspace of a request."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                granted = await self.granted(team_id or "")
        except (DeliveryError, TimeoutError) as error:
            _LOG.warning("slack_workspace_unknown", workspace=team_id, error=str(error))
            return None
        return AuthorizeResult(
            enterprise_id=context.enterprise_id,
            team_id=team_id,
            bot_user_id=granted.bot_user or None,
            bot_id=granted.bot_id or None,
            bot_token=granted.token,
        )


class Profiles:
    """Remembers for ten minutes who may do what."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], tuple[Profile, datetime]] = OrderedDict()

    def known(self, team: str, user: str) -> Profile | None:
        """The profile, where Slack told it lately."""
        kept = self._kept.get((team, user))
        return kept[0] if kept and kept[1] > self._clock.now() else None

    def keep(self, team: str, user: str, profile: Profile) -> Profile:
        """Remember what Slack told."""
        self._kept[team, user] = (profile, self._clock.now() + _PROFILE_TRUSTED)
        self._kept.move_to_end((team, user))
        if len(self._kept) > _PROFILES_KEPT:
            self._kept.popitem(last=False)
        return profile


def actor(user: str, name: str, profile: Profile | None) -> Actor:
    """Who asks, with what Slack says they may; nothing where it was not asked or did not say."""
    told = profile or Profile()
    return Actor(user, name, told.may_change, told.is_admin)
