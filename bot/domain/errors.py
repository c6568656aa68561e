"""Everything that can go wrong and be told to a person.

    BotError
    ├── SettingsError                the operator corrects a setting; exit status 78
    ├── BadRequest                   the asker corrects the question
    ├── NotFound                     nothing by that id or name
    ├── SourceError                  an article or feed could not be had
    │   ├── Unreachable              worth trying again later
    │   ├── Gone                     says that it will not come back
    │   ├── NotAllowed               we may not fetch it (private network, port, robots.txt)
    │   ├── Unreadable               arrived, but is not what it claims to be
    │   └── NotAnArticle             readable, but no article (paywall stub, index page, one word)
    ├── DigestError                  a digest cannot be made, read or kept
    │   └── UnsupportedClaim         it says what its article does not
    ├── StoreError                   a store cannot keep or give what it should
    └── DeliveryError                a platform did not take a message

Every message names the thing and, in ``hint``, what to do next. None ever contains a secret.
"""

from __future__ import annotations

from datetime import timedelta


class BotError(Exception):
    """The base of every expected error.

    Attributes:
        what: one sentence that names the thing that failed.
        hint: one sentence that says what to do next; empty where nothing can be done.
    """

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what} {self.hint}".strip()


class SettingsError(BotError):
    """A setting is missing or wrong."""


class BadRequest(BotError):
    """A question or order that the asker can correct."""


class NotFound(BotError):
    """Nothing is known by that id or name."""


class SourceError(BotError):
    """A feed, page or file gave no article.

    Attributes:
        source: the address or path, without credentials.
        retry_after: how long the source asked us to wait, where it did.
        status: the HTTP status that it answered with; 0 where it did not.
    """

    def __init__(
        self, source: str, what: str, hint: str = "", retry_after: timedelta | None = None, status: int = 0
    ) -> None:
        super().__init__(what, hint)
        self.source = source
        self.retry_after = retry_after
        self.status = status


class Unreachable(SourceError):
    """It may succeed later: no answer, a server's error, too slow."""


class Gone(SourceError):
    """It will not come back: 410, or an address that can never be fetched."""


class NotAllowed(SourceError):
    """We may not fetch it: its network or port is closed to us, or robots.txt asks us not to."""


class Unreadable(SourceError):
    """It arrived but cannot be parsed, or is too large or too costly."""


class NotAnArticle(SourceError):
    """It can be read but holds no article."""


class DigestError(BotError):
    """A digest could not be made, read or kept."""


class UnsupportedClaim(DigestError):
    """A digest says something that its article does not."""


class StoreError(BotError):
    """A store is locked, full, read-only, damaged or of a newer version."""


class DeliveryError(BotError):
    """A platform did not take a message, or we cannot know whether it did.

    Attributes:
        permanent: no retry can succeed until a person changes something.
        maybe_sent: the message may have been posted; never resend before reading back.
        retry_after: how long the platform asked us to wait, where it did.
        code: the platform's own word for it, such as ``not_in_channel`` or ``50001``.
    """

    def __init__(
        self,
        what: str,
        hint: str = "",
        *,
        permanent: bool = False,
        maybe_sent: bool = False,
        retry_after: timedelta | None = None,
        code: str = "",
    ) -> None:
        super().__init__(what, hint)
        self.permanent = permanent
        self.maybe_sent = maybe_sent
        self.retry_after = retry_after
        self.code = code
