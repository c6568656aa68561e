"""Whose words a verb of saying introduces: its subject, also through participles and passives."""

from __future__ import annotations

from bot.digesters.extractive.nouns import is_person
from bot.digesters.extractive.phrases import Speaker
from bot.digesters.extractive.speakers import Frame
from bot.digesters.extractive.wording import PREPOSITIONS

_BEING = frozenset("is are was were am 's ’s 're ’re 'm ’m".split())


def introduced(frame: Frame, verb: int, low: int) -> Speaker | None:
    """Whose words a verb before a quotation introduces; ``low`` is its sentence's first token."""
    quoting = verb
    if frame.lower[verb].endswith("ing") and frame.lower[verb - 1] == "as":
        quoting = next((k for k in range(verb - 2, low, -1) if frame.lower[k] in QUOTING), verb)
    if whom := quoted_by(frame, quoting):
        return whom
    if frame.passive(verb):
        by = frame.lower[verb + 1 : verb + 2] == ["by"]
        return frame.starting(verb + 2, len(frame.tokens)) if by else None
    if frame.lower[verb].endswith("ing"):
        return _participles_subject(frame, verb, low)
    return frame.subject(verb, low) or (main_subject(frame, verb, low) if verb > low else None)


def _participles_subject(frame: Frame, verb: int, low: int) -> Speaker | None:
    """Whose words a participle introduces: ``a clip of Roe asking``, ``Roe left, saying``."""
    last = verb - 1
    if last < low:
        return None
    if frame.lower[last] == "and" and (other := _participle_before(frame, last, low)):
        return _participles_subject(frame, other, low)
    if last in frame.at and not _site(frame, last):
        return frame.ending(last, last)
    if frame.lower[last] in _BEING | _GOING_ON:
        # "he's claiming", "he keeps claiming": the one right before it speaks.
        own = frame.subject(last if frame.lower[last] in _GOING_ON else verb, low)
        if own and frame.speaks(own):
            return own
    if owner := _absolute(frame, verb, low) or _of_clause(frame, verb, low):
        return owner
    if frame.lower[last] in _DAYS and frame.lower[last - 1] in _TEXTS:
        last -= 1
    if is_person(frame.lower[last]) or frame.lower[last] in _TEXTS:
        # "a clip of Clinton's daughter asking", "held up a sign saying"
        return frame.ending(last, low)
    return _added(frame, verb, low) or frame.shared_subject(low, verb) or main_subject(frame, verb, low)


def _participle_before(frame: Frame, end: int, low: int) -> int | None:
    """The participle that another follows behind ``and``: ``with Roe calling it that and asking``."""
    return next((k for k in range(end - 1, low, -1) if frame.cue(k) and frame.lower[k].endswith("ing")), None)


def _site(frame: Frame, last: int) -> bool:
    """Whether a name tells where someone writes: ``Roe answered on Facebook, writing``."""
    mention = frame.at[last]
    first = next(k for k in range(last + 1) if frame.at.get(k) is mention)
    return not mention.person and first > 0 and frame.lower[first - 1] in ("on", "via", "through")


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today".split())
_GOING_ON = frozenset("keeps kept keep began begins starts started continued continues".split())
_TEXTS = frozenset(
    "editorial article column headline sign signs banner banners poster posters piece report reports story stories "
    "lawsuit complaint memo petition affidavit filing indictment document documents leaflet leaflets".split()
)
QUOTING = frozenset("quoted quotes quoting cited cites citing".split())


def quoted_by(frame: Frame, verb: int) -> Speaker | None:
    """Whom someone else quotes: ``AP quoted Roe as saying``."""
    if frame.lower[verb] not in QUOTING:
        return None
    high = min(verb + 25, len(frame.tokens) - 1)
    end = next((k for k in range(verb + 2, high) if frame.lower[k] == "as"), None)
    return frame.starting(verb + 1, end) if end and frame.lower[end + 1].endswith("ing") else None


def _absolute(frame: Frame, verb: int, low: int) -> Speaker | None:
    """The name in ``with Roe repeatedly calling it "…"``."""
    last = verb - 1
    while last > low and frame.skipped(last):
        last -= 1
    start = last
    while start > low and last in frame.at and frame.at.get(start - 1) is frame.at[last]:
        start -= 1
    stands = last in frame.at and start > low and frame.lower[start - 1] == "with"
    if stands:
        return frame.ending(last, start)
    with_ = next((k for k in range(last, max(low, last - 6), -1) if frame.lower[k] == "with"), last)
    within = range(with_ + 1, last + 1)
    bare = all(frame.tokens[k].text[0].isalpha() and frame.lower[k] not in PREPOSITIONS - {"of"} for k in within)
    group = frame.ending(last, with_ + 1) if with_ < last and bare else None
    return group if group and frame.speaks(group) else None


