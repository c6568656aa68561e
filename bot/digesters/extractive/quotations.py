"""What people said, verbatim, under the name of who said it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.digesters.extractive.attribution import Attributed, attributed
from bot.digesters.extractive.coreference import Resolver
from bot.digesters.extractive.fragments import is_fragment
from bot.digesters.extractive.lexicon import either, fold
from bot.digesters.extractive.passages import Passage
from bot.digesters.extractive.people import Cast, Person
from bot.digesters.extractive.phrases import Speaker
from bot.digesters.extractive.rivals import Rivals
from bot.digesters.extractive.speakers import Frame
from bot.digesters.extractive.text import Reading
from bot.digesters.extractive.wording import Mention
from bot.domain.digests import Quote

# Shorter ones are scare quotes and single terms more often than anyone's words.
MIN_WORDS = 4
_MOST, _LONGEST = 30, 900


@dataclass(frozen=True)
class Said:
    """The article's quotations."""

    quotes: tuple[Quote, ...]
    by_place: dict[tuple[int, int], str]  #: speaker by passage and first character, for figures inside quotations

    @property
    def speakers(self) -> set[str]:
        """The ids of all who are quoted, and of those spoken about."""
        return {q.speaker for q in self.quotes} | {a for q in self.quotes for a in q.about}


# So many words are not said by two people.
_UNLIKELY_TWICE = 6


def mentions_in(passage: Passage, cast: Cast) -> list[Mention]:
    """The names of the cast in a passage, by their places in its text."""
    starts = {line.number: start for line, start in zip(passage.lines, passage.starts, strict=True)}
    return [
        Mention(starts[s.line] + s.start, starts[s.line] + s.end, p.id, p.kind == "person")
        for p in cast
        for s in p.spans
        if s.line in starts
    ]


def said_in(reading: Reading, passages: list[Passage], cast: Cast, resolver: Resolver) -> Said:
    """Every quotation whose speaker is one of the cast beyond doubt: no name is better than a wrong one."""
    by_id = {p.id: p for p in cast}
    frames = [Frame(passage, mentions_in(passage, cast)) for passage in passages]
    rivals = Rivals(frames, cast, resolver.description)
    last: dict[int, Person | None] = {}
    told: list[tuple[Attributed, Person, str]] = []
    unclear: list[Attributed] = []
    for each in attributed(frames):
        speaker, body = _who(each, passages, by_id, resolver, rivals, last)
        last[each.passage] = speaker
        if speaker is not None and not each.doubted:
            told.append((each, speaker, body))
        elif each.speaker is not None and not each.speaker.pronoun:
            unclear.append(each)
    quotes: list[Quote] = []
    by_place: dict[tuple[int, int], str] = {}
    for each, speaker, body in _undisputed(told, unclear, passages):
        by_place[each.passage, each.quoted.start] = speaker.id
        runs_on = each.passage + 1 < len(passages) and passages[each.passage + 1].continues
        quote = _quote(reading, passages[each.passage], each, speaker, body, by_id, runs_on)
        if quote and len(quotes) < _MOST and quote.text not in {other.text for other in quotes}:
            quotes.append(quote)
    return Said(tuple(quotes), by_place)


def _undisputed(
    told: list[tuple[Attributed, Person, str]], unclear: list[Attributed], passages: list[Passage]
) -> Iterator[tuple[Attributed, Person, str]]:
    """Without what a mere ``he`` says in a paragraph some of whose words another is told to have said.

    A pulled quotation stands between two paragraphs of someone else's words, and ``he continued`` is not its speaker.
    """

    def words(each: Attributed) -> tuple[str, ...]:
        return tuple(re.findall(r"\w+", passages[each.passage].text[each.quoted.start : each.quoted.end].lower()))

    speakers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for each, speaker, _ in told:
        speakers[words(each)].add(speaker.id)
    for each in unclear:
        speakers[words(each)].add("")
    disputed = {
        each.passage
        for each, _, _ in told
        if _unnamed(each) and len(words(each)) >= _UNLIKELY_TWICE and len(speakers[words(each)]) > 1
    }
    yield from (one for one in told if not (one[0].passage in disputed and _unnamed(one[0])))


