"""A whole newsroom over a folder and an SQLite file of its own."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.wiring import Office, open_newsroom

_SHIPPED = Path(__file__).parents[2] / "digests"


@pytest.fixture
async def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    """The newsroom with a copy of the shipped digests."""
    shutil.copytree(_SHIPPED, tmp_path / "digests")
    monkeypatch.setenv("DIGESTS_DIR", str(tmp_path / "digests"))
    monkeypatch.setenv("ARTICLES_DIR", str(tmp_path / "articles"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/lede.db")
    async with open_newsroom(Settings(_env_file=None)) as opened:
        yield opened
