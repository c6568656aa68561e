"""An article as the rules read it: lines of tokens, each known to be body, heading or furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal

from bot.digesters.extractive.captions import captions_in
from bot.digesters.extractive.chronology import dates_of_sentences
from bot.digesters.extractive.dates import dates_in
from bot.digesters.extractive.dating import Dated
from bot.digesters.extractive.furniture import is_furniture
from bot.domain.articles import Article

# What is beyond is not read: no news article is longer, and time must be bounded whatever comes.
MAX_LINES = 1200
MAX_LINE = 1500
MAX_CHARACTERS = 150_000

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?|[A-Z]\.[A-Z]\b"  # U.S., J.D., U.S before a word
    r"|(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Lt|Gen|Col|Sgt|Capt|Prof|Rev|Jr|Sr|St|Hon|Adm|Maj|Cmdr|Cllr|Jan|Feb"
    r"|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Corp|Ltd|Co)\."
    r"|\b[A-Z]\.(?=\s*[A-Z])"  # an initial
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|k|p|pm|am|km|kg|mph)?\b"
    r"|\w+(?:[’'&\-‑]\w+)*"
    r"|[^\w\s]"
)

LineKind = Literal["body", "heading", "furniture"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark with its place in the line."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True)
class Line:
    """One sentence of the article."""

    number: int  #: counted from 1
    text: str
    paragraph: int  #: counted from 0; unknown paragraphs make each sentence its own
    kind: LineKind
    tokens: tuple[Token, ...] = field(repr=False, default=())
    mended: str = ""  #: the text with lost spaces put back, where some were lost

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in lower case, without marks."""
        return tuple(t.text.lower() for t in self.tokens if t.text[0].isalnum())


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of ``text``; a possessive 's is split off."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word, start = match[0], match.start()
        if len(word) > 2 and word[-2:] in ("'s", "’s") and word.lower() not in _NOT_POSSESSIVE:
            found.append(Token(word[:-2], start, match.end() - 2))
            found.append(Token(word[-2:], match.end() - 2, match.end()))
        else:
            found.append(Token(word, start, match.end()))
    return tuple(found)


_NOT_POSSESSIVE = {f"{w}{a}s" for w in ("it", "he", "she", "that", "there", "here", "what", "who", "let") for a in "'’"}


_CONTRACTED = re.compile(r"(?i)(?:he|she|they|we|I|who)(?=[’'](?:s|re|m|ve|d|ll)$)")


def parted(token: Token) -> tuple[Token, ...]:
    """A token such as ``He's`` as a pronoun and its verb; any other as it is."""
    match = _CONTRACTED.match(token.text)
    if match is None:
        return (token,)
    middle = token.start + match.end()
    return Token(match[0], token.start, middle), Token(token.text[match.end() :], middle, token.end)


@dataclass(frozen=True)
class Reading:
    """The article's lines, with paragraphs."""

    article: Article
    lines: tuple[Line, ...]
    paragraphs_known: bool

    @cached_property
    def body(self) -> tuple[Line, ...]:
        """The sentences that are neither furniture nor headings."""
        return tuple(line for line in self.lines if line.kind == "body")

    def paragraphs(self) -> list[tuple[Line, ...]]:
        """The body's lines, paragraph by paragraph."""
        groups: dict[int, list[Line]] = {}
        for line in self.body:
            groups.setdefault(line.paragraph, []).append(line)
        return [tuple(group) for group in groups.values()]

    @cached_property
    def dates(self) -> dict[int, list[Dated]]:
        """The dates of each line by its number, those told by the text around them too."""
        texts = [line.text for line in self.lines]
        starts = {b.number for a, b in pairwise(self.lines) if a.paragraph != b.paragraph}
        found = dates_of_sentences(texts, starts, self.article.published.date())
        return {line.number: self._knowable(line.text, dates) for line, dates in zip(self.lines, found, strict=True)}

    def dates_in(self, text: str) -> list[Dated]:
        """The dates that some words of the article give by themselves."""
        return self._knowable(text, dates_in(text, self.article.published.date()))

    def _knowable(self, text: str, dates: list[Dated]) -> list[Dated]:
        """Without what counts from the day of publication, where nobody tells that."""
        return [each for each in dates if each.stands_alone(text)] if self.article.undated else dates

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """Every word that the body writes in lower case: it is no name where a sentence begins with it."""
        return frozenset(
            t.text for line in self.body for t in line.tokens if t.text[0].isalpha() and t.text[0].islower()
        )


