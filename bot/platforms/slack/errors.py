"""Slack's refusals as sentences that say what to do, and what each means for sending again."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.errors import DeliveryError
from bot.platforms.slack.limits import RETRY_DEFAULT, RETRY_LONGEST

_INVITE = "Type /invite @Lede in the channel, or choose another channel for the briefing."
_INSTALL = "Install the app again: Slack app settings, Install App. Then put the new token into the settings."
_ALLOW = "Ask a workspace admin to let Lede post there, or choose another channel for the briefing."
_REPORT = "This is a fault of Lede: report it with this message."
_WAIT = "It will be tried again."


@dataclass(frozen=True, slots=True)
class Refusal:
    """What one error code means. ``doubtful``: Slack may have done it all the same."""

    what: str
    hint: str
    permanent: bool = True
    doubtful: bool = False


def _all(what: str, hint: str, *codes: str, permanent: bool = True, doubtful: bool = False) -> dict[str, Refusal]:
    return dict.fromkeys(codes, Refusal(what, hint, permanent, doubtful))


# https://docs.slack.dev/reference/methods/chat.postMessage#errors and the like of the other methods used here.
REFUSALS: Mapping[str, Refusal] = {
    **_all("Slack knows no such channel, or Lede is not in it", _INVITE, "channel_not_found"),
    **_all("Lede is not in the channel", _INVITE, "not_in_channel"),
    **_all(
        "the channel is archived",
        "Unarchive it, or choose another channel for the briefing.",
        "is_archived",
    ),
    **_all("the Slack app was removed or switched off", _INSTALL, "account_inactive", "team_not_found", "app_missing"),
    **_all("the Slack token is no longer valid", _INSTALL, "token_revoked", "token_expired", "invalid_auth"),
    **_all("no usable Slack token was sent", _INSTALL, "not_authed", "not_allowed_token_type"),
    **_all("the workspace does not let Lede in", _ALLOW, "access_denied", "team_access_not_granted", "no_permission"),
    **_all("the workspace does not let Lede in", _ALLOW, "ekm_access_denied", "org_login_required"),
    **_all(
        "posting in the channel is restricted",
        _ALLOW,
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel",
        "restricted_action_thread_locked",
    ),
    **_all(
        "direct messages to that person are not possible",
        "Open the app's Messages tab (app settings, App Home), or choose a channel for the briefing.",
        "user_not_found",
        "user_disabled",
        "user_not_visible",
        "cannot_dm_bot",
        "messages_tab_disabled",
        "is_bot",
    ),
    **_all("that person is not in the channel", "Ask again in a channel you are in.", "user_not_in_channel"),
    **_all("the thread is gone", "Its message was deleted; nothing is left to do.", "thread_not_found"),
    **_all("it cannot be answered in a thread", "Nothing is left to do.", "cannot_reply_to_message"),
    **_all("the message is gone", "It was deleted; nothing is left to do.", "message_not_found"),
    **_all(
        "the message may not be edited",
        "It is not Lede's own, or the workspace's time for editing has passed.",
        "cant_update_message",
        "edit_window_closed",
        "is_inactive",
        "block_mismatch",
    ),
    **_all(
        "Slack does not take the message as it is",
        _REPORT,
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_arguments",
        "invalid_arg_name",
        "invalid_array_arg",
        "invalid_json",
        "json_not_object",
        "msg_too_long",
        "msg_blocks_too_long",
        "no_text",
        "too_many_attachments",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "metadata_must_be_sent_from_app",
        "metadata_too_large",
        "view_too_large",
    ),
    **_all("the dialog came too late", "Ask again.", "expired_trigger_id", "exchanged_trigger_id", "trigger_expired"),
    **_all("the dialog was closed", "Ask again.", "not_found", "hash_conflict"),
    **_all("Slack asks to wait", _WAIT, "ratelimited", "rate_limited", permanent=False),
    **_all("the channel gets too many messages", _WAIT, "message_limit_exceeded", permanent=False),
    **_all("Slack is being moved or is closed for now", _WAIT, "team_added_to_org", "accesslimited", permanent=False),
    **_all("Slack got half of the request", _WAIT, "request_timeout", permanent=False),
    # "It's possible some aspect of the operation succeeded before the error was raised."
    **_all(
        "Slack failed while at it",
        _WAIT,
        "internal_error",
        "fatal_error",
        "service_unavailable",
        permanent=False,
        doubtful=True,
    ),
}
#: Nothing more can be done for a workspace that answers one of these, until a person acts.
LOCKED_OUT = frozenset(
    {"account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed", "team_not_found"}
)
_RATE = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
# aiohttp gives up on these before a byte of the request is on its way.
_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


def delivery_error(error: Exception, doing: str, now: datetime) -> DeliveryError:
    """What went wrong while ``doing`` (such as ``posting to C123``), for the ledger and for people.

    Args:
        error: what the SDK or the connection raised.
        doing: what was tried, without words from outside.
        now: the present, to understand a date in ``Retry-After``.
    """
    if isinstance(error, SlackApiError):
        return _refused(error, doing, now)
    if isinstance(error, _NEVER_SENT):
        hint = "It will be tried again. Check the network, and SLACK_API_URL where it is set."
        return DeliveryError(f"Slack could not be reached while {doing}.", hint, code="unreachable")
    kind = "in time" if isinstance(error, asyncio.TimeoutError) else "properly"
    hint = "Whether it was taken is read back before anything is sent again."
    return DeliveryError(f"Slack did not answer {kind} while {doing}.", hint, maybe_sent=True, code="no_answer")


def _refused(error: SlackApiError, doing: str, now: datetime) -> DeliveryError:
    response = error.response
    status = int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)
    body = getattr(response, "data", None)
    body = body if isinstance(body, dict) else {}
    code = str(body.get("error") or "")
    headers: Mapping[str, str] = getattr(response, "headers", None) or {}
    if status == 429 or code in _RATE:
        wait = retry_after(headers, now)
        what = f"Slack asked to wait {_span(wait)} while {doing}."
        return DeliveryError(what, _WAIT, retry_after=wait, code=code or "ratelimited")
    if status >= 500:
        hint = "Whether it was taken is read back before anything is sent again."
        what = f"Slack failed with status {status} while {doing}."
        return DeliveryError(what, hint, maybe_sent=True, code=code or str(status))
    if not code:
        # A success that cannot be read, or a stranger's page between us and Slack.
        taken = status < 400
        what = f"Slack answered {doing} with status {status} and no sense."
        hint = "Check what stands between Lede and Slack, and SLACK_API_URL where it is set."
        return DeliveryError(what, hint, maybe_sent=taken, code=str(status))
    return _by_code(code, body, doing)


def _by_code(code: str, body: Mapping[str, Any], doing: str) -> DeliveryError:
    if code == "missing_scope":
        scope = str(body.get("needed") or "a scope")
        what = f"The Slack app lacks the scope {scope}, needed while {doing}."
        hint = f"Add {scope} under OAuth & Permissions in the app's settings, then install the app again."
        return DeliveryError(what, hint, permanent=True, code=code)
    refusal = REFUSALS.get(code, Refusal(f"Slack answered {code}", _WAIT, permanent=False))
    return DeliveryError(
        f"Failed {doing}: {refusal.what}.{_details(body)}",
        refusal.hint,
        permanent=refusal.permanent,
        maybe_sent=refusal.doubtful,
        code=code,
    )


def _details(body: Mapping[str, Any]) -> str:
    """What Slack says of the very part it does not like; it names places, not contents."""
    metadata = body.get("response_metadata")
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    said = [str(message) for message in messages or body.get("errors") or [] if message]
    return f" Slack says: {'; '.join(said)[:300]}." if said else ""


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long Slack asks to wait, whatever it writes: seconds, a date, nothing, nonsense.

    Nothing and nonsense mean half a minute. At least a second, lest nought make us hammer; at most a month, lest a
    number that no calendar holds break the arithmetic.
    """
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "").strip()
    wait = _seconds(said, now)
    if wait is None or wait < 0:
        return RETRY_DEFAULT
    return min(max(timedelta(seconds=min(wait, RETRY_LONGEST.total_seconds())), timedelta(seconds=1)), RETRY_LONGEST)


def _seconds(said: str, now: datetime) -> float | None:
    try:
        wait = float(said)
    except ValueError:
        pass
    else:
        return wait if not math.isnan(wait) else None
    try:
        return (parsedate_to_datetime(said) - now).total_seconds()
    except (ValueError, TypeError):
        return None


def _span(wait: timedelta) -> str:
    seconds = wait.total_seconds()
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
