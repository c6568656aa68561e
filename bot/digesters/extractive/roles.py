"""What the article says someone is, was or has become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.callings import COURTESY, FINITE, MAX_WORDS, before_name, is_role
from bot.digesters.extractive.contexts import KIN
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.passages import Passage
from bot.digesters.extractive.people import Cast
from bot.digesters.extractive.spans import Span
from bot.digesters.extractive.text import Line, Reading


@dataclass(frozen=True, slots=True)
class FoundRole:
    """A role as one sentence states it."""

    who: str
    title: str
    line: int
    from_: str | None = None  #: since when, as precisely as stated: ``2019``, ``2019-05``
    until: str | None = None  #: till when


def roles_of(reading: Reading, cast: Cast, passages: Sequence[Passage]) -> list[FoundRole]:
    """Every role the article states of a person, in order, each once."""
    found: dict[tuple[str, str], FoundRole] = {}
    places = {line.number: (p, start) for p in passages for line, start in zip(p.lines, p.starts, strict=True)}
    for person in cast:
        if person.kind != "person":
            continue
        for span in person.spans:
            line = reading.lines[span.line - 1]
            passage, start = places[span.line]
            # What a speaker calls someone is the speaker's word, not the article's.
            quoted = passage.within_quotes(start + span.start)
            for stated in () if quoted else _stated(line, span):
                bare, from_, until = _term(stated, reading)
                title = _tidy(bare)
                role = FoundRole(person.id, title, span.line, from_, until)
                known = found.get((person.id, fold(title)))
                dated = known and (from_ or until) and not (known.from_ or known.until)
                if dated or (title and not _redundant(title, person.id, found)):
                    found[person.id, fold(title)] = role
    return [role for key, role in found.items() if not _of_another_time(role, key, found, cast, reading)]


# Offices that one holds at a time, in which others are told of for what was done under them.
_SINGLE = frozenset(("president", "prime minister", "chancellor", "pope", "king", "queen"))
_UNDER = re.compile(
    r"\b(?:under|since|like|during|after|before|from|of|by|to|in|for|against) (?:the )?$", re.IGNORECASE
)


def _of_another_time(
    role: FoundRole, key: tuple[str, str], found: Mapping[tuple[str, str], FoundRole], cast: Cast, reading: Reading
) -> bool:
    """Whether an office is told of another time than the article's: ``under President Ana Roe``, and Li Doe has it."""
    if key[1] not in _SINGLE:
        return False
    named = {person.id: person for person in cast}
    holders = [named[who] for who, title in found if title == key[1] and who != role.who]
    bearer = named[role.who]
    chief = any(len(other.spans) >= max(3, 2 * len(bearer.spans)) for other in holders)
    return chief and all(_UNDER.search(_before(reading.lines[s.line - 1], s)) for s in bearer.spans if s.title)


def _before(line: Line, span: Span) -> str:
    """What stands before a name and its title."""
    return line.text[: span.start].rstrip().removesuffix(span.title)


def _redundant(title: str, who: str, found: dict[tuple[str, str], FoundRole]) -> bool:
    """A shorter wording of a role already stated says nothing new."""
    words = set(fold(title).split())
    for (id_, key), role in list(found.items()):
        other = set(key.split())
        if id_ == who and words <= other:
            return True
        if id_ == who and other < words and role.title.split()[-1].lower() == title.split()[-1].lower():
            del found[id_, key]
    return False


def _stated(line: Line, span: Span) -> Iterable[str]:
    if before := before_name(line, span):
        yield before
    yield from _behind_name(line, span)


