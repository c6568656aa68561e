"""A folder of its own for a bot under test, and the bot as a process in it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Workplace:
    """The shipped digests in a folder that the test may change, and settings that keep everything inside it."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Where the page is when it is served."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self, **more: str) -> dict[str, str]:
        """The settings of the process."""
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TZ")}
        return kept | {"WEB_PORT": str(self.port), "PYTHONPATH": str(ROOT), "COLUMNS": "100"} | more

    def lede(self, *words: str, code: int | None = 0, **more: str) -> str:
        """Run one command and return what it printed; ``code`` is the exit status expected, None for any."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=self.folder,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert code is None or done.returncode == code, done.stdout + done.stderr
        return done.stdout + (done.stderr if done.returncode else "")

    def json(self, *words: str, code: int = 0) -> Any:
        """What a command prints with ``--json``."""
        return json.loads(self.lede(*words, "--json", code=code))

    @contextmanager
    def running(self, only: str = "web,terminal", **more: str) -> Iterator[subprocess.Popen[str]]:
        """The bot as a process; killed at the end if it still runs."""
        with (self.folder / "log.txt").open("a", encoding="utf-8") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run", "--only", only],
                cwd=self.folder,
                env=self.environment(**more),
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.kill()
                process.wait()

    @property
    def log(self) -> str:
        """What all processes printed."""
        return (self.folder / "log.txt").read_text(encoding="utf-8")


def workplace(folder: Path) -> Workplace:
    """A fresh workplace with the shipped digests."""
    shutil.copytree(ROOT / "digests", folder / "digests")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return Workplace(folder, port)


def eventually(holds: Any, seconds: float = 30.0) -> Any:
    """The first true value of ``holds()``; fails when there is none in time. Waits for a process, asserts no speed."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if value := holds():
                return value
        except (OSError, AssertionError, ValueError, httpx.HTTPError):
            pass
        time.sleep(0.1)
    raise AssertionError(f"not so after {seconds} s")