_CLAUSE = frozenset("though although but while whereas where when and".split())


def _of_clause(frame: Frame, verb: int, low: int) -> Speaker | None:
    """The subject of the clause whose participle it is: ``Roe left, though he sent a letter, saying``."""
    joint = next((k for k in range(verb - 1, low, -1) if frame.lower[k] in _CLAUSE and not frame.quoted[k]), low)
    begins = joint > low and (frame.tokens[joint - 1].text == "," or frame.lower[joint] == "where")
    if not begins or frame.lower[verb - 1] not in (",", "-", "—", "–", "by"):
        return None
    first = next(frame.subjects(joint + 1, verb), None)
    return first if first and frame.after(first.start) == joint + 1 else None


def _added(frame: Frame, verb: int, low: int) -> Speaker | None:
    """Who said what stands before: ``They will meet, Roe said, adding …``."""
    said = verb - 2
    if said <= low or frame.tokens[verb - 1].text != "," or frame.lower[said] not in ("said", "says", "wrote"):
        return None
    return frame.subject(said, low) if frame.cue(said) else None


def main_subject(frame: Frame, verb: int, low: int) -> Speaker | None:
    """The subject of the clause that a participle hangs on: ``Roe defended the raid, saying "…``."""
    for k in range(low, verb):
        if frame.quoted[k]:
            continue
        if k in frame.at and not _oblique(frame, k, low):
            mention = frame.at[k]
            last = max(j for j in frame.at if frame.at[j] is mention)
            if last + 1 < len(frame.lower) and (frame.lower[last + 1] in ("'s", "’s") or last + 1 in frame.at):
                # "Roe's", "the Roe White House"
                continue
            return frame.ending(last, low)
        if frame.lower[k] in ("he", "she"):
            return frame.ending(k, low)
    return None


def _oblique(frame: Frame, k: int, low: int) -> bool:
    """Whether a name stands behind a preposition or a participle, as in ``After drawing Roe in``: it is no subject."""
    j = k - 1
    while j >= low and (
        j in frame.at or frame.lower[j] in ("the", "a", "an", ".") or (frame.tokens[j].capital and j > low)
    ):
        j -= 1
    return j >= low and (frame.lower[j] in PREPOSITIONS or (frame.lower[j].endswith("ing") and j > low))


_WORDS = frozenset("words view telling opinion estimation phrase account".split())


def in_words_of(frame: Frame, low: int, high: int) -> Speaker | None:
    """Who is meant in ``in Roe's words``, ``in the words of Roe``."""
    for i in range(low, high - 2):
        if frame.lower[i] != "in" or frame.quoted[i]:
            continue
        if frame.lower[i + 1 : i + 4] == ["the", "words", "of"]:
            return frame.starting(i + 4, high)
        noun = next((k for k in range(i + 2, min(i + 6, high)) if frame.lower[k] in _WORDS), None)
        if noun and frame.lower[noun - 1] in ("'s", "’s", "'", "’"):
            return frame.ending(noun - 2, i + 1)
    return None


def relayed(frame: Frame, behind: int, high: int) -> bool:
    """Whether behind a quotation stands who passes it on: ``Roe told them, "…," Reuters reports``."""
    verb = next((k for k in range(behind, min(behind + 8, high)) if frame.lower[k] in ("reports", "reported")), None)
    return verb is not None and frame.cue(verb)


_WORDS_OF = frozenset(
    "claim claims statement remark remarks comment comments assertion promise vow warning tweet tweets words "
    "call description pledge message accusation argument view question answer response speech testimony post letter "
    "slogan".split()
)


def possessed(frame: Frame, low: int, first: int) -> Speaker | None:
    """Whose words a noun says they are: ``Roe's claim that "…"``."""
    for noun in range(first - 1, max(low, first - 7), -1):
        if frame.quoted[noun] or (frame.cue(noun) and not frame.nominal(noun)):
            return None
        behind = noun + 1 + (frame.lower[noun + 1] in ("was", "is"))
        if frame.lower[noun] not in _WORDS_OF or frame.lower[behind] not in ("that", ":"):
            continue
        owner = noun - 1
        while owner > low and frame.lower[owner] not in ("'s", "’s", "his", "her") and noun - owner < 4:
            owner -= 1
        if frame.lower[owner] in ("'s", "’s"):
            return frame.ending(owner - 1, low)
        if frame.lower[owner] in ("his", "her"):
            token = frame.tokens[owner]
            return Speaker(token.start, token.end, pronoun="he" if frame.lower[owner] == "his" else "she")
    return None
