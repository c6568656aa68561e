"""Whether the words around a date look forward to it."""

from __future__ import annotations

import re

_AHEAD = re.compile(
    r"\b(?:(?-i:will)|shall|won[’']t|scheduled|due|set to|expected|(?<!un)likely to (?!have)|poised to|"
    r"plans? to|planned for|supposed to|payable|"
    r"planning to|going to|gon ?na|slated|upcoming|ahead of|"
    r"is to|are to|takes? place|deadline|expires?|begins on|starts on|"
    r"(?<!believed )(?<!thought )(?<!known )(?<!said )(?<!found )(?<!reported )(?<!was )(?<!were )"
    r"to be (?:held|published|released|made|completed|paid|delivered|launched|opened|announced|sold|built|decided|"
    r"unveiled|introduced|finished))\b|[’']ll\b|"
    r"\b(?:I(?: am| ?[’']m)|(?:we|they|you)(?: are| ?[’']re)) (?:\w+ ){0,2}?\w{2,}ing\b|"
    r"\b(?:is|are) (?:meeting|holding|visiting|hosting|returning|flying|playing|arriving|leaving|launching|opening)\b",
    re.IGNORECASE,
)
_DONE = re.compile(r"(?<!\bbe )\b(?:was|were|had|did)\b(?! (?:to|due|set|expected|scheduled|planned)\b)")
# A timetable's present tense looks ahead: "the shuttle launches June 28", "the show opens on Friday".
_DIRECTLY_AHEAD = re.compile(
    r"\b(?:(?:by|until|next|coming|before|through|till)|"
    r"(?:launches|opens|starts|begins|ends|closes|airs|premieres|returns|arrives|expires|kicks off|takes effect|runs"
    r"|goes on sale|comes out)(?: on| from)?|"
    r"(?<!today )(?<!it )\b(?:is|are)(?: on)?|stops (?:at|in) (?:[\w’'-]+ ){1,3}on|"
    r"(?:meets|sits|plays|faces|holds|hosts|votes|elects|chooses|gathers|convenes|unveils|welcomes|heads|goes|travels|"
    r"flies|resumes|debuts|concludes)(?: [\w’'-]+){0,4}(?: on)?|"
    r"(?<=\ws )(?:vote|meet|gather|convene|reconvene|resume|return)(?: [\w’'-]+){0,2}(?: on)?|"
    r"(?:I|[Ww]e|[Yy]ou|[Tt]hey) (?:just |then |literally )?(?:have|work|fly|leave|start|meet|go|come|return|begin)"
    r"(?: [\w’'-]+){0,3}(?: on)?)\s$",
    re.IGNORECASE,
)
_PAST_VERB = re.compile(
    r"(?<!\bbe )\b(?:was|were|had|did|said|told|died|\w{3,}ed|began|won|lost|met|went|came|took|"
    r"gave|made|left|fell|rose|held|found|struck|shot|"
    r"sent|led|beat|sold|bought|became|wrote|saw)(?:\s+\S+){0,4}\s+(?:on |in |late |early )?$"
)
_TELLS_PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|died|\w{3,}ed|began|won|lost|met|went|came|took|gave|made|left|fell|rose|held|found)\b"
)
_BOUNDS = ("by", "before", "until", "till", "through")


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the clause around the date from ``start`` to ``end`` speaks of it as still to come."""
    before = re.split(r"[.;:]\s", text[:start])[-1]
    clause = re.split(r", (?:who|which|after|when|where) ", before)[-1][-90:]
    directly = _DIRECTLY_AHEAD.search(clause)
    if directly:
        bound = directly[0].lower().strip() in _BOUNDS
        # "It was used a million times by Thursday night" looks back; so does "Until Thursday, they had not".
        return not (bound and (_DONE.search(clause) or _opens_a_past(clause[: directly.start()], text[end:])))
    if _AHEAD.search(clause) and not _PAST_VERB.search(_AHEAD.split(clause)[-1]):
        return not re.search(r"\bhad (?:previously |already )?been (?:scheduled|due|planned|expected|slated)\b", clause)
    if not text[:start].strip() and text[end : end + 1] == ":":
        # An agenda's "Friday: the court sits"; a diary's tells what was done.
        return not _TELLS_PAST.search(re.split(r",| (?:what|that|who|which|as|when|where) ", text[end:])[0])
    # "On Monday, the court will sit": the date opens the clause, its verb follows.
    bare = not re.sub(r"\b(?:[OoIi]n|[Aa]t|[Aa]nd|[Tt]hen)\b", "", clause).strip()
    return bare and bool(
        re.match(r",?\s[^.]{0,60}(?:\b(?:will|(?:is|are) (?:to|due to|set to))\b|[’']ll\b)", text[end:])
    )


def looks_back(text: str, start: int, end: int) -> bool:
    """Whether the clause that the date from ``start`` to ``end`` opens or ends tells of what was done."""
    before = re.split(r"[.;:]\s", text[:start])[-1]
    clause = re.sub(r"\b(?:[OoIi]n|[Ll]ate|[Ee]arly|[Aa]nd)\b", "", before[-90:]).strip()
    return bool(_PAST_VERB.search(f"{before[-90:].rstrip()} ")) or _opens_a_past(clause, text[end:])


def _opens_a_past(before: str, behind: str) -> bool:
    """Whether a bound such as ``Until Thursday`` opens a clause that tells of the past."""
    return not before.strip() and bool(re.match(r",?\s(?:[\w’'-]+\s){1,4}(?:had|was|were|did|took|\w{3,}ed)\b", behind))
