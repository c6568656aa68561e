"""Which quotations nobody understands alone: a few words of someone's sentence, or about what only others name."""

from __future__ import annotations

import re

from bot.digesters.extractive.clauses import VERB

# More words than these give an idea of what was said, though they are but a part of it.
_MOST = 5
_CLAUSE = re.compile(
    rf"(?:I|we|you|they|he|she|it|this|that|these|those|there|the|an?|my|our|your|his|her|their|no|nobody|every\w*|all|"
    rf"some\w*|many|most|what\w*|who\w*|if|when|[a-z]+s|[A-Z][\w’'-]*)\b.*(?:{VERB.pattern}|\b(?:am|be|do|does|did|must|"
    r"should|shall|want|need|know|think|love|hope|believe|mean|see)\b|[’'](?:m|re|s|ve|ll|d)\b|n[’']t\b)"
)
# "It will be really exciting": of what, only the words before tell; "It is time to sail" says it itself.
_POINTS = re.compile(
    r"(?:(?:And|But|So|Because|Yes|No|Well|Now|Then),? )?"
    r"(?!It(?:[’']s| is| was) (?:\w+ ){0,3}?(?:to|that|who)\b)"
    r"(?:It|That|This|They|These|Those|He|She|Which|(?<= )(?:it|that|this|they|these|those|he|she))"
    r"(?:[’'](?:s|re|ll|d|ve))?\b"
)


def is_fragment(text: str) -> bool:
    """Whether a quotation is so short a piece, or so short and about something else, that it tells nothing alone."""
    if len(text.split()) > _MOST:
        return False
    return bool(_POINTS.match(text)) or (text[0].islower() and not _CLAUSE.match(text))
