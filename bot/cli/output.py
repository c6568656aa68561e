"""What the command line prints: one value, either as JSON or as people read it."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from bot.messages.model import Message

T = TypeVar("T")

as_json = click.option("--json", "json_", is_flag=True, help="Print JSON.")


def print_json(value: object) -> None:
    """Print ``value`` as indented JSON, characters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def dumped(value: Any) -> Any:
    """A pydantic value as JSON-able data, with the names of the files and without what is absent."""
    return value.model_dump(mode="json", by_alias=True, exclude_none=True)


def print_message(message: Message) -> None:
    """Print a message for the terminal at hand: its width, colours only on a real terminal."""
    from bot.platforms.terminal.render import render

    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    click.echo(render(message, width=width, colour=sys.stdout.isatty()))


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run one asynchronous command to its end."""
    return asyncio.run(work)
