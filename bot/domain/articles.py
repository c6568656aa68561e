"""An article as it was published: facts about it and its numbered sentences.

Articles are kept apart from digests (``ARTICLES_DIR``), are never committed and never posted whole. They are what
a digest's evidence numbers point into.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime
from typing import Annotated
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from anyascii import anyascii
from pydantic import AwareDatetime, Field, model_validator

from bot.domain.digests import ArticleFacts, DigestId, Frozen, Name, Outlet, Undated

# Parameters that say how a reader came, not what is read: campaign tags and click ids.
_TRACKING = re.compile(
    r"(?i)^(utm_.*|mc_[ce]id|fbclid|gclid|dclid|yclid|msclkid|igshid|cmpid|cmp|ocid|ref_src|"
    r"at_(campaign|medium|custom\d|link_.*)|ito|spm|xtor|wt_mc|maca|partner|ns_.*|__twitter_impression)$"
)
# Names the file of an article; longer slugs only make unreadable paths.
_SLUG_LENGTH = 48


class Article(Frozen):
    """One article with its sentences.

    ``paragraphs`` holds the number of each paragraph's first sentence, ascending from 1, so that a quotation can be
    followed across sentences; empty means that paragraphs are not known.
    """

    url: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=2000)] | None = None
    title: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]
    outlet: Outlet
    byline: tuple[Name, ...] = ()
    published: AwareDatetime
    undated: Undated = None
    retrieved: AwareDatetime | None = None
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")] = "en"
    sentences: Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)]
    paragraphs: tuple[Annotated[int, Field(ge=1)], ...] = ()
    supersedes: str | None = None

    @model_validator(mode="after")
    def _paragraphs_ascend(self) -> Article:
        starts = self.paragraphs
        if starts and (starts[0] != 1 or list(starts) != sorted(set(starts)) or starts[-1] > len(self.sentences)):
            raise ValueError("paragraphs must ascend from 1 and stay within the sentences")
        return self

    @property
    def sha256(self) -> str:
        """The hash of the sentences, which a digest repeats to say exactly which text it digests."""
        return text_hash(self.sentences)

    @property
    def id(self) -> DigestId:
        """The id that this article's digest bears."""
        return digest_id(self.published, self.title, self.url, self.sha256)

    def sentence(self, number: int) -> str:
        """The sentence of that number, counted from 1.

        Raises:
            IndexError: there is no such sentence.
        """
        if not 1 <= number <= len(self.sentences):
            raise IndexError(f"sentence {number} of {len(self.sentences)}")
        return self.sentences[number - 1]

    def facts(self) -> ArticleFacts:
        """The part of the article that its digest repeats."""
        return ArticleFacts(
            url=self.url,
            title=self.title,
            outlet=self.outlet,
            byline=self.byline,
            published=self.published,
            undated=self.undated,
            retrieved=self.retrieved,
            language=self.language,
            sha256=self.sha256,
            sentences=len(self.sentences),
            supersedes=self.supersedes,
        )


def text_hash(sentences: tuple[str, ...]) -> str:
    """SHA-256 of the sentences joined by newlines, in hexadecimal."""
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()


# Thai, Lao, Burmese, Khmer, Japanese and Chinese.
_UNSPACED = re.compile("[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def words_in(text: str) -> int:
    """About how many words there are; where a script puts no spaces between them, two signs make one."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def slug(text: str, length: int = _SLUG_LENGTH) -> str:
    """Lower-case ASCII words joined by hyphens, cut at a word's end; ``x`` where nothing is left."""
    ascii_text = anyascii(unicodedata.normalize("NFKC", text)).lower().replace("'", "")
    words = re.findall(r"[a-z0-9]+", ascii_text)
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word[:length]
        if len(longer) > length:
            break
        kept = longer
    return kept or "x"


def canonical_url(url: str) -> str:
    """One spelling for all addresses of one page.

    Scheme and host in lower case without default port and trailing dot, percent-encoding made uniform (RFC 3986,
    6.2.2), query sorted and without tracking parameters, no fragment, no trailing slash.

    Raises:
        ValueError: ``url`` is not an http or https address.
    """
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is not an http or https address")
    host = parts.hostname.rstrip(".").encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    host = host.rstrip(".")
    port = "" if parts.port in (None, {"http": 80, "https": 443}[scheme]) else f":{parts.port}"
    netloc = (f"[{host}]" if ":" in host else host) + port
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._%") if "%25" not in parts.path else parts.path
    query = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k))
    return urlunsplit((scheme, netloc, path.rstrip("/") or "", urlencode(query), ""))


def digest_id(published: datetime, title: str, url: str | None, sha256: str) -> DigestId:
    """``<published date>-<slug>-<8 hex>``, the hex of the canonical URL's hash, or of the text's without one."""
    key = hashlib.sha256(canonical_url(url).encode()).hexdigest() if url else sha256
    return DigestId(f"{published.date().isoformat()}-{slug(title)}-{key[:8]}")
