"""What was found of who speaks, and what showed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.digesters.extractive.phrases import Speaker

#: What showed who speaks, from the surest to a mere guess.
Evidence = Literal[
    "behind",  # "…," Roe said
    "trailing",  # it was "…" for everyone, said Roe
    "according",  # according to Roe, "…"
    "lead",  # Roe said: "…"
    "clause",  # Roe said that it was "…"
    "nested",  # Roe said he told them "…"
    "possessed",  # Roe's claim that "…"
    "further",  # "…" is how Roe put it
    "weak",  # a verb of saying without anyone who can speak
    "subject",  # no verb of saying: the sentence's subject
]


@dataclass(frozen=True, slots=True)
class Finding:
    """The phrase that names a speaker, and what showed it."""

    speaker: Speaker
    how: Evidence
