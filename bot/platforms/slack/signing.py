"""Whether a request is Slack's: https://docs.slack.dev/authentication/verifying-requests-from-slack ."""

from __future__ import annotations

import re
from collections.abc import Mapping

from slack_sdk.signature import Clock as SlackClock
from slack_sdk.signature import SignatureVerifier

from bot.ports import Clock

# The SDK's verifier raises on anything else, and would have us answer that we are broken.
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class _Now(SlackClock):
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


class Signatures:
    """Checks the signature and the age of requests."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._verifier = SignatureVerifier(secret, _Now(clock))

    def proves(self, headers: Mapping[str, str], body: bytes) -> str:
        """The signature where it is Slack's, made less than five minutes ago, for this very body; else nothing.

        Args:
            headers: by lower-case name.
            body: the raw body.
        """
        timestamp = headers.get("x-slack-request-timestamp", "")
        signature = headers.get("x-slack-signature", "")
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return ""
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return ""
        return signature if self._verifier.is_valid(text, timestamp, signature) else ""
