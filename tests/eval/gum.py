"""GUM's documents as articles that know their gold names, who is meant by each pronoun, and their dates.

Read from the corpus's ``dep/*.conllu`` (amir-zeldes/gum, texts CC BY). Sentences and paragraphs are the corpus's own,
so that what is measured is not the splitter. Documents are parted by turns in order of name: odd ones for tuning, even
ones held out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.domain.articles import Article
from bot.domain.digests import Outlet

# Texts withheld by their licence are blanks in the corpus; they say nothing.
_WITHHELD = "reddit"
_ENTITY = re.compile(r"\((\d+)(?:\[\d+/\d+\])?-([^()]*)(\)?)|(\d+)(?:\[\d+/\d+\])?\)")
_DATE = re.compile(r"<date ([^>]*)>|</date>")
# Within a name; a person's ends before "of", which says where someone belongs.
_WITHIN = ("of", "de", "&", "-", "–", "'s", "’s")
KINDS = {"person": "person", "organization": "organisation", "place": "place"}


@dataclass(frozen=True)
class Word:
    """A token with its place in its sentence."""

    text: str
    start: int
    end: int
    upos: str
    lemma: str
    head: int  #: the place in the sentence of the word it hangs on; -1 for the root
    relation: str
    proper: bool  #: part of a proper name: "United" in United States too, an adjective else


@dataclass
class Mention:
    """A stretch that means someone or something; ``cluster`` is shared by all that mean the same.

    What the corpus ties to one Wikipedia article is one, though its annotators did not join all that they met again.
    """

    sentence: int
    first: int
    last: int
    cluster: str
    kind: str


@dataclass(frozen=True)
class GoldDate:
    """A date expression and what it means, such as ``2015-05`` (``when``); ranges have none."""

    sentence: int
    start: int
    end: int
    text: str
    when: str


@dataclass(eq=False)
class Document:
    """One text of the corpus."""

    name: str
    published: datetime
    sentences: list[list[Word]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    dates: list[GoldDate] = field(default_factory=list)

    @property
    def genre(self) -> str:
        """News, bio, interview and so on."""
        return self.name.split("_")[1]

    def article(self) -> Article:
        """The text as the digester gets it."""
        return Article(
            title="Untitled",
            outlet=Outlet(name="Corpus"),
            published=self.published,
            sentences=tuple(self.texts),
            paragraphs=tuple(self.paragraphs),
        )

    def name_of(self, mention: Mention) -> tuple[int, int] | None:
        """The place of the mention's name in its sentence: the proper nouns that head it; None where it has none.

        Several names joined by "and" are no one's name.
        """
        words = self.sentences[mention.sentence]
        inside = range(mention.first, mention.last + 1)
        head = next((i for i in inside if words[i].head not in inside), None)
        joined = any(words[i].head == head and words[i].relation == "conj" for i in inside)
        if head is None or not words[head].proper or joined:
            return None
        first = last = head
        while first > mention.first and words[first - 1].proper:
            first -= 1
        while last < mention.last:
            within = _WITHIN if mention.kind != "person" else _WITHIN[1:]
            step = 1 if words[last + 1].proper else 2 if words[last + 1].text in within else 0
            if not step or last + step > mention.last or not words[last + step].proper:
                break
            last += step
        return words[first].start, words[last].end


def documents(folder: Path, half: str) -> Iterator[Document]:
    """The corpus's documents, ``half`` of them (``odd``, ``even``) or ``all``."""
    paths = [p for p in sorted((folder / "dep").glob("GUM_*.conllu")) if _WITHHELD not in p.name]
    for number, path in enumerate(paths, 1):
        if half == "all" or (number % 2 == 1) == (half == "odd"):
            yield read(path)


def read(path: Path) -> Document:
    """One document."""
    text = path.read_text(encoding="utf-8")
    written = re.search(r"meta::dateCreated = (\d{4}-\d\d-\d\d)", text)
    published = datetime.fromisoformat(f"{written[1] if written else '2000-01-01'}T12:00:00+00:00")
    document = Document(path.stem, published)
    opened: dict[str, list[Mention]] = {}
    for block in text.split("\n\n"):
        lines = block.splitlines()
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        rows = [row for row in rows if row[0].isdigit()]
        if rows:
            number = len(document.sentences)
            if any(line.startswith("# newpar") for line in lines) or not number:
                document.paragraphs.append(number + 1)
            words = _words(rows)
            document.sentences.append(words)
            document.texts.append(_text(rows))
            _mentions(document, number, rows, opened)
            document.dates.extend(_dates(number, rows, words, document.texts[-1]))
    return document


def _text(rows: list[list[str]]) -> str:
    return "".join(row[1] + ("" if "SpaceAfter=No" in row[9] else " ") for row in rows).rstrip()


def _words(rows: list[list[str]]) -> list[Word]:
    words, at = [], 0
    for row in rows:
        proper = row[4].startswith("NNP")
        words.append(Word(row[1], at, at + len(row[1]), row[3], row[2], int(row[6]) - 1, row[7], proper))
        at += len(row[1]) + (0 if "SpaceAfter=No" in row[9] else 1)
    return words


def _mentions(document: Document, number: int, rows: list[list[str]], opened: dict[str, list[Mention]]) -> None:
    for i, row in enumerate(rows):
        marks = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        for match in _ENTITY.finditer(marks[1]) if marks else ():
            if match[4]:
                if opened.get(match[4]):
                    opened[match[4]].pop().last = i
                continue
            # kind, givenness, salience, centring, smallest span, link, Wikipedia article
            kind, *others = str(match[2]).split("-", 6)
            mention = Mention(number, i, i, others[5] if len(others) == 6 else match[1], kind)
            document.mentions.append(mention)
            if not match[3]:
                opened.setdefault(match[1], []).append(mention)


def _dates(number: int, rows: list[list[str]], words: list[Word], text: str) -> Iterator[GoldDate]:
    begun: tuple[int, str] | None = None
    for i, row in enumerate(rows):
        marks = re.search(r"(?:^|\|)XML=(.*)$", row[9])
        for match in _DATE.finditer(marks[1]) if marks else ():
            if match[1]:
                when = re.search(r'when:::"([^"]*)"', match[1])
                begun = i, when[1] if when else ""
            elif begun:
                start, end = words[begun[0]].start, words[i].end
                yield GoldDate(number, start, end, text[start:end], begun[1])
                begun = None
