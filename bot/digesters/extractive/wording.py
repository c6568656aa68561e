"""A passage's words outside quotations: which of them introduce what someone says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.digesters.extractive.cues import BARE, CUES
from bot.digesters.extractive.nouns import can_speak
from bot.digesters.extractive.passages import Passage, Quoted
from bot.digesters.extractive.text import parted
from bot.digesters.extractive.trailing import trails

SKIPPED = frozenset(
    "night morning afternoon evening has have had also later then would could often always once repeatedly recently "
    "previously subsequently just even still only again who that which himself herself themselves did does was is "
    "been be being not never 's ’s 're ’re 'm ’m 've ’ve 'd ’d 'll ’ll first reportedly allegedly famously all both "
    "now today yesterday on monday tuesday wednesday thursday friday saturday sunday earlier afterwards afterward "
    "instead and".split()
)
_BE = frozenset("is are was were be been being gets got".split())
_FINITE = frozenset("is are was were has had have will would could".split())
_BETWEEN = frozenset("also then once later not never again often always even still first repeatedly".split())
_QUOTES_NEXT = re.compile(r"[A-Z][^\"“]{0,60}[,:] [\"“]")
SEVERAL = frozenset("they we i you two three four others people".split())
PRONOUNS = frozenset("he she they it i we who".split())
PREPOSITIONS = frozenset(
    "of for at from in on with by to near about against under over between during after before as".split()
)
STOP_AFTER = PREPOSITIONS | frozenset(
    "when while because who that which if but and or where since until though although whose what how why whom".split()
)
_BEFORE_NOUNS = frozenset("the a an his her their its 's ’s to of no any be".split())
_PLACEHOLDERS = frozenset("there here you what how why when neither none nothing everything something yes no".split())
DETERMINERS = frozenset(
    "the a an his her their its this that these those one another some many several "
    "two three four five both any no our my your each every".split()
)
ADVERBS = frozenset("meanwhile however though too therefore instead nevertheless".split())
_ONESELF = ("himself", "herself", "themselves", "myself")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a passage: places in its text and what the caller knows it by."""

    start: int
    end: int
    entity: str
    person: bool = True


