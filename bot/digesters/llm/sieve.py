"""What remains of a model's statements: the supported ones with the sentences that say them, and why others fell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.digesters.llm.prompt import Claim
from bot.digesters.llm.verifier import Verdict, best_cites, repeats, verify
from bot.domain.digests import Statement

#: The most characters of a statement, and the most statements, of each part of a digest.
LIMITS = {"headline": 120, "key_points": 330, "why_it_matters": 330, "next": 330, "background": 330}
MOST = {"headline": 1, "key_points": 5, "why_it_matters": 1, "next": 3, "background": 3}

_LEANS = re.compile(r"(?:He|She|They|His|Her|Their|Its|This|These|Those|That|Such|Here|Both)\b")
_QUOTED = re.compile(r"[\"“„«].*?[\"”»]")
_IN_PERSON = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|us|me|I[’']\w+)\b")


class Sieve:
    """Takes claims one by one and keeps those that the article supports.

    Args:
        sentences: the sentences that may be cited, by number.
        told: the offline digest's statements: where the rules put a name for a pronoun, a model may too.
        language: the article's.
    """

    def __init__(self, sentences: Mapping[int, str], told: Sequence[Statement] = (), language: str = "en") -> None:
        self.parts: dict[str, list[Statement]] = {part: [] for part in LIMITS}
        self.faults: list[tuple[Claim, str]] = []
        self.made = 0  #: claims taken
        self.recited = 0  #: statements kept with other citations than the model's, which did not say them
        self._sentences = sentences
        self._told = told
        self._language = language

    def kept(self) -> int:
        """How many statements passed."""
        return sum(map(len, self.parts.values()))

    def reasons(self) -> Counter[str]:
        """Why statements fell, without the words that a reason quotes, so that they can be counted."""
        return Counter(reason.split(" “")[0] for _, reason in self.faults)

    def take(self, part: str, claim: Claim) -> bool:
        """Whether the claim is kept for ``part``."""
        self.made += 1
        recited = self.recited
        text = " ".join(claim.text.split())
        evidence, reason = self._evidence(text, claim.cites, LIMITS[part])
        said = [s.text for each in ("key_points", "next", "background", "why_it_matters") for s in self.parts[each]]
        if not reason and (_LEANS.match(text) or _IN_PERSON.search(_QUOTED.sub("", text))):
            reason = "cannot stand alone: who or what is meant"
        elif not reason and (len(self.parts[part]) >= MOST[part] or (part != "headline" and repeats(text, said))):
            reason = "says again what another statement says"
        if reason:
            self.recited = recited
            self.faults.append((claim, reason))
        else:
            self.parts[part].append(Statement(text=text, evidence=evidence))
        return not reason

    def _evidence(self, text: str, cites: Sequence[int], limit: int) -> tuple[tuple[int, ...], str]:
        """The sentences that say ``text``, or why there are none."""
        verdict = self._verdict(text, cites, limit)
        if verdict.supported:
            return self._fewest(text, cites, limit), ""
        for statement in self._told:
            if self._verdict(text, (0,), limit, {0: statement.text}).supported:
                self.recited += not set(statement.evidence) & set(cites)
                return statement.evidence, ""
        others = best_cites(text, self._sentences)
        if others and set(others) != set(cites) and self._verdict(text, others, limit).supported:
            self.recited += 1
            return self._fewest(text, others, limit), ""
        return (), verdict.reason

    def _verdict(
        self, text: str, cites: Sequence[int], limit: int, sentences: Mapping[int, str] | None = None
    ) -> Verdict:
        return verify(text, cites, sentences or self._sentences, limit, self._language)

    def _fewest(self, text: str, cites: Sequence[int], limit: int) -> tuple[int, ...]:
        """Of the citations one that is enough by itself, where there is one."""
        alone = [n for n in dict.fromkeys(cites) if self._verdict(text, (n,), limit).supported]
        return (alone[0],) if alone else tuple(sorted(set(cites)))
