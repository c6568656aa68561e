"""Who else than the one it is taken for a speaker's pronoun may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.digesters.extractive.lexicon import FEMALE, MALE, either, is_given
from bot.digesters.extractive.nouns import can_speak, gender_of, is_person
from bot.digesters.extractive.people import Cast, Person
from bot.digesters.extractive.phrases import Speaker
from bot.digesters.extractive.spans import Span
from bot.digesters.extractive.speakers import Frame
from bot.digesters.extractive.wording import PREPOSITIONS

#: Whom a phrase describes, by its head, its words and its sentence's number; None where it is no one known.
Described = Callable[[str, str, int], Person | None]


# Whoever was not named in so many sentences may have been followed by someone that no rule knows for a person.
_REACH = 8
# A title before a name has at most so many words.
_LONG_TITLE = 6
_OWN: dict[str | None, tuple[str, ...]] = {MALE: ("his",), FEMALE: ("her",)}
_SOMEONE = frozenset("this another".split())
_COURTESY = frozenset(("mr", "mrs", "ms", "miss", "dr", "sen", "rep", "gov", ""))
# What stands between what is told and who tells it.
_PARTING = frozenset((",", "”", '"', "’", "'"))


def _alike(one: Person, other: Person) -> bool:
    """Whether one pronoun may mean either."""
    unsure = None in (one.gender, other.gender) or either(one.first) or either(other.first)
    return unsure or one.gender == other.gender


class Rivals:
    """The subjects of an article's sentences, for telling whether someone else came up since a person was named."""

    def __init__(self, frames: Sequence[Frame], cast: Cast, described: Described) -> None:
        """Prepare for the article's passages in order."""
        self._described = described
        self._cast = cast
        self._people = {each.id for each in cast if each.kind == "person"}
        # "Andy Ngo": a body's name that begins as a man's does may be his.
        given = (each for each in cast if each.kind == "organisation" and " " in each.name and is_given(each.first))
        self._heard = self._people | {each.id for each in given}
        self._places = {line.number: (frame, i) for frame in frames for i, line in enumerate(frame.passage.lines)}

    def any(self, person: Person, line: int, start: int) -> bool:
        """Whether a pronoun at a place of a sentence may mean someone other than ``person``.

        So it may where the person is not named shortly before it, where someone else has come up or spoken since,
        and where the same sentence names the person behind the pronoun: ``He urged Roe to go``.
        """
        named = [(span.line, span.start) for span in person.spans if not self._within_noun(span)]
        before = [place for place in named if place < (line, start)]
        if (
            not before
            or max(before)[0] < line - _REACH
            or any(number == line and place > start for number, place in named)
        ):
            return True
        since = max(before)
        if self._belongs(person, since) or self._told_by_another(since) or self._is_agent(since):
            return True
        if since[0] == line and self._is_object(since):
            return True
        first = min(place for place in before if place[0] == since[0])
        if self._named_since(person, since, (line, start)) or self._named_since(person, (since[0], -1), first):
            return True
        return any(
            self._is_rival(subject, number, person)
            for number in range(since[0], line + 1)
            for place, subject in self._subjects(number)
            if number == since[0] or (number, place) < (line, start)
        )

    def _named_since(self, person: Person, since: tuple[int, int], until: tuple[int, int]) -> bool:
        """Whether someone else that the pronoun may mean is named later than the person, outside quotations."""
        known = any(
            since < (span.line, span.start) < until and not self._is_quoted(span.line, span.start)
            for other in self._cast
            if other is not person and other.kind == "person" and _alike(other, person)
            for span in other.spans
        )
        return known or any(
            since < (number, place) < until
            for number in range(since[0], until[0] + 1)
            for place in self._strangers(number)
        )

    def named_before(self, person: Person, line: int, start: int) -> bool:
        """Whether a sentence names someone else that a pronoun further on in it may mean: ``Roe says it is as he``."""
        return self._named_since(person, (line, -1), (line, start))

    def _told_by_another(self, place: tuple[int, int]) -> bool:
        """Whether a pronoun tells of a person where he is named, and so means another.

        ``He said Roe had left``, ``Roe would be there, he said``; behind ``Roe said it was, he said`` it is Roe.
        """
        if place[0] not in self._places:
            return False
        frame, index = self._places[place[0]]
        low, high = self._bounds(place[0])
        named = frame.after(frame.passage.starts[index] + place[1])
        cues = [i for i in range(low + 1, high) if frame.cue(i) and not frame.nominal(i)]
        behind = next((i for i in cues if i > named), low)
        telling = [i for i in cues if i < named] + [i for i in (behind,) if frame.tokens[i - 2].text in _PARTING]
        return any(frame.lower[i - 1] in ("he", "she") and not frame.quoted[i - 1] for i in telling if i > low)

    def _is_agent(self, place: tuple[int, int]) -> bool:
        """Whether a person is only who made what opens the sentence: ``At a forum hosted by Roe, he said``."""
        if place[0] not in self._places:
            return False
        frame, index = self._places[place[0]]
        low, high = self._bounds(place[0])
        named = frame.after(frame.passage.starts[index] + place[1])
        made = frame.lower[low] in PREPOSITIONS and "by" in frame.lower[max(low, named - _LONG_TITLE) : named]
        behind = range(named + 1, high)
        return made and any(frame.lower[i] in ("he", "she") and frame.tokens[i - 1].text == "," for i in behind)

    def _is_object(self, place: tuple[int, int]) -> bool:
        """Whether a person is whom another acts upon in a clause put before theirs: ``After drawing Roe in, he``."""
        frame, index = self._places[place[0]]
        named = frame.after(frame.passage.starts[index] + place[1])
        low, _ = self._bounds(place[0])
        while named > low and frame.lower[named - 1].rstrip(".") in _COURTESY:
            named -= 1
        return named > low and frame.lower[named - 1].endswith("ing") and not frame.tokens[named - 1].capital

    def _within_noun(self, span: Span) -> bool:
        """Whether a name only tells of what kind something is: ``the chief Roe adviser``."""
        if span.line not in self._places:
            return False
        frame, index = self._places[span.line]
        first, behind = (frame.after(frame.passage.starts[index] + place) for place in (span.start, span.end))
        if behind >= len(frame.tokens) or not frame.common(behind):
            return False
        return any(frame.lower[k] in ("the", "a", "an") for k in (first - 1, first - 2) if k >= 0) and (
            first > 0 and frame.lower[first - 1].isalpha() and not frame.tokens[first - 1].capital
        )

    def _belongs(self, person: Person, place: tuple[int, int]) -> bool:
        """Whether where a person is named someone of his is: ``Roe's spokesman``, ``Roe saw her mother``."""
        number, start = place
        if number not in self._places:
            return False
        frame, index = self._places[number]
        _, high = self._bounds(number)
        owning = _OWN.get(person.gender, ("his", "her"))
        for i in range(frame.after(frame.passage.starts[index] + start), high):
            named = frame.at.get(i - 1) if frame.lower[i] in ("'s", "’s", "'", "’") else None
            own = frame.lower[i] in owning or (named is not None and named.entity == person.id)
            if own and not frame.quoted[i]:
                noun = next((frame.lower[k] for k in range(i + 1, min(i + 4, high)) if is_person(frame.lower[k])), None)
                if noun and (None in (gender_of(noun), person.gender) or gender_of(noun) == person.gender):
                    return True
        return False

    def _strangers(self, number: int) -> Iterator[int]:
        """Where a sentence names someone no rule knows by role or age: ``the dietitian Zuri Quell``, ``Zuri, 38,``."""
        if number in self._places:
            frame, index = self._places[number]
            low, high = self._bounds(number)
            for i in range(low, high - 1):
                if frame.aged(i):
                    yield frame.tokens[i].start - frame.passage.starts[index]
                name = frame.tokens[i + 1]
                strange = name.capital and i + 1 not in frame.at and i not in frame.at and not frame.quoted[i]
                if strange and not frame.tokens[i].capital and is_person(frame.lower[i]):
                    yield name.start - frame.passage.starts[index]

    def _is_quoted(self, number: int, start: int) -> bool:
        if number not in self._places:
            return False
        frame, index = self._places[number]
        return frame.passage.within_quotes(frame.passage.starts[index] + start)

    def speaker_before(self, line: int) -> str | None:
        """The person, by id, whose words the sentence before tells: ``Roe said it would end. "…," he added``."""
        return self._only(self._speaking(line - 1, finite=True))

    def speaker_within(self, line: int, start: int) -> str | None:
        """The person, by id, whose words a sentence tells before a place: ``Roe says it is what he calls "…"``."""
        if line not in self._places:
            return None
        frame, index = self._places[line]
        place = frame.passage.starts[index] + start
        return self._only(subject for subject in self._speaking(line, finite=True) if subject.start < place)

    def _only(self, speaking: Iterable[Speaker]) -> str | None:
        told = {subject.entity for subject in speaking}
        only = told.pop() if len(told) == 1 else None
        return only if only in self._people else None

    def asked_before(self, line: int) -> bool:
        """Whether the sentence before only tells what someone asked: ``Roe asked about the pier. "…," she said``."""
        if line - 1 not in self._places:
            return False
        frame, _ = self._places[line - 1]
        cues = [i for i in range(*self._bounds(line - 1)) if frame.cue(i) and not frame.nominal(i)]
        return bool(cues) and all(frame.lower[i] in ("asked", "asks") and not frame.passive(i) for i in cues)

    def _subjects(self, number: int) -> Iterator[tuple[int, Speaker]]:
        """Who begins a sentence, if it is someone, and those who act or speak in it, with their places."""
        if number not in self._places:
            return
        frame, index = self._places[number]
        base = frame.passage.starts[index]
        low, high = self._bounds(number)
        opening = frame.described(low, high) or frame.unknown(low, high)
        brought = (i for i in range(low + 1, high) if frame.lower[i] in _SOMEONE or self._acts(frame, i, high))
        someone = (frame.described(i, high) for i in brought)
        for subject in (*([opening] if opening else []), *filter(None, someone), *self._speaking(number)):
            yield subject.start - base, subject

    @staticmethod
    def _acts(frame: Frame, i: int, high: int) -> bool:
        """Whether behind a comma someone without a name is told to act: ``Miles from Roe, the president appeared``."""
        if frame.lower[i] != "the" or frame.tokens[i - 1].text != "," or frame.quoted[i]:
            return False
        phrase = frame.described(i, high)
        behind = frame.after(phrase.end) if phrase else high
        return behind < high and (frame.cue(behind) or frame.lower[behind].endswith("ed"))

    def _speaking(self, number: int, *, finite: bool = False) -> Iterator[Speaker]:
        if number not in self._places:
            return
        frame, _ = self._places[number]
        low, high = self._bounds(number)
        for cue in (i for i in range(low, high) if frame.cue(i) and not frame.nominal(i)):
            if finite and frame.lower[cue].endswith("ing"):
                continue
            subject = frame.subject(cue, low) if cue > low and not frame.quoted[cue - 1] else None
            subject = subject or (frame.starting(cue + 1, high) if not frame.lower[cue].endswith("ing") else None)
            if subject and (frame.is_named(subject) or frame.is_someone(subject) or self._unheard(frame, subject)):
                yield subject

    @staticmethod
    def _unheard(frame: Frame, subject: Speaker) -> bool:
        """Whether a phrase whose noun no list knows says something: ``the matriarch``."""
        article = frame.lower[frame.after(subject.start)] == "the"
        return article and bool(subject.head) and not can_speak(subject.head)

    def _bounds(self, number: int) -> tuple[int, int]:
        frame, index = self._places[number]
        return frame.after(frame.passage.starts[index]), frame.after(frame.passage.line_end(index))

    def _is_rival(self, subject: Speaker, number: int, person: Person) -> bool:
        if subject.entity:
            return subject.entity in self._heard and subject.entity != person.id
        frame, _ = self._places[number]
        words = frame.passage.text[subject.start : subject.end]
        return self._described(subject.head, words, number) is not person
