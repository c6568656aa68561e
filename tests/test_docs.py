"""Laws of the documents: what they show exists."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from bot.cli import cli
from bot.services.catalogue import CATALOGUE
from bot.settings import Settings

_ROOT = Path(__file__).parents[1]
README = (_ROOT / "README.md").read_text("utf-8")
_MAKEFILE = (_ROOT / "Makefile").read_text("utf-8")


def _shown() -> list[list[str]]:
    """The words of every ``lede`` command line in README."""
    lines = re.findall(r"^(?:\.venv/bin/)?lede (.+?)(?:\s+#.*)?$", README, re.MULTILINE)
    lines += re.findall(r"`lede ([a-z][^`]*)`", README)
    return [line.split() for line in lines]


@pytest.mark.parametrize("words", _shown(), ids=" ".join)
def test_every_command_line_in_readme_exists(words: list[str]) -> None:
    """Its verb, and its options, are the program's."""
    found: click.Command = cli
    for word in words:
        name = word.split("|")[0]
        if not isinstance(found, click.Group):
            break
        assert name in found.commands, words
        found = found.commands[name]
    options = {opt for parameter in found.params for opt in parameter.opts} | {"--help", "--json"}
    assert {word for word in words if word.startswith("--")} <= options


def test_every_command_of_the_catalogue_is_in_readme() -> None:
    """A newcomer sees all that can be asked."""
    rows = "\n".join(line for line in README.splitlines() if line.startswith("|"))

    for command in CATALOGUE:
        for word in command.verb.split(" "):
            assert re.search(rf"\b{word}\b", rows), command.verb


def test_every_make_target_in_readme_exists() -> None:
    """And every target says what it is for."""
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", _MAKEFILE, re.MULTILINE), target
    phony = re.search(r"^\.PHONY: (.*)$", _MAKEFILE, re.MULTILINE)
    assert phony is not None
    told = re.findall(r"^([a-z-]+):.*##", _MAKEFILE, re.MULTILINE)
    assert {"demo", "test", "env"} <= set(told)


def test_every_setting_that_readme_names_exists() -> None:
    """No variable is described that nothing reads."""
    named = set(re.findall(r"`([A-Z][A-Z]+_[A-Z_]+)", README))

    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_files_that_readme_links_exist() -> None:
    """Relative links lead somewhere."""
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (_ROOT / target).exists(), target
