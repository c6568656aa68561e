"""Whose words they are: the subject of the verb that introduces a quotation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.phrases import AUXILIARIES, Phrases, Speaker
from bot.digesters.extractive.wording import ADVERBS, DETERMINERS, PREPOSITIONS, PRONOUNS

_PASTS = frozenset(
    "sent gave made took held came ran kept met led won lost fell grew stood sat brought sought got saw drew rose "
    "struck bought fought spent paid threw became went".split()
)
_SUBORDINATING = frozenset("when as after while before if although though because since once until asked".split())
_RELATIVE = ("who", "which")


class Frame(Phrases):
    """A passage's noun phrases that a verb of saying has for its subject."""

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
        if start - 2 > low and self.lower[start - 1] in PREPOSITIONS and self.lower[start - 2] in AUXILIARIES:
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
            verbal = finite or word in AUXILIARIES or word in _PASTS or (len(word) > 4 and word.endswith("ed"))
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
        if (
            k - 2 > low
            and self.tokens[k - 2].text == ","
            and (self.lower[k - 1] in ADVERBS or self.lower[k - 1].isdigit())
        ):
            # "Roe, meanwhile, who was there, said", "Roe, 70, who lives next to Poe, said"
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
