"""The terminal posts once, finds what it posted, and says what is wrong."""

from __future__ import annotations

import io
import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.errors import DeliveryError
from bot.domain.places import Place
from bot.platforms.terminal.platform import TerminalPlatform
from bot.platforms.terminal.record import Entry, Record
from bot.ports import ChatPlatform, Posted
from tests.fakes import FakeClock
from tests.samples import FULL, THIN

pytestmark = pytest.mark.anyio

HERE = Place("terminal", "", "briefing")
NOW = datetime(2026, 1, 13, 7, 0, tzinfo=UTC)


@pytest.fixture
def stream() -> io.TextIOWrapper:
    """A terminal that understands UTF-8."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


@pytest.fixture
def terminal(tmp_path: Path, stream: io.TextIOWrapper) -> TerminalPlatform:
    """The platform on an empty record."""
    return TerminalPlatform(stream, tmp_path / "var" / "terminal.jsonl", FakeClock(NOW))


def shown(stream: io.TextIOWrapper) -> str:
    """All that was written to the stream."""
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode(stream.encoding)


async def test_a_briefing_is_shown(terminal: TerminalPlatform, stream: io.TextIOWrapper) -> None:
    """What is sent stands on the stream, under the name of its channel."""
    platform: ChatPlatform = terminal
    await platform.send(HERE, platform.render(FULL)[0], "slot-1")
    assert "#briefing" in shown(stream)
    assert "The Ambry Gorge dam holds" in shown(stream)


async def test_a_key_is_posted_once(terminal: TerminalPlatform, stream: io.TextIOWrapper) -> None:
    """The same key again gives the same reference and shows nothing; another channel is another matter."""
    payload = terminal.render(THIN)[0]
    first = await terminal.send(HERE, payload, "slot-1")
    again = await terminal.send(HERE, payload, "slot-1")
    await terminal.send(Place("terminal", "", "other"), payload, "slot-1")
    assert first == again
    assert shown(stream).count("Nothing new") == 2


async def test_found_again_after_a_restart(tmp_path: Path) -> None:
    """Another process on the same record finds the key; not one that was posted before, nor in another channel."""
    path = tmp_path / "terminal.jsonl"
    before = TerminalPlatform(io.TextIOWrapper(io.BytesIO()), path, FakeClock(NOW))
    posted = await before.send(HERE, before.render(THIN)[0], "slot-1")
    after = TerminalPlatform(io.TextIOWrapper(io.BytesIO()), path, FakeClock(NOW))
    assert await after.find(HERE, "slot-1", NOW) == posted
    assert await after.find(HERE, "slot-1", NOW + timedelta(seconds=1)) is None
    assert await after.find(HERE, "slot-2", NOW) is None
    assert await after.find(Place("terminal", "", "other"), "slot-1", NOW) is None


async def test_an_edit_is_shown_and_stays_one_message(terminal: TerminalPlatform, stream: io.TextIOWrapper) -> None:
    """A change is shown as such; the key still means the first post."""
    posted = await terminal.send(HERE, terminal.render(THIN)[0], "slot-1")
    await terminal.edit(posted, terminal.render(FULL)[0])
    assert "(changed)" in shown(stream)
    assert await terminal.find(HERE, "slot-1", NOW) == posted
    with pytest.raises(DeliveryError, match="never posted"):
        await terminal.edit(Posted(HERE, "nothing"), terminal.render(FULL)[0])


async def test_a_torn_line_hides_nothing(tmp_path: Path, terminal: TerminalPlatform) -> None:
    """A crash in the middle of a line costs that line alone."""
    path = tmp_path / "var" / "terminal.jsonl"
    await terminal.send(HERE, terminal.render(THIN)[0], "slot-1")
    with path.open("ab") as file:
        file.write(b'{"ref": "slot-2", "chan')
    await terminal.send(HERE, terminal.render(THIN)[0], "slot-3")
    assert await terminal.find(HERE, "slot-1", NOW)
    assert await terminal.find(HERE, "slot-2", NOW) is None
    assert await terminal.find(HERE, "slot-3", NOW)


async def test_a_record_that_cannot_be_written_says_so(tmp_path: Path, stream: io.TextIOWrapper) -> None:
    """Nothing is shown that could not be recorded; the error names the file."""
    (tmp_path / "taken").write_text("a file where a folder is needed")
    broken = TerminalPlatform(stream, tmp_path / "taken" / "terminal.jsonl", FakeClock(NOW))
    with pytest.raises(DeliveryError, match=r"terminal\.jsonl"):
        await broken.send(HERE, broken.render(THIN)[0], "slot-1")
    assert shown(stream) == ""
    assert "terminal.jsonl" in (await broken.health())[0]


async def test_a_closed_stream_loses_nothing(terminal: TerminalPlatform, stream: io.TextIOWrapper) -> None:
    """A message counts as posted once recorded; that nobody saw it is told as a fault of health."""
    assert await terminal.health() == []
    stream.close()
    await terminal.send(HERE, terminal.render(THIN)[0], "slot-1")
    assert await terminal.find(HERE, "slot-1", NOW)
    assert "takes no output" in (await terminal.health())[0]


async def test_an_old_terminal_gets_what_it_can_show(tmp_path: Path) -> None:
    """Characters that the stream cannot encode are replaced, not fatal."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    platform = TerminalPlatform(stream, tmp_path / "terminal.jsonl", FakeClock(NOW))
    await platform.send(HERE, platform.render(FULL)[0], "slot-1")
    assert "The Ambry Gorge dam holds" in shown(stream)


def _post_all(path: Path) -> None:
    for n in range(20):
        Record(path).add_once(Entry(f"k{n}", "briefing", f"k{n}", NOW.isoformat(), "x" * 5000))


def test_processes_post_a_key_once(tmp_path: Path) -> None:
    """Several processes that post the same keys at once leave each key once, whole."""
    path = tmp_path / "terminal.jsonl"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_post_all, args=(path,)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(entry.key for entry in Record(path).entries()) == sorted(f"k{n}" for n in range(20))
