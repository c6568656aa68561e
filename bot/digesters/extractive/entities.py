"""Who is who within one article: every spelling of a name gathered under one entity."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.bodies import join_shorter
from bot.digesters.extractive.kinds import Verdict
from bot.digesters.extractive.kinship import KIN_GENDER, is_second, kin_before, relatives
from bot.digesters.extractive.lexicon import FEMALE, MALE, fold
from bot.digesters.extractive.people import SUFFIXES, Cast, Person
from bot.digesters.extractive.pseudonyms import join_pseudonyms
from bot.digesters.extractive.spans import Span
from bot.digesters.extractive.spellings import ARTICLE, best_name, core_of, same_person, settle_letters, told_apart
from bot.digesters.extractive.text import Reading
from bot.domain.digests import Kind


def cast_of(reading: Reading, spans: list[Span], kinds: Mapping[str, Verdict]) -> Cast:
    """All entities of the article with their mentions, most mentioned first."""
    people = _full_people(reading, spans, kinds)
    people = _sharing_surname(reading, spans, relatives(reading, spans, people))
    rest = _attach_people(reading, spans, people, kinds)
    others = _others(reading, rest, kinds)
    cast = join_pseudonyms(reading, [p for p in (*people, *others) if p.spans])
    settle_letters(person for person in cast if person.kind == "person")
    unique: dict[str, Person] = {}
    for person in cast:
        twin = unique.setdefault(person.id, person)
        if twin is not person and twin.kind == person.kind:
            twin.spans.extend(person.spans)
    found = sorted(unique.values(), key=lambda p: (-len(p.spans), p.spans[0].line, p.spans[0].start))
    for person in found:
        person.spans.sort(key=lambda s: (s.line, s.start))
        if person.kind == "person":
            person.gender = person.gender or _gender(reading, person)
    return found


def _full_people(reading: Reading, spans: list[Span], kinds: Mapping[str, Verdict]) -> Cast:
    people: list[tuple[tuple[str, ...], Person]] = []
    for span in spans:
        verdict = kinds.get(span.key)
        if verdict is None or verdict.kind != "person" or len(span.words) < 2:
            continue
        core = core_of(span.words)
        alike = [(c, p) for c, p in people if c == core or same_person(core, c)]
        alike = [(c, p) for c, p in alike if not any(told_apart(span.words, s.words) for s in p.spans)]
        person = next((p for c, p in alike if c == core), alike[0][1] if alike else None)
        if person is None:
            person = Person(span.text, "person")
            people.append((core, person))
        person.spans.append(span)
    for _, person in people:
        person.name = best_name(person.spans)
    return [person for _, person in people]


def _sharing_surname(reading: Reading, spans: list[Span], people: Cast) -> Cast:
    """Two who are named with one surname: ``Joe and Hunter Biden`` are Joe Biden and Hunter Biden."""
    taken = {id(s) for p in people for s in p.spans}
    behind = {(s.line, s.start): p for p in people for s in p.spans if len(s.words) == 2}
    for span in spans:
        text = reading.lines[span.line - 1].text
        other = behind.get((span.line, span.end + len(" and "))) if text[span.end : span.end + 5] == " and " else None
        alone = len(span.words) == 1 and not span.title and id(span) not in taken and lexicon.is_given(span.words[0])
        if other is None or not alone or other.first == span.key or any(p.first == span.key for p in people):
            continue
        full = (fold(span.text), other.last)
        known = next((p for p in people if same_person(core_of(p.name.split()), full)), None)
        if known:
            known.spans.append(span)
        else:
            people = [*people, Person(f"{span.text} {other.name.split()[-1]}", "person", [span])]
    return people


def _attach_people(reading: Reading, spans: list[Span], people: Cast, kinds: Mapping[str, Verdict]) -> list[Span]:
    """Give short mentions to the people they mean; return the spans that are no one's."""
    taken = {id(s) for p in people for s in p.spans}
    by_last: dict[str, Cast] = defaultdict(list)
    by_first: dict[str, Cast] = defaultdict(list)
    for person in people:
        by_first[person.first].append(person)
        words = [w for w in fold(person.name).split() if w.rstrip(".") not in SUFFIXES]
        for i in range(1, len(words)):
            by_last[" ".join(words[i:])].append(person)
        if bare := ARTICLE.sub("", words[-1]):
            # "Riyad al-Maliki" is "Maliki" later on.
            by_last[bare].extend([person] if bare != words[-1] else [])
    # "Prince Charles" is no one of that first name who has a surname, nor is "Charles" then.
    crowned = {s.key for s in spans if len(s.words) == 1 and _calling(s) in _CROWNED}
    rest = []
    alone = {last: bearers[0] for last, bearers in by_last.items() if len(bearers) == 1}
    second = {last for last, bearer in alone.items() if is_second(reading, bearer)}
    # Of whom "Mr. Roe" is told "Jo Roe" is not the only one, if she is a woman.
    second |= {s.key for s in spans if s.key in alone and s.title and _of_the_other_sex(reading, s, alone[s.key])}
    for span in spans:
        if id(span) in taken:
            continue
        verdict = kinds.get(span.key)
        # "NASA" is no first name of a "NASA Administrator".
        named = (verdict is None or verdict.kind == "person") and span.key not in crowned
        first = by_first.get(span.key, []) if named else []
        surname = [p for p in by_last.get(span.key, []) if span.key not in second or _courted(reading, span, p)]
        meant = _meant(reading, span, surname, first)
        if meant is not None:
            meant.spans.append(span)
        else:
            rest.append(span)
    return rest


