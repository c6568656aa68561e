"""The leaves: words, errors, waits and memory, without network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError

from bot.domain.errors import SettingsError
from bot.platforms.slack.errors import REFUSALS, delivery_error, retry_after
from bot.platforms.slack.inbound import from_button, from_command, identity, read_text, typed
from bot.platforms.slack.modals import Memo, read_memo
from bot.platforms.slack.platform import SlackPlatform
from bot.platforms.slack.seen import Seen
from bot.platforms.slack.words import clean, escaped, label, one_line, unescaped, units
from tests.platforms.slack.checks import broadcasts
from tests.platforms.slack.conftest import FakeCommands, TickingClock

NOW = datetime(2026, 1, 13, 8, 0, tzinfo=UTC)


@given(st.text())
def test_escaped_words_read_as_before(text: str) -> None:
    """What is escaped comes back as it was, holds no markup, and calls no one."""
    assert unescaped(escaped(text)) == clean(text)
    assert not set(escaped(text)) & set("<>")
    assert broadcasts(clean(text)) == []


@given(st.text(), st.integers(10, 80))
def test_a_label_fits_and_is_never_empty(text: str, limit: int) -> None:
    """A label is one line within its limit, however Slack counts."""
    shown = label(text, limit)

    assert 0 < units(shown) <= limit
    assert "\n" not in shown
    assert one_line("\x00 \n") == "–"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("3", 3.0),
        ("0", 1.0),
        ("0.2", 1.0),
        ("inf", 30 * 86400.0),
        ("1e400", 30 * 86400.0),
        ("nan", 30.0),
        ("Tue, 13 Jan 2026 08:01:00 GMT", 60.0),
        ("Tue, 13 Jan 2026 07:00:00 GMT", 30.0),
        ("Tue, 13 Jan 2026 08:01:00", 30.0),
        ("\u0663", 3.0),
        ("", 30.0),
    ],
)
def test_any_retry_after_is_a_wait(said: str, seconds: float) -> None:
    """Seconds, a date, nothing, nonsense: always a wait between a second and a month."""
    assert retry_after({"retry-after": said}, NOW) == timedelta(seconds=seconds)
    assert retry_after({}, NOW) == timedelta(seconds=30)


@given(st.text(max_size=30))
def test_no_retry_after_breaks_us(said: str) -> None:
    """Whatever stands there, a wait comes out."""
    assert timedelta(seconds=1) <= retry_after({"Retry-After": said}, NOW) <= timedelta(days=30)


def refused(code: str) -> SlackApiError:
    """What slack-sdk raises for an error code."""
    response = SimpleNamespace(status_code=200, data={"ok": False, "error": code}, headers={})
    return SlackApiError("x", response)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("code", REFUSALS)
def test_every_code_has_its_sentence(code: str) -> None:
    """A refusal names what was tried and says what to do next."""
    error = delivery_error(refused(code), "posting to C1", NOW)

    assert "posting to C1" in error.what
    assert error.what.endswith(".")
    assert error.hint.endswith(".")
    assert error.code == code


@pytest.mark.parametrize(
    ("raised", "maybe_sent"),
    [
        (aiohttp.ServerDisconnectedError(), True),
        (aiohttp.ClientOSError(104, "reset"), True),
        (aiohttp.ClientPayloadError(), True),
        (TimeoutError(), True),
        (aiohttp.SocketTimeoutError(), True),
        (ValueError("not JSON"), True),
        (aiohttp.ConnectionTimeoutError(), False),
        (aiohttp.InvalidURL("x"), False),
    ],
)
def test_what_was_on_its_way_is_a_doubt(raised: Exception, maybe_sent: bool) -> None:
    """Only a connection that was never made is known to have carried nothing."""
    assert delivery_error(raised, "posting to C1", NOW).maybe_sent is maybe_sent


def test_a_new_code_is_tried_again_and_named() -> None:
    """A code that nobody has heard of is neither a doubt nor final."""
    error = delivery_error(refused("moon_phase"), "posting to C1", NOW)

    assert "moon_phase" in error.what
    assert (error.permanent, error.maybe_sent) == (False, False)


def test_memory_ends() -> None:
    """A key is new once within its time, again after it, and no more are kept than there is room for."""
    seen = Seen(timedelta(minutes=5), capacity=3)

    assert seen.first("a", NOW)
    assert not seen.first("a", NOW + timedelta(minutes=4))
    assert seen.first("a", NOW + timedelta(minutes=6))
    assert [seen.first(key, NOW) for key in "bcde"] == [True] * 4
    assert len(seen._until) == 3


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("who <@U1|ada> &amp; <https://x.example/?a=1&amp;b=2|x>", "who @ada & https://x.example/?a=1&b=2"),
        ("who <mailto:a@b.example|a@b.example>", "who a@b.example"),
        ("who <!channel> &lt;!here&gt;", "who  <!here>"),
        ("in <#C1|news>", "in <#C1|news>"),
        ("a < b > c", "a < b > c"),
    ],
)
def test_what_was_typed_reads_as_typed(text: str, read: str) -> None:
    """Slack's wrapping comes off; a channel keeps its id."""
    assert typed(text) == read