class Wording:
    """One passage prepared for the search: its words outside quotations, and the names among them."""

    def __init__(self, passage: Passage, mentions: Sequence[Mention]) -> None:
        self.passage = passage
        self.tokens = tuple(part for token in passage.tokens for part in parted(token))
        self.lower = [t.text.lower() for t in self.tokens]
        self.quoted = [passage.within_quotes(t.start) for t in self.tokens]
        self.at: dict[int, Mention] = {}
        # A word in capitals where a sentence begins is a name only where nothing speaks against it.
        self._common = PRONOUNS | DETERMINERS | STOP_AFTER | SKIPPED | _PLACEHOLDERS
        for mention in mentions:
            for i, token in enumerate(self.tokens):
                if mention.start <= token.start < mention.end:
                    self.at[i] = mention

    def bounds(self, quoted: Quoted) -> tuple[int, int]:
        """First token of the sentence that holds the quotation's start, and the one behind its end's sentence."""
        passage = self.passage
        first, last = passage.line_at(quoted.start), passage.line_at(max(quoted.start, quoted.end - 1))
        end = passage.line_end(last)
        # `"Why?" he asked.` is parted behind the mark by every sentence splitter.
        follows = last + 1 < len(passage.lines) and quoted.end >= end - 2
        # `Roe was asked, "Why?" He answered, "Because."`: two turns, of which the second tells its own speaker.
        led = passage.text[passage.starts[first] : quoted.start].strip("\"“‘' ")
        if (
            follows
            and not (led and _QUOTES_NEXT.match(passage.lines[last + 1].text))
            and trails(passage.lines[last + 1].text, passage.text[quoted.end - 1])
        ):
            end = passage.line_end(last + 1)
        inside = [i for i, t in enumerate(self.tokens) if passage.starts[first] <= t.start < end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def cue(self, i: int) -> bool:
        """Whether a token is a verb that introduces speech, outside names and quotations."""
        if self.lower[i] in ("put", "puts") and self.lower[i + 1 : i + 2] == ["it"]:
            return not self.quoted[i]
        if self.lower[i] in BARE and i and (self._plural(i - 1) or self._only(i)):
            return not self.quoted[i]
        if (
            self.lower[i] not in CUES
            or self.quoted[i]
            or i in self.at
            or (self.tokens[i].capital and not self._leads(i))
        ):
            return False
        if self._unsaid(i):
            return False
        return self.lower[i] in ("says", "tells") or not self.lower[i].endswith("s") or self._finite(i)

    def _only(self, i: int) -> bool:
        """Whether a bare verb is all that someone says: ``Roe would only say``; or behind several and an aside."""
        if self.lower[i - 1] == "only":
            return self.lower[i - 2] in ("would", "could")
        commas = i > 3 and self.tokens[i - 1].text == self.tokens[i - 3].text == ","
        return commas and self.lower[i - 2] in ADVERBS and self._plural(i - 4)

    def _leads(self, i: int) -> bool:
        """Whether a verb in capitals begins its sentence before a name, as in ``Continued Roe``, or is a tweet's."""
        begins = i == 0 or self.tokens[i - 1].text in '.!?"”'
        named = begins and i + 1 < len(self.tokens) and (i + 1 in self.at or self.tokens[i + 1].capital)
        return named or self.tokens[i].text in ("Tweeted", "Tweets")

    def _unsaid(self, i: int) -> bool:
        """Whether no one hears it, or it only says when: ``he assures himself``, ``As Roe spoke, …``."""
        behind = "".join(self.lower[i + 1 : i + 2])
        scene = self.lower[i] in ("spoke", "speaks", "began", "read") and behind == ","
        return scene or behind in _ONESELF or self.lower[i - 1 : i + 1] == ["i", "quote"]

    def _plural(self, i: int) -> bool:
        """Whether a word is a subject of several, behind which a verb stands bare: ``they``, ``the Danes``."""
        word = self.lower[i]
        return word in SEVERAL or (word.endswith("s") and len(word) > 3 and (self.tokens[i].capital or can_speak(word)))

    def _finite(self, i: int) -> bool:
        """Whether a word such as ``claims`` is a verb: someone, or an adverb, stands before it."""
        if i == 0:
            return False
        before = self.lower[i - 1]
        return (
            i - 1 in self.at
            or self.tokens[i - 1].capital
            or before in PRONOUNS
            or before in SKIPPED
            or before in ("that", "which")
            or before.endswith("ly")
            or not before[0].isalnum()
            or (can_speak(before) and before not in DETERMINERS)
        )

    def skipped(self, i: int) -> bool:
        """Whether a word may stand between a subject and its verb."""
        return (self.lower[i] in SKIPPED or self.lower[i].endswith("ly")) and i not in self.at

    def passive(self, i: int) -> bool:
        """Whether a verb tells what was said to its subject: ``Roe was asked``, ``Roe, asked by a reporter``."""
        if not self.lower[i].endswith(("ed", "told")):
            return False
        if self.lower[i + 1 : i + 2] == ["by"]:
            return True
        k = i - 1
        while k > 0 and (self.lower[k].endswith("ly") or self.lower[k] in _BETWEEN):
            k -= 1
        return k >= 0 and self.lower[k] in _BE and k not in self.at

    def within_term(self, i: int) -> bool:
        """Whether a token stands in marks that hold no more than two words: a term, and nobody's sentence."""
        place = self.tokens[i].start
        return any(
            q.start <= place < q.end and len(self.passage.text[q.start : q.end].split()) < 3
            for q in self.passage.quoted
        )

    def aside(self, verb: int, low: int, first: int) -> bool:
        """Whether a verb belongs to a relative clause that is over: ``the plan, which some called bad, is "…"``."""
        opening = next((k for k in range(verb, low, -1) if self.lower[k] in ("which", "who")), low)
        closing = next((k for k in range(verb, first - 1) if self.tokens[k].text == "," and not self.quoted[k]), 0)
        if opening <= low or closing <= verb + 1 or self.tokens[opening - 1].text != ",":
            return False
        return self.lower[closing + 1] in _FINITE

    def nominal(self, i: int) -> bool:
        """Whether a cue word stands where a noun does, or a bare infinitive: ``his claims``, ``to say``."""
        return i > 0 and self.lower[i - 1] in _BEFORE_NOUNS

    def common(self, i: int) -> bool:
        """Whether a word is a noun or adjective of no name, outside quotations, and no verb that says something."""
        word = self.lower[i]
        plain = word.isalpha() and not self.tokens[i].capital and not self.quoted[i] and i not in self.at
        return plain and word not in self._common and word not in CUES and not word.endswith(("ed", "ing"))

    def aged(self, i: int) -> bool:
        """Whether a name that no one knows stands before an age: ``Zuri, 38,``."""
        if not self.tokens[i].capital or i in self.at or self.quoted[i] or i + 3 >= len(self.tokens):
            return False
        return self.lower[i + 1] == self.lower[i + 3] == "," and self.lower[i + 2].isdigit()

    def after(self, place: int) -> int:
        """The first token that begins at ``place`` or behind it."""
        return next((i for i, t in enumerate(self.tokens) if t.start >= place), len(self.tokens))
