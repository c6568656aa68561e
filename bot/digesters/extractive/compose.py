"""The digest out of its parts: reads an article once and says only what its sentences say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import accumulate

from bot.digesters.extractive import language
from bot.digesters.extractive.coreference import Resolver
from bot.digesters.extractive.entities import cast_of
from bot.digesters.extractive.furniture import clean_title, without_dateline
from bot.digesters.extractive.genres import item_name
from bot.digesters.extractive.happenings import events_of
from bot.digesters.extractive.kinds import Votes, verdicts
from bot.digesters.extractive.outlook import background_of, next_of
from bot.digesters.extractive.passages import passages_of
from bot.digesters.extractive.people import Cast
from bot.digesters.extractive.points import key_points_of, why_of
from bot.digesters.extractive.quantities import figures_of
from bot.digesters.extractive.quotations import Said, said_in
from bot.digesters.extractive.ranking import stems
from bot.digesters.extractive.records import entities_of
from bot.digesters.extractive.relations import relations_of
from bot.digesters.extractive.roles import roles_of
from bot.digesters.extractive.shortening import first_clause, shortened
from bot.digesters.extractive.spans import mend_glued, spans_of
from bot.digesters.extractive.statements import Statements
from bot.digesters.extractive.text import Reading, reading_of
from bot.digesters.extractive.topics import topics_of
from bot.digesters.extractive.voice import label_of
from bot.domain.articles import Article, words_in
from bot.domain.digests import FORMAT, Digest, Made, Statement
from bot.domain.errors import NotAnArticle

VERSION = "extractive/1"
_HEADLINE, _SUMMARY = 120, 400
_MIN_WORDS = 25
# So many sentences with a price, and more than without, are a shop's shelf.
_LEAST_PRICES = 6
_PRICE = re.compile(r"[$€£]\d[\d,]*\.\d\d\b")
# So many words of a title recur in its text, unless that is of something else; a long one may well avoid them.
_TITLED, _BRIEF = 4, 12
# Fewer of a list's items than these give no idea of it.
_LEAST_NAMES = 3


def read(article: Article) -> Reading:
    """The article's lines, mended.

    Raises:
        NotAnArticle: fewer words of running text than any report has, or little but offers.
    """
    reading = reading_of(article)
    priced = sum(bool(_PRICE.search(line.text)) for line in reading.lines)
    named = f"“{shortened(article.title, 80)}”"
    fault = ""
    if priced >= _LEAST_PRICES and 2 * priced > len(reading.lines):
        fault = f"{named} is a list of offers."
    elif _of_another(reading):
        fault = f"The text on the page of {named} is of other matters than its title."
    elif sum(words_in(line.text) for line in reading.body) < _MIN_WORDS:
        fault = f"{named} has no running text to digest."
    if fault:
        raise NotAnArticle(article.url or article.title, fault, "Give the page of a single article, or its text.")
    return Reading(article, mend_glued(reading.lines), reading.paragraphs_known)


def _of_another(reading: Reading) -> bool:
    """Whether a brief text holds no word of a title of several: a page's teasers, its story being elsewhere."""
    article = reading.article
    titled = set(stems(clean_title(article.title, article.outlet.name, article.outlet.domain, article.byline)))
    told = set(stems(" ".join(line.text for line in reading.lines if line.kind != "furniture")))
    return (
        language.is_english(reading) and len(titled) >= _TITLED and len(reading.lines) <= _BRIEF and not titled & told
    )


def no_votes(reading: Reading) -> Votes:
    """The opinion of no tagger."""
    return {}


def digest_of(article: Article, now: datetime, tagger: Callable[[Reading], Votes] = no_votes) -> Digest:
    """The digest of ``article`` by rules alone.

    Args:
        article: what to digest.
        now: goes into ``made.at``.
        tagger: gives its opinion on the kinds of names, where one is installed.

    Raises:
        NotAnArticle: there is no running text.
    """
    reading = read(article)
    english = language.is_english(reading)
    cast = _cast(reading, tagger(reading)) if english else []
    passages = passages_of(reading)
    roles = roles_of(reading, cast, passages)
    titles: dict[str, list[str]] = {}
    for role in roles:
        titles.setdefault(role.who, []).append(role.title)
    resolver = Resolver(reading, cast, passages, titles)
    said = said_in(reading, passages, cast, resolver) if english else Said((), {})
    statements = Statements(reading, passages, cast, resolver, english=english)
    # What an essay hopes and fears is no news of what hangs on a matter, nor of what is to come.
    reports = english and not statements.voice
    why = why_of(reading, statements) if reports else None
    points = key_points_of(reading, statements, _told([why] if why else []))
    taken = _told([*points, *([why] if why else [])])
    statements = statements.knowing(point.text for point in points)
    upcoming = next_of(reading, statements, taken) if reports else ()
    earlier = background_of(reading, statements, taken | _told(upcoming)) if english else ()
    figures = figures_of(passages, cast, resolver, statements, said.by_place, article.outlet.domain) if english else ()
    needed = said.speakers | {f.stated_by for f in figures if f.stated_by}
    return Digest(
        format=FORMAT,
        id=article.id,
        article=article.facts(),
        headline=_headline(reading),
        summary=_summary(points, statements),
        why_it_matters=why,
        key_points=points,
        entities=entities_of(reading, cast, roles, relations_of(reading, cast), needed),
        quotes=said.quotes,
        figures=figures,
        events=events_of(reading, statements) if english else (),
        next_=upcoming,
        background=earlier,
        topics=topics_of(reading) if english else (),
        made=Made(by=VERSION, at=now),
    )