def test_a_message_is_read_with_what_hangs_on_it() -> None:
    """Links read as their words, attachments count, repetitions do not."""
    message = {
        "text": "<https://x.example|Dam> <!date^1^{date}|today>",
        "attachments": [{"text": "A"}, {"text": "A"}, 3],
    }

    assert read_text(message) == "Dam today\nA"
    assert read_text({}) == ""


def test_what_repeats_is_known_by_its_id() -> None:
    """An event is known by its id, an interaction by its trigger, and where neither is given nothing is guessed."""
    assert identity({"event_id": "Ev1", "trigger_id": "t"}) == "event_id:Ev1"
    assert identity({"trigger_id": "t"}) == "trigger_id:t"
    assert identity({}) == ""


@pytest.mark.parametrize("body", [{}, {"actions": []}, {"actions": [3]}, {"actions": [{"selected_option": None}]}])
def test_a_press_of_nothing_asks_nothing(body: dict[str, object]) -> None:
    """Payloads without a value, such as of a link's button, are let be."""
    assert from_button(body) is None


def test_an_empty_command_asks_for_help() -> None:
    """/lede alone is a question too."""
    asked = from_command({"command": "/lede", "text": ""}, {})

    assert getattr(asked, "verb", "") == "help"


@pytest.mark.parametrize(
    ("command", "verb"), [("/lede", "following"), ("/who", "who"), ("/whois", "who"), ("/herald", "following")]
)
def test_a_commands_name_may_be_its_verb(command: str, verb: str) -> None:
    """A direct command is known by the settings or by its name; the app's own may be called anything."""
    asked = from_command({"command": command, "text": "following"}, {"whois": "who"})

    assert getattr(asked, "verb", "") == verb


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"verb": 3}', '{"other": 1}', "null"])
def test_another_apps_view_is_no_ones_memory(kept: str) -> None:
    """What a view remembers is read without trust."""
    memo = read_memo({"private_metadata": kept})

    assert memo == Memo(verb="3") if "3" in kept else memo == Memo()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({}, "SLACK_BOT_TOKEN"),
        ({"bot_token": "xoxb-1"}, "SLACK_APP_TOKEN"),
        ({"bot_token": "xapp-1", "app_token": "xoxb-1"}, "not in their places"),
        ({"client_id": "1", "client_secret": "2", "signing_secret": "s"}, "DATABASE_URL"),
        ({"bot_token": "xoxb-1", "app_token": "xapp-1", "direct_commands": ["nope"]}, "nope"),
    ],
)
def test_settings_that_cannot_work_are_refused_at_once(settings: dict[str, str], named: str) -> None:
    """The operator is told which setting to mend, and no secret is repeated."""
    with pytest.raises(SettingsError, match=named) as caught:
        SlackPlatform(FakeCommands(), TickingClock(), **settings)  # type: ignore[arg-type]

    assert "xoxb-1" not in str(caught.value)
