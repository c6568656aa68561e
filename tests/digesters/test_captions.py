"""Laws of what stands below a page's pictures: it is no part of what the article tells."""

from __future__ import annotations

import pytest

from bot.domain.digests import Digest
from tests.digesters.samples import digest

LEAD = "The port of Sund will sell its oldest ferry to the island of Varna, its clerk said on Friday."


def told(found: Digest) -> str:
    """Everything that the key points say."""
    return " ".join(point.text for point in found.key_points)


@pytest.mark.parametrize(
    "credit", ["REUTERS/Jo Roe", "(AP Photo/Jo Roe, File)", "(Port of Sund via AP)", "AFP PHOTO / Jo Roe"]
)
def test_what_a_photographer_signs_is_a_caption(credit: str) -> None:
    """All that stands before a picture's credit in its paragraph tells what the picture shows."""
    shown = "The oldest ferry of Sund lay at the port of Varna for nine days."
    found = digest(f"{shown} | {credit}", LEAD, "The clerk of Sund asked nine million crowns for the ferry.")

    assert shown not in told(found)
    assert found.summary.startswith(LEAD)


def test_what_stands_above_the_title_is_a_caption() -> None:
    """A page that repeats its title in the text shows its picture before it."""
    shown = "Some clerks of Sund believe that the ferry has sailed enough."
    found = digest(f"{shown} | A day in Harbourton", LEAD, "The clerk of Sund asked nine million crowns for it.")

    assert shown not in told(found)


def test_what_is_glued_to_a_printed_headline_is_a_caption() -> None:
    """In a first paragraph that ends without a stop the picture's caption stands before the printed headline."""
    shown = "Clerks of Sund spoke of the ferry at the fair of Friday."
    told_on = "The clerk of Sund asked nine million crowns for it."

    assert shown not in told(digest(f"{shown} | Clerks sell the ferry", LEAD, told_on))
    assert shown in told(digest(f"{shown} | They sold the ferry.", LEAD, told_on))


@pytest.mark.parametrize(
    "shown",
    [
        "Clerk Ana Roe (C) counts the oldest ferry of Sund before the sale to the island of Varna.",
        "Clerk Ana Roe speaks of the ferry during a visit to the port of Sund, January 8, 2026.",
        "Mayor Vera Holm announces the sale of the ferry at the port of Sund, Friday, Jan. 9, 2026.",
        "Vera Holm, right, of Sund, siding with the clerks, holds a sign outside the port of Varna.",
        "The oldest ferry of Sund is seen in this undated photo of the port of Varna and its clerks.",
        "A clerk of Sund patrols the crowded port of Varna in its first open hour on Friday.",
    ],
)
def test_a_caption_shows_by_its_form(shown: str) -> None:
    """A side on which someone stands, or a past day on which something is going on, belongs to a picture."""
    assert shown not in told(digest(shown, LEAD))


def test_what_is_to_come_is_no_caption() -> None:
    """A day that is still ahead is news, whatever the tense; so is a senator's party."""
    coming = "Clerk Ana Roe speaks of the sale of the ferry at the port of Sund, February 8, 2026."
    party = "Sen. Ana Roe (R) of Sund asked the island of Varna on Friday to pay for the ferry at once."

    assert "February 8" in told(digest(coming, LEAD))
    assert "asked the island" in told(digest(LEAD, party))


def test_what_someone_wrote_on_a_day_is_no_caption() -> None:
    """A letter that shows its day in a sentence is told of, whatever the words quoted from it."""
    found = digest(LEAD, "“The ferry is the greatest of all!” Clerk Ana Roe wrote in a January 5, 2026 letter.")

    assert [quote.text for quote in found.quotes] == ["The ferry is the greatest of all!"]


def test_what_a_caption_says_too_is_told_from_the_text() -> None:
    """A caption that comes first does not make the report's own sentence a repetition."""
    found = digest(f"FILE - The port of Sund lies in the sun. | {LEAD} | (AP Photo/Jo Roe)", LEAD)

    assert found.key_points[0].evidence == (4,)


def test_titles_of_films_around_an_article_are_not_told() -> None:
    """``JUST WATCHED`` announces another piece of the page."""
    assert "WATCHED" not in told(digest(LEAD, "JUST WATCHED The ferry of Sund leaves its port Replay More Videos ..."))
