"""Who speaks, as the words behind a quotation tell."""

from __future__ import annotations

from bot.digesters.extractive.cues import HOLDS
from bot.digesters.extractive.findings import Finding
from bot.digesters.extractive.introducing import QUOTING, quoted_by
from bot.digesters.extractive.phrases import Speaker
from bot.digesters.extractive.speakers import Frame
from bot.digesters.extractive.surroundings import Setting


def directly_behind(at: Setting) -> Finding | None:
    """``…," Roe said`` and ``…," said Roe``."""
    frame, start = at.frame, at.behind
    while start < at.high and frame.tokens[start].text in ",.?!—–-―":
        start += 1
    if start >= at.high or frame.quoted[start]:
        return None
    # Who signs a whole paragraph's words, and not a reporter below what someone said.
    dashed = not at.leading and at.low == 0 and any(frame.tokens[k].text in "—–-―" for k in range(at.behind, start))
    speaker = _signature(frame, start, at.high) if dashed else None
    if speaker is None:
        adverb = frame.lower[start].endswith("ly") and start + 1 < at.high and frame.cue(start + 1)
        follows = frame.cue(start) or adverb
        speaker = inverted(frame, start + adverb, at.high) if follows else _following(frame, start, at.high)
    return Finding(speaker, "behind") if speaker else None


def inverted(frame: Frame, verb: int, high: int) -> Speaker | None:
    """``said Roe``: the subject behind its verb."""
    if frame.lower[verb].endswith("ing"):
        return None
    speaker = frame.starting(verb + 1, high)
    if speaker and frame.lower[verb] in QUOTING and "from" in frame.lower[frame.after(speaker.end) :][:1]:
        # "quoted Roe from Poe's book": she reads out what the book tells.
        return None
    return None if speaker and speaker.head and frame.lower[verb] in ("told", "called") else speaker


def _following(frame: Frame, at: int, high: int) -> Speaker | None:
    """``Roe said``, whatever asides stand between."""
    for verb in range(at + 1, min(at + 30, high)):
        text = frame.tokens[verb].text
        if frame.quoted[verb] or text in ";:" or (text == "." and verb + 1 < high and frame.tokens[verb + 1].capital):
            return None
        if frame.passive(verb) or (frame.lower[verb + 1 : verb + 2] == ["that"] and _stops_before(frame, at)):
            return None
        if frame.cue(verb) and not frame.lower[verb].endswith("ing"):
            # The clause behind a quotation begins with its subject.
            return (
                quoted_by(frame, verb)
                or _passed_on(frame, verb, high)
                or (inverted(frame, verb, high) if _said_behind(frame, verb) else None)
                or _subject(frame, at, verb, high)
            )
        if frame.lower[verb].endswith("ed") and verb not in frame.at and not frame.tokens[verb].capital:
            # A verb that no list knows, right behind someone: "…," an angry Roe retaliated.
            speaker = None if frame.lower[at] in _OWNING else frame.starting(at, verb)
            if speaker and speaker.end == frame.tokens[verb - 1].end and _ends_clause(frame, verb + 1, high):
                return speaker
        if frame.lower[verb] in ("and", "but", "because", "that", "which") and frame.lower[verb - 1] != ",":
            return None
    return None


def _stops_before(frame: Frame, at: int) -> bool:
    """Whether a full stop ends the words before a token: ``"… the board." Roe also notes that`` begins anew."""
    return frame.passage.text[: frame.tokens[at].start].rstrip(" \"”’'").endswith(".")


def _said_behind(frame: Frame, verb: int) -> bool:
    """Whether a verb comes before its subject, behind more than the words: ``…," like most of it, said Roe``."""
    named = frame.at.get(verb + 1)
    return bool(named and named.person) and frame.tokens[verb - 1].text == "," and frame.lower[verb] in ("said", "says")


def _subject(frame: Frame, at: int, verb: int, high: int) -> Speaker | None:
    """Whose verb it is in a clause that begins at ``at``; of another one's, or of what he only feels, no one's."""
    speaker = frame.starting(at, verb) if frame.lower[at] not in _ADDING else None
    if speaker is None:
        return frame.subject(verb, at)
    # "…," he was echoing Poe, who asked: not all that he does is to say the words.
    acts = frame.after(speaker.end)
    if not frame.reaches(speaker, verb) and frame.lower[acts] in _BEING:
        return None
    holds = frame.lower[verb] in HOLDS and not _ends_clause(frame, verb + 1, high)
    return None if holds else speaker


def _passed_on(frame: Frame, verb: int, high: int) -> Speaker | None:
    """Whose words someone repeats: ``…," the paper reported, quoting Roe``."""
    quoting = frame.lower[verb] in ("reported", "reports") and frame.lower[verb + 1 : verb + 3] == [",", "quoting"]
    return frame.starting(verb + 3, high) if quoting else None


_BEING = frozenset("is was are were has had".split())
_ADDING = frozenset("in like despite for of with without on at since".split())
_OWNING = frozenset("his her its their our my your".split())


def _ends_clause(frame: Frame, at: int, high: int) -> bool:
    """Whether nothing but time or place follows a verb."""
    return at >= high or frame.tokens[at].text in ".,;:" or frame.lower[at] in ("in", "at", "on", "during", "after")


def _signature(frame: Frame, at: int, high: int) -> Speaker | None:
    """``"…" — Ana Roe``: a name alone behind a dash."""
    last = at
    while last + 1 < high and (frame.tokens[last + 1].capital or last + 1 in frame.at):
        last += 1
    rest = [i for i in range(last + 1, high) if frame.tokens[i].text[0].isalnum()]
    if not frame.tokens[at].capital or (rest and frame.tokens[last + 1].text != ","):
        return None
    speaker = frame.ending(last, at)
    # "— Sund Gazette, Jan. 30, 1975": where it was printed.
    bodies = {mention.entity for mention in frame.at.values() if not mention.person}
    return None if speaker and speaker.entity in bodies else speaker


def trailing(at: Setting) -> Finding | None:
    """``it was "…" for everyone, said Roe``: who is named behind the sentence that a fragment stands in."""
    frame = at.frame
    for verb in range(at.behind, at.high):
        if frame.tokens[verb].text in ";:" or (frame.quoted[verb] and not frame.within_term(verb)):
            return None
        if not frame.cue(verb) or frame.lower[verb].endswith("ing"):
            continue
        comma = next((k for k in range(verb - 1, at.behind - 1, -1) if frame.tokens[k].text == ","), -1)
        if frame.tokens[verb - 1].text in ",—–" and frame.lower[verb] in ("told", "asked"):
            # "my neighbour, who saw it, told a reporter"
            speaker = frame.subject(verb, at.behind)
        elif frame.tokens[verb - 1].text in ",—–":
            speaker = inverted(frame, verb, at.high)
        else:
            speaker = frame.starting(comma + 1, verb) if comma >= 0 else None
            spoken = speaker and speaker.pronoun != "who" and frame.reaches(speaker, verb)
            speaker = speaker if spoken else None
        if speaker:
            return Finding(speaker, "trailing")
    return None


def further(at: Setting) -> Finding | None:
    """A cue later in the sentence: ``"…" is how Roe described it``."""
    frame = at.frame
    for verb in range(at.behind, at.high):
        if not frame.quoted[verb] and frame.cue(verb) and not frame.nominal(verb):
            speaker = frame.subject(verb, at.behind)
            return Finding(speaker, "further") if speaker else None
    return None
