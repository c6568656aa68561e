"""What a button does, carried by the button itself so that it works after a restart.

An action is either a page to open or a command of the catalogue with its options. The code of a command is short
printable ASCII: ``1:who:name=delcy-rodriguez``, percent-encoded where a character would be ambiguous.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

_VERSION = "1"
# Left as they are: readable ids stay readable. The separators ':' '&' '=' and '%' must be encoded.
_SAFE = " -._~/,!+@'()*"


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Opens an http or https address."""

    url: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Runs a command as if it had been typed, for the person who pressed.

    ``share`` posts the answer for everyone in the channel; ``replace`` puts it in place of the message pressed
    (turning a page, choosing a candidate) where the platform can.
    """

    verb: str
    options: tuple[tuple[str, str], ...] = ()
    share: bool = False
    replace: bool = False


Action = OpenPage | Ask


def ask(verb: str, **options: str | int) -> Ask:
    """The action that runs ``verb`` with these options."""
    return Ask(verb, tuple((name, str(value)) for name, value in options.items()))


def encode(action: Ask) -> str:
    """The button's code. Platforms limit its length; one that is too long must not be shown as a button."""
    flags = ("s" if action.share else "") + ("r" if action.replace else "")
    options = "&".join(f"{name}={quote(value, safe=_SAFE, errors='replace')}" for name, value in action.options)
    return f"{_VERSION}{flags}:{action.verb}:{options}"


def decode(code: str) -> Ask | None:
    """The action of a code, or None where it is not one of ours (or of a later version)."""
    head, _, rest = code.partition(":")
    verb, separator, options = rest.partition(":")
    flags = head[len(_VERSION) :]
    if not separator or not head.startswith(_VERSION) or not verb or not set(flags) <= {"s", "r"}:
        return None
    pairs = [pair.partition("=") for pair in options.split("&") if pair]
    if any(not separator for _, separator, _ in pairs):
        return None
    return Ask(
        verb,
        tuple((name, unquote(value)) for name, _, value in pairs),
        share="s" in flags,
        replace="r" in flags,
    )
