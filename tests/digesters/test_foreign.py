"""Texts in languages that the rules do not know: little is told of them, and that stands by itself."""

from __future__ import annotations

import pytest

from bot.digesters.extractive.compose import digest_of
from bot.digesters.extractive.foreign import leans
from bot.digesters.extractive.furniture import without_dateline
from tests.digesters.samples import NOW, article


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Dabei war die Fähre erst im März verkauft worden."),
        ("de-CH", "Das ist mehr als im letzten Jahr."),
        ("de", "Der gab das Boot am Donnerstag zurück."),
        ("de", "„Und das ist nicht teuer“, sagt der Hafenmeister Berg."),
        ("no", "De har rodd fra Sund til Ostby."),
        ("fr", "Il a vendu le bac en mars."),
        ("fr", "C’est la fin du bac."),
        ("es", "Sin embargo, el puerto vendió dos barcos."),
        ("pt-BR", "Ele vendeu a balsa em março."),
        ("it", "Il tutto a poche ore dalla partenza del traghetto."),
        ("nl", "Daarom werd de veerboot verkocht."),
        ("pl", "Jednak prom został sprzedany w marcu."),
        ("ru", "Он продал паром в марте."),
        ("nb", "Dette er slutten for ferjen."),
        ("tr", "Ancak liman iki gemi sattı."),
        ("ja", "同市は来年、橋を建てる。"),
        ("zh", "他说渡轮将在三月停运。"),
    ],
)
def test_what_points_back_is_known_by_its_first_words(language: str, text: str) -> None:
    """A pronoun, a link or a word that points back opens what only another sentence explains."""
    assert leans(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Das Schiff von Ostby wurde im März verkauft."),
        ("no", "De nye fergene går fra Sund til Ostby."),
        ("de", "Diese Woche verkauft der Hafen zwei Schiffe."),
        ("fr", "Ce mardi, le port a vendu deux bacs."),
        ("fr", "Il y a deux ans, le port a vendu un bac."),
        ("pt", "O porto vendeu a balsa em março."),
        ("it", "Un traghetto è stato venduto a marzo."),
        ("zh", "渡轮将在三月停运。"),
        ("eo", "Li vendis la pramon."),
    ],
)
def test_what_names_its_matter_stands_alone(language: str, text: str) -> None:
    """Articles, days that are named and languages that no one has described are let stand."""
    assert not leans(text, language)


def test_a_digest_in_another_language_tells_only_what_stands_alone() -> None:
    """What opens with a pronoun is no point, but a report's first sentence is."""
    told = "Le port d’Ostby arrêtera son bac en mars, a annoncé la mairie de la ville."
    leaning = ("Elle a vendu les deux bateaux du port à Varna.", "Mais le bac d’Ostby reste à quai.")
    others = ("Le pont du détroit ouvrira en avril à tous.", "Les marins du bac toucheront un an de salaire.")
    made = digest_of(article(told, *leaning, *others, title="Ostby arrête son bac", language="fr"), NOW)

    assert made.key_points[0].text == told
    assert not {point.text for point in made.key_points} & set(leaning)


def test_a_wires_brackets_are_no_news() -> None:
    """Place and writer stand between them; a note under a mark of its own belongs to no report."""
    assert (
        without_dateline(
            "【オストビー＝見本太郎】オストビー市は三月に渡し船を廃止し、来年の春に橋を建てると市長が述べた。"
        )[0]
        == "オ"
    )
    told = "オストビー市は三月に渡し船を廃止し、来年の春に橋を建てると市長が述べた。"
    note = "◆渡し船＝川や海を渡るための船で、百年前からこの町の人々に使われてきたものである。"
    made = digest_of(article(told, note, title="オストビー市、渡し船を廃止へ", language="ja"), NOW)

    assert [point.text for point in made.key_points] == [told]