def reading_of(article: Article) -> Reading:
    """Read ``article``, at most as much of it as the bounds allow."""
    starts = set(article.paragraphs) or set(range(1, len(article.sentences) + 1))
    lines: list[Line] = []
    seen: set[str] = set()
    repeated: set[int] = set()
    captions = captions_in(article)
    paragraph, spent = -1, 0
    for number, sentence in enumerate(article.sentences[:MAX_LINES], 1):
        paragraph += number in starts
        spent += len(sentence)
        if spent > MAX_CHARACTERS:
            break
        text = sentence[:MAX_LINE]
        tokens = tokens_of(text)
        within = bool(article.paragraphs) and number not in starts
        if number in captions:
            # What stands below a picture as well is told by the text, not by the caption that comes first.
            lines.append(Line(number, text, paragraph, "furniture", tokens))
            continue
        kind = _kind(article, sentence, tokens, within)
        bare = _UNMARKED.sub("", sentence)
        if kind != "furniture" and (len(tokens) > 5 or number - 1 in repeated) and bare in seen:
            repeated.add(number)
        seen.update({bare, *(_UNMARKED.sub("", part) for part in _QUOTED.findall(sentence))})
        lines.append(Line(number, text, paragraph, kind, tokens))
    lines = _without_repeated(lines, repeated)
    return Reading(article, tuple(_with_bare_sentences(lines)), bool(article.paragraphs))


# A post that a page quotes and then shows is there with quotation marks and without.
_UNMARKED = re.compile(r"^[^\w$£€(\[]+|[\"”’'\s.,!?]+$")
_QUOTED = re.compile(r"[“\"]([^“”\"]{12,})[”\"]")


def _without_repeated(lines: Sequence[Line], repeated: set[int]) -> list[Line]:
    """The lines, with what a page says twice left to its furniture, but not out of the middle of a quotation."""
    found: list[Line] = []
    for line in lines:
        above = found[-1] if found and found[-1].paragraph == line.paragraph else None
        runs_on = above is not None and above.kind == "body" and _quotes_on(above.text, line.text)
        again = line.number in repeated and not runs_on
        found.append(replace(line, kind="furniture") if again else line)
    return found


def _quotes_on(above: str, text: str) -> bool:
    """Whether a sentence goes on with what the one above quotes."""
    left_open = above.count("“") > above.count("”")
    return left_open or (text[0] in '"“' and any(mark in above for mark in '"“'))


# A brief report may leave the stops out; a longer text's lines without one are its headings and captions.
_BRIEF, _FEW = 80, 12
_SENTENCE_WORDS = 10


def _with_bare_sentences(lines: list[Line]) -> list[Line]:
    """The lines, with those counted as sentences that a brief report writes without a stop."""
    if len(lines) > _FEW or sum(len(line.words) for line in lines if line.kind == "body") >= _BRIEF:
        return lines
    return [replace(line, kind="body") if line.kind == "heading" and _reads_on(line) else line for line in lines]


def _reads_on(line: Line) -> bool:
    """Whether a line without a stop has a sentence's length and its small letters."""
    words = [t.text for t in line.tokens if t.text[0].isalpha()]
    return len(words) >= _SENTENCE_WORDS and sum(w[0].islower() for w in words) * 2 > len(words)


_ENDS = re.compile(r"[.!?…:;。！？][\"'”’»)\]」』]*\s*$|[\"”»」』]\s*$")
# A name behind a dash signs the quotation before it.
_SIGNATURE = re.compile(r"[—–―-]\s?(?:[A-Z][\w.’'-]*\s?){1,4}(?:,.{0,60})?$")
# A line this short that breaks off is a link to another page, unless someone is quoted.
_TEASER = 60
_BREAKS_OFF = re.compile(r"^[^\"“«]*\w ?(?:\.\.\.|…)$")
_TABULAR = re.compile(r"\||\t|\s{4,}")


def _kind(article: Article, sentence: str, tokens: tuple[Token, ...], within: bool) -> LineKind:
    names = [article.outlet.name, *article.byline]
    if is_furniture(sentence, article.title, names):
        return "furniture"
    words = [t.text for t in tokens if t.text[0].isalnum()]
    if not words or len(sentence) > MAX_LINE or len(_TABULAR.findall(sentence)) > 2:
        return "furniture"
    if sum(w[0].isdigit() for w in words) * 2 > len(words) and len(words) > 3:
        return "furniture"
    if _SIGNATURE.match(sentence):
        return "body"
    if not _ENDS.search(sentence) or (len(sentence) <= _TEASER and _BREAKS_OFF.search(sentence)):
        return "heading"
    long_words = [w for w in words if len(w) > 3]
    # "This is all mine." has but one long word and is no heading.
    capitals = sum(w[0].isupper() for w in words) * 2 > len(words)
    # What follows another sentence in its paragraph, or begins what someone says, is no heading either.
    runs_on = within or (sentence[0] in '"“' and not re.search(r"[\"”]", sentence[1:]))
    if not runs_on and len(words) > 3 and capitals and long_words and all(w[0].isupper() for w in long_words):
        return "heading"
    return "body"
