from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.articles import Article
from bot.domain.digests import Digest, Outlet, as_json
from bot.domain.errors import BadRequest, UnsupportedClaim
from bot.domain.reviews import approved, carried, edited, unsupported

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
LATER = datetime(2026, 1, 6, 9, tzinfo=UTC)
SENTENCES = (
    "Ana Roe opened the bridge.",
    "“It is ours,” Roe said.",
    "The ferry stops in March.",
    "Nobody was hurt.",
)
UPDATED = ("An earlier report was wrong.", *SENTENCES[:2], "The ferry stops in April.", SENTENCES[3])


def article(sentences: tuple[str, ...] = SENTENCES) -> Article:
    """An invented article at an address."""
    return Article(
        url="https://example.com/bridge",
        title="The bridge",
        outlet=Outlet(name="Herald"),
        published=AT,
        sentences=sentences,
    )


def digest(source: Article, shift: int = 0, **more: Any) -> Digest:
    """What a digester makes of it: every number moved by ``shift``."""
    fields: dict[str, Any] = {
        "format": 1,
        "id": source.id,
        "article": source.facts(),
        "headline": "Bridge opened",
        "summary": "Ana Roe opened the bridge.",
        "key_points": [
            {"text": "Ana Roe opened the bridge.", "evidence": [1 + shift]},
            {"text": source.sentences[2 + shift], "evidence": [3 + shift]},
        ],
        "entities": [{"id": "ana-roe", "kind": "person", "name": "Ana Roe", "mentions": [1 + shift, 2 + shift]}],
        "quotes": [{"text": "It is ours", "speaker": "ana-roe", "evidence": [2 + shift]}],
        "made": {"by": "extractive/1", "at": AT},
    }
    return Digest.model_validate(fields | more)


def rewritten(**changes: Any) -> Digest:
    """The digest as a person saved it."""
    base = digest(article())
    return edited(base, as_json(base) | changes, AT, article())


def test_approval_is_dated() -> None:
    """An approved digest says when a person found it right, and nothing else changes."""
    base = digest(article())
    found = approved(base, LATER)

    assert found.made.reviewed == LATER
    assert found.model_copy(update={"made": base.made}) == base


def test_an_edit_is_a_review() -> None:
    """What a person writes is kept, and the digest counts as reviewed."""
    found = rewritten(headline="The bridge is open")

    assert found.headline == "The bridge is open"
    assert found.made.reviewed == AT


@pytest.mark.parametrize("field", ["id", "article", "made", "format"])
def test_what_identifies_a_digest_is_not_edited(field: str) -> None:
    """Its id, its article's facts and how it was made are no one's to rewrite."""
    base = digest(article())
    with pytest.raises(BadRequest, match=field):
        edited(base, as_json(base) | {field: 7}, AT)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"headline": ""}, "headline"),
        ({"key_points": [{"text": "x", "evidence": [99]}]}, "sentence 99"),
        ({"x": 1}, "x"),
    ],
)
def test_an_edit_that_makes_no_digest_is_refused(changes: dict[str, Any], where: str) -> None:
    """The refusal names the field and says what is wrong with it."""
    with pytest.raises(BadRequest, match=where):
        rewritten(**changes)


def test_nobody_is_given_words() -> None:
    """A quotation that the article does not hold is refused, also from a person."""
    with pytest.raises(UnsupportedClaim, match=r"quotes\.0\.text"):
        rewritten(quotes=[{"text": "It is mine", "speaker": "ana-roe", "evidence": [2]}])

    assert unsupported(digest(article()), article()) == []


def test_what_a_person_changed_outlives_the_next_version() -> None:
    """Rewritten, added and removed parts are kept, renumbered; the rest is the new version's."""
    mine = rewritten(
        headline="The bridge is open",
        key_points=[
            {"text": "Ana Roe opened the bridge.", "evidence": [1]},
            {"text": "No one was hurt at all.", "evidence": [4]},
        ],
    )
    new = article(UPDATED)
    found = carried(digest(article()), mine, digest(new, 1), article(), new)

    assert found.digest.headline == "The bridge is open"
    assert [(p.text, p.evidence) for p in found.digest.key_points] == [
        ("No one was hurt at all.", (5,)),
        ("Ana Roe opened the bridge.", (2,)),
        ("The ferry stops in April.", (4,)),
    ]
    assert found.digest.quotes[0].evidence == (3,)
    assert found.lost == ()
    assert found.digest.made.reviewed is None


def test_a_change_whose_sentence_is_gone_is_told() -> None:
    """A statement on a sentence that the new version dropped is not kept, and is named."""
    mine = rewritten(key_points=[{"text": "The ferry ends in March.", "evidence": [3]}])
    new = article(UPDATED)
    found = carried(digest(article()), mine, digest(new, 1), article(), new)

    assert found.lost == ("key_points.0",)
    assert "The ferry ends in March." not in [p.text for p in found.digest.key_points]


def test_a_removed_entity_takes_its_references_along() -> None:
    """When a person removed someone, no quotation or relation of the new version refers to them."""
    mine = rewritten(entities=[], quotes=[])
    new = article(UPDATED)
    found = carried(digest(article()), mine, digest(new, 1), article(), new)

    assert found.digest.entities == ()
    assert found.digest.quotes == ()


def test_the_same_text_stays_reviewed() -> None:
    """Digested again without a change of the text, the digest is what the person left."""
    mine = rewritten(headline="The bridge is open")
    found = carried(digest(article()), mine, digest(article()), article(), article())

    assert found.digest == mine


def test_where_the_first_version_is_unknown_everything_is_the_persons() -> None:
    """Without the digester's own first version nothing of the reviewed digest is thrown away."""
    mine = rewritten(headline="The bridge is open")
    new = article(UPDATED)
    found = carried(None, mine, digest(new, 1), article(), new)

    assert [p.text for p in found.digest.key_points] == ["Ana Roe opened the bridge."]
    assert found.lost == ("key_points.1",)
    assert found.digest.headline == mine.headline