def _unnamed(each: Attributed) -> bool:
    return each.speaker is not None and each.speaker.pronoun is not None


def _who(
    each: Attributed,
    passages: list[Passage],
    by_id: dict[str, Person],
    resolver: Resolver,
    rivals: Rivals,
    last: dict[int, Person | None],
) -> tuple[Person | None, str]:
    """The speaker and, where someone speaks for a body, the words that say so."""
    speaker = each.speaker
    if speaker is None:
        return None, ""
    passage = passages[each.where]
    phrase = re.sub(r",? (?:who|which)$", "", passage.text[speaker.start : speaker.end])
    index = passage.line_at(speaker.start)
    line, start = passage.lines[index].number, speaker.start - passage.starts[index]
    if speaker.entity:
        named = by_id[speaker.entity]
        return (named, "") if _can_speak(named, line, start, phrase, resolver) else (None, "")
    if speaker.pronoun:
        asks = passages[each.passage].text[each.quoted.start : each.quoted.end].rstrip(" ,").endswith("?")
        before = last.get(each.passage)
        return _by_pronoun(speaker, line, start, resolver, rivals, before, by_id, asks=asks), ""
    described = resolver.description(speaker.head, phrase, line)
    if described:
        return described, ""
    body = resolver.body_for(speaker.head, phrase, by_id.get(speaker.of or ""))
    return body, phrase if body else ""


# A house that stands for those who govern in it.
_SEATS = frozenset(("white house", "kremlin", "pentagon", "vatican", "downing street", "holy see", "elysee palace"))


def _can_speak(named: Person, line: int, start: int, phrase: str, resolver: Resolver) -> bool:
    """Whether a named speaker is someone, or a body, that says things, and no one else may bear the name."""
    if len(named.name) == 1:
        # "Mr. T": what is left without the title names no one.
        return False
    if named.kind == "place":
        return named.country is not None or fold(named.name) in _SEATS
    article = re.match(r"(?:an?|one|another) ", phrase, re.IGNORECASE)
    if article and any(span.line == line and span.start == start + article.end() for span in named.spans):
        # "an Ohio Democrat said": a name takes no such article.
        return False
    if named.kind == "organisation":
        return True
    late = named.last in fold(phrase).split() and resolver.named_later(named, line)
    return named.kind == "person" and not late and not resolver.shared(named, phrase, line, start)


def _by_pronoun(
    speaker: Speaker,
    line: int,
    start: int,
    resolver: Resolver,
    rivals: Rivals,
    before: Person | None,
    by_id: dict[str, Person],
    *,
    asks: bool,
) -> Person | None:
    """Whom ``he said`` means: the speaker before, where the gender allows it, else the one without a rival."""
    word = speaker.pronoun or ""
    if word not in ("he", "she"):
        return None
    gender = "m" if word == "he" else "f"
    within = by_id.get(rivals.speaker_within(line, start) or "")
    if within and within.gender in (gender, None) and not rivals.named_before(within, line, start):
        return within
    told = by_id.get(rivals.speaker_before(line) or "")
    if told and resolver.shared(told, "", line, start):
        return None
    if told and told.gender not in (gender, None) and either(told.first):
        return None
    if told and told.gender in (gender, None) and not rivals.named_before(told, line, start):
        # Whoever asked hears what the other one says.
        return None if rivals.asked_before(line) and not asks else told
    same = before and before.kind == "person" and before.gender == gender
    person = before if same else resolver.pronoun(word, line, start)
    return person if person and not rivals.any(person, line, start) else None


