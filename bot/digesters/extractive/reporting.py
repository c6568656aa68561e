"""Who speaks within a quotation's own sentence: behind it, before it, then around it."""

from __future__ import annotations

from collections.abc import Callable

from bot.digesters.extractive.behind import directly_behind, further, inverted, trailing
from bot.digesters.extractive.cues import BARE, CUES, HOLDS, PLAIN
from bot.digesters.extractive.findings import Evidence, Finding
from bot.digesters.extractive.introducing import QUOTING, in_words_of, introduced, main_subject, possessed
from bot.digesters.extractive.nouns import can_speak, is_person
from bot.digesters.extractive.phrases import Speaker
from bot.digesters.extractive.speakers import Frame
from bot.digesters.extractive.surroundings import Setting, followed_by_sentence, introduced_closely, joined, subordinate
from bot.digesters.extractive.unsaid import imagined, of_others, of_texts, only_asked, sung
from bot.digesters.extractive.wording import DETERMINERS, PRONOUNS


def reported(at: Setting) -> Finding | None:
    """The first search's finding that can speak, else the first thing found; None where no one has said it yet."""
    if any(unsaid(at.frame, at.low, at.first) for unsaid in (imagined, only_asked, of_others, of_texts, sung)):
        return None
    if label := _labelled(at):
        return Finding(label, "lead")
    weak: Speaker | None = None
    for search in _searches(at):
        finding = search(at)
        if finding and _may_speak(at, finding) and not (weak and finding.how == "trailing"):
            return finding
        weak = weak or (finding.speaker if finding else None)
    if weak:
        return Finding(weak, "weak")
    subject = _main_subject(at)
    return Finding(subject, "subject") if subject else None


def _may_speak(at: Setting, finding: Finding) -> bool:
    """Whether a phrase is of someone; right behind the words, ``according to`` makes whatever follows their source."""
    ascribed = finding.how == "according" and finding.speaker.head not in DETERMINERS and _ascribed(at)
    return ascribed or at.frame.speaks(finding.speaker)


def _labelled(at: Setting) -> Speaker | None:
    """The name that stands between a dash, or the sentence's beginning, and a colon before the words."""
    frame, colon = at.frame, at.first - 2
    if colon <= at.low or frame.tokens[colon].text != ":" or colon - 1 not in frame.at:
        return None
    speaker = frame.ending(colon - 1, at.low)
    start = frame.after(speaker.start) if speaker else 0
    bare = all(
        frame.tokens[k].capital or can_speak(frame.lower[k]) or frame.lower[k] in _LABELLING
        for k in range(start, colon)
    )
    return speaker if bare and (start == at.low or frame.tokens[start - 1].text in "—–-") else None


_LABELLING = frozenset("the a an former of from".split())


def _searches(at: Setting) -> list[Callable[[Setting], Finding | None]]:
    if subordinate(at) or followed_by_sentence(at):
        return [_possessed, _before, _according]
    if not at.complete and at.behind < at.high and not at.leading and at.frame.cue(at.behind):
        # A whole sentence whose comma was forgotten: "We never saw it" said Roe.
        order = [directly_behind]
    elif not at.complete:
        order = [_possessed, _before, trailing]
    elif joined(at) or introduced_closely(at):
        order = [_possessed, _before, trailing, directly_behind]
    else:
        order = [directly_behind, _possessed, _before]
    # "Roe says the plan is, according to Falk, "…"": what stands nearest to the words.
    near = next((i for i in range(at.first - 1, at.low, -1) if at.frame.cue(i) or at.frame.lower[i] == "according"), 0)
    if (near and at.frame.lower[near] == "according") or _ascribed(at):
        return [_according, *order]
    return [*order, _according, *([] if trailing in order else [trailing]), further, _fronted]


def _ascribed(at: Setting) -> bool:
    """Whether ``according to`` stands right behind the words, and no verb that reports words before them."""
    frame, k = at.frame, at.behind
    while k < at.high and frame.tokens[k].text in ",—–-":
        k += 1
    told = any(frame.lower[i] in PLAIN and frame.cue(i) for i in range(at.low, at.first))
    return not told and frame.lower[k : min(k + 2, at.high)] == ["according", "to"]


