from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bot.domain.errors import StoreError
from bot.stores.files.atomic import write_atomically

# Large enough that a plain write would be seen half done.
OLD, NEW = b"o" * 300_000, b"n" * 200_000

_WRITER = """
import sys
from pathlib import Path
from bot.stores.files.atomic import write_atomically
path = Path(sys.argv[1])
while True:
    write_atomically(path, b"o" * 300_000)
    print("written", flush=True)
    write_atomically(path, b"n" * 200_000)
"""


def test_a_reader_sees_the_old_or_the_new_file(tmp_path: Path) -> None:
    """While a file is replaced over and over, each read gives one of its contents, whole."""
    path = tmp_path / "file.json"
    write_atomically(path, OLD)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            write_atomically(path, NEW)
            write_atomically(path, OLD)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        seen = {path.read_bytes() for _ in range(300)}
    finally:
        stop.set()
        writer.join()

    assert seen <= {OLD, NEW}


def test_a_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    """Whenever the process dies, the name holds one of the contents."""
    path = tmp_path / "file.json"
    for kill in range(5):
        command = [sys.executable, "-c", _WRITER, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(kill * 0.0037)  # a different moment of the write each time
            writer.kill()

        assert path.read_bytes() in (OLD, NEW)


def test_folders_are_made(tmp_path: Path) -> None:
    """A new year and month need no preparation."""
    write_atomically(tmp_path / "2026" / "01" / "file.json", NEW)

    assert (tmp_path / "2026" / "01" / "file.json").read_bytes() == NEW


def test_a_refused_write_leaves_all_as_it_was(tmp_path: Path) -> None:
    """When the name cannot be taken, the error says so and the folder holds what it held."""
    (tmp_path / "file.json").mkdir()
    (tmp_path / "file.json" / "inside").write_bytes(OLD)
    with pytest.raises(StoreError, match=r"file\.json could not be written"):
        write_atomically(tmp_path / "file.json", NEW)

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file.json", "inside"]


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path) -> None:
    """The error says what to do about it."""
    (tmp_path / "2026").write_bytes(OLD)
    with pytest.raises(StoreError, match="could not be written") as refused:
        write_atomically(tmp_path / "2026" / "01" / "file.json", NEW)

    assert "move it away" in refused.value.hint
    assert (tmp_path / "2026").read_bytes() == OLD


def test_a_write_that_breaks_off_leaves_the_earlier_file(tmp_path: Path) -> None:
    """When the disk takes only a part, the earlier content stays and no part of the new one lies about."""
    path = tmp_path / "file.json"
    write_atomically(path, OLD)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(StoreError, match="could not be written"):
            write_atomically(path, NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert path.read_bytes() == OLD
    assert [each.name for each in tmp_path.iterdir()] == ["file.json"]