# The dot of "a spokesman for Mrs. Roe" ends nothing.
_OF_A_TITLE = r"(?:(?<=\bMr)|(?<=\bMs)|(?<=\bMrs)|(?<=\bDr)|(?<=\bSt))\."
_APPOSITION = re.compile(
    rf"^(?:, \d{{1,3}})?, (?P<np>(?:(?:the|a|an|one of the) )?(?:[^,.;:—–()\"“”]|{_OF_A_TITLE}){{4,110}}?)"
    rf"(?=[,;:—–]|(?!{_OF_A_TITLE})\.|$)"
)
_IS = re.compile(
    r"^(?:, who)? (?P<verb>was (?:elected|re-elected|appointed|named|sworn in as)|took over as|"
    r"is|was|became|has been|serves? as|has served as|served as|works? as|worked as|"
    r"heads?|leads?|chairs?|runs|founded|owns)"
    r" (?P<np>[^,.;:—–()\"“”]{4,110}?)(?=[,.;:—–]|$| and | but | when | while | because | after | before )"
)
# "Sen. Ana Roe, Ohio Rep. Jo Doe": the next of a list, not what the first one is.
_NEXT_NAME = re.compile(
    r"(?:(?:former|ex|late) )?(?:[A-Z][\w.]+ ){0,3}(?:Rep|Sen|Gov|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Rev|Mr|Mrs|Ms)\. [A-Z]"
)
# "Director of the Office on Tides, Ports and the Sea": the commas belong to what the office is for.
_CHARGED = re.compile(r"\b[A-Z]\w+ (?:on|of|for) (?:the )?[A-Z]\w+$")
_LISTED = re.compile(r"(?:, [A-Z]\w+)*,? (?:and|&) (?:the )?[A-Z]\w+(?=[,.;:]|$)")
_VERB_NOUN = {
    "head": "head of",
    "heads": "head of",
    "lead": "leader of",
    "leads": "leader of",
    "chairs": "chair of",
    "chair": "chair of",
    "runs": "",
    "founded": "founder of",
    "owns": "owner of",
}
_CLAUSE = re.compile(
    r"\b(?:who|which|that|said|says|told|has|had|is|was|were|are|will|would|where|"
    r"when|whose|if|after|because|since(?! (?:[A-Z][a-z]+ )?[12]\d{3}\b)|while|but)\b"
)


def _behind_name(line: Line, span: Span) -> Iterable[str]:
    after = line.text[span.end :]
    match = _APPOSITION.match(after)
    if match:
        phrase = match["np"].strip()
        listed = _LISTED.match(after, match.end()) if _CHARGED.search(phrase) else None
        phrase += listed[0] if listed else ""
        clause = _CLAUSE.search(phrase)
        if clause and clause[0] in FINITE:
            phrase = ""  # "With Ana Roe, the president said": the subject of what follows
        phrase = re.split(r" and (?:now|then|later|currently|formerly)\b", _CLAUSE.split(phrase)[0])[0].strip()
        if _headed_by_role(phrase) and not _NEXT_NAME.match(after[match.start("np") :]):
            yield phrase
    # "If Ana Roe became president", "until she was mayor": it is not so, or not yet.
    supposed = re.search(
        r"\b(?:if|unless|until|once|should|whether|when|while)\s$", line.text[: span.start], re.IGNORECASE
    )
    match = None if supposed else _IS.match(after)
    if match and not re.search(r"\b(?:if|would|could|whether|that|not|n[’']t)\b", match[0]):
        yield from _predicate(match["verb"], match["np"], who=", who" in match[0])


def _predicate(verb: str, phrase: str, who: bool) -> Iterable[str]:
    noun = _VERB_NOUN.get(verb)
    if noun:
        if (who and re.match(r"(?:the|a|an) [A-Z]", phrase)) or (re.match(r"[A-Z]", phrase) and who):
            yield f"{noun} {_CLAUSE.split(phrase)[0].strip()}"
        return
    if not _headed_by_role(phrase):
        return
    if verb in ("is", "serves as", "serve as", "works as", "work as", "became"):
        yield re.sub(r" in (?=(?:[A-Z][a-z]+ )?[12]\d{3}$)", " since ", phrase) if verb == "became" else phrase
    elif verb.startswith(("was ", "took ")):
        # Who was elected in May 2020 holds the office since then, as far as the sentence says.
        yield re.sub(r" in (?=(?:[A-Z][a-z]+ )?[12]\d{3}$)", " since ", phrase)
    elif _TERM.search(phrase):
        # What someone was is told with its end or its beginning, or not at all.
        yield phrase


_DAY = r"(?:[A-Z][a-z]+ )?[12]\d{3}"
_TERM = re.compile(
    rf"[, ]+(?:(?:from|between) (?P<a>{_DAY}) (?:to|until|till|through|and|[-–]) (?P<b>{_DAY})"
    rf"|(?P<word>since|until|till|from) (?P<c>{_DAY})|\((?P<d>{_DAY})[-–](?P<e>{_DAY})\))$"
)


def _term(title: str, reading: Reading) -> tuple[str, str | None, str | None]:
    """A role without its dates, since when and till when."""
    match = _TERM.search(title)
    if match is None:
        return title, None, None
    begin, end = match["a"] or match["d"], match["b"] or match["e"]
    if match["word"]:
        begin, end = (None, match["c"]) if match["word"] in ("until", "till") else (match["c"], None)
    return title[: match.start()], _told(begin, reading), _told(end, reading)