def _is_term(passage: Passage, each: Attributed) -> bool:
    """Whether the marks set off a term inside a noun phrase: ``the "one country, two systems" formula``."""
    before = passage.text[: each.quoted.start - 1].rstrip()
    after = passage.text[each.quoted.end + 1 : each.quoted.end + 40]
    if passage.text[each.quoted.end - 1] in ".,!?…":
        return False
    led = re.search(r"(?:\b(?:the|a|an|its|their|his|her|this|so-called)|[’']s)(?: [a-z-]+)?$", before)
    return bool(
        led
        and re.match(
            r"\s(?!(?:of|to|in|on|for|with|from|by|at|and|but|or|as|that|which|who|"
            r"when|while|against|over|about|if|because|after|before|he|she|they|it|"
            r"is|was|are|were|has|had|said|says)\b)[a-z]",
            after,
        )
    )


# A mark that was never set: what the article says between two quotations is in no one's mouth.
_TOLD_WITHIN = re.compile(
    r"[.!?] (?:He|She|They|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?) (?:said|added|told [^\"“]{1,40}): [\"“]"
)


def _quote(
    reading: Reading,
    passage: Passage,
    each: Attributed,
    speaker: Person,
    body: str,
    by_id: dict[str, Person],
    runs_on: bool,
) -> Quote | None:
    text = passage.text[each.quoted.start : each.quoted.end].strip()
    start = passage.text.index(text, each.quoted.start)
    text = _outer_comma(text)
    # One never closed counts only where its paragraph begins with it, or the next one takes it up.
    if each.quoted.open and each.quoted.start > 2 and not runs_on:
        return None
    if not len(text.split()) >= MIN_WORDS or len(text) > _LONGEST or _is_term(passage, each):
        return None
    if _TOLD_WITHIN.search(text) or is_fragment(text):
        return None
    pronoun = each.speaker is not None and each.speaker.pronoun is not None
    if (each.how != "behind" or pronoun) and _names_self(speaker, text):
        return None
    lines = passage.numbers(start, start + len(text))
    if lines[-1] - lines[0] != len(lines) - 1:
        # A line that is no running text stood between: what is left of it is not verbatim.
        return None
    evidence = set(lines)
    where = each.where if each.where >= 0 else each.passage
    if each.speaker and where == each.passage:
        evidence |= set(passage.numbers(each.speaker.start, each.speaker.end))
    evidence |= _named_at(speaker, lines[0])
    about = _about(passage, start, start + len(text), speaker, by_id)
    outside = " ".join(line.text for line in passage.lines if line.number in lines).replace(text, "")
    said = {d.when for d in reading.dates_in(outside) if d.precision == "day" and not d.ahead}
    return Quote(
        text=text,
        speaker=speaker.id,
        about=about,
        context=f"said by {re.sub('^(?:The|An?) ', lambda m: m[0].lower(), body.rstrip('.'))}" if body else None,
        said=said.pop() if len(said) == 1 else None,
        evidence=tuple(sorted(evidence)),
    )


def _names_self(speaker: Person, text: str) -> bool:
    """Whether the words name the one who is said to speak them: then someone else spoke to or of him."""
    names = {fold(word) for word in re.findall(r"(?<!\w)[A-Z][\w-]+|(?<!\w)(?:[A-Z]\.){2,}", text)}
    return speaker.kind == "person" and bool({speaker.last, speaker.first} & names)


def _outer_comma(text: str) -> str:
    """A comma before the closing mark belongs to the sentence around it."""
    return text[:-1].rstrip() if text.endswith(",") else text


def _named_at(speaker: Person, line: int) -> set[int]:
    """The sentence that names the speaker: this one, or the last before."""
    before = [n for n in speaker.lines if n <= line]
    return {before[-1]} if before else set(speaker.lines[:1])


def _about(passage: Passage, start: int, end: int, speaker: Person, by_id: dict[str, Person]) -> tuple[str, ...]:
    """The entities named within the quotation."""
    starts = {line.number: at for line, at in zip(passage.lines, passage.starts, strict=True)}
    found: dict[str, None] = {}
    for person in by_id.values():
        for span in person.spans:
            if span.line in starts and start <= starts[span.line] + span.start < end and person.id != speaker.id:
                found[person.id] = None
    return tuple(found)
