from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digesters.llm.support import beside, support
from bot.digesters.llm.verifier import best_cites, repeats, verify

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
        ("Ola Berg accused Ana Roe of stealing 40 boats from the old harbour of Ostby.", [2], "another place"),
        ("Ana Roe accused Ola Berg of stealing 50 boats from the old harbour.", [2], "number “50”"),
        ("Ana Roe accused Ola Berg of stealing 40 boats on Tuesday.", [2], "date “Tuesday”"),
        ("Ana Roe accused Jo Salt of stealing 40 boats from the old harbour.", [2], "names “Jo”"),
        ("Ana Roe accused Ola Berg of burning 40 boats from the old harbour of Ostby.", [2], "burn"),
        ("Ana Roe did not accuse Ola Berg of stealing 40 boats from the old harbour.", [2], "did"),
        ("Ola Berg stole 40 boats from the old harbour of Ostby.", [2], ""),
        ("“We never saw the boats,” Berg said, according to his lawyer.", [3], "quotes"),
        ("The bridge will close in March, the port authority said.", [4], "will"),
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


@pytest.mark.parametrize(
    ("sentence", "true"),
    [
        (
            "Mayor Ana Roe, who is 40, said the bridge would close.",
            "Ana Roe said the bridge would close.",
        ),
        ("On Monday Ana Roe opened the hall.", "Ana Roe opened the hall."),
        ("The company had no choice, Ola Berg said.", "Ola Berg said the company had no choice."),
        ("Health minister Ola Berg saw the hall, and went home.", "Ola Berg saw the hall."),
        ("The hall was opened in Ostby on Friday after a long delay.", "The hall was opened after a long delay."),
        ("Prices rose by 3.5 percent in May.", "Prices rose by 3.5% in May."),
        ("Berg was fined by a court that sits in Ostby.", "Berg was fined by a court."),
    ],
)
def test_what_is_left_out_well_is_no_fault(sentence: str, true: str) -> None:
    """Asides, phrases of time and place, titles and added clauses may go; an attribution may move."""
    assert verify(true, [1], {1: sentence}).reason == ""


@pytest.mark.parametrize(
    ("sentence", "false"),
    [
        ("The wife of Ola Berg has left the country.", "Ola Berg has left the country."),
        ("Ana Roe's lawyer said she would appeal.", "Ana Roe said she would appeal."),
        ("Apple resellers are closing their shops in Ostby.", "Apple are closing their shops in Ostby."),
        ("Ola Berg, the deputy mayor of Ostby, has resigned.", "Ola Berg, the mayor of Ostby, has resigned."),
        (
            "The fire cost $40 million and the flood cost $12 million.",
            "The fire cost $40 and the flood cost $12 million.",
        ),
        ("The fire cost $40 million.", "The fire cost £40 million."),
        ("Berg fell into a coma at the age of 9.", "Berg fell into a coma of 9."),
        ("Roe will resign if the vote fails on Monday.", "The vote fails on Monday."),
        ("Roe lost in May, while Berg won in June.", "Roe won in June."),
        ("Roe said the bridge was old and would be closed.", "Roe said the “bridge was old”."),
        ("Roe said she regrets “any delay that hurts the town”.", "Roe said she regrets “any delay”."),
        ("She said the film of the Star Trek series was late.", "She said the film of the Trek series was late."),
        ("The council is probably not going to close the hall.", "The council is not going to close the hall."),
        ("Ana Roe accused Ola Berg of theft.", "Ana Roe was accused of theft."),
        ("Roe and Berg denied that they took the boats.", "Roe and Berg took the boats."),
        ("On Tuesday, Mrs. Roe said she had sold the boats.", "Roe said she had sold the boats."),
        ("Anyone who has seen the harbour knows the boats.", "Anyone"),
        ("The old man who sold the boats has left Ostby.", "The old man"),
        ("The 23-year-old, who calls herself the queen of Ostby, won a prize.", "The 23-year-old, who calls herself"),
        ("Roe, who calls herself the queen of Ostby, won a prize.", "Roe, who calls herself the queen of Ostby,"),
        ("The port authority said that the bridge would close.", "The port authority said."),
        ("Under the rules the owner is entitled to buy the boats.", "Under the owner is entitled to buy the boats."),
        ("The number of people in Ostby who use boats fell.", "The number of people who use boats fell."),
        ("Prices in Ostby rose for a seventh straight day.", "Prices in Ostby rose for a seventh day."),
        ("The port said the average wait was an hour.", "The port said the wait was an hour."),
        ("Roe Cola, founded in Ostby, is the fastest-growing big brand.", "Roe Cola is the big brand."),
        ("Under harbour rules the owner may buy the boats.", "Under the owner may buy the boats."),
    ],
)
def test_what_is_left_out_badly_is_a_fault(sentence: str, false: str) -> None:
    """Every word is the sentence's, in its order, and yet it says something else."""
    assert not verify(false, [1], {1: sentence}).supported


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("As Berg put it, “Had she sold the boats, the harbour would be rich.”", "Had she sold the boats, the harbour"),
        ("“The bridge was never safe for heavy lorries.”", "The bridge was never safe for heavy lorries."),
    ],
)
def test_what_someone_says_is_not_told_as_fact(sentence: str, told: str) -> None:
    """The words of a quotation need its marks, or who says them."""
    assert "as fact" in verify(told, [1], {1: sentence}).reason


