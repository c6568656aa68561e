"""The model's digester: its statements where they pass the gate, the offline digester's where they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.digesters.extractive.compose import read
from bot.digesters.extractive.text import Reading
from bot.digesters.llm.client import ChatModel, ModelError
from bot.digesters.llm.prompt import SCHEMA, SYSTEM, Answer, Claim, answer_of, question, second_question
from bot.digesters.llm.verifier import repeats, verify
from bot.domain.articles import Article
from bot.domain.digests import Digest, Made, Statement
from bot.ports import Digester

_LIMITS = {"headline": 120, "key_points": 330, "why_it_matters": 330, "next": 330, "background": 330}
_MOST = {"headline": 1, "key_points": 5, "why_it_matters": 1, "next": 3, "background": 3}
_SUMMARY = 400


@dataclass(frozen=True)
class Outcome:
    """What became of a model's statements about one article."""

    article: str
    made: int = 0  #: statements the model made, its second answer included
    kept: int = 0
    asked: int = 0  #: how often the model was asked
    dropped: Counter[str] = field(default_factory=Counter)  #: reasons, with how many statements fell to each
    fallback: str = ""  #: why the digest is the offline digester's alone; empty where it is not


def log_outcome(outcome: Outcome) -> None:
    """Write the outcome to the log, as an event with its counts."""
    structlog.get_logger("lede.digesters").info(
        "model_statements_checked",
        article=outcome.article,
        asked=outcome.asked,
        made=outcome.made,
        kept=outcome.kept,
        dropped=dict(outcome.dropped),
        fallback=outcome.fallback,
    )


@dataclass
class _Kept:
    """The statements that passed, by the part of the digest they are for."""

    parts: dict[str, list[Statement]] = field(default_factory=lambda: {part: [] for part in _LIMITS})
    faults: list[tuple[str, Claim, str]] = field(default_factory=list)
    made: int = 0

    def count(self) -> int:
        return sum(map(len, self.parts.values()))


class LanguageModelDigester:
    """Makes digests with a model's statements, every one verified; names, quotations and figures are the rules'.

    Args:
        model: the endpoint to ask.
        offline: makes the digest that fills every gap, and stands in where the model fails.
        report: receives what became of the model's statements; by default it is logged.
    """

    def __init__(self, model: ChatModel, offline: Digester, report: Callable[[Outcome], None] = log_outcome) -> None:
        self.name = f"llm:{model.model}"
        self._model = model
        self._offline = offline
        self._report = report

    async def digest(self, article: Article, now: datetime) -> Digest:
        """The digest of ``article``; ``made.by`` says whether the model had a part in it, and how large.

        Raises:
            NotAnArticle: there is no running text.
            DigestError: not even the offline digester could make one.
        """
        offline = await self._offline.digest(article, now)
        reading = read(article)
        kept, asked, fault = await self._kept(reading)
        if not kept.count():
            reason = fault or "no statement of the model's was supported by the article"
            self._report(Outcome(article.id, kept.made, 0, asked, _reasons(kept), reason))
            return offline
        self._report(Outcome(article.id, kept.made, kept.count(), asked, _reasons(kept)))
        return _merged(
            offline, kept, Made(by=f"{self.name} ({kept.count()} of {kept.made} statements kept)"[:200], at=now)
        )

    async def _kept(self, reading: Reading) -> tuple[_Kept, int, str]:
        """The supported statements of one answer, and of a second where the first left gaps."""
        kept = _Kept()
        sentences = {line.number: line.text for line in reading.body}
        asked, user = 0, question(reading)
        for _ in range(2):
            asked += 1
            try:
                answer = answer_of(await self._model.ask(SYSTEM, user, SCHEMA))
            except ModelError as error:
                return kept, asked, error.what
            before = len(kept.faults)
            _sift(answer, sentences, kept)
            faults = [(claim, reason) for _, claim, reason in kept.faults[before:]]
            if not faults and kept.count():
                break
            user = second_question(reading, faults[:10])
        return kept, asked, ""


def _sift(answer: Answer, sentences: dict[int, str], kept: _Kept) -> None:
    """Put every claim to the gate; add those that pass and say something new."""
    for part, claim in answer.claims():
        kept.made += 1
        text = " ".join(claim.text.split())
        said = [s.text for each in ("key_points", "next", "background", "why_it_matters") for s in kept.parts[each]]
        verdict = verify(text, claim.cites, sentences, _LIMITS[part])
        if not verdict.supported:
            kept.faults.append((part, claim, verdict.reason))
        elif len(kept.parts[part]) >= _MOST[part] or (part != "headline" and repeats(text, said)):
            kept.faults.append((part, claim, "says again what another statement says"))
        else:
            kept.parts[part].append(Statement(text=text, evidence=tuple(sorted(set(claim.cites)))))


def _reasons(kept: _Kept) -> Counter[str]:
    """The reasons without the words they quote, so that they can be counted."""
    return Counter(reason.split(" “")[0].split(", ")[0] for _, _, reason in kept.faults)


def _merged(offline: Digest, kept: _Kept, made: Made) -> Digest:
    """The offline digest with the model's statements before its own, none said twice."""
    points = _filled(kept.parts["key_points"], offline.key_points, _MOST["key_points"])
    said = [s.text for s in points]
    upcoming = _filled(kept.parts["next"], offline.next_, _MOST["next"], said)
    background = _filled(kept.parts["background"], offline.background, _MOST["background"], said)
    why = next(iter(kept.parts["why_it_matters"]), offline.why_it_matters)
    headline = next((s.text for s in kept.parts["headline"]), offline.headline)
    changed = offline.model_copy(
        update={
            "headline": headline.rstrip("."),
            "summary": _summary(kept.parts["key_points"]) or offline.summary,
            "why_it_matters": why,
            "key_points": points,
            "next_": upcoming,
            "background": background,
            "made": made,
        }
    )
    return Digest.model_validate(changed.model_dump(by_alias=True))


def _filled(
    ours: list[Statement], theirs: tuple[Statement, ...], most: int, said: list[str] | None = None
) -> tuple[Statement, ...]:
    found = list(ours)
    for statement in theirs:
        if len(found) < most and not repeats(statement.text, [*(said or []), *(s.text for s in found)]):
            found.append(statement)
    return tuple(sorted(found, key=lambda s: s.evidence))


def _summary(points: list[Statement]) -> str:
    summary = ""
    for point in points[:3]:
        text = point.text if point.text.endswith((".", "!", "?", "”", '"')) else f"{point.text}."
        if len(summary) + len(text) + 1 <= _SUMMARY:
            summary = f"{summary} {text}".strip()
    return summary
