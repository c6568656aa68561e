from __future__ import annotations

import pytest

from bot.digesters.llm.verifier import coverage, repeats, verify

SENTENCES = {
    1: "The court in Ostby did not reject the appeal of Ana Roe, who was convicted of fraud in 2019.",
    2: "Ana Roe accused Ola Berg of stealing 40 boats from the old harbour of Ostby on Monday.",
    3: "“We never touched the boats,” Berg said, according to his lawyer, Maria Keller.",
    4: "The bridge may close in March, the port authority said.",
    5: "At least 12 people were hurt when the ferry hit the quay.",
}


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("The court in Ostby did not reject the appeal of Ana Roe.", [1]),
        ("Ana Roe accused Ola Berg of stealing 40 boats from the old harbour of Ostby.", [2]),
        ("“We never touched the boats,” Berg said, according to his lawyer.", [3]),
        ("The bridge may close in March, the port authority said.", [4]),
        ("At least 12 people were hurt when the ferry hit the quay", [5]),
    ],
)
def test_what_the_sentence_says_passes(text: str, cites: list[int]) -> None:
    """A sentence shortened but not changed is supported."""
    assert verify(text, cites, SENTENCES).supported


@pytest.mark.parametrize(
    ("text", "cites", "why"),
    [
        ("The court in Ostby did reject the appeal of Ana Roe.", [1], "not"),
        ("Ola Berg accused Ana Roe of stealing 40 boats from the old harbour of Ostby.", [2], "order"),
        ("Ana Roe accused Ola Berg of stealing 50 boats from the old harbour.", [2], "number 50"),
        ("Ana Roe accused Ola Berg of stealing 40 boats on Tuesday.", [2], "date tuesday"),
        ("Ana Roe accused Jo Salt of stealing 40 boats from the old harbour.", [2], "names jo"),
        ("Ana Roe accused Ola Berg of burning 40 boats from the old harbour of Ostby.", [2], "burn"),
        ("Ana Roe did not accuse Ola Berg of stealing 40 boats from the old harbour.", [2], "den"),
        ("Ola Berg stole 40 boats from the old harbour of Ostby.", [2], ""),
        ("“We never saw the boats,” Berg said, according to his lawyer.", [3], "quotes"),
        ("The bridge will close in March, the port authority said.", [4], "may"),
        ("The bridge may close in March.", [4], "said"),
        ("12 people were hurt when the ferry hit the quay.", [5], "least"),
        ("At least 12 people were hurt when the ferry hit the quay.", [4], ""),
        ("At least 12 people were hurt when the ferry hit the quay.", [], "cites"),
        ("At least 12 people were hurt when the ferry hit the quay.", [99], "cites"),
        ("At least 12 people were hurt when the ferry hit the quay.", [1, 2, 3, 4, 5], "cites"),
        ("At least 12 people were hurt when the ferry hit the quay, see https://x.example", [5], "address"),
        ("<b>At least 12 people were hurt</b> when the ferry hit the quay", [5], "markup"),
        ("At least 12 people were \u202ehurt when the ferry hit the quay", [5], "hidden"),
        ("", [5], "characters"),
        ("At least " * 80, [5], "characters"),
    ],
)
def test_what_it_does_not_say_fails(text: str, cites: list[int], why: str) -> None:
    """Changed numbers, dates, names, words, order, negations, hedges, quotations; missing support; markup."""
    verdict = verify(text, cites, SENTENCES)

    assert not verdict.supported
    assert why in verdict.reason


def test_coverage_counts_word_pairs() -> None:
    """All pairs of a copied sentence, none of a foreign one."""
    assert coverage("the ferry hit the quay", SENTENCES[5]) == 1.0
    assert coverage("quay the hit ferry the", SENTENCES[5]) == 0.0


def test_repeats() -> None:
    """The same words in another order repeat; other words do not."""
    assert repeats("The quay was hit by the ferry.", ["The ferry hit the quay"])
    assert not repeats("The quay was hit by the ferry.", ["Ana Roe appealed to the court."])
