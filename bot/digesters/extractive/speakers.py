"""Whose words they are: the subject of the verb that introduces a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.cues import CUES
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.nouns import NO_ONE, can_speak, is_person
from bot.digesters.extractive.wording import (
    ADVERBS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SKIPPED,
    STOP_AFTER,
    Mention,
    Wording,
)

_AUXILIARIES = frozenset("has have had is are was were will would did does do can could".split())
_PASTS = frozenset(
    "sent gave made took held came ran kept met led won lost fell grew stood sat brought sought got saw drew rose "
    "struck bought fought spent paid threw became went".split()
)
_MODALS = frozenset("will can may might must should shall".split())
_SUBORDINATING = frozenset("when as after while before if although though because since once until asked".split())
_JOINTS = frozenset(("'s", "’s", "’", "'", ".", "/"))
_RELATIVE = ("who", "which")
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}$|[A-Z]{2,5}$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """The phrase that says who speaks."""

    start: int
    end: int
    entity: str | None = None  #: where the phrase's head is a name
    pronoun: str | None = None  #: where it is one
    head: str = ""  #: the noun where it is a description: ``president`` in ``the interim president``
    of: str | None = None  #: the name that a description belongs to: ``a spokesman for ExxonMobil``


class Frame(Wording):
    """A passage's noun phrases: those that a verb of saying has for its subject."""

    def speaks(self, speaker: Speaker) -> bool:
        """Whether a phrase is one of someone, or something, that can say anything."""
        if speaker.entity or speaker.head == "and":
            return True
        if speaker.pronoun:
            return speaker.pronoun != "it"
        if speaker.head in STOP_AFTER or speaker.head in SKIPPED or speaker.head in NO_ONE:
            return False
        return can_speak(speaker.head) or self.is_named(speaker)

    def reaches(self, speaker: Speaker, verb: int) -> bool:
        """Whether nothing stands between a phrase and its verb but what may: ``Roe later said``."""
        last = verb - 1
        while last > 0 and self.tokens[last].start >= speaker.end and self.skipped(last):
            last -= 1
        return speaker.end >= self.tokens[last].end

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
        if i >= high or self.lower[i] not in DETERMINERS:
            return None
        for k in range(i + 1, min(i + 5, high)):
            relative = "who" in (self.lower[k], self.lower[min(k + 1, high - 1)] if self.lower[k] == "," else "")
            if relative and k > i + 1 and k - 1 not in self.at:
                # "The seventh seed, who …": whatever the noun, someone.
                return Speaker(self.tokens[i].start, self.tokens[k - 1].end, head=fold(self.lower[k - 1]))
            if k in self.at or self.quoted[k] or self.lower[k] in STOP_AFTER or not self.lower[k][0].isalpha():
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
        if (
            start - 2 >= low
            and self.lower[start - 1] == "and"
            and (self._abbreviated(start - 2) in self.at or _ACRONYM.match(self.tokens[start - 2].text))
        ):
            # Two who speak as one: neither alone may be given the words.
            return Speaker(self.tokens[start - 2].start, self.tokens[i].end, head="and")
        return self._phrase(start, i, head, owner)

    def _abbreviated(self, i: int) -> int:
        """The token that a full stop belongs to, else the token itself."""
        return i - 1 if self.tokens[i].text == "." else i

    def _span_left(self, i: int, low: int) -> tuple[int, int, int | None]:
        """Start of the phrase ending at ``i``, its head, and a token of the name the head belongs to."""
        head, owner, k = i, None, i
        while k > low:
            before = self.lower[k - 1]
            if self.quoted[k - 1] or not (before[0].isalnum() or before in ("'s", "’s", "’", "'", ".")):
                break
            if before in ("of", "for") and self._within_name(k - 1, low):
                # "University of Sund law professor Jo Roe": the name is one word of what she is.
                k -= 2
                continue
            if before in ("of", "for", "at", "from", "with", "in", "to") and k - 2 >= low and self._nominal(k - 2):
                owner = head if head in self.at else owner
                k, head = k - 2, k - 2
                continue
            if before == "by" and k - 2 > low and self.lower[k - 2].endswith(("ed", "en")) and self._nominal(k - 3):
                # "a letter obtained by Roe": what the participle describes
                owner = head if head in self.at else owner
                k, head = k - 3, k - 3
                continue
            if before in CUES or before in STOP_AFTER or before in ("said", "is", "was", "were", "are"):
                break
            k -= 1
            if before in DETERMINERS and before not in ("his", "her", "their", "its"):
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

    def _within_name(self, i: int, low: int) -> bool:
        """Whether a preposition stands within a body's name: ``University of Sund``, ``Centers for Health``."""
        named = self.tokens[max(i - 1, low)].capital and self.tokens[i + 1].capital and not is_person(self.lower[i - 1])
        return i - 1 >= low and named and (i - 1 not in self.at or self.at.get(i) is self.at[i - 1])

    def _nominal(self, i: int) -> bool:
        word = self.lower[i]
        return i in self.at or (
            word[0].isalpha() and word not in CUES and word not in STOP_AFTER and word not in SKIPPED
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
        if i - 1 >= low and self.tokens[i].text in '"”' and self.tokens[i - 1].text == "," and self.quoted[i - 1]:
            # An aside that ends with a title: ``Roe, author of "Low Tide," put it``.
            i -= 1
        found = self._subject(i, verb, low)
        start = self.after(found.start) if found and found.head else low
        if start - 2 > low and self.lower[start - 1] in PREPOSITIONS and self.lower[start - 2] in _AUXILIARIES:
            # "Roe, who has in the past described it"
            return self.subject(start - 1, low)
        relative = next((k for k in range(i + 1, verb) if self.lower[k] in _RELATIVE), None)
        return replace(found, end=self.tokens[relative].end) if found and relative is not None else found

    def _subject(self, i: int, verb: int, low: int) -> Speaker | None:
        """The subject of a verb, looked for from a token on that may end it."""
        if i >= low and self.lower[i] in ("but", "or"):
            return self.first_subject(low, verb)
        if any(self.lower[k] in ("and", "but") for k in range(i + 1, verb)):
            return self.shared_subject(low, verb)
        if any(self.lower[k] == "who" for k in range(i + 1, verb)):
            while i >= low and not self.tokens[i].text[0].isalnum():
                i -= 1
            return self.ending(i, low) if i >= low else None
        if i >= low and self.tokens[i].text in (",", "—", "–", ")", "-"):
            return self._behind_aside(i, low)
        return (self._described_ahead(i, verb, low) or self.ending(i, low)) if i >= low else None

    def _described_ahead(self, i: int, verb: int, low: int) -> Speaker | None:
        """Who begins a clause, where no comma closes what he is: ``Jo Roe, head of the Coalition told them``."""
        comma = next((k for k in range(i, low, -1) if self.tokens[k].text == "," or self.quoted[k]), low)
        named = self.at.get(comma - 1)
        if not named or not named.person or self.tokens[comma].text != ",":
            return None
        first = self.after(named.start)
        if first > low and self.tokens[first - 1].text != ",":
            return None
        apposed = self.at.get(comma + 1)
        head = self.starting(comma + 1, verb)
        if (apposed and apposed.person) or head is None or head.pronoun or self.lower[verb + 1 : verb + 2] == [","]:
            return None
        if not head.entity and not self.is_someone(head):
            return None
        return Speaker(named.start, named.end, entity=named.entity)

    def first_subject(self, low: int, high: int) -> Speaker | None:
        """The subject of the sentence's first verb, which a verb behind ``and`` shares: ``X denied it and said``."""
        return next(self.subjects(low, high), None)

    def shared_subject(self, low: int, verb: int) -> Speaker | None:
        """The subject that a verb shares with one before it; a clause put before theirs has another one."""
        if self.lower[low] in _SUBORDINATING:
            comma = next((k for k in range(low, verb) if self.tokens[k].text == "," and not self.quoted[k]), verb)
            main = self.first_subject(comma + 1, verb)
            if main:
                return main
        return self.first_subject(low, verb)

    def subjects(self, low: int, high: int) -> Iterator[Speaker]:
        """All who can speak among the subjects of the verbs from ``low`` to ``high``."""
        for k in range(low + 1, high):
            word = self.lower[k]
            finite = self.cue(k) and not word.endswith("ing")
            verbal = finite or word in _AUXILIARIES or word in _PASTS or (len(word) > 4 and word.endswith("ed"))
            if verbal and not self.quoted[k] and k not in self.at and self.lower[k - 1] not in DETERMINERS:
                speaker = self.subject(k, low)
                if speaker and self.speaks(speaker) and not self._within_phrase(speaker, k, low):
                    yield speaker

    def _within_phrase(self, speaker: Speaker, verb: int, low: int) -> bool:
        """Whether what seems a subject stands behind a preposition: ``In a note released on Friday, Roe …``."""
        start = self.after(speaker.start)
        # "Cheers rang out as Roe ended": a clause of its own.
        return start > low and self.lower[start - 1] in PREPOSITIONS - {"as"} and not self.cue(verb)

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
        whose = next((j for j in range(k, low + 1, -1) if self.lower[j] == "whose"), 0)
        if whose and self.tokens[whose - 1].text == ",":
            # "Roe, whose port, Sund, is old, said"
            return self.ending(whose - 2, low)
        return self._around_aside(k, comma, low)

    def _around_aside(self, k: int, comma: int, low: int) -> Speaker | None:
        """The subject before the aside that a mark at ``k`` opens, or the name that the aside is."""
        if self._is_place(k + 1, comma) and self.tokens[comma].text == "," and k - 1 > low:
            # "Roe, at a meeting in Columbus, Ohio, said": the comma between city and state parts nothing.
            return self._behind_aside(k, low)
        if k - 2 > low and self.tokens[k - 2].text == "," and (self.lower[k - 1] in ADVERBS):
            # "Roe, meanwhile, who was there, said"
            k -= 2
        if k - 2 > low and self.lower[k - 1] == "who":
            # "Roe, who, after a word with Poe, said"
            k -= 1 + (self.tokens[k - 2].text == ",")
        inner = next((self.at[j] for j in range(k + 1, comma) if j in self.at), None)
        closing = self._bracket(k - 1, low)
        # In "Roe (D-Ohio), after a word with Poe, said" a bracket stands between him and the aside.
        outer = self.ending(closing - 1, low) if closing is not None and closing - 1 in self.at else None
        outer = outer if outer and outer.entity else self.ending(k - 1, low)
        if apposed := self._apposed(outer, low):
            return apposed
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

    def _apposed(self, described: Speaker | None, low: int) -> Speaker | None:
        """Who is named before what he is: ``Jo Roe, the head of a port, Sund, said``."""
        comma = self.after(described.start) - 1 if described and self.is_someone(described) else low
        named = self.at.get(comma - 1) if comma - 1 > low and self.tokens[comma].text == "," else None
        return self.ending(comma - 1, low) if named and named.person else None

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
            elif word in STOP_AFTER or self._written_by(k, high) or not (word[0].isalnum() or word in _JOINTS):
                break
            elif word[0].isalpha() and word not in SKIPPED and self.tokens[k].text not in _MODALS:
                mention, head = (None, k) if not self.tokens[k].capital else (mention, k)
            k += 1
        if k == i:
            return None
        return self._of_two(k, high) or self._employed(k, high) or self._started(i, k, high, mention, head)

    def _closed(self, named: Mention) -> bool:
        """Whether a name ends what it is apposed to: not in ``according to an aide, Roe had left``."""
        behind = self.after(named.end)
        word = self.lower[behind] if behind < len(self.lower) else ""
        return not word[:1].isalnum() or self.quoted[behind] or word in STOP_AFTER or word.endswith("ing")

    def _employed(self, of: int, high: int) -> Speaker | None:
        """Who works for a body named with ``of``: ``said the Rowers of Sund staff attorney Ana Roe``."""
        if self.lower[of : of + 1] != ["of"] or of == 0 or not self.tokens[of - 1].capital:
            return None
        k = of + 1
        while k < high and self.tokens[k].capital:
            k += 1
        role = k
        while role < min(k + 5, high) and self.lower[role].isalpha() and not self.tokens[role].capital:
            role += 1
        if k == of + 1 or role == k or role >= high or not is_person(self.lower[role - 1]):
            return None
        named, token = self.at.get(role), self.tokens[role]
        if named:
            return Speaker(named.start, named.end, entity=named.entity)
        return Speaker(token.start, token.end, head=fold(token.text)) if token.capital else None

    def _of_two(self, joint: int, high: int) -> Speaker | None:
        """Who works for what bears two names: ``said Jo and Al executive producer Ana Roe``."""
        if joint + 2 >= high or self.lower[joint] != "and" or not self.tokens[joint + 1].capital:
            return None
        k = joint + 2
        while k < min(joint + 7, high) and self.lower[k].isalpha() and not self.tokens[k].capital:
            k += 1
        named = self.at.get(k) if k > joint + 2 and is_person(self.lower[k - 1]) else None
        return Speaker(named.start, named.end, entity=named.entity) if named else None

    def _written_by(self, k: int, high: int) -> bool:
        """Whether a participle tells who made what the noun before it names: ``a letter filed by Roe``."""
        return self.lower[k].endswith("ed") and k + 1 < high and self.lower[k + 1] == "by"

    def _started(self, i: int, k: int, high: int, mention: Mention | None, head: int) -> Speaker | None:
        a = self.tokens[i].start
        if mention and mention.end >= self.tokens[head].end:
            return Speaker(a, mention.end, entity=mention.entity)
        if k < high and self.tokens[k].text == "," and k + 1 in self.at and is_person(fold(self.tokens[head].text)):
            named = self.at[k + 1]
            if self._closed(named):
                return Speaker(named.start, named.end, entity=named.entity)
        word = self.tokens[head].text
        if not word[0].isalpha():
            return None
        belongs = self._possessor(i, head)
        if k + 1 < high and self.lower[k] in ("of", "for", "at", "from", "with"):
            belongs = next((self.at[j] for j in range(k + 1, min(k + 5, high)) if j in self.at), belongs)
        return Speaker(a, self.tokens[k - 1].end, head=fold(word), of=belongs.entity if belongs else None)