def _courted(reading: Reading, span: Span, person: Person) -> bool:
    """Whether a title such as ``Ms.`` shows the person's gender."""
    gender = lexicon.titles().get(_calling(span))
    return gender in (MALE, FEMALE) and _gender(reading, person) == gender


_CROWNED = frozenset("prince princess king queen pope emperor tsar".split())


def _meant(reading: Reading, span: Span, surname: Cast, first: Cast) -> Person | None:
    grown = [p for p in surname if not p.by_kin] or surname
    if len(grown) > 1:
        grown = _nearest(reading, span, grown)
    if len(grown) == 1 and _before(grown[0], span, reading) and not _of_the_other_sex(reading, span, grown[0]):
        return grown[0]
    led = _is_led(reading.lines[span.line - 1].text[: span.start])
    if not surname and len(first) == 1 and not led and _by_first(span, first[0]) and not lexicon.is_place(span.key):
        return first[0]
    return None


_ARTICLE_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat)\s$")


def _is_led(text: str) -> bool:
    """Whether an article or a nationality stands before a name: ``the Bill``, ``the British Bill``."""
    word = text.rstrip().rsplit(" ", 1)[-1]
    return bool(_ARTICLE_BEFORE.search(text)) or (word[:1].isupper() and fold(word) in lexicon.by_demonym())


def _of_the_other_sex(reading: Reading, span: Span, person: Person) -> bool:
    """Whether a title such as ``Mrs.`` cannot be the person's: then it is someone else of the name."""
    gender = lexicon.titles().get(fold(span.title).split(" ")[-1].rstrip(".")) if span.title else None
    return gender in (MALE, FEMALE) and _gender(reading, person) not in (gender, None)


def _by_first(span: Span, person: Person) -> bool:
    """Whether a first name may stand for the person: behind a title only ``Sir Paul``, or where it is the family's."""
    first = person.first
    if span.title == "" or _calling(span) in ("sir", "dame"):
        return True
    return person.by_kin or not lexicon.is_given(first) or first in lexicon.words("family-names-first")


# "“Tall Ana” Roe"
_NICKNAMED = re.compile(r"[“\"][A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2}[”\"]\s$")


def _before(person: Person, span: Span, reading: Reading) -> bool:
    """A surname that is also a place's name counts only behind the full name."""
    if not lexicon.is_place(span.key) and span.key not in lexicon.names("organisations"):
        return True
    text = reading.lines[span.line - 1].text
    if _NICKNAMED.search(text[: span.start]):
        return True
    placed = re.search(r"\b(?:in|at|from|(?<!ccording )to|near|of)\s$", text[: span.start])
    # "A gift to Bondi's campaign" is one to her.
    owned = text[span.end : span.end + 2] in ("'s", "’s") and not re.search(r"\bin\s$", text[: span.start])
    return person.spans[0].line <= span.line and (owned or not placed)


def _nearest(reading: Reading, span: Span, bearers: Cast) -> Cast:
    """Of several who bear the surname: the one its title's gender fits, else whom this paragraph names in full."""
    gender = lexicon.titles().get(fold(span.title).split(" ")[-1].rstrip(".")) if span.title else None
    fitting = [p for p in bearers if gender not in (MALE, FEMALE) or _gender(reading, p) in (gender, None)]
    if len(fitting) == 1:
        return fitting
    # "Dr. Roe" is whichever of the two Roes is called a doctor.
    called = _calling(span)
    entitled = [p for p in fitting if called and called in {_calling(s) for s in p.spans if len(s.words) > 1}]
    if len(entitled) == 1:
        return entitled
    paragraph = {line.number: line.paragraph for line in reading.lines}
    here = paragraph[span.line]

    def last_full(person: Person) -> tuple[int, int]:
        # Whose first mention is short, as of "Jo and Ana Roe", has been named in full by it.
        named = [s for s in person.spans if len(s.words) > 1 or s is person.spans[0]]
        full = [(s.line, s.start) for s in named if (s.line, s.start) < (span.line, span.start)]
        return max(full, default=(0, 0))

    if subject := _subject(reading, span, fitting):
        return [subject]
    near = [p for p in fitting if last_full(p)[0] and paragraph[last_full(p)[0]] == here]
    if len(near) == 1:
        return near
    introduced = [p for p in fitting if last_full(p)[0]]
    return introduced if len(introduced) == 1 else _leading(introduced, span)


