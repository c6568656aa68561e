"""Where a quotation stands in its sentence, and whether what stands behind it begins anew."""

from __future__ import annotations

from dataclasses import dataclass

from bot.digesters.extractive.passages import Quoted
from bot.digesters.extractive.speakers import Frame

_LINKING = frozenset("but and now so yet still then instead indeed also or because plus adding".split())


@dataclass(frozen=True, slots=True)
class Setting:
    """A quotation in its sentence, as indexes of the frame's tokens."""

    frame: Frame
    low: int  #: the sentence's first token
    first: int  #: the quotation's first token
    behind: int  #: the first token behind it
    high: int  #: behind the sentence's last token
    complete: bool  #: whether it ends as a sentence of its own does, or a comma follows
    ended: bool = False  #: whether it ends with a sentence's mark

    @property
    def leading(self) -> bool:
        """Whether words stand before the quotation in its sentence, but for such as ``But`` and ``Now``."""
        frame = self.frame
        words = [i for i in range(self.low, self.first) if frame.tokens[i].text[0].isalnum()]
        return any(not frame.quoted[i] and frame.lower[i] not in _LINKING for i in words)


def setting_of(frame: Frame, quoted: Quoted) -> Setting:
    """Where a quotation stands in its sentence."""
    low, high = frame.bounds(quoted)
    first, behind = frame.after(quoted.start), frame.after(quoted.end)
    while behind < high and frame.tokens[behind].text in "\"”“'’»":
        behind += 1
    if behind < high and _glued(frame, behind):
        high = behind
    closing = frame.passage.text[quoted.start : quoted.end].rstrip(" '’")[-1:]
    complete = closing in ",?!.…—–-" or (behind < high and frame.tokens[behind].text in ",—–-")
    return Setting(frame, low, first, behind, high, complete, closing != "" and closing in ".?!")


def _glued(frame: Frame, at: int) -> bool:
    """Whether a sentence begins at a token, right behind a closing mark that lost its space: ``"… like."On Friday``."""
    before = frame.passage.text[max(0, frame.tokens[at].start - 2) : frame.tokens[at].start]
    return frame.tokens[at].capital and before[-1:] in ('"', "”") and before[:1] in ".!?"


_JOINING = frozenset("and but though although while when after before because which who so yet until since if".split())


def joined(at: Setting) -> bool:
    """Whether a new clause begins behind a quotation, whose verb tells of something else."""
    frame, start = at.frame, at.behind
    while start < at.high and not frame.tokens[start].text[0].isalnum():
        start += 1
    if start < at.high and frame.lower[start] in _JOINING:
        return True
    # ``at "the last minute," Poe said: "…"``: what a colon follows belongs to the next quotation.
    following = next((k for k in range(start, at.high) if frame.quoted[k]), at.high)
    if following == at.high:
        return False
    last = following - 2 if frame.tokens[following - 1].text in "\"“‘'«" else following - 1
    mark = frame.tokens[last].text
    return frame.cue(last - 1) and (mark == ":" or (mark == "," and at.leading))


def followed_by_sentence(at: Setting) -> bool:
    """Whether a sentence begins behind it that no splitter parts: ``Roe asked him, "Why?" Poe replied that …``."""
    start = next((k for k in range(at.behind, at.high) if at.frame.tokens[k].text[0].isalnum()), at.high)
    return start < at.high and at.leading and at.ended and at.frame.tokens[start].capital


_SUBORDINATING = frozenset("while whereas although though".split())


def subordinate(at: Setting) -> bool:
    """Whether it stands in a clause whose main one follows: ``While Roe called it "…," Poe said he liked it``."""
    frame = at.frame
    words = [i for i in range(at.low, at.first) if frame.tokens[i].text[0].isalnum()]
    # "So, while Roe may believe it is "…," Poe told them"
    while words and frame.lower[words[0]] in _LINKING:
        words = words[1:]
    if len(words) < 3 or frame.lower[words[0]] not in _SUBORDINATING:
        return False
    return not any(frame.tokens[i].text == "," and not frame.quoted[i] for i in range(words[0], at.first))


def introduced_closely(at: Setting) -> bool:
    """Whether a verb stands right before a quotation, so that no other behind it tells: ``what he called "…," she``."""
    frame, last = at.frame, at.first - 1
    while last > at.low and frame.tokens[last].text in "\"“‘'«":
        last -= 1
    return at.leading and frame.cue(last - (frame.lower[last] == "that"))
