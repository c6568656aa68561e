from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.postgres import Server, Unavailable

ROOT = Path(__file__).parents[2]


def run(module: str, *arguments: str) -> dict[str, Any]:
    """The report of a run, which says for itself whether it was clean."""
    command = [sys.executable, "-m", f"tests.faults.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=540)
    assert done.stdout.strip(), done.stderr[-2000:]
    report: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    assert done.returncode == 0, report
    return report


@pytest.mark.parametrize("remember", ["0", "20"], ids=["without keys", "with keys"])
def test_killed_at_random_nothing_is_lost_or_repeated(remember: str) -> None:
    """Kills and faults on SQLite: at the platform every message is there, once, and in its thread.

    ``make faults N=1000`` runs more of the same.
    """
    report = run("killing", "--kills", "15", "--remember", remember)

    assert report["kills"] == 15
    assert (report["lost"], report["duplicates"], report["misplaced"]) == ([], [], [])
    assert sum(report["faults"].values()) > 10


def test_replicas_race_and_nothing_is_lost_or_repeated() -> None:
    """Two replicas on a real PostgreSQL, killed and stopped past their leases, the server crashed.

    ``make replicas N=20000 REPLICAS=4`` runs more of the same.
    """
    try:
        Server().close()
    except Unavailable as reason:
        pytest.skip(f"PostgreSQL cannot be started here: {reason}")
    report = run("racing", "--slots", "80", "--replicas", "2")

    assert (report["lost"], report["duplicates"], report["misplaced"]) == ([], [], [])
    assert report["kills"] + report["stops"] > 0
