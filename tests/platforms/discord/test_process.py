"""``lede run`` itself, as people start it, over the stand-in: by nothing but its settings."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.e2e.workplace import Workplace, workplace
from tests.platforms.discord.exchange import Fault
from tests.platforms.discord.standin import TOKEN, StandIn
from tests.platforms.discord.world import BLIND, DM, FORUM, GUILD, TEXT, Json, text_of

pytestmark = pytest.mark.anyio


def _settings(standin: StandIn) -> dict[str, str]:
    return {
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_API_URL": f"{standin.url}/api/v10",
        "DISCORD_GATEWAY_URL": standin.gateway_url,
    }


@contextlib.asynccontextmanager
async def _running(place: Workplace, standin: StandIn) -> AsyncIterator[asyncio.subprocess.Process]:
    with (place.folder / "log.txt").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", "--only", "discord"),
            cwd=place.folder,
            env=place.environment(**_settings(standin)),
            stdout=log,
            stderr=log,
        )
    try:
        ready, ended = asyncio.create_task(standin.gateway.ready.wait()), asyncio.create_task(process.wait())
        await asyncio.wait({ready, ended}, timeout=120, return_when=asyncio.FIRST_COMPLETED)
        assert ready.done(), place.log
        ended.cancel()
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(30):
            await process.wait()


async def _lede(place: Workplace, standin: StandIn, *words: str) -> list[Json]:
    """What a command of ``lede`` prints, run beside the bot."""
    done = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words, "--json"),
        cwd=place.folder,
        env=place.environment(**_settings(standin)),
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await done.communicate()
    found: list[Json] = json.loads(printed)
    return found


async def _one(place: Workplace, standin: StandIn, holds: Callable[[Json], bool], *words: str) -> list[Json]:
    """What a command prints as soon as one of its rows is so."""
    async with asyncio.timeout(60):
        while True:
            rows = await _lede(place, standin, *words)
            if any(holds(row) for row in rows):
                return rows


def _button(body: Json, label: str) -> str:
    for each in _parts(body["components"]):
        if each.get("label") == label:
            return str(each["custom_id"])
    raise AssertionError(f"no button {label}")


def _parts(components: list[Json]) -> list[Json]:
    return [part for each in components for part in (each, *_parts(each.get("components", [])))]


async def test_people_ask_and_are_answered(tmp_path: Path, standin: StandIn) -> None:
    """A name in any spelling, its completion, a button of the card, the briefing and its page."""
    async with _running(workplace(tmp_path), standin):
        card = await (await standin.slash("who", name="delsy rodrigues")).answer("show")
        choice = await (await standin.slash("who", name="Rodriguez")).answer("show")
        typed = await (await standin.type_("who", typed=("name", "rodr"))).answer("suggest")
        message = standin.world.post(TEXT, {"flags": card["flags"], "components": card["components"]})
        quotes = await (await standin.press(message, _button(card, "Quotes"))).answer("show")
        brief = await (await standin.slash("brief", since="30d")).answer("show")

    assert "Delcy Rodríguez" in text_of(card)
    assert any("Jorge Rodríguez" in each.get("label", "") for each in _parts(choice["components"]))
    assert "delcy-rodriguez" in [each["value"] for each in typed["choices"]]
    assert "“" in text_of(quotes)
    assert text_of(brief)


async def test_a_briefing_is_posted_once_into_its_forum(tmp_path: Path, standin: StandIn) -> None:
    """Arranged and asked for by command; the connection breaks after Discord took it; one post, with its details."""
    place = workplace(tmp_path)
    standin.faults.append(Fault(f"POST /channels/{FORUM}/threads", "drop_after"))
    async with _running(place, standin):
        added = await standin.interact(2, _add(FORUM, "News"), TEXT)
        said = text_of(await added.answer("show"))
        (subscription,) = await _lede(place, standin, "briefing", "list")
        await (await standin.slash("briefing", "now", id=subscription["id"])).answer("show")
        await _one(place, standin, lambda row: row["state"] == "delivered", "deliveries")

    assert subscription["id"] in said
    (post,) = standin.world.threads(FORUM)
    assert post["applied_tags"] == ["301"]
    assert len(standin.world.messages[post["id"]]) > 1


def _add(channel: str, tags: str) -> Json:
    values = {"at": "08:00", "channel": channel, "tags": tags, "tz": "Europe/Berlin"}
    options = [{"name": n, "type": 7 if n == "channel" else 3, "value": v} for n, v in values.items()]
    options += [{"name": "details", "type": 5, "value": True}, {"name": "max", "type": 4, "value": 2}]
    return {"id": "6", "name": "briefing", "type": 1, "options": [{"type": 1, "name": "add", "options": options}]}


async def test_leaving_a_server_pauses_its_briefings(tmp_path: Path, standin: StandIn) -> None:
    """Those of other places go on; nothing is forgotten."""
    place = workplace(tmp_path)
    async with _running(place, standin):
        await (await standin.slash("briefing", "add", at="08:00")).answer("show")
        await (await standin.slash("briefing", "add", channel=DM, at="09:00")).answer("show")
        await standin.gateway.dispatch("GUILD_DELETE", {"id": GUILD})
        kept = await _one(place, standin, lambda row: bool(row["paused"]), "briefing", "list")

    assert {row["channel"]: bool(row["paused"]) for row in kept} == {TEXT: True, DM: False}


async def test_doctor_says_what_a_briefed_channel_lacks(tmp_path: Path, standin: StandIn) -> None:
    """The token is fine; in one of the channels a permission is missing, which is named."""
    place = workplace(tmp_path)
    for channel in (TEXT, BLIND):
        words = ("--platform", "discord", "--workspace", GUILD, "--channel", channel, "--at", "08:00")
        await _lede(place, standin, "briefing", "add", *words)

    findings = await _lede(place, standin, "doctor")

    said = [f["text"] for f in findings if f["part"] == "discord" and not f["ok"]]
    assert len(said) == 1
    assert f"channel {BLIND}" in said[0]
    assert "Read Message History" in said[0]
