"""From bytes nobody vouches for to a digest, or to every reason why not.

A reason completes the sentence "``<path>``, field ``<field>``: …", so that a person can go there and mend it.
"""

from __future__ import annotations

import codecs
import json
import os
import stat
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError, model_validator

from bot.domain.articles import Article
from bot.domain.digests import Digest, contradictions
from bot.domain.entities import Decisions

#: Far above any real digest (they have some 10 kB); what is larger is no digest and is not even read.
DIGEST_BYTES = 2 * 1024 * 1024
#: An article holds its text whole.
ARTICLE_BYTES = 8 * 1024 * 1024

Fault = tuple[str, str]
"""(dotted field or ``line N``, reason); the field is empty where the fault is the file's as a whole."""

_OPEN = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FOREIGN_MARKS = {
    codecs.BOM_UTF8: "begins with a byte order mark: save it as UTF-8 without one",
    codecs.BOM_UTF32_LE: "is UTF-32, not UTF-8",
    codecs.BOM_UTF16_LE: "is UTF-16, not UTF-8",
    codecs.BOM_UTF16_BE: "is UTF-16, not UTF-8",
}

_Model = TypeVar("_Model", bound=BaseModel)


class Unusable(Exception):  # a verdict on a file, not a failure of the program
    """A stored file that cannot be used.

    Attributes:
        faults: every fault found, at least one.
    """

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{field}: {reason}" if field else reason for field, reason in faults))
        self.faults = faults


def stored_bytes(path: Path, within: Path, limit: int) -> bytes:
    """The content of the regular file at ``path``; blocking, but never for long.

    Links are followed only to files below ``within``, and nothing larger than ``limit`` bytes is read.

    Raises:
        Unusable: it is a link out, no regular file, too large, or may not be read.
        FileNotFoundError: it is gone.
    """
    try:
        descriptor = os.open(_target(path, within), _OPEN)
        try:
            return _content(descriptor, limit)
        finally:
            os.close(descriptor)
    except (FileNotFoundError, NotADirectoryError):
        raise FileNotFoundError(path) from None
    except PermissionError:
        raise Unusable(("", "may not be read by the user that runs the bot: mend its permissions")) from None
    except OSError as error:
        raise Unusable(("", f"cannot be read: {error.strerror}")) from None


def _content(descriptor: int, limit: int) -> bytes:
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):
        raise Unusable(("", "is a folder with the name of a digest: rename it"))
    if not stat.S_ISREG(status.st_mode):
        raise Unusable(("", "is no regular file"))
    size, content = status.st_size, b""
    if size <= limit:
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(limit + 1)
    if max(size, len(content)) > limit:
        raise Unusable(("", f"has {size:,} bytes, more than the {limit:,} that such a file may have"))
    return content


def _target(path: Path, within: Path) -> Path:
    if not path.is_symlink():
        return path
    try:
        target = path.resolve(strict=True)
    except FileNotFoundError:
        raise Unusable(("", "is a link to a file that is not there")) from None
    except (OSError, RuntimeError):  # a circle raises one or the other, by Python version
        raise Unusable(("", "is a link that leads nowhere")) from None
    if not target.is_relative_to(within.resolve()):
        raise Unusable(("", "is a link out of the folder: copy the file here instead"))
    return target


def well_formed(content: bytes) -> Any:
    """The JSON value that ``content`` is, by RFC 8259 and without its leniencies.

    Raises:
        Unusable: it is empty, not UTF-8, not JSON, or names one key twice.
    """
    if not content.strip():
        raise Unusable(("", "is empty"))
    for mark, reason in _FOREIGN_MARKS.items():
        if content.startswith(mark):
            raise Unusable(("", reason))
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unusable((f"line {line}", f"is not UTF-8: byte 0x{content[error.start]:02x}")) from None
    return _json_value(text)


