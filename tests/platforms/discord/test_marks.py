"""A message bears its key unseen, and time can be told from ids; refusals are told in words that help."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord import errors
from bot.platforms.discord.components import walk
from bot.platforms.discord.errors import cut_off, refused
from bot.platforms.discord.marks import bears, made_at, marked, snowflake, to_be_published
from bot.platforms.discord.render import NOTES, render
from tests.platforms.discord.checks import message_problems
from tests.samples import FULL, THIN

_KEYS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=25)


@given(_KEYS, _KEYS, st.booleans())
def test_a_message_bears_its_own_key_only(key: str, other: str, publish: bool) -> None:
    """And says whether it was to be published."""
    message = marked(render(THIN)[0], key, publish)

    assert bears(message, key)
    assert bears(message, other) == (key == other)
    assert to_be_published(message, key) == publish


@given(_KEYS)
def test_a_mark_is_made_of_ids_that_discord_takes(key: str) -> None:
    """Positive 32-bit integers, each once in the message; nothing that people see changes."""
    payload = render(FULL)[0]
    message = {name: value for name, value in marked(payload, key).items() if name != NOTES}

    ids = [each["id"] for each in walk(message["components"]) if "id" in each]
    assert len(set(ids)) == len(ids) == 2
    assert all(0 < id_ < 1 << 31 for id_ in ids)
    assert message_problems(message) == []
    assert [c["content"] for c in walk(message["components"]) if "content" in c] == [
        c["content"] for c in walk(payload["components"]) if "content" in c
    ]


@pytest.mark.parametrize("message", [{}, {"components": []}, {"components": [{"type": 10, "id": 1, "content": "x"}]}])
def test_other_messages_bear_nothing(message: dict[str, object]) -> None:
    """Whatever is in the channel."""
    assert not bears(message, "b-1")


def test_a_nonce_that_is_given_back_is_believed() -> None:
    """A server that keeps nonces says all that is needed."""
    assert bears({"nonce": "b-1"}, "b-1")


@given(st.integers(1_420_200_000, 3_700_000_000).map(lambda at: datetime.fromtimestamp(at, UTC)))
def test_ids_tell_the_time(instant: datetime) -> None:
    """To the millisecond."""
    assert timedelta() <= instant - made_at(snowflake(instant)) < timedelta(milliseconds=1)


@pytest.mark.parametrize("code", [*errors._PERMANENT])
def test_every_refusal_names_what_is_wrong(code: int) -> None:
    """In a sentence, with the next step where there is one; Discord's code stays for the log."""
    error = refused(403, code, "Missing Access")

    assert error.permanent
    assert error.what.endswith(".")
    assert error.code == str(code)
    assert error.hint or code == 40060


@pytest.mark.parametrize(
    ("status", "code", "permanent", "waits"),
    [
        (429, 0, False, True),
        (401, 0, True, False),
        (403, 12345, True, False),
        (404, 0, True, False),
        (400, 99999, True, False),
        (403, 160006, False, True),
        (500, 0, False, False),
        (503, 0, False, False),
    ],
)
def test_what_passes_is_told_apart_from_what_stays(status: int, code: int, permanent: bool, waits: bool) -> None:
    """Only what a person must change is permanent."""
    error = refused(status, code, "said <b>so</b>\n again")

    assert (error.permanent, error.retry_after is not None) == (permanent, waits)
    assert error.what
    assert error.hint


def test_a_connection_that_was_cut_off_may_have_sent() -> None:
    """Only if the request had left."""
    assert cut_off(sent=True, why="reset").maybe_sent
    assert not cut_off(sent=False, why="refused").maybe_sent
