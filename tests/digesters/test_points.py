"""What a digest makes its points: the news, not the scene it is set in nor what the page prints beside it."""

from __future__ import annotations

from bot.digesters.extractive.compose import digest_of
from tests.digesters.samples import NOW, article, digest
from tests.digesters.test_statements import LEAD, points


def test_an_anecdote_is_not_the_news() -> None:
    """Where the first sentence shares no word with the headline, the report begins with one that shares several."""
    scene = "Ana Roe had come home from church on Friday when her phone rang."
    found = digest(
        scene,
        "Ostby Lines has dropped the Varna bridge after nine years of delays, its clerks said on Friday.",
        "Islanders of Sund had gone to court against the bridge of Varna.",
        "The bridge would have cost the islanders of Sund nine million crowns.",
        title="Varna bridge dropped after nine years",
    )

    assert scene not in points(found)
    assert found.summary.startswith("Ostby Lines has dropped")


def test_a_scene_from_someone_s_life_is_not_the_news() -> None:
    """A report that begins with a bare name of which its headline knows nothing sets its scene first."""
    scene = "Ana Roe sees the vote as the last hope of the ferry but has given up talking to the clerks of Varna."
    further = "Roe has rowed to the port of Sund and to the port of Varna for nine years of her life."
    told = [
        "Islanders of Sund and Varna trust each other less than ever before, a survey of the college said on Friday.",
        "Four of ten islanders would not lend a boat to the other island, the survey of the college said.",
        "The college asked nine hundred islanders of Sund and Varna in May.",
        "Their grandfathers had shared nine boats and one ferry for ninety years.",
    ]
    found = digest(f"{scene} | {further}", *told, title="Asked why they quarrel, islanders point to fear")

    assert "Ana Roe" not in points(found)
    played = "Ana Roe rowed nine miles on Friday as Sund beat Varna by a length on the strait of Ostby."
    assert played in points(digest(played, *told, title="Friday's rowing: Sund beat Varna by a length"))

    found_dead = "Ana Roe was found dead on the quay of Sund on Monday, according to a clerk of the port."
    assert found_dead in points(digest(found_dead, *told, title="Rower whose boat club was shut falls to her death"))

    begun = scene.replace("Ana Roe sees", "When Ana Roe saw").replace(" but has given", ", she had given")
    found = digest(f"{begun} | {further}", *told, title="Asked why they quarrel, islanders point to fear")
    assert "Ana Roe" not in points(found)
    assert scene in points(digest(scene, *told, title="Ana Roe gives up on the clerks of Varna"))


def test_what_the_next_sentence_pays_off_is_half_told() -> None:
    """What someone did not do says little without what he did; what is turned round weighs less."""
    tease = "Ana Roe of Sund did not sell the old ferry of the port to the clerks of Varna."
    assert tease not in points(digest(LEAD, f"{tease} | She burnt it."))
    assert tease in points(digest(LEAD, tease))

    leads = "The port of Sund has more boats than the port of Varna has ever had."
    told = ["The council of Sund paid for nine boats in May.", "The clerks of Sund rowed them to Varna in June."]
    assert leads in points(digest(LEAD, leads, *told))
    assert leads not in points(digest(LEAD, f"{leads} | But most of them leak.", *told))


def test_what_someone_says_is_not_where_the_news_begins() -> None:
    """A quotation that holds the headline's words comes behind the news; the first sentence tells it."""
    lead = "The harbour office has won the help of several shops for the islanders."
    said = "“Sund, Varna, Ostby and others will help the jobless,” Mayor Ana Roe told the Herald."
    found = digest(lead, said, title="Mayor Roe says Sund, Varna, Ostby to help jobless")

    assert lead in points(found)


def test_a_memo_printed_in_full_is_not_the_report() -> None:
    """What a page prints behind its report speaks as ``we`` and ``you``; the report is told all the same."""
    memo = "We love our ferry. | We will sell it to you. | Your port is our port. | My clerks thank you. | We are glad."
    found = digest(LEAD, "Here is the full letter from the port's clerk, Ana Roe:", memo, memo.replace("ferry", "boat"))

    assert found.summary.startswith(LEAD)


def test_who_wrote_it_is_no_point() -> None:
    """A first or last sentence that says who someone is whom nothing else names is of the writer."""
    told = [LEAD, "The clerk of Sund asked nine million crowns for the ferry.", "Varna will pay for the ferry in May."]
    writer = "Ana Roe is a lawyer of ferries and a professor at the college of Sund."
    found = digest_of(article(writer, *told, title="Sund sells its ferry"), NOW)

    assert writer not in points(found)
