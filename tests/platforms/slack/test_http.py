"""Signed HTTP over a real server: what is Slack's is served, all else is refused; and installing by OAuth."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from bot.domain.errors import DeliveryError, StoreError
from bot.domain.places import Place
from bot.platforms.slack.installations import Installations
from bot.platforms.slack.platform import SlackPlatform
from tests.platforms.slack import requests
from tests.platforms.slack.checks import words, wrong
from tests.platforms.slack.conftest import FakeCommands, Starting, TickingClock
from tests.platforms.slack.standin import BOT, TOKEN, StandIn
from tests.samples import THIN

pytestmark = pytest.mark.anyio

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@asynccontextmanager
async def served(platform: SlackPlatform) -> AsyncIterator[httpx.AsyncClient]:
    """The platform's routes on a port of their own, and a client for it."""
    app = Starlette(routes=platform.routes())
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", ws="none"))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        await serving
        listening.close()


def signed(body: bytes, clock: TickingClock, age: float = 0, **headers: str) -> dict[str, str]:
    """Slack's headers for a body signed ``age`` seconds ago."""
    timestamp = str(int(clock.now().timestamp() - age))
    signature = hmac.new(SECRET.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    named = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={signature}"}
    return {**named, **{name.replace("_", "-"): value for name, value in headers.items()}}


async def post(client: httpx.AsyncClient, body: requests.Body, clock: TickingClock, age: float = 0) -> httpx.Response:
    """Send a payload as Slack does."""
    content, type_ = requests.form_encoded(body)
    headers = signed(content, clock, age, Content_Type=type_)
    return await client.post("/slack/events", content=content, headers=headers)


@pytest.fixture
async def client(starting: Starting) -> AsyncIterator[httpx.AsyncClient]:
    """The platform over signed HTTP."""
    async with starting(app_token="", signing_secret=SECRET) as platform, served(platform) as client:
        yield client


async def test_every_kind_of_request_is_served(
    slack: StandIn, commands: FakeCommands, client: httpx.AsyncClient, clock: TickingClock
) -> None:
    """The same code answers signed requests: command, event, press, menu, window, and the address check."""
    url = slack.response_url()
    answers = [
        await post(client, requests.slash("who a", response_url=url), clock),
        await post(client, requests.mention(f"<@{BOT}> who b"), clock),
        await post(client, requests.press("1:who:name=c", url), clock),
        await post(client, requests.slash("who", trigger=slack.trigger()), clock),
    ]
    await slack.until(lambda: slack.views and len(commands.asked) == 3)
    (id_, view), *_ = slack.views.items()
    offered = await post(client, requests.typing("Del", view, id_), clock)
    waiting = await post(client, requests.submission("d", view, id_), clock)
    await slack.until(lambda: "name=d" in words(slack.views))
    check = await post(client, {"type": "url_verification", "challenge": "c-1", "token": "x"}, clock)

    assert [answer.status_code for answer in answers] == [200] * 4
    assert {answer.text for answer in answers} == {""}
    assert not wrong("options", offered.json())
    assert waiting.json()["response_action"] == "update"
    assert "c-1" in check.text


@pytest.mark.parametrize(
    "broken",
    [
        lambda headers: {},
        lambda headers: {**headers, "X-Slack-Signature": "v0=" + "0" * 64},
        lambda headers: {**headers, "X-Slack-Signature": headers["X-Slack-Signature"][3:]},
        lambda headers: {**headers, "X-Slack-Signature": ""},
        lambda headers: {**headers, "X-Slack-Signature": b"v0=\xff\xfe"},
        lambda headers: {**headers, "X-Slack-Signature": headers["X-Slack-Signature"].upper()},
        lambda headers: {**headers, "X-Slack-Request-Timestamp": "soon"},
        lambda headers: {**headers, "X-Slack-Request-Timestamp": ""},
        lambda headers: {**headers, "X-Slack-Request-Timestamp": "1" * 5000},
        lambda headers: {**headers, "X-Slack-Request-Timestamp": "nan"},
        lambda headers: {**headers, "X-Slack-Request-Timestamp": "-1"},
        lambda headers: {**headers, "X-Slack-Request-Timestamp": "1_0"},
    ],
)
async def test_a_malformed_proof_is_refused_not_broken_by(
    commands: FakeCommands,
    client: httpx.AsyncClient,
    clock: TickingClock,
    broken: Callable[[dict[str, str]], Mapping[str, Any]],
) -> None:
    """Whatever stands in the two headers, the answer is 401, never 500, and nothing happens."""
    content, type_ = requests.form_encoded(requests.slash("who a"))
    headers = httpx.Headers([(n, v) for n, v in broken(signed(content, clock)).items()])
    headers["Content-Type"] = type_
    answer = await client.post("/slack/events", content=content, headers=headers)

    assert answer.status_code == 401
    assert not commands.asked


@pytest.mark.parametrize(("age", "status"), [(0, 200), (290, 200), (310, 401), (-310, 401)])
async def test_an_old_proof_is_none(client: httpx.AsyncClient, clock: TickingClock, age: float, status: int) -> None:
    """A signature holds five minutes either way."""
    assert (await post(client, requests.slash("who a"), clock, age)).status_code == status


async def test_a_proof_is_for_its_body(commands: FakeCommands, client: httpx.AsyncClient, clock: TickingClock) -> None:
    """A signature of one body proves nothing about another, nor of one that is no text."""
    content, _ = requests.form_encoded(requests.slash("who a"))
    statuses = [
        (await client.post("/slack/events", content=other, headers=signed(content, clock))).status_code
        for other in (content + b"x", b"", b"\xff\xfe")
    ]
    statuses.append((await client.post("/slack/events", content=b"\xff", headers=signed(b"\xff", clock))).status_code)

    assert statuses == [401] * 4
    assert not commands.asked


async def test_a_request_seen_before_has_no_effect(
    slack: StandIn, commands: FakeCommands, client: httpx.AsyncClient, clock: TickingClock
) -> None:
    """The same signed request within its five minutes is taken and forgotten; so is Slack's own retry, by its id."""
    body = requests.slash("who a", response_url=slack.response_url())
    nameless = {name: value for name, value in body.items() if name != "trigger_id"}
    content, type_ = requests.form_encoded(body)
    headers = signed(content, clock, Content_Type=type_)
    first = await client.post("/slack/events", content=content, headers=headers)
    clock.ahead = timedelta(minutes=4)
    again = await client.post("/slack/events", content=content, headers=headers)
    retried = await post(client, body, clock)
    content, type_ = requests.form_encoded(nameless)
    headers = signed(content, clock, Content_Type=type_)
    for _ in range(2):
        assert (await client.post("/slack/events", content=content, headers=headers)).status_code == 200
    while len(commands.asked) < 2:  # noqa: ASYNC110  # the services tell nobody
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.1)

    assert [first.status_code, again.status_code, retried.status_code] == [200] * 3
    assert len(commands.asked) == 2


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"payload={", b"payload=[]", b"", b'{"type": 3}', b"\x00"])
async def test_signed_nonsense_is_no_breakage(client: httpx.AsyncClient, clock: TickingClock, body: bytes) -> None:
    """A request that is Slack's but makes no sense gets an answer below 500."""
    for type_ in ("application/json", "application/x-www-form-urlencoded"):
        answer = await client.post("/slack/events", content=body, headers=signed(body, clock, Content_Type=type_))
        assert answer.status_code < 500
        clock.ahead += timedelta(seconds=1)


