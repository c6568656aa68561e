"""Articles written for the tests, and what is asked of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bot.digesters.extractive.compose import digest_of
from bot.domain.articles import Article
from bot.domain.digests import Digest, DigestEntity, Outlet

NOW = datetime(2026, 1, 13, 9, tzinfo=UTC)
#: A Saturday.
PUBLISHED = datetime(2026, 1, 10, 12, tzinfo=UTC)


def article(
    *paragraphs: str, title: str = "A day in Harbourton", published: datetime = PUBLISHED, **fields: object
) -> Article:
    """An article of paragraphs whose sentences are parted by a bar."""
    sentences: list[str] = []
    starts: list[int] = []
    for paragraph in paragraphs:
        starts.append(len(sentences) + 1)
        sentences.extend(part.strip() for part in paragraph.split("|"))
    facts = {"outlet": Outlet(name="Harbourton Herald", domain="herald.example"), "language": "en"} | fields
    return Article.model_validate(
        {"title": title, "published": published, "sentences": sentences, "paragraphs": starts, **facts}
    )


FILLER = (
    "The council met in the town hall on the first floor for more than two hours, and the public gallery was full. | "
    "Most of the people who came were there to hear what would happen to the ferry and to the old harbour wall."
)


def digest(*paragraphs: str, **fields: object) -> Digest:
    """The offline digest of paragraphs, with a paragraph that names no one so that the text is long enough."""
    return digest_of(article(*paragraphs, FILLER, **fields), NOW)  # type: ignore[arg-type]


def named(found: Digest, kind: str = "person") -> set[str]:
    """The names of a kind."""
    return {entity.name for entity in found.entities if entity.kind == kind}


def entity(found: Digest, name: str) -> DigestEntity:
    """The entity of that name."""
    return next(each for each in found.entities if each.name == name)


def said(found: Digest) -> list[tuple[str, str]]:
    """Each quotation with its speaker's id."""
    return [(quote.speaker, quote.text) for quote in found.quotes]


def plain(text: str) -> str:
    """``text`` with its white space made single."""
    return re.sub(r"\s+", " ", text)


FERRY = article(
    "HARBOURTON (AP) — Harbourton will close its ferry terminal in March after the port authority agreed to spend "
    "at least $40 million on a new bridge, Mayor Ana Lindqvist said on Thursday. | "
    "It is the first time since 1961 that the island town will be without a ferry.",
    "“We waited too long, and the ferry paid for it,” Lindqvist told reporters. | “The bridge is not a luxury.”",
    "Tomasz Okafor, chief executive of Northern Lines, said the company had “no choice but to stop the boats” after "
    "12 people were injured in a collision on December 3. | He said the firm will pay every family by the end of June.",
    "Lindqvist's sister, Marta, who chairs the Fishers' Union, called the plan a mistake. | “Nobody asked the people "
    "who work on the water,” she said.",
    "The terminal opened in 1961 and carried about 300,000 passengers last year. | The port authority is scheduled to "
    "vote on the contract on January 20.",
    "Sign up for our newsletter to get the latest from the harbour. | Read more: Ten bridges you must see.",
    title="Harbourton to close its ferry terminal | Harbourton Herald",
)
