"""Commands that arrange: briefings, feeds, digests and identities."""

from __future__ import annotations

from bot.services.catalogue.model import Command, Option
from bot.services.catalogue.options import PAGE, SUBSCRIPTION, TOPIC, entity, words

ORDERS: tuple[Command, ...] = (
    Command(
        "briefing add",
        words(
            "Post a briefing here regularly",
            "Hier regelmäßig ein Briefing posten",
            "Publicar aquí un resumen con regularidad",
        ),
        (
            Option(
                "at",
                "times",
                words("Local time, e.g. 08:00", "Ortszeit, z. B. 08:00", "Hora local, p. ej. 08:00"),
                required=True,
            ),
            Option(
                "channel",
                "channel",
                words("Where; here if not given", "Wo; sonst hier", "Dónde; aquí si no se indica"),
            ),
            Option(
                "tz",
                "timezone",
                words(
                    "Time zone, e.g. Europe/Berlin",
                    "Zeitzone, z. B. Europe/Berlin",
                    "Zona horaria, p. ej. Europe/Madrid",
                ),
            ),
            Option(
                "days",
                "days",
                words(
                    "mon-fri, daily, mon,thu, monthly:1",
                    "mon-fri, daily, mon,thu, monthly:1",
                    "mon-fri, daily, mon,thu, monthly:1",
                ),
            ),
            TOPIC,
            Option(
                "max",
                "number",
                words(
                    "At most this many stories",
                    "Höchstens so viele Meldungen",
                    "Como máximo, tantas noticias",
                ),
            ),
            Option(
                "min",
                "number",
                words(
                    "Only with at least this many",
                    "Nur ab so vielen Meldungen",
                    "Solo a partir de tantas noticias",
                ),
            ),
            Option(
                "only_if_news",
                "flag",
                words(
                    "Skip it when nothing is new",
                    "Auslassen, wenn nichts neu ist",
                    "Omitir si no hay novedades",
                ),
            ),
            Option(
                "details",
                "flag",
                words("Details of the stories in the thread", "Einzelheiten im Thread", "Detalles en el hilo"),
            ),
            Option(
                "quiet",
                "text",
                words(
                    "Quiet hours, e.g. 22:00-07:00",
                    "Ruhezeit, z. B. 22:00-07:00",
                    "Horas de silencio, p. ej. 22:00-07:00",
                ),
            ),
            Option(
                "skip",
                "text",
                words(
                    "Dates to skip, e.g. 2026-12-25",
                    "Auszulassende Tage, z. B. 2026-12-25",
                    "Fechas que omitir, p. ej. 2026-12-25",
                ),
            ),
            Option(
                "publish",
                "flag",
                words("Publish it to followers", "Für Follower veröffentlichen", "Publicar para seguidores"),
                hidden=True,
            ),
            Option(
                "tags",
                "text",
                words("Tags of the forum post", "Tags des Forenbeitrags", "Etiquetas de la publicación"),
                hidden=True,
            ),
        ),
        permission="change",
        example="briefing add 08:00 Europe/Berlin mon-fri",
    ),
    Command(
        "briefing list",
        words("The briefings of this server", "Die Briefings dieses Servers", "Los resúmenes de este servidor"),
        (PAGE,),
        example="briefing list",
    ),
    Command(
        "briefing preview",
        words("What the next one would say", "Was das nächste sagen würde", "Lo que diría el próximo"),
        (SUBSCRIPTION,),
        example="briefing preview b-1",
    ),
    Command(
        "briefing pause",
        words("Pause a briefing", "Ein Briefing anhalten", "Pausar un resumen"),
        (SUBSCRIPTION,),
        permission="change",
        example="briefing pause b-1",
    ),
    Command(
        "briefing resume",
        words("Resume a briefing", "Ein Briefing fortsetzen", "Reanudar un resumen"),
        (SUBSCRIPTION,),
        permission="change",
        example="briefing resume b-1",
    ),
    Command(
        "briefing remove",
        words("Remove a briefing", "Ein Briefing entfernen", "Eliminar un resumen"),
        (SUBSCRIPTION,),
        permission="change",
        example="briefing remove b-1",
    ),
    Command(
        "briefing now",
        words("Post a briefing now", "Ein Briefing jetzt posten", "Publicar un resumen ahora"),
        (SUBSCRIPTION,),
        permission="change",
        example="briefing now b-1",
    ),
    Command(
        "feeds add",
        words(
            "Read a feed or site regularly",
            "Einen Feed oder eine Seite regelmäßig lesen",
            "Leer un feed o sitio con regularidad",
        ),
        (
            Option(
                "url",
                "url",
                words(
                    "Address of the feed or site",
                    "Adresse des Feeds oder der Seite",
                    "Dirección del feed o sitio",
                ),
                required=True,
            ),
        ),
        permission="change",
        example="feeds add https://example.com/feed.xml",
    ),
    Command(
        "feeds list",
        words("The feeds and how they are", "Die Feeds und ihr Zustand", "Los feeds y su estado"),
        (PAGE,),
        example="feeds list",
    ),
    Command(
        "feeds remove",
        words("Stop reading a feed", "Einen Feed nicht mehr lesen", "Dejar de leer un feed"),
        (Option("feed", "feed", words("Its address", "Seine Adresse", "Su dirección"), required=True),),
        permission="change",
        example="feeds remove https://example.com/feed.xml",
    ),
    Command(
        "feeds import",
        words(
            "Add the feeds of an OPML file",
            "Feeds einer OPML-Datei hinzufügen",
            "Añadir los feeds de un archivo OPML",
        ),
        (
            Option(
                "url",
                "url",
                words("Address of the OPML file", "Adresse der OPML-Datei", "Dirección del archivo OPML"),
                required=True,
            ),
            Option(
                "confirm",
                "flag",
                words(
                    "Add them, not only show them",
                    "Hinzufügen, nicht nur zeigen",
                    "Añadirlos, no solo mostrarlos",
                ),
            ),
        ),
        permission="change",
        example="feeds import https://example.com/feeds.opml",
    ),
    Command(
        "digest add",
        words("Digest an article", "Einen Artikel aufnehmen", "Añadir un artículo"),
        (
            Option(
                "url",
                "url",
                words("Address of the article", "Adresse des Artikels", "Dirección del artículo"),
                required=True,
            ),
        ),
        permission="change",
        example="digest add https://example.com/article",
    ),
    Command(
        "digest show",
        words("One stored digest", "Ein gespeicherter Artikel", "Un artículo guardado"),
        (Option("id", "digest", words("Which digest", "Welcher Artikel", "Qué artículo"), required=True), PAGE),
        example="digest show ID",
    ),
    Command(
        "entity merge",
        words("Two names are one", "Zwei Namen sind eins", "Dos nombres son el mismo"),
        (entity("name"), entity("into")),
        permission="admin",
        example="entity merge name:A into:B",
    ),
    Command(
        "entity split",
        words("One name is two", "Ein Name steht für zwei", "Un nombre son dos"),
        (
            entity("name"),
            Option(
                "digest",
                "digest",
                words(
                    "The digest that means another",
                    "Der Artikel, der jemand anderen meint",
                    "El artículo que se refiere a otro",
                ),
                required=True,
            ),
            Option(
                "into",
                "text",
                words("Id of the other one", "Kennung des anderen", "Identificador del otro"),
                required=True,
            ),
        ),
        permission="admin",
        example="entity split name:A digest:ID into:a-2",
    ),
    Command(
        "entity alias",
        words("Add a name to an entity", "Einen Namen ergänzen", "Añadir un nombre"),
        (
            entity("name"),
            Option("alias", "text", words("The other name", "Der andere Name", "El otro nombre"), required=True),
        ),
        permission="admin",
        example="entity alias name:NASA alias:Nasa",
    ),
)