def introduced_by(frame: Frame, low: int, first: int) -> Finding | None:
    """Who speaks, as the words from ``low`` to ``first`` say that lead up to a quotation."""
    return _before(Setting(frame, low, first, first, first, False))


# --- before the quotation -----------------------------------------------------------------------------------------


def _before(at: Setting) -> Finding | None:
    """``Roe said: "…``, ``Roe said that it "…``."""
    frame, low, first = at.frame, at.low, at.first
    weak = None
    for verb in range(first - 1, low - 1, -1):
        if not frame.cue(verb) or _summons(frame, verb, first) or frame.aside(verb, low, first):
            continue
        if frame.nominal(verb):
            if frame.lower[verb - 1 : verb + 1] == ["to", "say"]:
                # "went on to say", "used to say"
                weak = weak or frame.first_subject(low, verb)
            continue
        follows = _begins(frame, verb, low) or _within(frame, verb, first)
        own = inverted(frame, verb, first) if follows else introduced(frame, verb, low)
        if own and own.pronoun and (teller := _teller(frame, verb, own, low)):
            return Finding(teller, "lead")
        if frame.lower[verb] in PLAIN or (own and frame.speaks(own) and _governs(frame, verb, own, first)):
            governing, speaker = verb, own
        else:
            governing = _plain_before(frame, verb, low)
            speaker = own if follows or governing == verb else introduced(frame, governing, low)
        if speaker and frame.speaks(speaker):
            outer = _outer(frame, verb, low) if speaker.pronoun and not _put_in(frame, verb, speaker, first) else None
            # "Roe read a story which said": the verb nearer to the words is of something else.
            told = (
                (weak and frame.passage.text.endswith("which", weak.start, weak.end))
                or _held(frame, verb, speaker)
                or _cited(frame, low, first)
                or _alleged(frame, low, verb)
                or ("who" in frame.lower[verb + 1 : first] and frame.lower[verb] not in PLAIN)
            )
            how: Evidence = "clause" if told else _lead(frame, verb, low, speaker)
            return Finding(outer or speaker, "nested" if outer or governing != verb else how)
        weak = weak or speaker
    return Finding(weak, "clause") if weak else None


_SOURCES = frozenset("source sources".split())


def _cited(frame: Frame, low: int, first: int) -> bool:
    """Whether someone without a name is cited: ``the Gazette cited a source suggesting it was "…"``."""
    citing = (i for i in range(low, first) if frame.lower[i] in QUOTING and frame.cue(i))
    return any(
        word in _SOURCES or is_person(word) for i in citing for word in frame.lower[i + 1 : i + 5] if word.isalpha()
    )


_ALLEGING = frozenset("claimed claims alleged alleges".split())


def _alleged(frame: Frame, low: int, verb: int) -> bool:
    """Whether someone else only claims that they were said: ``Poe's book claimed that Roe told her: "…"``."""
    return any(
        frame.lower[i] in _ALLEGING and frame.cue(i) and not frame.nominal(i) and "," not in frame.lower[i:verb]
        for i in range(low + 1, verb - 1)
    )


def _held(frame: Frame, verb: int, speaker: Speaker) -> bool:
    """Whether several only hold what someone else puts into words: ``the Danes believe it "could backfire"``."""
    person = any(mention.entity == speaker.entity and mention.person for mention in frame.at.values())
    holds = frame.lower[verb] in HOLDS or (frame.lower[verb] in BARE and frame.lower[verb] + "s" in HOLDS)
    return holds and not person and not speaker.pronoun


def _summons(frame: Frame, verb: int, first: int) -> bool:
    """Whether ``called`` only tells of a call: ``Roe called Poe and plans to meet him to discuss "…"``."""
    if frame.lower[verb] not in ("called", "calls", "calling") or frame.lower[verb + 1] in ("on", "for", "upon"):
        return False
    between = frame.lower[verb + 1 : first]
    return between[:1] == ["to"] or "that" in between or ("to" in between and "and" in between[: between.index("to")])