def _json_value(text: str) -> Any:
    faults: list[Fault] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) != len(pairs):
            names = [name for name, _ in pairs]
            twice = dict.fromkeys(name for name in names if names.count(name) > 1)
            faults.extend((name, "is given more than once in the same object") for name in twice)
        return value

    def no_number(name: str) -> None:
        faults.append(("", f"holds {name}, which is no JSON number: write null"))

    try:
        value = json.loads(text, object_pairs_hook=members, parse_constant=no_number)
    except json.JSONDecodeError as error:
        raise Unusable(_syntax_fault(text, error)) from None
    except RecursionError:
        raise Unusable(("", "is nested too deeply")) from None
    except ValueError:  # the only other one: more digits than Python turns into a number
        raise Unusable(("", "holds a number of too many digits")) from None
    if faults:
        raise Unusable(*faults)
    return value


def _syntax_fault(text: str, error: json.JSONDecodeError) -> Fault:
    ends_early = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    reason = "is cut off" if ends_early else "is not JSON"
    return f"line {error.lineno}", f"{reason}: {error.msg.removesuffix(' at')} at column {error.colno}"


def model_of(model: type[_Model], content: bytes) -> _Model:
    """The value of ``model`` that ``content`` holds, strictly: ``"9"`` is no number, unknown fields are errors.

    Raises:
        Unusable: it holds none.
    """
    well_formed(content)
    try:
        # Straight from the bytes: only JSON input lets strictness take an array for a tuple and a string for a date.
        return model.model_validate_json(content, strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        raise Unusable(*faults_of(error)) from None


class _Draft(Digest):
    """A digest of the right form whose parts may contradict each other."""

    @model_validator(mode="after")
    def _holds_together(self) -> _Draft:
        return self


def digest_of(content: bytes) -> Digest:
    """The digest that ``content`` holds.

    Raises:
        Unusable: it holds none. Contradictions between the parts are looked for once the form of all is right.
    """
    try:
        return model_of(Digest, content)
    except Unusable:
        draft = model_of(_Draft, content)
        faults = contradictions(draft)
        if not faults:
            raise
        raise Unusable(*faults) from None


def decisions_of(content: bytes) -> Decisions:
    """The decisions about identity that ``content`` holds.

    Raises:
        Unusable: it holds none.
    """
    return model_of(Decisions, content)


def article_of(content: bytes) -> Article:
    """The article that ``content`` holds.

    Raises:
        Unusable: it holds none.
    """
    return model_of(Article, content)


def faults_of(error: ValidationError) -> list[Fault]:
    """Every fault in ``error``, once each, in a person's words."""
    faults: dict[Fault, None] = {}
    details = error.errors(include_url=False, include_input=False)
    places = [tuple(detail["loc"]) for detail in details]
    for detail, place in zip(details, places, strict=True):
        deeper = any(len(other) > len(place) and other[: len(place)] == place for other in places)
        if detail["type"] == "too_short" and deeper:
            continue  # the items that are there were refused one by one: saying that none is left misleads
        faults[_fault(detail["type"], place, detail["msg"])] = None
    return list(faults)


def _fault(kind: str, place: tuple[int | str, ...], message: str) -> Fault:
    if place and place[-1] in ("int", "float"):  # a union names the alternative it tried
        return _dotted(place[:-1]), "should be a number, or null where the article is vague"
    if kind == "json_invalid":
        return "", f"is not JSON: {message.removeprefix('Invalid JSON: ')}"
    reasons = {"missing": "is missing", "extra_forbidden": "is no field of format 1"}
    if kind == "string_pattern_mismatch" and message.endswith(r"'\S'"):
        return _dotted(place), "is blank"
    return _dotted(place), reasons.get(kind) or _lowered(message.removeprefix("Value error, "))


def _lowered(message: str) -> str:
    for start in ("Input ", "String ", "Tuple ", "Value "):
        if message.startswith(start):
            return message.removeprefix(start).replace(" after validation", "")
    return message[:1].lower() + message[1:]


def _dotted(place: tuple[int | str, ...]) -> str:
    return ".".join(map(str, place))
