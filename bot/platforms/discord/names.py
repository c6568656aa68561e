"""What the commands and their options are called in German and Spanish, where Discord shows them so.

The catalogue's English names are what arrives; these are only shown and typed. Discord asks for lower case, letters,
digits, ``-`` and ``_``, at most 32 of them.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Part of a verb: German, Spanish.
_COMMANDS: Mapping[str, tuple[str, str]] = {
    "who": ("wer", "quién"),
    "brief": ("kurz", "breve"),
    "story": ("meldung", "noticia"),
    "timeline": ("zeitleiste", "cronología"),
    "quotes": ("zitate", "citas"),
    "search": ("suche", "buscar"),
    "sources": ("quellen", "fuentes"),
    "why": ("warum", "porqué"),
    "follow": ("folgen", "seguir"),
    "unfollow": ("entfolgen", "no-seguir"),
    "following": ("gefolgt", "siguiendo"),
    "status": ("zustand", "estado"),
    "help": ("hilfe", "ayuda"),
    "briefing": ("briefing", "resumen"),
    "feeds": ("feeds", "feeds"),
    "digest": ("artikel", "artículo"),
    "entity": ("namen", "nombres"),
    "add": ("hinzufügen", "añadir"),
    "list": ("liste", "lista"),
    "show": ("zeigen", "mostrar"),
    "preview": ("vorschau", "vista-previa"),
    "pause": ("anhalten", "pausar"),
    "resume": ("fortsetzen", "reanudar"),
    "remove": ("entfernen", "eliminar"),
    "now": ("jetzt", "ahora"),
    "import": ("importieren", "importar"),
    "merge": ("zusammenführen", "unir"),
    "split": ("trennen", "separar"),
    "alias": ("alias", "alias"),
}
_OPTIONS: Mapping[str, tuple[str, str]] = {
    "name": ("name", "nombre"),
    "topic": ("thema", "tema"),
    "since": ("seit", "desde"),
    "limit": ("anzahl", "cantidad"),
    "story": ("meldung", "noticia"),
    "about": ("über", "sobre"),
    "by": ("von", "de"),
    "text": ("text", "texto"),
    "at": ("um", "hora"),
    "channel": ("kanal", "canal"),
    "tz": ("zeitzone", "zona"),
    "days": ("tage", "días"),
    "max": ("höchstens", "máximo"),
    "min": ("mindestens", "mínimo"),
    "only_if_news": ("nur_neues", "solo_novedades"),
    "details": ("einzelheiten", "detalles"),
    "quiet": ("ruhezeit", "silencio"),
    "skip": ("auslassen", "omitir"),
    "publish": ("veröffentlichen", "publicar"),
    "tags": ("tags", "etiquetas"),
    "id": ("id", "id"),
    "url": ("adresse", "dirección"),
    "feed": ("feed", "feed"),
    "confirm": ("bestätigen", "confirmar"),
    "into": ("in", "en"),
    "digest": ("artikel", "artículo"),
    "alias": ("alias", "alias"),
    "command": ("befehl", "comando"),
    "share": ("teilen", "compartir"),
}
#: Discord's locales of each of our languages; English is what is shown everywhere else.
LOCALES: Mapping[str, tuple[str, ...]] = {"de": ("de",), "es": ("es-ES", "es-419")}


def command_names(part: str) -> dict[str, str]:
    """The names of one word of a verb, by Discord's locale; empty for a word that has none here."""
    return _by_locale(_COMMANDS.get(part))


def option_names(name: str) -> dict[str, str]:
    """The names of an option, by Discord's locale; empty for an option that has none here."""
    return _by_locale(_OPTIONS.get(name))


def localised(words: Mapping[str, str]) -> dict[str, str]:
    """A text in our languages, by Discord's locale, without English."""
    return {locale: words[language] for language, locales in LOCALES.items() if language in words for locale in locales}


def _by_locale(names: tuple[str, str] | None) -> dict[str, str]:
    return localised(dict(zip(("de", "es"), names, strict=True))) if names else {}