def _told(statements: Iterable[Statement]) -> set[int]:
    """The sentences that statements tell; those before the last only name whom it is about."""
    return {statement.evidence[-1] for statement in statements}


def _cast(reading: Reading, votes: Votes) -> Cast:
    spans = spans_of(reading)
    return cast_of(reading, spans, verdicts(reading, spans, votes))


def _headline(reading: Reading) -> str:
    """The title, cleaned; where it is only the beginning of the first sentence, that sentence's first clause."""
    article = reading.article
    title = clean_title(article.title, article.outlet.name, article.outlet.domain, article.byline)
    if _names_outlet(title, article.outlet.name):
        above = next((line.text for line in reading.lines if line.kind != "furniture"), "")
        return first_clause(above, _HEADLINE)
    # What a column says is its writer's view: the headline tells so of every line below it.
    label = label_of(article)
    if label:
        return first_clause(title if label in title else f"{label}: {title}", _HEADLINE)
    begun = title.rstrip("…. ")
    first = without_dateline(reading.body[0].mended or reading.body[0].text)
    if title.endswith("…") and article.sentences[reading.body[0].number - 1].startswith(begun[:60]):
        return first_clause(first, _HEADLINE)
    return title if len(title) <= _HEADLINE else first_clause(title, _HEADLINE)


def _names_outlet(title: str, outlet: str) -> bool:
    """Whether a page bears only its outlet's name where its title belongs."""
    words, named = set(stems(title)), set(stems(outlet))
    # A page that gives its title for its outlet's name too bears a title none the less.
    return bool(words) and len(named) <= _LONG_NAME and words - _LABELS <= named


_LONG_NAME = 5
_LABELS = frozenset(stems("news logo home homepage official site website latest headlines magazine online menu page"))


# Who makes a claim is told in its last words, of which the room left for a summary may be too little.
_CLAIMANT = re.compile(r"\b(?:said|says|told|according to|reported|reports)\b")
_CLAIMED = 40


def _summary(points: tuple[Statement, ...], statements: Statements) -> str:
    """As many of the first points as fit; else how the article begins; and by name what a list holds."""
    texts = [point.text for point in points] or [statements.beginning()]
    # Cut short, a claim would lose who makes it.
    texts = [t for t in texts if len(t) <= _SUMMARY or not _CLAIMANT.search(t, _SUMMARY - _CLAIMED)] or texts
    summary = texts[0]
    for text in texts[1:3]:
        if statements.voice or len(summary) + 1 + len(text) > _SUMMARY:
            break
        summary = f"{summary} {text}"
    if statements.voice and len(summary) > _SUMMARY:
        summary = f"{shortened(summary, _SUMMARY - 1).rstrip('’')}”"
    names = [item_name(line) for line in statements.items]
    return _with_items(shortened(summary, _SUMMARY), names, needed=not statements.reports)


def _with_items(summary: str, names: Sequence[str], *, needed: bool) -> str:
    """``summary`` with as many of a list's items as fit behind it; the items alone where they do not but are needed."""
    room = _SUMMARY - len(summary) - len(" On the list, among others: .")
    fitting = list(accumulate(names, "{}; {}".format))
    held = max((n for n, text in enumerate(fitting, 1) if len(text) <= room), default=0)
    if not names or held < min(len(names), _LEAST_NAMES):
        # What a list holds says more of it than its introduction, which its points tell too.
        return _with_items("", names, needed=False) if names and needed else summary
    return f"{summary} On the list{', among others' if held < len(names) else ''}: {fitting[held - 1]}.".strip()
