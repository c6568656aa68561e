"""The model's digester: its statements where they pass the gate, the offline digester's where they do not."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.digesters.extractive.compose import read
from bot.digesters.extractive.genres import is_said
from bot.digesters.extractive.text import Reading
from bot.digesters.llm import prompt
from bot.digesters.llm.client import ChatModel, ModelError
from bot.digesters.llm.sieve import MOST, Sieve
from bot.digesters.llm.verifier import repeats
from bot.domain.articles import Article
from bot.domain.digests import Digest, Made, Statement
from bot.ports import Digester

_SUMMARY = 400
# Of an article's time, the share for questions about the whole; the rest is for single sentences.
_WHOLE_SHARE = 0.6
_MOST_SENTENCES = 6
# So many articles in a row that a model fails as a whole, and it is asked by sentences from the start.
_NOT_COPING = 2
# So many in a row without any answer, and it is left alone for a while: a feed must not wait for a dead endpoint.
_SILENT, _REST, _LONGEST_REST = 3, timedelta(minutes=10), timedelta(hours=1)
_REMEMBERED = 200


@dataclass(frozen=True)
class Outcome:
    """What became of a model's statements about one article."""

    article: str
    made: int = 0  #: statements the model made, all its answers together
    kept: int = 0
    recited: int = 0  #: of those kept, the ones whose citations were wrong and were put right
    asked: int = 0  #: how often the model was asked
    seconds: float = 0.0  #: how long that took
    dropped: Counter[str] = field(default_factory=Counter)  #: reasons, with how many statements fell to each
    fallback: str = ""  #: why the digest is the offline digester's alone; empty where it is not


def log_outcome(outcome: Outcome) -> None:
    """Write the outcome to the log, as an event with its counts."""
    structlog.get_logger("lede.digesters").info(
        "model_statements_checked",
        article=outcome.article,
        asked=outcome.asked,
        seconds=round(outcome.seconds, 1),
        made=outcome.made,
        kept=outcome.kept,
        recited=outcome.recited,
        dropped=dict(outcome.dropped),
        fallback=outcome.fallback,
    )


