"""A sentence of the article as a statement that stands by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace

from bot.digesters.extractive import foreign
from bot.digesters.extractive.antecedents import (
    about_someone,
    about_them,
    is_done_to,
    others_before,
    several_in,
    someone_in,
)
from bot.digesters.extractive.connectives import unlinked
from bot.digesters.extractive.coreference import Resolver
from bot.digesters.extractive.furniture import clean_title, without_dateline
from bot.digesters.extractive.genres import (
    begins_as_report,
    interview_in,
    items_of,
    judges,
    list_begins,
    of_himself,
    reports,
    said_by,
    steps_begin,
    voice_of,
)
from bot.digesters.extractive.hanging import CLASSES, leans, presumes
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.naming import named_at, of_another, opens_clause, place_of, scene_of
from bot.digesters.extractive.passages import Passage
from bot.digesters.extractive.people import Cast, Person
from bot.digesters.extractive.ranking import begins, stems
from bot.digesters.extractive.shortening import LOOSE_END
from bot.digesters.extractive.text import Line, Reading
from bot.digesters.extractive.voice import (
    dialogue_in,
    instructs,
    is_personal,
    is_sourced,
    set_apart,
    told_in_person,
    values,
)
from bot.domain.articles import words_in

MAX_STATEMENT = 330
# A report's first sentence is its news even where it is long.
_MAX_LEAD = 480
_MIN_WORDS = 6
# A title and a sentence of at least so many characters each may have been run together.
_GLUED = 20
# "He Wei, a banker": a surname, not a pronoun.
_PRONOUN = re.compile(
    r"(?<![/\w])(?P<p>[Hh]e(?! [A-Z])|[Ss]he|[Tt]hey|[Hh]is|[Hh]er|[Hh]im|[Tt]heir|[Tt]hem)\b(?!\s?(?:/|or\b))"
)
_SEX = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f"}
_SAYS_LAST = re.compile(r"^ (?:said|says|added|wrote|explained|argued|warned|told \w+)[.]?$")
# "Then, she said, she will go": what is said goes on with a pronoun of its own.
_SAID_ASIDE = re.compile(r" (?:said|says|added|told \w+), ")
# "The case is weak, they said": whoever they are, the plural within what they say is another matter.
_THEY_SAID = re.compile(r", they (?:said|say|added|told|argue|argued|warned|wrote)\b(?:,|[^,]*$)")
_IT_SAID = re.compile(r"(?<![\"”’]), it (?:said|says|added|warned|noted)\b(?:,|[^,]*$)")
_FRONT_POSSESSIVE = re.compile(
    r"^(?:In|On|At|After|Before|As|With|For|During|From|To|Despite|While|When|By|Upon|Throughout|Over)\b[^,]{0,80}, "
    r"(?:Mr\. |Ms\. |Mrs\. |Dr\. )?[A-Z]"
)
_MARKS = re.compile(r"[\"“”„«»]")
# So many quoted words are a claim; fewer may be a nickname.
_QUOTED_WORDS = 5
# "“The Ferry” returned to the stage": what is called so did something; no one said it.
_TITLE_FIRST = re.compile(
    r"[\"“‘'](?:[A-Z][\w-]+(?: [\w-]+){0,2}|[A-Z][\w-]+(?: (?:[A-Z][\w-]*|of|the|and|a|in|on|to|for)){0,6})[\"”’'] "
    r"(?!(?:he|she|they|it|said|says|is what|was what|are|were)\b)[a-z]"
)
# Where an encyclopaedia names its sources: "in 1961.[4]"
_NOTE_MARK = re.compile(r"\[(?:\d{1,3}|[a-z]|note \d+|citation needed)\]")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a sentence says, alone."""

    text: str
    evidence: tuple[int, ...]
    hangs: bool  #: whether it leans on the sentence before it
    presumes: bool = False  #: whether it speaks of something as known that only another sentence brings up
    in_person: bool = False  #: whether the writer speaks of himself or to the reader

    @property
    def firm(self) -> bool:
        """Whether an editor would repeat it as it stands."""
        return not self.hangs and not self.in_person


