"""Whose words they are: the subject of the verb that introduces a quotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.cues import BARE, CUES
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.nouns import can_speak, is_person
from bot.digesters.extractive.passages import Passage, Quoted
from bot.digesters.extractive.text import parted
from bot.digesters.extractive.trailing import trails

SKIPPED = frozenset(
    "has have had also later then would could often always once repeatedly recently previously subsequently just even "
    "still only again who that which himself herself themselves did does was is been be being not never 's ’s 're ’re "
    "'m ’m 've ’ve 'd ’d 'll ’ll first reportedly allegedly famously all both now today yesterday on monday tuesday "
    "wednesday thursday friday saturday sunday earlier afterwards afterward instead and".split()
)
_BE = frozenset("is are was were be been being gets got".split())
_BETWEEN = frozenset("also then once later not never again often always even still first repeatedly".split())
_AUXILIARIES = frozenset("has have had is are was were will would did does do can could".split())
SEVERAL = frozenset("they we i you two three four others people".split())
PRONOUNS = frozenset("he she they it i we who".split())
PREPOSITIONS = frozenset(
    "of for at from in on with by to near about against under over between during after before as".split()
)
_STOP_AFTER = PREPOSITIONS | frozenset(
    "when while because who that which if but and or where since until though although whose what how why whom".split()
)
_BEFORE_NOUNS = frozenset("the a an his her their its 's ’s to of no any be".split())
_RELATIVE, _ONESELF = ("who", "which"), ("himself", "herself", "themselves", "myself")
_PLACEHOLDERS = frozenset("there here you what how why when neither none nothing everything something yes no".split())
_DETERMINERS = frozenset(
    "the a an his her their its this that these those one another some many several "
    "two three four five both any no our my your each every".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a passage: places in its text and what the caller knows it by."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """The phrase that says who speaks."""

    start: int
    end: int
    entity: str | None = None  #: where the phrase's head is a name
    pronoun: str | None = None  #: where it is one
    head: str = ""  #: the noun where it is a description: ``president`` in ``the interim president``
    of: str | None = None  #: the name that a description belongs to: ``a spokesman for ExxonMobil``


class Frame:
    """One passage prepared for the search: its words outside quotations, and the names among them."""

    def __init__(self, passage: Passage, mentions: Sequence[Mention]) -> None:
        self.passage = passage
        self.tokens = tuple(part for token in passage.tokens for part in parted(token))
        self.lower = [t.text.lower() for t in self.tokens]
        self.quoted = [passage.within_quotes(t.start) for t in self.tokens]
        self.at: dict[int, Mention] = {}
        # A word in capitals where a sentence begins is a name only where nothing speaks against it.
        self._common = PRONOUNS | _DETERMINERS | _STOP_AFTER | SKIPPED | _PLACEHOLDERS
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
        if follows and trails(passage.lines[last + 1].text, passage.text[quoted.end - 1]):
            end = passage.line_end(last + 1)
        inside = [i for i, t in enumerate(self.tokens) if passage.starts[first] <= t.start < end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def cue(self, i: int) -> bool:
        """Whether a token is a verb that introduces speech, outside names and quotations."""
        if self.lower[i] in ("put", "puts") and self.lower[i + 1 : i + 2] == ["it"]:
            return not self.quoted[i]
        if self.lower[i] in BARE and i and self._plural(i - 1):
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
        return self.lower[i] == "says" or not self.lower[i].endswith("s") or self._finite(i)

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
            or (can_speak(before) and before not in _DETERMINERS)
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

    def nominal(self, i: int) -> bool:
        """Whether a cue word stands where a noun does, or a bare infinitive: ``his claims``, ``to say``."""
        return i > 0 and self.lower[i - 1] in _BEFORE_NOUNS

    def after(self, place: int) -> int:
        """The first token that begins at ``place`` or behind it."""
        return next((i for i, t in enumerate(self.tokens) if t.start >= place), len(self.tokens))

    def speaks(self, speaker: Speaker) -> bool:
        """Whether a phrase is one of someone, or something, that can say anything."""
        if speaker.entity or speaker.head == "and":
            return True
        if speaker.pronoun:
            return speaker.pronoun != "it"
        if speaker.head in _STOP_AFTER or speaker.head in SKIPPED:
            return False
        return can_speak(speaker.head) or self.is_named(speaker)

    def is_named(self, speaker: Speaker) -> bool:
        """Whether a phrase's head is a name, known or not."""
        return bool(speaker.entity) or any(
            t.capital for t in self.tokens if speaker.start <= t.start < speaker.end and fold(t.text) == speaker.head
        )

    def is_someone(self, speaker: Speaker) -> bool:
        """Whether a phrase describes a person: ``my driver``, ``a neighbour who saw it``."""
        return bool(speaker.head) and is_person(speaker.head)

    def unknown(self, low: int, high: int) -> Speaker | None:
        """A name that no one knows, as the subject of some clause: ``Once Kerrad began``."""
        for k in range(low, high - 1):
            verb = self.lower[k + 1] in _AUXILIARIES or (
                self.lower[k + 1].endswith("ed") and len(self.lower[k + 1]) > 4
            )
            known = k in self.at or k + 1 in self.at or self.lower[k] in self._common
            if verb and self.tokens[k].capital and not known and not self.quoted[k] and not self.tokens[k + 1].capital:
                return Speaker(self.tokens[k].start, self.tokens[k].end, head=fold(self.lower[k]))
        return None

    def described(self, i: int, high: int) -> Speaker | None:
        """The person that a phrase beginning at ``i`` describes without a name: ``My driver jumped``."""
        if i >= high or self.lower[i] not in _DETERMINERS:
            return None
        for k in range(i + 1, min(i + 5, high)):
            if k in self.at or self.quoted[k] or self.lower[k] in _STOP_AFTER or not self.lower[k][0].isalpha():
                return None
            if is_person(self.lower[k]) and not (k + 1 < high and is_person(self.lower[k + 1])):
                named = k + 1 < high and (k + 1 in self.at or self.tokens[k + 1].capital)
                return None if named else Speaker(self.tokens[i].start, self.tokens[k].end, head=fold(self.lower[k]))
        return None

    # --- noun phrases -----------------------------------------------------------------------------------------

    def ending(self, i: int, low: int) -> Speaker | None:
        """The noun phrase whose last token is ``i``."""
        if i < low or self.quoted[i]:
            return None
        word = self.lower[i]
        if word in PRONOUNS:
            token = self.tokens[i]
            return Speaker(token.start, token.end, pronoun=word)
        start, head, owner = self._span_left(i, low)
        if start - 2 >= low and self.lower[start - 1] == "and" and start - 2 in self.at:
            # Two who speak as one: neither alone may be given the words.
            return Speaker(self.tokens[start - 2].start, self.tokens[i].end, head="and")
        return self._phrase(start, i, head, owner)

    def _span_left(self, i: int, low: int) -> tuple[int, int, int | None]:
        """Start of the phrase ending at ``i``, its head, and a token of the name the head belongs to."""
        head, owner, k = i, None, i
        while k > low:
            before = self.lower[k - 1]
            if self.quoted[k - 1] or not (before[0].isalnum() or before in ("'s", "’s", "’", "'", ".")):
                break
            if before in ("of", "for", "at", "from", "with", "in", "to") and k - 2 >= low and self._nominal(k - 2):
                owner = head if head in self.at else owner
                k, head = k - 2, k - 2
                continue
            if before == "by" and k - 2 > low and self.lower[k - 2].endswith(("ed", "en")) and self._nominal(k - 3):
                # "a letter obtained by Roe": what the participle describes
                owner = head if head in self.at else owner
                k, head = k - 3, k - 3
                continue
            if before in CUES or before in _STOP_AFTER or before in ("said", "is", "was", "were", "are"):
                break
            k -= 1
            if before in _DETERMINERS and before not in ("his", "her", "their", "its"):
                if (
                    k > low
                    and self.lower[k - 1] in ("of", "for", "at", "from", "with", "in")
                    and k - 2 >= low
                    and self._nominal(k - 2)
                ):
                    owner = head if head in self.at else owner
                    k, head = k - 2, k - 2
                    continue
                break
        return k, head, owner

    def _nominal(self, i: int) -> bool:
        word = self.lower[i]
        return i in self.at or (
            word[0].isalpha() and word not in CUES and word not in _STOP_AFTER and word not in SKIPPED
        )

    def _phrase(self, start: int, end: int, head: int, owner: int | None) -> Speaker | None:
        a, b = self.tokens[start].start, self.tokens[end].end
        mention = self.at.get(head)
        if mention:
            return Speaker(max(a, 0), b, entity=mention.entity)
        word = self.tokens[head].text
        if not word[0].isalpha():
            return None
        belongs = self.at.get(owner) if owner is not None else self._possessor(start, head)
        return Speaker(a, b, head=fold(word), of=belongs.entity if belongs else None)

    def _possessor(self, start: int, head: int) -> Mention | None:
        """The last name inside the phrase before its head: ``ExxonMobil`` in ``an ExxonMobil spokesman``."""
        return next((self.at[k] for k in range(head - 1, start - 1, -1) if k in self.at), None)

    # --- subjects ---------------------------------------------------------------------------------------------

    def subject(self, verb: int, low: int) -> Speaker | None:
        """The subject of a verb, looked for to its left, with the ``who`` or ``which`` that stands for it."""
        i = verb - 1
        while i >= low and self.skipped(i) and (self.lower[i] not in PRONOUNS or self.lower[i] == "who"):
            i -= 1
        found = self._subject(i, verb, low)
        relative = next((k for k in range(i + 1, verb) if self.lower[k] in _RELATIVE), None)
        return replace(found, end=self.tokens[relative].end) if found and relative is not None else found

    def _subject(self, i: int, verb: int, low: int) -> Speaker | None:
        """The subject of a verb, looked for from a token on that may end it."""
        if i >= low and self.lower[i] in ("but", "or"):
            return self.first_subject(low, verb)
        if any(self.lower[k] in ("and", "but") for k in range(i + 1, verb)):
            return self.first_subject(low, verb)
        if any(self.lower[k] == "who" for k in range(i + 1, verb)):
            while i >= low and not self.tokens[i].text[0].isalnum():
                i -= 1
            return self.ending(i, low) if i >= low else None
        if i >= low and self.tokens[i].text in (",", "—", "–", ")", "-"):
            return self._behind_aside(i, low)
        return self.ending(i, low) if i >= low else None

    def first_subject(self, low: int, high: int) -> Speaker | None:
        """The subject of the sentence's first verb, which a verb behind ``and`` shares: ``X denied it and said``."""
        return next(self.subjects(low, high), None)

    def subjects(self, low: int, high: int) -> Iterator[Speaker]:
        """All who can speak among the subjects of the verbs from ``low`` to ``high``."""
        for k in range(low + 1, high):
            word = self.lower[k]
            verbal = self.cue(k) or word in _AUXILIARIES or (len(word) > 4 and word.endswith("ed"))
            if verbal and not self.quoted[k] and k not in self.at and self.lower[k - 1] not in _DETERMINERS:
                speaker = self.subject(k, low)
                if speaker and self.speaks(speaker) and not self._within_phrase(speaker, k, low):
                    yield speaker

    def _within_phrase(self, speaker: Speaker, verb: int, low: int) -> bool:
        """Whether what seems a subject stands behind a preposition: ``In a note released on Friday, Roe …``."""
        start = self.after(speaker.start)
        return start > low and self.lower[start - 1] in PREPOSITIONS and not self.cue(verb)

    def _behind_aside(self, comma: int, low: int) -> Speaker | None:
        """The subject before an aside: ``Woods, who runs Exxon, said``; or within it: ``his lawyer, Jo Roe, said``."""
        bracket = self._bracket(comma - 1, low)
        if bracket is not None and bracket - 1 in self.at:
            # In "after winning Ohio, Jo Roe (R-OH), said" the bracket follows the one who speaks.
            return self.ending(bracket - 1, low)
        opening = "(" if self.tokens[comma].text == ")" else self.tokens[comma].text
        k = comma - 1
        while k >= low and (self.tokens[k].text != opening or self.quoted[k]):
            k -= 1
        if k < low:
            # Only one comma: "On Friday, said", or the aside that begins the sentence.
            return self.ending(comma - 1, low)
        if self._is_place(k + 1, comma) and self.tokens[comma].text == "," and k - 1 > low:
            # "Roe, at a meeting in Columbus, Ohio, said": the comma between city and state parts nothing.
            return self._behind_aside(k, low)
        inner = next((self.at[j] for j in range(k + 1, comma) if j in self.at), None)
        outer = self.ending(k - 1, low)
        if (
            inner
            and inner.start == self.tokens[k + 1].start
            and (outer is None or not outer.entity)
            and self._whole(k + 1, comma)
        ):
            return Speaker(inner.start, inner.end, entity=inner.entity)
        while outer and outer.entity is None and not outer.head and k > low:
            k -= 1
            outer = self.ending(k, low)
        return outer or (Speaker(inner.start, inner.end, entity=inner.entity) if inner else None)

    def _bracket(self, closing: int, low: int) -> int | None:
        """The token that opens the bracket which ``closing`` closes."""
        if closing < low or self.tokens[closing].text != ")":
            return None
        return next((k for k in range(closing - 1, low - 1, -1) if self.tokens[k].text == "("), None)

    def _is_place(self, start: int, end: int) -> bool:
        """Whether nothing but a place's name stands there."""
        words = [fold(self.tokens[k].text) for k in range(start, end)]
        return bool(words) and lexicon.is_place(" ".join(words))

    def _whole(self, start: int, end: int) -> bool:
        """Whether one name fills an aside, but for an age."""
        words = [self.tokens[k].text for k in range(start, end) if k not in self.at]
        return all(not w[0].isalpha() for w in words)

    def starting(self, i: int, high: int) -> Speaker | None:
        """The noun phrase that begins at ``i``, as in ``said the company's head, Jo Roe``."""
        if i >= high or self.quoted[i]:
            return None
        surname = self.tokens[i].text == "He" and i + 1 < high and self.tokens[i + 1].capital
        if self.lower[i] in PRONOUNS and not surname:
            return Speaker(self.tokens[i].start, self.tokens[i].end, pronoun=self.lower[i])
        k, mention, head = i, None, i
        while k < high and not self.quoted[k]:
            word = self.lower[k]
            if k in self.at:
                mention, head = self.at[k], k
            elif word in _STOP_AFTER or not (word[0].isalnum() or word in ("'s", "’s", "’", "'", ".", "/")):
                break
            elif word[0].isalpha() and word not in SKIPPED:
                mention, head = (None, k) if not self.tokens[k].capital else (mention, k)
            k += 1
        if k == i:
            return None
        return self._started(i, k, high, mention, head)

    def _started(self, i: int, k: int, high: int, mention: Mention | None, head: int) -> Speaker | None:
        a = self.tokens[i].start
        if mention and mention.end >= self.tokens[head].end:
            return Speaker(a, mention.end, entity=mention.entity)
        if k < high and self.tokens[k].text == "," and k + 1 in self.at and is_person(fold(self.tokens[head].text)):
            named = self.at[k + 1]
            return Speaker(named.start, named.end, entity=named.entity)
        word = self.tokens[head].text
        if not word[0].isalpha():
            return None
        belongs = self._possessor(i, head)
        if k + 1 < high and self.lower[k] in ("of", "for", "at", "from", "with"):
            belongs = next((self.at[j] for j in range(k + 1, min(k + 5, high)) if j in self.at), belongs)
        return Speaker(a, self.tokens[k - 1].end, head=fold(word), of=belongs.entity if belongs else None)