def _calling(span: Span) -> str:
    """The word that a title comes down to: a "Sund Police Officer" is an "Officer"."""
    return fold(span.title).split(" ")[-1].rstrip(".")


def _subject(reading: Reading, span: Span, bearers: Cast) -> Person | None:
    """The one whom a life is told of: named in full by the first sentence, alone of them, and most by far."""
    counts = {id(p): sum(len(s.words) > 1 for s in p.spans) for p in bearers}
    first = {id(p): min((s.line for s in p.spans if len(s.words) > 1), default=0) for p in bearers}
    opening = [p for p in bearers if 0 < first[id(p)] <= _OPENING]
    if len(opening) != 1 or span.title or span.line <= _OPENING:
        return None
    others = max((counts[id(p)] for p in bearers if p is not opening[0]), default=0)
    return opening[0] if counts[id(opening[0])] >= 2 * others else None


_OPENING = 2


def _leading(bearers: Cast, span: Span) -> Cast:
    """The one whom the article has been about: named often so far, and far more often than the others."""
    counts = sorted(((sum(s.line <= span.line for s in p.spans), p) for p in bearers), key=lambda pair: -pair[0])
    if len(counts) > 1 and counts[0][0] >= max(3, 3 * counts[1][0]):
        return [counts[0][1]]
    return []


def _gender(reading: Reading, person: Person) -> str | None:
    votes: Counter[str] = Counter()
    for span in person.spans:
        title = fold(span.title).split(" ")[-1].rstrip(".")
        votes[lexicon.titles().get(title, "")] += 3
        match = kin_before(reading.lines[span.line - 1].text, span.start)
        if match:
            votes[KIN_GENDER.get(match["kin"], "")] += 3
    given = lexicon.gender_of(person.name.split()[0])
    votes[given or ""] += 2
    male, female = votes[MALE], votes[FEMALE]
    if male == female:
        return None
    return MALE if male > female else FEMALE


def _others(reading: Reading, spans: list[Span], kinds: Mapping[str, Verdict]) -> Cast:
    """Organisations, places and events; single names of people who are called by one name."""
    found: dict[tuple[Kind, str], Person] = {}
    # Who is once called "President Trump" is meant by every "Trump" of the article.
    known = {s.key for s in spans if (v := kinds.get(s.key)) and v.kind == "person" and _worth(s, v, reading)}
    for span in spans:
        verdict = kinds.get(span.key)
        if verdict is None or (verdict.kind == "person" and span.key not in known):
            continue
        country = lexicon.countries().get(span.key.removeprefix("the ")) if verdict.kind == "place" else None
        name = country.name if country else span.name
        if verdict.kind == "place":
            name = lexicon.abbreviated_places().get(name.removesuffix("."), name)
        if verdict.kind == "place" and lexicon.is_place(fold(_STATE_OF.sub("", name))):
            name = _STATE_OF.sub("", name)
        if verdict.kind == "place" and name.isupper() and len(name) > 4:
            name = name.title()
        entity = found.setdefault((verdict.kind, fold(name)), Person(name, verdict.kind, country=country))
        entity.spans.append(span)
    join_shorter(reading, found, spans)
    return list(found.values())


# "The State of Texas", "the City of Boston": the place itself.
_STATE_OF = re.compile(r"^(?:State|City|Province|Commonwealth) of ")


def _worth(span: Span, verdict: Verdict, reading: Reading) -> bool:
    """A person known by one name needs a title, kinship or overwhelming evidence; a bare capitalised word is no one."""
    if len(span.words) == 1 and (
        len(span.key) == 1
        or (
            span.key in lexicon.words("common")
            and _calling(span) not in _COURTEOUS
            and (not span.title or _THE.search(reading.lines[span.line - 1].text[: span.start]))
        )
    ):
        return False  # "For the President Only", "Mr. T"
    return (
        len(span.words) > 1
        or verdict.weight >= _BEYOND_DOUBT
        or (verdict.weight >= 3 and bool(span.title or kin_before(reading.lines[span.line - 1].text, span.start)))
    )


_THE = re.compile(r"\b[Tt]he (?:\w+ ){1,3}$")
_BEYOND_DOUBT = 6.0
_COURTEOUS = frozenset("mr mrs ms miss dr sir dame lord lady".split())
