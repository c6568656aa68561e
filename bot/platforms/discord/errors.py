"""What Discord's refusals mean to the people who can mend them, as :class:`~bot.domain.errors.DeliveryError`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.domain.errors import DeliveryError

_ALLOW = "Give the bot's role that permission in the channel's settings"
#: Discord's code: what it means, what to do; https://discord.com/developers/docs/topics/opcodes-and-status-codes
_PERMANENT: Mapping[int, tuple[str, str]] = {
    10003: ("The channel does not exist any more.", "Remove this briefing, or add it again in another channel."),
    10004: (
        "The server does not exist any more, or the bot is not in it.",
        "Invite the bot again: lede discord-invite.",
    ),
    10008: ("The message does not exist any more.", "Nothing needs doing: someone deleted it."),
    10015: ("The question's time was over.", "Ask again; the answer took longer than Discord waits."),
    10062: ("The question's time was over.", "Ask again; the answer took longer than Discord waits."),
    20016: ("The bot is slowed down in this channel.", "Take slow mode off the channel, or let the bot bypass it."),
    40060: ("The question was answered already.", ""),
    40067: ("This forum wants a tag on every post.", "Set the briefing's tags to one or more of the forum's."),
    50001: ("The bot cannot see this channel.", f"{_ALLOW}: View Channel."),
    50005: ("The message is not the bot's own.", "It cannot be edited; nothing needs doing."),
    50006: ("Discord found the message empty.", "This is a fault of the bot: please report it."),
    50007: ("This person takes no messages from the bot.", "They can allow it in their privacy settings."),
    50008: ("This channel takes no messages.", "Add the briefing in a text channel, a thread or a forum."),
    50013: ("The bot lacks a permission in this channel.", f"{_ALLOW}: lede doctor says which."),
    50024: ("This cannot be done in a channel of this kind.", "Choose a text channel, a thread or a forum."),
    50035: ("Discord found the message malformed.", "This is a fault of the bot: please report it."),
    50027: ("The question's time was over.", "Ask again; the answer took longer than Discord waits."),
    50083: ("The thread is archived.", "Open the thread again, or add the briefing in its channel."),
    50173: ("The bot may not post while its membership is being checked.", "A server's admin has to let it in."),
    160002: ("The bot cannot read this channel's history.", f"{_ALLOW}: Read Message History."),
    160005: ("The thread is locked.", "Unlock the thread, or add the briefing in its channel."),
    200000: ("The server's AutoMod refused the message.", "Exempt the bot's role in AutoMod's rules."),
    200001: ("The server's AutoMod refused the title.", "Exempt the bot's role in AutoMod's rules."),
}
_PASSING: Mapping[int, tuple[str, str]] = {
    20022: ("Discord slows posts of this server down.", "They are sent again later."),
    20028: ("Discord slows posts in this channel down.", "They are sent again later."),
    160006: ("The server has as many open threads as it may.", "Archive some threads; it is tried again."),
    130000: ("Discord is overloaded.", "It is tried again."),
}
#: Codes after which a command's token is of no use any more.
TOKEN_GONE = frozenset({10015, 10062, 50027})
THREAD_EXISTS = 160004
ARCHIVED = 50083
GONE = frozenset({10003, 10008})


def refused(
    status: int,
    code: int,
    text: str,
    *,
    maybe_sent: bool = False,
    retry_after: timedelta | None = None,
) -> DeliveryError:
    """The error of an answer of Discord's.

    Args:
        status: of HTTP.
        code: Discord's own, 0 where it gave none.
        text: Discord's explanation, for what is not known here; it holds no secret.
        maybe_sent: whether an earlier try of the same request may have been taken.
        retry_after: how long Discord asked to wait.
    """
    name = str(code or status)
    if status == 429:
        return DeliveryError(
            "Discord asks the bot to wait.",
            "It is sent again later.",
            retry_after=retry_after or timedelta(seconds=60),
            maybe_sent=maybe_sent,
            code=name,
        )
    if status == 401 and code not in TOKEN_GONE:
        return DeliveryError(
            "Discord does not accept the bot's token.",
            "Copy the token again from the developer portal into DISCORD_TOKEN.",
            permanent=True,
            code=name,
        )
    if code in _PASSING:
        what, hint = _PASSING[code]
        return DeliveryError(
            what, hint, retry_after=retry_after or timedelta(minutes=1), maybe_sent=maybe_sent, code=name
        )
    if status >= 500:
        return DeliveryError("Discord failed.", "It is looked up, then sent again.", maybe_sent=maybe_sent, code=name)
    what, hint = _PERMANENT.get(code, _by_status(status, text))
    return DeliveryError(what, hint, permanent=True, maybe_sent=maybe_sent, code=name)


def _by_status(status: int, text: str) -> tuple[str, str]:
    said = " ".join(text.split())[:200]
    if status == 403:
        return f"Discord does not allow it: {said}", f"{_ALLOW}: lede doctor says which."
    if status == 404:
        return f"Discord does not find it: {said}", "Add the briefing again in a channel that exists."
    return f"Discord refused it: {said}", "Please report this with the channel's kind."


def cut_off(sent: bool, why: str) -> DeliveryError:
    """The error of a request without an answer; ``sent`` where it had left before the connection failed."""
    return DeliveryError(
        f"Discord did not answer: {why}." if sent else f"Discord cannot be reached: {why}.",
        "It is looked up, then sent again." if sent else "It is sent again later; check the network if this goes on.",
        maybe_sent=sent,
        code="timeout" if sent else "unreachable",
    )


def unreadable(permissions: list[str]) -> DeliveryError:
    """History cannot be read, so whether something was posted cannot be known."""
    lacking = " and ".join(permissions)
    return DeliveryError(
        f"Whether it was posted cannot be known: the bot lacks {lacking} in this channel.",
        f"{_ALLOW}: {lacking}.",
        permanent=True,
        code="160002",
    )