async def test_a_huge_body_is_refused_unread(client: httpx.AsyncClient, clock: TickingClock) -> None:
    """Nobody makes us hold more than a request of Slack's can be."""
    body = b"x" * (3 << 20)

    assert (await client.post("/slack/events", content=body, headers=signed(body, clock))).status_code == 413


async def test_an_answer_comes_before_the_work(
    slack: StandIn, commands: FakeCommands, client: httpx.AsyncClient, clock: TickingClock
) -> None:
    """The HTTP answer does not wait for the services."""
    go_on = asyncio.Event()

    async def slow() -> None:
        await go_on.wait()

    commands.before = slow
    url = slack.response_url()
    async with asyncio.timeout(2):
        assert (await post(client, requests.slash("who a", response_url=url), clock)).status_code == 200
    go_on.set()
    await slack.until(lambda: slack.responded(url))


# --- many workspaces --------------------------------------------------------------------------------------------------


def many(database: Path, **more: Any) -> dict[str, Any]:
    """Settings of an app that other workspaces install."""
    given = {"bot_token": "", "app_token": "", "signing_secret": SECRET, "client_id": "1.2", "client_secret": "cs"}
    return {**given, "database_url": f"sqlite:///{database}", **more}


async def installed(client: httpx.AsyncClient, team: str) -> httpx.Response:
    """Go through the installation as a browser does."""
    page = await client.get("/slack/install")
    address = next(part for part in page.text.split('"') if part.startswith("https://slack.com/oauth"))
    state = parse_qs(urlsplit(address).query)["state"][0]
    cookies = {"Cookie": page.headers["set-cookie"].split(";")[0]}
    return await client.get("/slack/oauth_redirect", params={"code": team, "state": state}, headers=cookies)


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # slack-sdk uses aiohttp's
async def test_workspaces_install_the_app_and_leave(
    slack: StandIn, commands: FakeCommands, starting: Starting, clock: TickingClock, tmp_path: Path
) -> None:
    """Two workspaces install, each is served with its own token, also after a restart; one leaves and is told."""
    left: list[str] = []

    async def on_left(team: str) -> None:
        left.append(team)

    _ = slack.channels["C0NEWS"]
    settings = many(tmp_path / "lede.db", on_left=on_left)
    async with starting(**settings) as platform, served(platform) as client:
        pages = [await installed(client, team) for team in ("TONE", "TTWO")]
    assert [page.status_code for page in pages] == [200, 200]
    async with starting(**settings) as platform, served(platform) as client:
        (payload,) = platform.render(THIN)
        for team in ("TONE", "TTWO"):
            await platform.send(Place("slack", team, "C0NEWS"), payload, "s-1-0")
            await post(client, requests.mention(f"<@{BOT}> who a", team=team), clock)
        await slack.until(lambda: len(commands.asked) == 2 and len(slack.channels["C0NEWS"].messages) == 4)
        gone = requests.event({"type": "app_uninstalled"}, team="TONE")
        await post(client, gone, clock)
        await post(client, requests.event({"type": "tokens_revoked", "tokens": {"bot": [BOT]}}, team="TTWO"), clock)
        await post(client, requests.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}, team="T3"), clock)
        for _ in range(100):
            await asyncio.sleep(0.02 * (len(left) < 2))
        with pytest.raises(DeliveryError, match="not installed") as caught:
            await platform.send(Place("slack", "TONE", "C0NEWS"), payload, "s-2-0")

    assert sorted(left) == ["TONE", "TTWO"]
    assert caught.value.permanent
    assert "/slack/install" in str(caught.value)


