"""Whose words the quotations of an article are, sentence by sentence and from paragraph to paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.digesters.extractive.findings import Evidence, Finding
from bot.digesters.extractive.introducing import relayed
from bot.digesters.extractive.passages import Passage, Quoted
from bot.digesters.extractive.phrases import Speaker
from bot.digesters.extractive.reporting import introduced_by, reported
from bot.digesters.extractive.speakers import Frame
from bot.digesters.extractive.surroundings import Setting, setting_of

#: How a quotation came by its speaker where no verb of its own sentence names one.
Inherited = Literal[
    "label",  # ROE: at the head of a transcript's turn
    "signed",  # "— Roe", alone in the next paragraph
    "same",  # the quotation before it in its paragraph
    "next",  # the one behind it
    "colon",  # the end of the paragraph before: "Roe said:"
    "line",  # the sentence before it in its paragraph
    "carried",  # the quotation that the paragraph before left open
    "passage",  # the last quotation of the paragraph before
    "told",  # its last sentence, which quotes no one
    "on",  # a whole sentence quoted before it, while the words between name no one: That makes it "…"
]


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation with the phrase that names its speaker."""

    passage: int
    quoted: Quoted
    speaker: Speaker | None = None
    where: int = -1  #: index of the passage that holds the speaker's phrase
    how: Evidence | Inherited | None = None  #: what showed the speaker
    alone: bool = False  #: whether its sentence begins with it
    doubted: bool = False  #: whether the evidence, its own or that which it inherits, is often wrong
    unread: bool = False  #: whether it has a speaker of its own whom no rule can tell


_SURE = frozenset({"behind", "trailing", "according", "lead", "same", "colon", "carried", "signed"})


def attributed(frames: Sequence[Frame]) -> list[Attributed]:
    """Every quotation of the passages with its speaker's phrase, where there is one; titles are none."""
    found: list[Attributed] = []
    led: Frame | None = None
    for index, frame in enumerate(frames):
        directly = (_direct(index, frame, quoted) for quoted in frame.passage.quoted)
        here: list[Attributed] = []
        titled: Quoted | None = None
        for each in directly:
            if _is_title(frame, each) or (titled and _beside(frame, titled, each)):
                titled = each.quoted
            else:
                here.append(each)
        found.extend(_inherited(frame, here, found, led))
        led = frame
        open_to_sign = found and found[-1].passage == index and found[-1].how in (None, "passage")
        if open_to_sign and index + 1 < len(frames):
            found[-1] = _signed(found[-1], frame, frames[index + 1])
    return found


_SIGNS = re.compile(r"[—–―-] ?(?=[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}(?:[,.(]|$))")


def _signed(each: Attributed, frame: Frame, following: Frame) -> Attributed:
    """The quotation with the name that stands alone behind a dash in the next paragraph, if one does."""
    sign = _SIGNS.match(following.passage.text)
    whole = each.quoted.start <= 2 and each.quoted.end >= len(frame.passage.text) - 2
    if not sign or not whole or len(following.passage.text) > 80:
        return each
    speaker = following.starting(following.after(sign.end()), len(following.tokens))
    return replace(each, speaker=speaker, where=each.passage + 1, how="signed", doubted=False) if speaker else each


_TITLE_WORD = re.compile(r"[A-Z0-9][\w’'-]*$|^(?:of|the|a|an|and|in|on|to|for|at|with|from|by|or|is|vs|&)$")


_WORKS = frozenset(
    "album article book campaign classic column comedy documentary drama episode essay film game hit memoir movie "
    "musical newsletter novel play podcast poem program programme section segment series show single sitcom song "
    "story titled entitled called named track 's ’s".split()
)
_CRIES = frozenset("chanting chanted chant shouting shouted yelling yelled screaming screamed reading saying".split())


_CRIES_OUT = frozenset("chant chants cry cries shout shouts call calls sign signs slogan slogans".split())


def _is_title(frame: Frame, each: Attributed) -> bool:
    """Whether all its words are capitalised, as in the title of a book, and it ends like no sentence."""
    passage = frame.passage
    first = frame.after(each.quoted.start)
    if first > 1 and frame.lower[first - 2] in _CRIES:
        return False
    line = passage.line_at(each.quoted.start)
    if line and passage.line_end(passage.line_at(each.quoted.end - 1)) - each.quoted.end <= 1 and each.alone:
        # A sentence among others that is all quoted is someone's, though all its words are names.
        return False
    text = passage.text[each.quoted.start : each.quoted.end].strip()
    words = re.findall(r"[\w’'&-]+", text)
    capitals = sum(w[0].isupper() for w in words)
    if capitals < 2 or len(words) >= 16 or text.isupper() or (each.how == "behind" and each.alone):
        return False
    # "on the podcast “Here’s the Thing.”", "on CNN's “State of the Union.”": the full stop is the sentence's.
    of_a_work = first > 1 and _names_work(frame, first - 2, each, text)
    ends = not of_a_work and (text[-1:] in "!…" or (text[-1:] in ".,?" and capitals < 3))
    return not ends and all(map(_TITLE_WORD.match, words))


