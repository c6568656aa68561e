"""Commands that ask: they change nothing and anyone may use them."""

from __future__ import annotations

from bot.services.catalogue.model import Command, Option
from bot.services.catalogue.options import PAGE, STORY, TOPIC, entity, words

QUESTIONS: tuple[Command, ...] = (
    Command(
        "who",
        words(
            "Who or what is this? Roles, news, quotes, connections",
            "Wer oder was ist das? Ämter, Nachrichten, Zitate, Verbindungen",
            "¿Quién o qué es? Cargos, noticias, citas, relaciones",
        ),
        (entity("name"), PAGE),
        example="who Delcy Rodriguez",
    ),
    Command(
        "brief",
        words(
            "What happened, and why it matters",
            "Was geschehen ist und warum es zählt",
            "Qué ha pasado y por qué importa",
        ),
        (
            TOPIC,
            Option("since", "moment", words("Since when, e.g. 3d", "Seit wann, z. B. 3d", "Desde cuándo, p. ej. 3d")),
            Option("limit", "number", words("How many stories", "Wie viele Meldungen", "Cuántas noticias")),
        ),
        example="brief since:3d",
    ),
    Command(
        "story",
        words(
            "One story in full, with every source",
            "Eine Meldung ganz, mit allen Quellen",
            "Una noticia completa, con todas sus fuentes",
        ),
        (STORY, PAGE),
        example="story 1",
    ),
    Command(
        "timeline",
        words("What happened when", "Was wann geschah", "Qué pasó y cuándo"),
        (
            Option(
                "about",
                "entity",
                words("A name or a story", "Ein Name oder eine Meldung", "Un nombre o una noticia"),
                required=True,
            ),
            PAGE,
        ),
        example="timeline Delcy Rodriguez",
    ),
    Command(
        "quotes",
        words(
            "What was said, word for word",
            "Was gesagt wurde, Wort für Wort",
            "Lo que se dijo, palabra por palabra",
        ),
        (
            entity("by", required=False),
            entity("about", required=False),
            Option("story", "story", STORY.words, hidden=True),
            PAGE,
        ),
        example="quotes by:Trump about:Venezuela",
    ),
    Command(
        "search",
        words("Find stories by their words", "Meldungen nach Wörtern finden", "Buscar noticias por sus palabras"),
        (
            Option(
                "text",
                "text",
                words("Words to look for", "Gesuchte Wörter", "Palabras que buscar"),
                required=True,
            ),
            PAGE,
        ),
        example="search embassy reopening",
    ),
    Command(
        "sources",
        words(
            "Where each line of a story comes from",
            "Woher jede Zeile einer Meldung stammt",
            "De dónde viene cada línea de una noticia",
        ),
        (STORY, PAGE),
        example="sources 1",
    ),
    Command(
        "why",
        words(
            "Why a story is, or is not, in the briefing",
            "Warum eine Meldung im Briefing steht oder fehlt",
            "Por qué una noticia está o no en el resumen",
        ),
        (STORY,),
        example="why 1",
    ),
    Command(
        "follow",
        words("Follow a name", "Einem Namen folgen", "Seguir un nombre"),
        (entity("name"),),
        example="follow Donald Trump",
    ),
    Command(
        "unfollow",
        words("Stop following a name", "Einem Namen nicht mehr folgen", "Dejar de seguir un nombre"),
        (entity("name"),),
        example="unfollow Donald Trump",
    ),
    Command(
        "following",
        words(
            "What you follow, with the latest",
            "Wem du folgst, mit dem Neuesten",
            "A quién sigues, con lo último",
        ),
        (PAGE,),
        example="following",
    ),
    Command(
        "status",
        words(
            "Is all well? What was missed?",
            "Ist alles in Ordnung? Was fehlte?",
            "¿Va todo bien? ¿Qué ha faltado?",
        ),
        (),
        example="status",
    ),
    Command(
        "help",
        words("What can be asked, and how", "Was man fragen kann, und wie", "Qué se puede preguntar, y cómo"),
        (Option("command", "text", words("About this command", "Zu diesem Befehl", "Sobre este comando")),),
        example="help",
    ),
)

UNLISTED: tuple[Command, ...] = (
    Command("home", words("Today, for you", "Heute, für dich", "Hoy, para ti"), listed=False, example="home"),
    Command(
        "names",
        words("Who is in this text?", "Wer kommt in diesem Text vor?", "¿Quién aparece en este texto?"),
        (
            Option("text", "text", words("The text", "Der Text", "El texto")),
            Option("story", "story", STORY.words, hidden=True),
        ),
        listed=False,
        example="names text",
    ),
)