def _governs(frame: Frame, verb: int, speaker: Speaker, first: int) -> bool:
    """Whether the words are those of a verb's own subject though someone reports it.

    So they are where it stands right before them, and in ``what Roe called "…"``, ``when Roe called it "…"`` and
    ``Roe, who calls it "…"``.
    """
    start, behind = frame.after(speaker.start), verb + 1
    parted = any(frame.tokens[k].text == "," and not frame.quoted[k] for k in range(verb, first))
    terming = ("what", "which") if parted else ("what", "which", "when")
    if frame.lower[verb - 1] == "who" or (start > 0 and frame.lower[start - 1] in terming):
        return True
    while behind < first and (frame.lower[behind] in ("back", "out") or frame.lower[behind].endswith("ly")):
        behind += 1
    closely = all(not frame.tokens[k].text[0].isalnum() for k in range(behind, first))
    return closely and frame.tokens[behind].text in ",:"


def _same(speaker: Speaker, other: Speaker) -> bool:
    """Whether another subject of the sentence may well be the speaker himself."""
    return bool(other.pronoun) or (other.entity, other.head) == (speaker.entity, speaker.head)


def _lead(frame: Frame, verb: int, low: int, speaker: Speaker) -> Evidence:
    """``lead`` where the speaker's phrase begins its clause and ends at the verb, else ``clause``."""
    start = frame.after(speaker.start)
    before = frame.tokens[start - 1].text if start > low else ""
    if frame.lower[start - 1] in QUOTING:
        return "lead"
    if _accuses(frame, verb, speaker):
        return "clause"
    # Behind a quotation its other half follows: "Yes," Roe said, "I do."
    begins = not before or before in ',;:—–"”’»' or frame.lower[start - 1] in _OPENING
    touches = frame.reaches(speaker, verb)
    # Asides may part a plain verb of saying from a name or pronoun, or from what begins the sentence.
    plain = frame.lower[verb] in PLAIN and (not speaker.head or start <= low)
    # "Roe asks as a guard walks in, saying he’s “here”": the participle may be the guard's.
    parted = bool(_NEW_CLAUSE & set(frame.lower[frame.after(speaker.end) : verb - 1])) and frame.lower[verb].endswith(
        "ing"
    )
    # "Roe went after Poe, calling him “a fool”": a participle behind a comma is the sentence's subject's.
    hanging = frame.lower[verb].endswith("ing") and frame.tokens[verb - 1].text == "," and start <= low
    near = touches or (
        (plain or hanging) and not parted and all(_same(speaker, other) for other in frame.subjects(low, verb))
    )
    return "lead" if begins and near else "clause"


def _accuses(frame: Frame, verb: int, speaker: Speaker) -> bool:
    """Whether the words may be another's: ``Roe attacked Poe for calling it "…"``."""
    between = range(frame.after(speaker.end), verb - 1)
    return frame.lower[verb - 1] == "for" and any(k in frame.at and frame.at[k].person for k in between)


_NEW_CLAUSE = frozenset("as while where when".split())
_OPENING = frozenset("and but when as that after while then so though although what which".split())
_BESIDE = frozenset("and but though although while which".split())


def _teller(frame: Frame, verb: int, inner: Speaker, low: int) -> Speaker | None:
    """Who tells what a pronoun holds: ``At first, Roe said, she found it "…"``."""
    said = frame.after(inner.start) - 2
    if frame.lower[verb] not in HOLDS or said <= low or frame.tokens[said + 1].text != "," or not frame.cue(said):
        return None
    speaker = frame.subject(said, low) if frame.lower[said] in PLAIN else None
    return speaker if speaker and speaker.entity else None


def _put_in(frame: Frame, verb: int, speaker: Speaker, first: int) -> bool:
    """Whether a pronoun and its verb stand between commas right before the words: ``which is, he said, "…``."""
    before = frame.tokens[frame.after(speaker.start) - 1].text
    return before == "," and verb + 1 < first and frame.tokens[verb + 1].text == "," and first - verb <= 3