async def test_an_installation_needs_its_own_state(slack: StandIn, starting: Starting, tmp_path: Path) -> None:
    """A call of the redirect without the state that was given out installs nothing."""
    async with starting(**many(tmp_path / "lede.db")) as platform, served(platform) as client:
        answers = [
            await client.get("/slack/oauth_redirect", params={"code": "TEVIL", "state": "made-up"}),
            await client.get("/slack/oauth_redirect", params={"error": "access_denied"}),
        ]

    assert answers[0].status_code == 400
    assert "xoxb-TEVIL" not in slack.tokens
    assert answers[1].status_code < 500


async def test_a_stranger_workspace_is_answered_not_broken_by(
    slack: StandIn, commands: FakeCommands, starting: Starting, clock: TickingClock, tmp_path: Path
) -> None:
    """A signed request of a workspace that never installed the app is acknowledged and not served."""
    async with starting(**many(tmp_path / "lede.db")) as platform, served(platform) as client:
        answer = await post(client, requests.slash("who a", response_url=slack.response_url()), clock)

    assert answer.status_code == 200
    assert not commands.asked


async def test_the_bot_token_serves_beside_installations(
    slack: StandIn, starting: Starting, clock: TickingClock, tmp_path: Path
) -> None:
    """The token of the settings goes on serving its own workspace when others may install the app."""
    async with starting(**many(tmp_path / "lede.db", bot_token=TOKEN)) as platform:
        await slack.until(lambda: slack.calls_of("auth.test"))
        await asyncio.sleep(0.05)
        (payload,) = platform.render(THIN)
        posted = await platform.send(Place("slack", "T0TEAM", "C0NEWS"), payload, "s-1-0")

    assert posted.ref


async def test_an_unusable_database_is_told(tmp_path: Path) -> None:
    """A store that cannot be opened says what to check, without the address's password."""
    store = Installations(f"sqlite:///{tmp_path}/no/such/folder.db", "1.2", "cs")
    with pytest.raises(StoreError, match="DATABASE_URL"):
        await store.open()
    await store.close()
    # The driver's thread ends on its own; it must not outlive the loop it reports to.
    await asyncio.sleep(0.1)


def test_nothing_is_mounted_that_is_not_set(clock: TickingClock) -> None:
    """Without a signing secret no events are taken, without a client id nothing is installed."""
    socket_only = SlackPlatform(FakeCommands(), clock, bot_token="xoxb-1", app_token="xapp-1")
    signed_only = SlackPlatform(FakeCommands(), clock, bot_token="xoxb-1", signing_secret="s")

    assert socket_only.routes() == []
    assert [route.path for route in signed_only.routes()] == ["/slack/events"]