def _names_work(frame: Frame, before: int, each: Attributed, text: str) -> bool:
    """Whether the words before capitals call for a title: ``the podcast "…"``, ``his book, "…"``, ``author of "…"``."""
    last = before - (frame.lower[before] == ",")
    if frame.lower[last] in _WORKS or (frame.lower[before] == "on" and not each.alone):
        return True
    cried = frame.lower[before - 1] in _CRIES_OUT
    named = frame.lower[before] in ("of", "with", "in", "to", "at", "the") and text[-1:] in ".,"
    return named and not each.alone and not cried


def _beside(frame: Frame, title: Quoted, each: Attributed) -> bool:
    """Whether a second title follows the first: ``who played in "Low Tide" and "The Long Water," said``."""
    text = frame.passage.text
    between = text[title.end : each.quoted.start].strip("\"”“,' ")
    words = re.findall(r"[\w’'&-]+", text[each.quoted.start : each.quoted.end])
    return between in ("and", "or") and all(map(_TITLE_WORD.match, words))


_LABEL = re.compile(r"\(?((?:[A-Z][A-Z.'’-]{2,} ?){1,3}):\s")


def _direct(index: int, frame: Frame, quoted: Quoted) -> Attributed:
    label = _LABEL.match(frame.passage.text, quoted.start)
    if label:
        # A turn of a transcript; where its words end is anyone's guess.
        speaker = Speaker(label.start(1), label.end(1), head=label[1].lower())
        return Attributed(index, quoted, speaker, index, "label", alone=True, doubted=True)
    setting = setting_of(frame, quoted)
    finding = reported(setting)
    alone = not setting.leading
    behind = setting.behind
    unread = behind < setting.high and frame.cue(behind) and not frame.nominal(behind)
    if finding is None:
        return Attributed(index, quoted, alone=alone, unread=unread)
    passed_on = finding.how == "behind" and setting.leading and _passed_on(setting, finding.speaker)
    doubted = finding.how not in _SURE or passed_on
    unread = unread and finding.how == "weak"
    return Attributed(index, quoted, finding.speaker, index, finding.how, alone, doubted, unread)


def _passed_on(at: Setting, speaker: Speaker) -> bool:
    """Whether who speaks behind the words may only tell what another says: ``Roe called it "…," Poe recalled``."""
    frame = at.frame
    if relayed(frame, at.behind, at.high):
        return True
    teller = introduced_by(frame, at.low, at.first)
    parted = any(token.text in ",:—–-" for token in frame.tokens[max(at.low, at.first - 2) : at.first])
    if teller is None or teller.how != "lead" or parted:
        return False
    other = teller.speaker
    # "the senator" may well be the one who was named.
    described = speaker.head and frame.passage.text[speaker.start :].lower().startswith("the ")
    alike = (speaker.entity, speaker.head) == (other.entity, other.head)
    return not (alike or described or speaker.pronoun or other.pronoun)


# --- speakers named elsewhere -------------------------------------------------------------------------------------


def _inherited(frame: Frame, here: list[Attributed], before: list[Attributed], led: Frame | None) -> list[Attributed]:
    """Speakers for quotations whose sentence names none: the paragraph's, or the one a quotation runs on from."""
    found: list[Attributed] = []
    for i, each in enumerate(here):
        heir = None
        if each.unread:
            # "said …" stands behind it: whoever spoke before did not say this.
            found.append(each)
            continue
        if each.alone and each.how in (None, "weak"):
            heir = (
                _heir(each, _unparted(frame, each, next((a for a in reversed(found) if a.speaker), None)), "same")
                or _heir(each, next((a for a in here[i + 1 : i + 2] if a.speaker), None), "next")
                or _led_in(each, led)
                or _from_line_before(each, frame)
                or _from_before(each, frame.passage, before[-1] if before else None)
                or _from_told(each, frame.passage, led)
            )
        elif each.how is None and found and found[-1].alone:
            heir = _heir(each, _unparted(frame, each, found[-1]), "on")
        found.append(heir or each)
    return found


def _unparted(frame: Frame, each: Attributed, source: Attributed | None) -> Attributed | None:
    """The quotation before, where no sentence between them tells what someone else says; in doubt behind any other."""
    if source is None:
        return None
    passage = frame.passage
    between = range(passage.line_at(source.quoted.end) + 1, passage.line_at(each.quoted.start))
    doubted = _interrupted(frame, source)
    for line in between:
        low, high = frame.after(passage.starts[line]), frame.after(passage.line_end(line))
        told = [i for i in range(low, high) if not frame.quoted[i]]
        if any(frame.cue(i) and not frame.nominal(i) for i in told):
            return None
        doubted = doubted or any(frame.tokens[i].text[0].isalnum() for i in told)
    return replace(source, doubted=source.doubted or doubted)