def test_in_another_language_only_whole_sentences_pass() -> None:
    """Which of its words deny or limit is not known; so none may be left out."""
    sentences = {1: "Die Messe bringt über 500 Redner nach Ostby, sagte Berg, und kommt nicht wieder."}

    assert verify(sentences[1], [1], sentences, language="de").supported
    assert not verify("Die Messe bringt 500 Redner nach Ostby, sagte Berg.", [1], sentences, language="de").supported
    assert not verify("Die Messe kommt wieder.", [1], sentences, language="de-AT").supported


def test_a_surname_is_completed_only_where_it_can_be_no_one_elses() -> None:
    """The first name may come from another cited sentence; not where two people bear the surname."""
    sentences = {1: "The mayor, Ana Roe, opened the hall on Friday.", 2: "Roe said the hall would stay open."}
    text = "Ana Roe said the hall would stay open."

    assert verify(text, [1, 2], sentences).supported
    assert not verify(text, [2], sentences).supported
    assert not verify(text, [1, 2], sentences | {3: "Her brother, Jon Roe, was there."}).supported


def test_a_name_is_completed_only_as_it_is_written() -> None:
    """Things of a kind are not the one that a name of another cited sentence ends in."""
    sentences = {1: "The shop sells the Roe Marsh SUV.", 2: "SUVs are growing in number, Ola Berg said."}

    assert not verify("Roe Marsh SUV are growing in number, Ola Berg said.", [1, 2], sentences).supported


def test_facts_of_two_sentences_are_not_mixed() -> None:
    """A number, name or word of another cited sentence is as foreign as an invented one."""
    assert not verify("At least 40 people were hurt when the ferry hit the quay.", [2, 5], SENTENCES).supported
    assert not verify("Ola Berg said the bridge may close in March.", [2, 4], SENTENCES).supported


def test_the_best_citations_are_found() -> None:
    """First the sentence that says most of it, then the one that says the rest."""
    sentences = {1: "The mayor, Ana Roe, opened the hall.", 2: "It rained.", 3: "Roe said it would stay open."}

    assert best_cites("Roe said it would stay open.", sentences) == (3,)
    assert best_cites("Ana Roe said it would stay open.", sentences) == (1, 3)


def test_support_counts_the_pieces_that_a_statement_is_put_together_of() -> None:
    """All of a copied sentence, less of one with words left out, changed or mixed up, nothing of a foreign one."""
    article = SENTENCES.values()
    copied, shorter, changed, mixed = (
        support(text, article)
        for text in (
            "At least 12 people were hurt when the ferry hit the quay",
            "12 people were hurt when the ferry hit",
            "At least 12 people were saved when the ferry hit the quay",
            "quay the hit ferry the when hurt were people 12 least At",
        )
    )

    assert copied == shorter == 1.0
    assert 1.0 > changed > mixed > 0.0
    assert support("Nobody knew", article) == support("", article) == 0.0


def test_support_falls_where_one_does_what_the_article_says_of_another() -> None:
    """Words that no sentence tells together are brought together by the statement alone."""
    article = SENTENCES.values()

    assert support("Ana Roe accused Ola Berg on Monday", article) > support("Maria Keller accused Ola Berg", article)
    assert support("the ferry of the port authority may close in March", article) < support(
        "The bridge may close in March, said the port authority", article
    )


@given(st.lists(st.sampled_from(" ".join(SENTENCES.values()).split()), min_size=1, max_size=40))
def test_laying_beside_keeps_order(found: list[str]) -> None:
    """Whatever the words, the pairs are of equal words and rise on both sides; a text covers itself."""
    laid = beside(" ".join(found), SENTENCES[2])

    assert all(laid.ours.keys[i] == laid.theirs.keys[j] for i, j in laid.pairs)
    assert all(i < k and j < m for (i, j), (k, m) in itertools.pairwise(laid.pairs))
    assert beside(SENTENCES[2], SENTENCES[2]).foreign == ()


def test_repeats() -> None:
    """The same words in another order repeat; other words do not."""
    assert repeats("The quay was hit by the ferry.", ["The ferry hit the quay"])
    assert not repeats("The quay was hit by the ferry.", ["Ana Roe appealed to the court."])