#: who speaks to a reader has come to the matter by then, or never will
SOON = 12
_AS_SELF = re.compile(r"(?:I|We|You|My|Our|Your)\b")
# What asks, or greets a reader and says goodbye, begins nothing; nor does half a quotation.
_GREETS = re.compile(
    r"[\"“”?]|^\(|^(?:As in|Such as|Like when|Or|And|But|Because|Which|So)\b|"
    r"^(?:Hello|Hi|Good (?:morning|afternoon|evening)|That[’']s (?:it|all)|Thanks?)\b|"
    r"\b[Ww]elcome (?:back )?to\b|\b[Ss]tay with us\b|\blive (?:coverage|blog)\b"
)


class Statements:
    """The sentences of one article as each would stand alone."""

    def __init__(
        self, reading: Reading, passages: Iterable[Passage], cast: Cast, resolver: Resolver, *, english: bool = True
    ) -> None:
        """Prepare for the ``passages`` of ``reading`` that names ``cast``; ``resolver`` knows who is meant."""
        self._english = english
        self._reading = reading
        self._resolver = resolver
        self._people = [p for p in cast if p.kind == "person"]
        self._bodies = [p for p in cast if p.kind == "organisation"]
        self._lead = tuple(line.number for line in reading.body[:2])
        article = reading.article
        self.title = clean_title(article.title, article.outlet.name, article.outlet.domain, article.byline)
        self._titled = frozenset(stems(self.title))
        self.known = self._titled | frozenset(stems(reading.body[0].text))
        paragraphs = reading.paragraphs()
        self._others = dialogue_in(paragraphs) | interview_in(paragraphs)
        self._others |= set_apart(reading.lines, reading.body, self.title)
        self._quoted: dict[int, list[tuple[int, int]]] = {}
        for passage in passages:
            for index, line in enumerate(passage.lines):
                low, high = passage.starts[index], passage.line_end(index)
                inside = [(max(q.start, low) - low, min(q.end, high) - low) for q in passage.quoted]
                self._quoted[line.number] = [(start, end) for start, end in inside if start < end]
        own = [line for line in reading.body if line.number not in self._others and not self.spoken(line)]
        #: in whose life the scene is set with which a report begins
        self.scene = scene_of(self._people, own[0], self.title) if own and len(self._titled) > 2 else None
        behind = [line for line in own if not self.of_scene(line)] or own
        #: the sentence where the news begins
        self.news = behind[begins([line.text for line in behind], self.title)].number if behind else 0
        in_person = english and is_personal([line.text for line in own])
        self.personal = in_person and not begins_as_report(reading.body)
        #: whether it tells what happened and what was said, so that one sentence follows from another
        self.reports = not english or reports(reading.body)
        #: who says what the article argues, "Jo Roe writes"; empty where it reports
        himself = of_himself([self._outside_quotes(line) for line in own])
        self.voice = voice_of(article, reading.body, personal=self.personal, himself=himself) if english else ""
        self.items = items_of(reading.lines, article.title) if english else ()
        below = (list_begins(reading.lines, article.title), steps_begin(reading.body)) if english else ()
        #: the first sentence of a list's first item or a guide's first step: what follows belongs to that alone
        self.below = min((number for number in below if number is not None), default=None)

    def of_scene(self, line: Line) -> bool:
        """Whether a sentence names the one in whose life the report's first scene is set."""
        return self.scene is not None and line.number in self.scene.lines

    def of(self, line: Line) -> Stated | None:
        """The sentence without dateline and connectives, its pronoun named; None where it cannot stand alone."""
        # What an essay tells in passing of other matters is no news of its own.
        aside = self.voice and (judges(line.text) or not self.touches(line.text))
        return None if self.personal or aside else self._alone(line)

    def written(self, line: Line) -> Stated | None:
        """The sentence word for word as its writer's; None where it cannot stand alone or does not tell anything."""
        alone = self._alone(line)
        text = without_dateline(" ".join(_NOTE_MARK.sub("", line.text).split()))
        if alone is None or alone.hangs or alone.presumes or alone.text != text or instructs(text) or text[-1] == "!":
            return None
        return alone

    def _alone(self, line: Line) -> Stated | None:
        if self.spoken(line) or line.number in self._others or self._quotes_no_one(line):
            return None
        text, evidence, hangs = self._with_names(line)
        text = without_dateline(self._without_title(" ".join(_NOTE_MARK.sub("", text).split())))
        text = unlinked(text)
        text = self._hushed(text[:1].upper() + text[1:], line)
        if line.number in self._lead[:1] and not self.personal:
            text = re.sub(r"(?<=\w)!$", ".", text)  # a headline's cry over plain news
        if line.kind == "body" and re.search(r"\w$", text) and not LOOSE_END.search(text):
            text += "."
        longest = _MAX_LEAD if line.number in (*self._lead, self.news) else MAX_STATEMENT
        if not _fit(text, longest):
            return None
        opening = line.number in self._lead[:1]
        unknown = presumes(text, self._titled if opening else self.known, opening=opening)
        unknown = unknown and not (opening and self._titled_one(text))
        if not self._english:
            first = line.number == self._lead[0]
            return Stated(text, evidence, not first and foreign.leans(text, self._reading.article.language))
        hangs = hangs or leans(text, opening=opening) or of_another(self._people, line.number)
        # "Programs sent to catch you out": a report's first sentence may mean anyone.
        address = re.sub(r"(?<=[a-z] )(?:you|your|us|our)\b(?![’'])", "one", text) if opening and self.reports else text
        return Stated(text, evidence, hangs, unknown, told_in_person(address) or values(text))

    def _titled_one(self, text: str) -> bool:
        """Whether ``The 40-year-old actor`` can only be the one person whom the headline names."""
        named = sum(fold(p.name) in fold(self.title) for p in self._people)
        return named == 1 and re.match(r"The \d+-year-old\b", text) is not None

    def beginning(self) -> str:
        """The first sentence that is whole and asks nothing; between quotation marks where its writer speaks in it."""
        lines = [line for line in self._reading.body if line.number not in self._others]
        whole = [line.text for line in lines if not self.spoken(line)]
        plain = [t for t in whole if words_in(t) >= _MIN_WORDS and not _GREETS.search(t)]
        # Who speaks to a reader comes to the matter late; in a report the first sentence is it.
        plain = [t for t in map(without_dateline, plain) if not instructs(t)] or plain
        own = [t for t in plain if self.personal and (_AS_SELF.match(t) or not leans(t))]
        to_the_matter = [t for t in own[:SOON] if self.touches(t)]
        text = (to_the_matter or own or plain or whole or [self._reading.body[0].text])[0]
        if self.voice:
            return said_by(self.voice, text)
        return f"“{text}”" if self.personal or told_in_person(text) else text

    def touches(self, text: str) -> bool:
        """Whether a sentence shares a word with the headline, or where that says little with the first sentence."""
        return bool((self._titled if len(self._titled) > 2 else self.known) & set(stems(text)))

    def follows(self, text: str) -> bool:
        """Whether a sentence shares a word with the headline or the first sentence."""
        return bool(self.known & set(stems(text)))

    def knowing(self, told: Iterable[str]) -> Statements:
        """The same sentences for a reader who has also read what was ``told``."""
        later = copy(self)
        # One company that was told of does not say which "the company" is.
        later.known = self.known.union(*({*stems(text)} - CLASSES for text in told))
        return later

    def tells(self, clause: str, line: Line) -> bool:
        """Whether a clause of a sentence may be told without the rest: it leans on nothing and speaks to no one."""
        return not (
            self.personal
            or line.number in self._others
            or leans(clause)
            or re.match(r"(?:He|She|They)\b", clause)
            or told_in_person(clause)
            or presumes(clause, self.known, opening=line.number in self._lead)
        )

    def _without_title(self, text: str) -> str:
        """``text`` without the article's title, where a page has run the two together."""
        rest = text[len(self.title) :].lstrip(" .:–—|")
        glued = len(rest) > _GLUED and rest[0].isupper() and fold(text).startswith(fold(self.title))
        return rest if glued and len(self.title) > _GLUED else text

    def spoken(self, line: Line) -> bool:
        """Whether all of a sentence but its marks stands between quotation marks: no one is told to say it."""
        held = sum(end - start for start, end in self._quoted.get(line.number, ()))
        return held > 0 and held >= len(line.text.strip("\"“”'‘’ ")) - 2

    def _quotes_no_one(self, line: Line) -> bool:
        """Whether a sentence quotes at some length someone whom only the sentences around it name."""
        places = self._quoted.get(line.number, ())
        quoted = [line.text[start:end] for start, end in places if line.text[max(start - 1, 0)] in '"“']
        # What is capitalised throughout is a title.
        said = [words for part in quoted if len(words := part.split()) >= _QUOTED_WORDS]
        said = [words for words in said if sum(word[0].islower() for word in words) * 2 > len(words)]
        return bool(said) and not is_sourced(self._outside_quotes(line))

    def _outside_quotes(self, line: Line) -> str:
        """A sentence without what it quotes."""
        text = line.text
        for start, end in reversed(self._quoted.get(line.number, ())):
            text = text[:start] + text[end:]
        return text

    def within_quotes(self, line: Line, place: int) -> bool:
        """Whether a character of a sentence stands between quotation marks."""
        return any(start <= place < end for start, end in self._quoted.get(line.number, ()))

    def introduced(self, stated: Iterable[Stated]) -> tuple[Stated, ...]:
        """A list of statements in which everyone's first mention is by the full name that the article gives."""
        told = {p.id for p in self._people if fold(p.name) in fold(self.title)}
        return tuple(self._introducing(each, told) for each in stated)

    def _introducing(self, stated: Stated, told: set[str]) -> Stated:
        for person in self._people:
            if person.id not in told and fold(person.name) not in fold(stated.text):
                stated = self._in_full(stated, person) or stated
            if fold(person.name) in fold(stated.text):
                told.add(person.id)
        return stated

    def _in_full(self, stated: Stated, person: Person) -> Stated | None:
        """``stated`` with the person's bare surname written out; None where it has none or two bear it."""
        first = next((s for s in person.spans if s.key == fold(person.name)), None)
        surname = person.name.split()[-1]
        if first is None or " " not in person.name or person.by_kin or first.line > max(stated.evidence):
            return None
        if sum(fold(surname) in fold(p.name).split() for p in self._people) > 1:
            return None
        at = place_of(surname, stated.text)
        if at is None:
            return None
        before = re.sub(r"\b(?:Mr|Mrs|Ms|Miss)\.? $", "", stated.text[:at])
        text = before + person.name + stated.text[at + len(surname) :]
        return replace(stated, text=text, evidence=tuple(sorted({*stated.evidence, first.line})))

    def _hushed(self, text: str, line: Line) -> str:
        """The first sentence without the capitals that some papers set its first words in."""
        match = re.match(r"(?P<the>A |AN |THE )?(?P<loud>[A-Z]{4,})(?= [a-z])", text)
        if match is None or line.number not in self._lead:
            return text
        word = match["loud"]
        written = {t.text for other in self._reading.lines if other is not line for t in other.tokens}
        # What the article never writes otherwise is an abbreviation.
        quiet = next((w for w in (word.lower(), word.capitalize()) if w in written), None)
        if quiet is None or word in written:
            return text
        hushed = (match["the"] or "").lower() + quiet
        return hushed[:1].upper() + hushed[1:] + text[match.end() :]

    def _with_names(self, line: Line) -> tuple[str, tuple[int, ...], bool]:
        """The text with its first pronoun named; whether it leans on a person that only the sentence before names."""
        text = line.mended or line.text
        found = [m for m in _PRONOUN.finditer(line.text) if not self.within_quotes(line, m.start())]
        match = next((m for m in found if not self._antecedent(line, m)), None)
        if match is None:
            body = any(s.line == line.number for p in self._bodies for s in p.spans)
            said = _THEY_SAID.search(line.text) or (not body and _IT_SAID.search(line.text))
            return text, (line.number,), bool(said)
        word = match["p"].lower()
        person = (
            self._resolver.pronoun(word, line.number, match.start())
            if word in ("he", "she") and not line.mended
            else None
        )
        before, after = line.text[: match.start()], line.text[match.end() :]
        if (
            person is None
            or after[:1] in "'’"
            or _SAID_ASIDE.match(after)
            or not (opens_clause(before) or (before.endswith(", ") and _SAYS_LAST.match(after)))
            or not self._resolver.sure(word, line.number, match.start())
            or others_before(self._reading.lines, self._people, line.number, person)
        ):
            return text, (line.number,), True
        name, named = named_at(person, line.number)
        other = _OTHER["he" if word == "she" else "she"]
        text = before + name + after
        return text, (*named, line.number), bool(other.search(text))

    def _antecedent(self, line: Line, match: re.Match[str]) -> bool:
        """Whether the sentence itself says whom the pronoun means."""
        unlike = re.match(r"(?:Unlike|Like) [^,]*, ", line.text)
        start = min(unlike.end(), match.start()) if unlike else 0
        before = line.text[start : match.start()]
        word = match["p"].lower()
        several = word in ("they", "their", "them")
        if line.number in self._lead[:1] and (about_them(before) if several else about_someone(line.text, len(before))):
            return True  # a report's first sentence is whole: whomever it is about, it has said
        if several:
            bodies = any(s.line == line.number and s.start < match.start() for p in self._bodies for s in p.spans)
            return bodies or several_in(before, word) or self._named(line, 0, match.start(), 2)
        if word in ("him", "her") and self._doer(line, match):
            return False
        if someone_in(before) or self._named(line, start, match.start(), sex=_SEX[word]):
            return True
        # "In his last years, Ford wrote": the name follows.
        behind = _FRONT_POSSESSIVE.match(line.text) if word in ("his", "her") else None
        return behind is not None and self._named(line, behind.end() - 6, behind.end(), sex=_SEX[word])

    def _doer(self, line: Line, match: re.Match[str]) -> bool:
        """Whether the sentence names only who does something to someone else: ``In 2013, Roe awarded him``."""
        spans = [s for p in self._people for s in p.spans if s.line == line.number and s.start < match.start()]
        named = len(spans) == 1 and opens_clause(line.text[: spans[0].start])
        return named and is_done_to(line.text[spans[0].end :], match.start() - spans[0].end)

    def _named(self, line: Line, start: int, end: int, least: int = 1, sex: str = "") -> bool:
        people = [p for p in self._people if not sex or p.gender in (sex, None)]
        spans = [s for p in people for s in p.spans if s.line == line.number and start <= s.start < end]
        return len(spans) >= least


_OTHER = {
    "he": re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE),
    "she": re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE),
}


def _fit(text: str, longest: int) -> bool:
    if len(text) > longest or words_in(text) < _MIN_WORDS or not re.search(r"[.!…。！][\"'”’)\]」』]*$", text):
        return False
    marks = _MARKS.findall(text)
    if "://" in text or "www." in text:
        return False
    begun = re.match(r"[\"“”‘'(\[•*|\-–—◆◇■□●○▼▽▲△★☆※]", text) and not _TITLE_FIRST.match(text)
    return len(marks) % 2 == 0 and not begun and "?" not in text[-2:]
