"""Noun phrases: those that someone who speaks is named or described by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.digesters.extractive.cues import CUES
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.nouns import NO_ONE, can_speak, is_person
from bot.digesters.extractive.wording import DETERMINERS, PRONOUNS, SKIPPED, STOP_AFTER, Mention, Wording

AUXILIARIES = frozenset("has have had is are was were will would did does do can could".split())
_MODALS = frozenset("will can may might must should shall".split())
_JOINTS = frozenset(("'s", "’s", "’", "'", ".", "/"))
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


class Phrases(Wording):
    """A passage's noun phrases, from their beginning and from their end."""

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
            verb = self.lower[k + 1] in AUXILIARIES or (self.lower[k + 1].endswith("ed") and len(self.lower[k + 1]) > 4)
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
