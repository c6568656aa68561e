"""Options that several commands share."""

from __future__ import annotations

from bot.services.catalogue.model import Option, Words


def words(en: str, de: str, es: str) -> Words:
    """The same words in English, German and Spanish."""
    return {"en": en, "de": de, "es": es}


PAGE = Option("page", "page", words("Which page", "Welche Seite", "Qué página"), hidden=True)
TOPIC = Option("topic", "topic", words("Only this topic", "Nur dieses Thema", "Solo este tema"))
STORY = Option(
    "story",
    "story",
    words(
        "Number in the latest briefing, or words of its headline",
        "Nummer im letzten Briefing oder Wörter der Überschrift",
        "Número en el último resumen o palabras del titular",
    ),
    required=True,
)
SUBSCRIPTION = Option(
    "id",
    "subscription",
    words("Which briefing", "Welches Briefing", "Qué resumen"),
    required=True,
)


def entity(name: str, required: bool = True) -> Option:
    """An option that takes a name."""
    spelling = words("A name in any spelling", "Ein Name in beliebiger Schreibweise", "Un nombre, escrito como sea")
    return Option(name, "entity", spelling, required=required)
