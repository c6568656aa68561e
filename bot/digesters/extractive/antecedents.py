"""Whether a sentence itself says whom a pronoun in it means, told by its words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.people import Person
from bot.digesters.extractive.text import Line

_SOMEONE = re.compile(
    r"\b(?:man|woman|boy|girl|men|women|person|patient|suspect|driver|officer|official|victim|spokesman|spokeswoman|"
    r"teenager|student|teacher|mother|father|husband|wife|judge|player|resident|worker|employee|neighbou?r|friend|"
    r"soldier|passenger|pilot|doctor|author|president|minister|leader|coach|actor|actress|singer|hunter|"
    r"[\w-]+-year-old)\b(?! (?-i:[A-Z]))|\ban? (?:[\w-]+ ){0,3}?"
    r"(?!(?:[a-z]*ment|(?:news)?paper|letter|number|order|matter|water|summer|winter|dinner|river|tower|computer|"
    r"cent(?:er|re)|corner|chapter|quarter|error|(?:per)?cent|event|incident|accident|extent|continent|talent|"
    r"initiative|alternative|perspective|narrative|objective|motive|drive|archive|committee|degree|fee|coffee|"
    r"restaurant|grant|plant)\b)[a-z]{3,}(?:er|or|ist|ian|ee|ant|ent|ive)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:people|men|women|children|police|couple|family|team|group|company|firm|union|crew|staff|council|party|who|"
    r"everyone|everybody|anyone|nobody|each|"
    r"(?!years|days|weeks|months|hours|minutes|times|decades|was|is|has|as|his|this|its|us|does|says|plus|news|thus)"
    r"[a-z]{2,}(?<![su])s)\b|\band\b|\b[Tt]he (?:[A-Z][\w.]+ )*[A-Z]\w+s\b"
)
_SOME_CAPITAL = re.compile(r"(?<=\w )(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z][a-z]|[A-Z][\w.’'-]+ [A-Z]")
# "Kanye took to the stage with his": a name opens the sentence, and a verb follows.
_NAME_ACTS = re.compile(
    r"(?!The|This|That|There|It|In|On|At|When|While|After|Before|If|As|For|With|By|From|To|But|And|So|Who|What|How|Why)"
    r"[A-Z][\w-]+(?:[’']s)? (?:\w+ ){0,2}?(?:has|had|is|was|will|says?|said|took|made|gave|went|came|told|got|\w+ed)\b"
)
# "The comedian tweeted that his wife": of whom a report's first sentence speaks, its headline has named.
_THE_ONE = re.compile(
    r"The (?:[\w-]+ ){0,3}?[a-z]+(?:er|or|ist|ian|ess|ant|ent|man|woman|star|champion|model|mogul|king|queen|duke) "
    r"(?:who|has|had|is|was|will|says?|said|took|made|gave|went|came|told|got|wrote|\w+ed)\b"
)
# "Known for his messages to his wife, Roe": the name follows.
_FRONTED = re.compile(
    r"(?:Already|Best|Well|Long|Once|Still|Though|Just|Now|In|On|At|For|With|As|After|"
    r"Before|When|While|Since|During|From|[A-Z]\w+(?:ed|ing|wn))\b"
)


def about_them(before: str) -> bool:
    """Whether what stands before ``they`` in a report's first sentence brings several up."""
    return bool(re.match("[A-Z].* [a-z]", before))


def about_someone(text: str, place: int) -> bool:
    """Whether a report's first sentence has said whom it is about before a pronoun at ``place``, or says so at once."""
    before = text[:place]
    if _SOME_CAPITAL.search(before) or _NAME_ACTS.match(before) or _THE_ONE.match(before):
        return True
    return bool(_FRONTED.match(text) and re.match(r"[^,]*, (?:[A-Z][\w.’'-]* )*[A-Z]\w+", text[place:]))


def someone_in(before: str) -> bool:
    """Whether what stands before ``he`` or ``she`` brings someone up."""
    # "As majority leader, he": what someone was is no one else.
    return bool(_SOMEONE.search(re.sub(r"\b[Aa]s [^,]*, ?$", "", before)))


def several_in(before: str, word: str) -> bool:
    """Whether what stands before ``they`` or ``them`` brings several up."""
    if word == "them" and _SOME_DO_TO.fullmatch(before):
        return False
    return bool(_SEVERAL.search(before))


# One verb and the one it is done to: no one awards himself so.
_DOES_TO = re.compile(r" (?:(?:has|had|have|will|would|also|then|later|once) )*[a-z]+ ")
_OBJECT = re.compile(r"[.,;:]| (?:an?|the|to|for|with|in|on|at|as|by|from|of|and|that)\b")
# "Prosecutors have also charged them": with the same sense of several.
_SOME_DO_TO = re.compile(
    r"(?:[A-Z]\w+ ){0,2}(?:[\w-]+ ){0,2}[\w-]+s (?:(?:has|have|had|will|would|also|already|now|then|later) )*[a-z]+ "
)


def is_done_to(text: str, place: int) -> bool:
    """Whether at ``place`` a pronoun is the object of the one verb before it, which has another subject.

    Args:
        text: what follows the subject.
        place: where the pronoun begins in it.
    """
    pronoun = re.match(r"\w+", text[place:])
    # "Roe praised her brother": whose brother, she has said.
    owned = pronoun is None or (pronoun[0] == "her" and not _OBJECT.match(text[place + pronoun.end() :]))
    return bool(_DOES_TO.fullmatch(text[:place])) and not owned


_CHILD = re.compile(r"\b(?:child|baby|infant|toddler|daughter|son|girl|boy|newborn|twins?)\b")
# "Marvo fought back": whoever that is, a report that goes on with "He" means him.
_SOMEONE_ACTS = re.compile(
    r"(?!The|This|That|There|It|He|She|They|We|You|In|On|At|When|While|After|Before|If|As|For|With|By|From|To|But|And|So)"
    r"[A-Z][a-z][\w-]+ (?:has|had|is|was|will|says?|said|took|made|gave|went|came|told|fought|won|"
    r"lost|beat|[a-z]{3,}ed)\b"
)


def others_before(lines: Sequence[Line], people: Sequence[Person], number: int, person: Person) -> bool:
    """Whether the last sentences tell of someone else than ``person`` whom a pronoun may mean as well.

    Of a child, of someone by a given name whom no entity bears, or of one whose bare name begins the last of them.
    """
    for other in lines:
        if not number - 2 <= other.number < number:
            continue
        named = {(s.start, s.end) for p in people for s in p.spans if s.line == other.number}
        known = [t for t in other.tokens if any(start <= t.start < end for start, end in named)]
        if _CHILD.search(other.text) or any(
            lexicon.is_given(t.text) and t.capital and t not in known for t in other.tokens[1:]
        ):
            return True
        first = any(s.start == 0 for s in person.spans if s.line == other.number)
        if other.number == number - 1 and _SOMEONE_ACTS.match(other.text) and not first:
            return True
    return False
