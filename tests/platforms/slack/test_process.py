"""The bot as it is shipped, as a process, over the stand-in: asked, briefing, told to stop."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path

import pytest

from bot.messages.actions import Ask, encode
from tests.e2e.workplace import Workplace, workplace
from tests.platforms.slack import requests
from tests.platforms.slack.checks import words
from tests.platforms.slack.requests import CHANNEL, USER
from tests.platforms.slack.standin import APP_TOKEN, TOKEN, StandIn

pytestmark = pytest.mark.anyio


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    """A workplace of its own."""
    return workplace(tmp_path)


async def test_the_shipped_bot_serves_slack(slack: StandIn, place: Workplace) -> None:
    """Through SLACK_API_URL alone: who is answered, a briefing is arranged and posted once, with its key; it stops."""
    slack.users[USER] |= {"is_admin": True}
    settings = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": slack.api_url}

    async def ask(text: str) -> str:
        url = slack.response_url()
        await slack.send("slash_commands", requests.slash(text, response_url=url))
        await slack.until(lambda: slack.responded(url))
        return words(slack.responded(url))

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--only", "slack",
        cwd=place.folder, env=place.environment(**settings),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        await slack.until(lambda: slack.hellos, 60)
        who, unsure = await ask("who Delcy Rodriguez"), await ask("who Rodriguez")
        arranged = await ask("briefing add 08:00 UTC")
        id_ = next(part.strip(".,") for part in arranged.split() if part.startswith("b-"))
        now = encode(Ask("briefing now", (("id", id_),)))
        await slack.send("interactive", requests.press(now, slack.response_url()))
        await slack.until(lambda: slack.channels[CHANNEL].messages, 30)
        process.send_signal(signal.SIGTERM)
        log, _ = await asyncio.wait_for(process.communicate(), 20)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()

    (briefing, *_) = slack.channels[CHANNEL].messages

    assert "interim President of Venezuela" in who
    assert "Jorge Rodríguez" in unsure
    assert briefing["metadata"]["event_type"] == "lede_delivery"
    assert len({json.dumps(message["metadata"]) for message in slack.channels[CHANNEL].messages}) == len(
        slack.channels[CHANNEL].messages
    )
    assert process.returncode == 0, log.decode()
    assert "xoxb-" not in log.decode()