class LanguageModelDigester:
    """Makes digests with a model's statements, every one verified; names, quotations and figures are the rules'.

    The model is asked about the whole article, and once more with what was wrong. A model that this is too much for
    is asked to shorten the offline digest's statements, one by one.

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
        self._not_coping = 0
        self._silent = 0
        self._rests_until: datetime | None = None
        self._notes: dict[str, str] = {}

    async def digest(self, article: Article, now: datetime) -> Digest:
        """The digest of ``article``; ``made.by`` says whether the model had a part in it, and how large.

        Raises:
            NotAnArticle: there is no running text.
            DigestError: not even the offline digester could make one.
        """
        offline = await self._offline.digest(article, now)
        reading = await asyncio.to_thread(read, article)
        told = (*offline.key_points, *offline.next_, *offline.background)
        sieve = Sieve({line.number: line.text for line in reading.body}, told, article.language)
        interview = _Interview(self._model, reading, offline, sieve)
        fault = _argued(offline) or self._resting(now) or await self._asked(interview, now)
        fallback = "" if sieve.kept() else fault or "The article supported no statement of the model's."
        outcome = Outcome(
            article.id,
            sieve.made,
            sieve.kept(),
            sieve.recited,
            interview.asked,
            interview.spent(),
            sieve.reasons(),
            fallback,
        )
        self._report(outcome)
        self._remember(outcome)
        if fallback:
            return offline
        share = f"{self.name} ({outcome.kept} of {outcome.made} statements kept)"
        return _merged(offline, sieve, Made(by=share[:200], at=now))

    def note(self, article: str) -> str:
        """What a person should know of how the digest of that id was made; empty where all went as it should."""
        return self._notes.get(article, "")

    def _remember(self, outcome: Outcome) -> None:
        self._notes.pop(outcome.article, None)
        if outcome.fallback:
            self._notes[outcome.article] = f"Made without {self.name}: {outcome.fallback}"
        while len(self._notes) > _REMEMBERED:
            del self._notes[next(iter(self._notes))]

    def _resting(self, now: datetime) -> str:
        if self._rests_until is None or now >= self._rests_until:
            return ""
        return f"The model is left alone until {self._rests_until:%H:%M} UTC, since it did not answer."

    async def _asked(self, interview: _Interview, now: datetime) -> str:
        """Ask as much as the model copes with; returns what went wrong, if anything."""
        self._rests_until = None
        by_sentence = self._not_coping >= _NOT_COPING
        error = None if by_sentence else await interview.about_the_whole()
        answers = error is None or error.answered or error.late
        if not interview.sieve.kept() and answers:
            self._not_coping += not by_sentence
            error = await interview.by_sentence() or error
        elif answers:
            self._not_coping = 0
        self._silent = self._silent + 1 if error and not error.answered else 0
        if error and error.later:
            self._rests_until = now + min(error.later, _LONGEST_REST)
        elif self._silent >= _SILENT:
            self._rests_until = now + _REST
        return error.what if error else ""


def _argued(offline: Digest) -> str:
    """Why no model is asked about an essay; empty where the article is none."""
    # What its writer says would pass the gate as a fact: the article does say so.
    argued = any(is_said(point.text) for point in offline.key_points)
    return "The article argues rather than reports: it is told in its writer's words." if argued else ""


class _Interview:
    """Questions to a model about one article, within one article's time."""

    def __init__(self, model: ChatModel, reading: Reading, offline: Digest, sieve: Sieve) -> None:
        self.sieve = sieve
        self.asked = 0
        self._model = model
        self._reading = reading
        self._offline = offline
        self._began = asyncio.get_running_loop().time()

    def spent(self) -> float:
        """Seconds since it began."""
        return asyncio.get_running_loop().time() - self._began

    def _left(self, share: float = 1.0) -> float:
        return self._model.deadline * share - self.spent()

    async def about_the_whole(self) -> ModelError | None:
        """Ask for the digest, and a second time where statements fell; the error that ended it, if one did."""
        user = prompt.question(self._reading)
        for _ in range(2):
            if self._left(_WHOLE_SHARE) <= 0:
                return None
            self.asked += 1
            before = len(self.sieve.faults)
            try:
                reply = await self._model.ask(
                    prompt.SYSTEM, user, prompt.SCHEMA, seconds=self._left(_WHOLE_SHARE), tokens=prompt.TOKENS
                )
                # Beside the loop: a long article's many sentences take a while to be compared.
                await asyncio.to_thread(self._take, prompt.answer_of(reply.text))
            except ModelError as error:
                return error
            faults = self.sieve.faults[before:]
            if not faults and self.sieve.kept():
                return None
            user = prompt.second_question(self._reading, faults[:10])
        return None

    def _take(self, claims: list[tuple[str, prompt.Claim]]) -> None:
        for part, claim in claims:
            self.sieve.take(part, claim)

    async def by_sentence(self) -> ModelError | None:
        """Have the offline digest's statements shortened one by one; the error that ended it, if one did."""
        failed: ModelError | None = None
        for part, statement in self._statements()[:_MOST_SENTENCES]:
            if self._left() <= 0:
                break
            self.asked += 1
            question = prompt.sentence_question(statement.text)
            try:
                reply = await self._model.ask(
                    prompt.SENTENCE_SYSTEM,
                    question.text,
                    question.schema,
                    seconds=self._left(),
                    tokens=question.tokens,
                )
                self.sieve.take(part, prompt.Claim(prompt.sentence_of(reply.text), statement.evidence))
            except ModelError as error:
                failed = error
                if not error.answered:
                    break
        return failed

    def _statements(self) -> list[tuple[str, Statement]]:
        offline = self._offline
        parts = (("key_points", offline.key_points), ("next", offline.next_), ("background", offline.background))
        return [(part, statement) for part, statements in parts for statement in statements]


def _merged(offline: Digest, sieve: Sieve, made: Made) -> Digest:
    """The offline digest with the model's statements before its own, none said twice."""
    parts = sieve.parts
    points = _filled(parts["key_points"], offline.key_points, MOST["key_points"])
    said = [s.text for s in points]
    upcoming = _filled(parts["next"], offline.next_, MOST["next"], said)
    background = _filled(parts["background"], offline.background, MOST["background"], said)
    why = next(iter(parts["why_it_matters"]), offline.why_it_matters)
    headline = next((s.text for s in parts["headline"]), offline.headline)
    changed = offline.model_copy(
        update={
            "headline": headline.rstrip("."),
            "summary": _summary(parts["key_points"]) or offline.summary,
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