def _interrupted(frame: Frame, source: Attributed) -> bool:
    """Whether someone else comes in behind a quotation's speaker: ``Roe said, and her husband cut in``."""
    if source.speaker is None or source.where != source.passage or source.speaker.start < source.quoted.end:
        return False
    end = frame.passage.line_end(frame.passage.line_at(source.speaker.start))
    low, high = frame.after(source.speaker.end), frame.after(end)
    for i in range(low, high - 2):
        if frame.lower[i] != "and" or frame.quoted[i]:
            continue
        named = frame.at.get(i + 1)
        end = named.end if named else other.end if (other := frame.described(i + 1, high)) else 0
        behind = frame.after(end)
        if end and behind < high and (frame.lower[behind] in _COMES_IN or frame.cue(behind)):
            return True
    return False


_COMES_IN = frozenset("cut cuts broke breaks jumped jumps stepped steps shook shakes nodded nods".split())


def _heir(each: Attributed, source: Attributed | None, how: Inherited) -> Attributed | None:
    if source is None or source.speaker is None:
        return None
    doubted = source.doubted or how not in _SURE
    return replace(each, speaker=source.speaker, where=source.where, how=how, doubted=doubted)


def _led_in(each: Attributed, led: Frame | None) -> Attributed | None:
    """Who speaks at the end of the paragraph before, where a colon ends it: ``He said:``."""
    if led is None or not led.tokens or led.tokens[-1].text != ":" or each.quoted.start > 2:
        return None
    low = led.after(led.passage.starts[-1])
    finding = introduced_by(led, low, len(led.tokens)) or _issued(led, low)
    if finding is None:
        return None
    source = replace(each, speaker=finding.speaker, where=each.passage - 1, doubted=finding.how not in _SURE)
    return _heir(each, source, "colon")


_ISSUING = frozenset("released issued gave made sent posted published read delivered shared put".split())
_ISSUED = frozenset("statement message tweet response email letter remarks words post comment comments reply".split())


def _issued(led: Frame, low: int) -> Finding | None:
    """Who ``released the following statement:``."""
    verb = next((i for i in range(low + 1, len(led.tokens)) if led.lower[i] in _ISSUING and not led.quoted[i]), None)
    if verb is None or not _ISSUED & set(led.lower[verb:]):
        return None
    speaker = led.subject(verb, low)
    return Finding(speaker, "lead") if speaker and led.speaks(speaker) else None


def _from_line_before(each: Attributed, frame: Frame) -> Attributed | None:
    """Who speaks in the sentence before, in the same paragraph: ``Roe called him bold. "He never blinks."``."""
    line = frame.passage.line_at(each.quoted.start)
    if line == 0:
        return None
    low, high = frame.after(frame.passage.starts[line - 1]), frame.after(frame.passage.starts[line])
    cue = next((i for i in range(low, high) if frame.cue(i) and not frame.nominal(i)), None)
    finding = introduced_by(frame, low, cue + 1) if cue is not None else None
    return replace(each, speaker=finding.speaker, where=each.passage, how="line", doubted=True) if finding else None


def _from_told(each: Attributed, passage: Passage, led: Frame | None) -> Attributed | None:
    """Who speaks in the last sentence of the paragraph before, where that quotes no one and this one only quotes."""
    whole = each.quoted.end - each.quoted.start >= len(passage.text) - 4
    if led is None or led.passage.quoted or not whole or passage.text[0] in "'‘":
        return None
    low = led.after(led.passage.starts[-1])
    cue = next((i for i in range(low, len(led.tokens)) if led.cue(i) and not led.nominal(i)), None)
    finding = introduced_by(led, low, cue + 1) if cue is not None else None
    if finding is None:
        return None
    return replace(each, speaker=finding.speaker, where=each.passage - 1, how="told", doubted=True)


_HEADING = 60


def _from_before(each: Attributed, passage: Passage, last: Attributed | None) -> Attributed | None:
    """The last speaker, where this paragraph continues his quotation or holds nothing but one."""
    if last is None or last.passage != each.passage - 1:
        return None
    if passage.continues and each.quoted.start <= 2:
        return _heir(each, last, "carried")
    whole = each.quoted.end - each.quoted.start >= len(passage.text) - 4
    # 'Not a day longer': a heading between paragraphs.
    heading = whole and passage.text[0] in "'‘" and len(passage.text) < _HEADING
    return _heir(each, last, "passage") if (whole and not heading) or last.quoted.open else None