def _told(words: str | None, reading: Reading) -> str | None:
    dates = reading.dates_in(f"in {words}") if words else []
    return dates[0].when if dates else None


def _headed_by_role(phrase: str) -> bool:
    """Whether the noun phrase's head, before any preposition, is a role."""
    head = re.split(
        r" (?:of|at|for|in|with|on|and|from|to|by|under|based|representing|specialising|specializing) ", phrase
    )[0]
    words = head.split()
    if not words or len(phrase.split()) > MAX_WORDS + 4 or len(words) > 7:
        return False
    if words[0].endswith(("ing", "ed")) or words[0][0].isdigit() or re.search(r"(?:^| )[A-Z]$", phrase):
        return False  # what someone is doing or has done, or a phrase cut at an initial
    if {"a", "an", "the", "as"} & set(words[1:]) or _JUDGING & {w.lower() for w in words}:
        return False  # a clause, or what the writer thinks of someone
    if len(words) == 2 and words[1][0].isupper() and lexicon.is_given(words[0]):
        return False  # "Ana Roe, Jo Gardener and Li Doe": the next of a list
    if phrase.split()[0].lower() in ("his", "her", "their", "my", "our") or words[-1] in KIN:
        return False
    return is_role(words[-1].strip(",’'\"")) and words[0].lower() not in ("another", "one", "two", "fellow")


_JUDGING = frozenset(
    "great greatest good bad best worst better worse terrible terrific brilliant smart weak strong flawed dangerous "
    "most gifted talented unacceptable unfit fantastic wonderful awful horrible amazing real true".split()
)
# Whose owner or member someone is makes the role; alone it says nothing.
_OF_SOMETHING = frozenset("owner founder co-founder creator member winner host partner friend author victim".split())
_SOME_BODY = (
    r"(?:company|firm|group|giant|club|team|agency|department|organi[sz]ation|body|band|show|project|bank|network|"
    r"institute|association|campaign|committee|study|paper|site|publication|outlet|start-?up|nonprofit|charity|book|novel|memoir|film|movie)"
)
_FULL = {
    "sen": "Senator", "sens": "Senator", "rep": "Representative", "reps": "Representative", "gov": "Governor",
    "lt": "Lieutenant", "gen": "General", "col": "Colonel", "sgt": "Sergeant", "capt": "Captain",
    "cmdr": "Commander", "adm": "Admiral", "maj": "Major",
}  # fmt: skip
_SHORT = re.compile(r"\b(" + "|".join(_FULL) + r")\b\.?", re.IGNORECASE)


def _tidy(title: str) -> str:
    if re.match(r"(?:then|formerly)\b", title):
        return ""  # what someone was when something else happened
    title = re.sub(
        r"^(?:(?:the|a|an|then|also|now|currently|formerly) )+", "", " ".join(title.split()), flags=re.IGNORECASE
    )
    owned = re.match(r"[a-z-]+[’']s (?=\w)", title)
    title = title[owned.end() :] if owned else title  # "the company's chief executive"
    if owned and title.split()[-1].lower() in _OF_SOMETHING:
        return ""
    # "Director for games at the tech giant": which one, the sentence before says.
    whole = title
    title = re.sub(rf"(?<=\w) (?:at|of|for|with|in|from) the (?:[a-z-]+ ){{0,2}}{_SOME_BODY}$", "", title)
    if title != whole and title.split()[-1].lower() in _OF_SOMETHING:
        return ""
    title = re.sub(r" and (?:co-)?(?:author|founder|owner|creator|member)$", "", title)
    title = re.sub(r"\s+(?:and|or|of|at|for|in|with|on|the|a|an|to|near|by|from|behind|beside|under)$", "", title)
    title = _SHORT.sub(lambda m: _FULL[m[1].lower()], title)
    words = title.split()
    while len(words) > 1 and fold(words[-1]).rstrip(".") in COURTESY - {
        "sister",
        "brother",
        "father",
        "mother",
        "lady",
    }:
        words.pop()
    title = " ".join(words)
    # "head of the F", where "F.B.I." is cut, says less than nothing.
    if (
        not words
        or len(title) > 120
        or re.search(r" (?!I$)[A-Z]$", title)
        or (len(words) == 1 and fold(words[0]).rstrip(".") in COURTESY)
    ):
        return ""
    return title
