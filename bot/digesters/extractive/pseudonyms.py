"""Names that the article itself says are one's: ``Joan Roe, known as Gull``."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.digesters.extractive.people import Cast, Person
from bot.digesters.extractive.text import Reading

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# "Sund called Varn" is a call by telephone: what is not "known as" needs a comma or a bracket.
_MANNER = (
    "(?:(?:also|better|best|formerly|now|then|once|later|originally|professionally|commonly|popularly|locally|widely|"
    "usually|otherwise|sometimes) )*"
)
_SO_CALLED = re.compile(
    r"(?:\s*,?\s*\(?(?:(?:who|which) (?:is|was) )?"
    rf"{_MANNER}known(?: professionally| commonly| locally| simply)? (?:as|by)"
    rf"|(?:\s*,\s*|\s*\(){_MANNER}(?:called|nicknamed|a\.?k\.?a\.?|née|born|alias)) (?:the )?[“\"‘']?"
)


# "Roe, asked of it, called Doe a liar": what someone says of another is not what he is called.
_CALLED_SO = re.compile(r" (?:an?|the|his|her|their|to|for|[a-z]+ly|“|\")(?:\b|$|\s)?")


def join_pseudonyms(reading: Reading, cast: Cast) -> Cast:
    """``cast`` with those made one who are told to be one; the name most used leads."""
    placed = sorted(((span, each) for each in cast for span in each.spans), key=lambda p: (p[0].line, p[0].start))
    owner: dict[int, Person] = {id(each): each for each in cast}
    for (span, first), (other, second) in pairwise(placed):
        one, two = owner[id(first)], owner[id(second)]
        # A place before "known as" is often but where the thing stands: "the port of Sund, known as …".
        if one is two or one.kind != two.kind or one.kind == "place" or span.line != other.line:
            continue
        between = _ASIDE.sub("", reading.lines[span.line - 1].text[span.end : other.start])
        behind = reading.lines[other.line - 1].text[other.end :]
        if _SO_CALLED.fullmatch(between) and not _CALLED_SO.match(behind):
            lead, rest = (one, two) if len(one.spans) >= len(two.spans) else (two, one)
            lead.spans.extend(rest.spans)
            owner = {key: lead if value is rest else value for key, value in owner.items()}
    return [each for each in cast if owner[id(each)] is each]