def _outer(frame: Frame, verb: int, low: int) -> Speaker | None:
    """Who reports what a pronoun says: ``Roe said he told them "…``."""
    for outer in range(verb - 2, low, -1):
        if frame.tokens[outer].text in ";:." or frame.quoted[outer]:
            return None
        if frame.lower[outer] in _BESIDE and frame.lower[outer + 1] in PRONOUNS:
            return None
        if frame.cue(outer) and frame.lower[outer] in PLAIN and frame.lower[outer + 1] not in (",", "-", "—", "–"):
            speaker = introduced(frame, outer, low)
            if speaker and frame.speaks(speaker):
                return speaker
    return None


def _begins(frame: Frame, verb: int, low: int) -> bool:
    """Whether a verb begins its sentence, or what stands behind a quotation: its subject follows it."""
    at = verb - 1
    while at >= low and not frame.tokens[at].text[0].isalnum() and not frame.quoted[at]:
        at -= 1
    return at < low or frame.quoted[at]


def _within(frame: Frame, verb: int, first: int) -> bool:
    """Whether a verb and its speaker stand between commas inside what is said: ``But, said Roe, "…``."""
    if frame.tokens[verb - 1].text != "," or frame.lower[verb] not in ("said", "says", "wrote", "added", "explained"):
        return False
    speaker = frame.starting(verb + 1, first)
    behind = frame.after(speaker.end) if speaker else first
    return behind < first and frame.tokens[behind].text in ",:" and frame.first_subject(max(verb - 3, 0), verb) is None


def _plain_before(frame: Frame, verb: int, low: int) -> int:
    """A plain verb of saying earlier in the sentence, else the verb itself."""
    plain = [k for k in range(low, verb) if frame.lower[k] in PLAIN and frame.cue(k) and not frame.nominal(k)]
    return plain[-1] if plain and frame.lower[plain[-1] + 1] not in (",", ".") else verb


# --- around it ----------------------------------------------------------------------------------------------------


def _according(at: Setting) -> Finding | None:
    """``according to Roe, "…``, ``From the report: "…``."""
    frame = at.frame
    opening = next((i for i in range(at.low, at.first) if frame.lower[i] not in ("more", "and")), at.first)
    if frame.lower[opening : opening + 1] == ["from"] and frame.tokens[at.first - 2].text == ":":
        speaker = frame.starting(opening + 1, at.first - 2)
        return Finding(speaker, "according") if speaker else None
    if owner := in_words_of(frame, at.low, at.high):
        return Finding(owner, "according")
    for i in range(at.low, at.high - 2):
        if frame.lower[i] == "according" and frame.lower[i + 1] == "to" and not frame.quoted[i]:
            speaker = frame.starting(i + 2, at.high)
            return Finding(speaker, "according") if speaker else None
    return None


_FRONTING = frozenset("after before in by while when without".split())


def _fronted(at: Setting) -> Finding | None:
    """``After saying it was "…," Roe left``: whose participle opens the sentence, told behind the words."""
    frame = at.frame
    words = [i for i in range(at.low, at.first) if frame.tokens[i].text[0].isalnum()]
    opening = words[1:] if words and frame.lower[words[0]] in _FRONTING else words
    if not opening or not frame.lower[opening[0]].endswith("ing") or frame.lower[opening[0]] not in CUES:
        return None
    start = at.behind
    if not at.complete:
        start = next((k for k in range(at.behind, at.high) if frame.tokens[k].text == ","), at.high)
    while start < at.high and not frame.tokens[start].text[0].isalnum():
        start += 1
    speaker = frame.starting(start, at.high)
    return Finding(speaker, "clause") if speaker else None


def _main_subject(at: Setting) -> Speaker | None:
    """Who the sentence is about, where no verb of saying tells."""
    frame, low, first = at.frame, at.low, at.first
    if first <= low:
        return None
    if frame.tokens[first - 2].text == ":":
        mention = frame.at.get(first - 3)
        if mention:
            # ``no surprise to pollster Roe: "…"``
            return Speaker(mention.start, mention.end, entity=mention.entity)
        opening = frame.starting(low, first)
        return opening if opening and frame.speaks(opening) else main_subject(frame, first, low)
    return main_subject(frame, first, low)


def _possessed(at: Setting) -> Finding | None:
    speaker = possessed(at.frame, at.low, at.first)
    return Finding(speaker, "possessed") if speaker else None
