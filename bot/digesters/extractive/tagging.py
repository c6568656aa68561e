"""The optional tagger: spaCy's small English model, only when it is installed and is the one we measured."""

from __future__ import annotations

from bot.digesters.extractive.kinds import Votes
from bot.domain.articles import Article


def tagger_votes(article: Article) -> Votes:
    """What the tagger says of the names in ``article``; nothing where there is no tagger."""
    return {}
