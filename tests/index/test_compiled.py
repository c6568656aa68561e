"""The core compiled and the core interpreted are one program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bot.index.search
from bot.index import EntityIndex, EntityRecord
from tests.index.names import names

_ROOT = Path(__file__).parents[2]
_SCRIPT = """
import json, sys
from bot.index import EntityIndex, EntityRecord
import bot.index.search
assert bot.index.search.__file__.endswith(".py")
names, asked = json.load(sys.stdin)
index = EntityIndex.build(EntityRecord(str(i), name) for i, name in enumerate(names))
print(json.dumps([[(m.id, round(m.score, 4), m.reason) for m in index.search(query)] for query in asked]))
"""


def test_compiled_and_interpreted_answer_alike(tmp_path: Path) -> None:
    """Same names, same questions, same answers, scores and reasons."""
    if bot.index.search.__file__.endswith(".py"):
        pytest.skip("the core is not compiled here: no C compiler when the project was installed")
    folder = tmp_path / "bot" / "index"
    folder.mkdir(parents=True)
    (tmp_path / "bot" / "__init__.py").touch()
    for source in (_ROOT / "bot" / "index").glob("*.py"):
        shutil.copy(source, folder)
    kept = names(300)
    asked = [name.replace("a", "o", 1) for name in kept[::10]] + [name.split()[-1][:-1] for name in kept[::15]]

    result = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        cwd=tmp_path,
        input=json.dumps([kept, asked]),
        capture_output=True,
        text=True,
        check=False,
    )

    index = EntityIndex.build(EntityRecord(str(i), name) for i, name in enumerate(kept))
    here = [[[m.id, round(m.score, 4), m.reason] for m in index.search(query)] for query in asked]
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == here
