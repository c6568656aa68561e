"""Laws of the code base that no linter knows."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "bot").rglob("*.py"))
_LONGEST_FUNCTION, _LONGEST_FILE = 50, 400
#: The only places that may ask what time it is, and print.
_CLOCKS = {"bot/wiring/__init__.py"}
_PRINTERS = ("bot/cli/", "bot/platforms/terminal/")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_can_be_read_in_a_sitting(path: Path) -> None:
    """No file over 400 lines, no function over 50."""
    text = path.read_text(encoding="utf-8")
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > _LONGEST_FUNCTION
    ]

    assert text.count("\n") <= _LONGEST_FILE
    assert long == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_time_comes_from_the_clock(path: Path) -> None:
    """Nothing asks for the present but the clock in wiring, so every rule can be tested at any time."""
    asked = {"datetime.now", "datetime.utcnow", "date.today", "datetime.today", "time.time"}
    found = asked & set(_calls(ast.parse(path.read_text(encoding="utf-8"))))

    assert _name(path) in _CLOCKS or not found


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_the_command_line_and_the_terminal_print(path: Path) -> None:
    """A service that prints would speak to nobody when it runs as a daemon."""
    prints = "print" in set(_calls(ast.parse(path.read_text(encoding="utf-8"))))

    assert _name(path).startswith(_PRINTERS) or not prints


def test_every_folder_says_what_lives_in_it() -> None:
    """Every package's first line is a docstring."""
    silent = [
        _name(p)
        for p in MODULES
        if p.name == "__init__.py" and not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_the_floors_hold() -> None:
    """Imports go downward only, as pyproject.toml draws them."""
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout


def test_no_file_names_a_machine_or_a_registry() -> None:
    """The repository speaks of the project alone, wherever it was written and installed from."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    hosts = ("pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org")
    named = [
        name
        for name in listed.stdout.splitlines()
        if (ROOT / name).is_file()
        and any(host in (ROOT / name).read_text(encoding="utf-8", errors="replace") for host in hosts)
    ]

    assert named == []
