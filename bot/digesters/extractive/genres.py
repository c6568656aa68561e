"""What kind of text an article is, told by its form alone: a report, an argument, a guide or a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.cues import PLAIN
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.text import Line
from bot.digesters.extractive.voice import guests_in, instructs, label_of, told_in_person
from bot.domain.articles import Article
from bot.domain.digests import NO_OUTLET

# What a sentence holds that judges, urges or argues with its reader.
_JUDGES = (
    r"\b(?:should|must|ought|no one|nobody|clearly|simply|surely|indeed|obviously|of course|perhaps|maybe|truly|"
    r"essentially|certainly|inevitably|frankly|sadly|ironically|precisely|utterly|deeply|arguably|"
    r"it(?: i|[’']|[’']? wa)s (?:\w+ ){0,2}(?:that|to|time|clear|hard|easy|no)|"
    r"the (?:truth|problem|point|question|fact|reality|answer|trouble) (?:is|here)|"
    r"wrong|terrible|dangerous|absurd|ridiculous|shameful|moral|hypocri\w+|obvious|so-called)\b|\?$"
)
_JUDGEMENT = re.compile(_JUDGES, re.IGNORECASE)
# What a report holds as well, though less often.
_STANCE = re.compile(
    rf"{_JUDGES}|\b(?:needs? to|ha(?:s|ve) to|cannot|can[’']t|not (?:just|only|simply|merely)|nothing|never|"
    r"rather than)\b|^(?:But|And|Yet|So|Or|Nor|Still)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    # A line that a place heads is a wire's; "states" are more often lands than words.
    r"^[A-Z][A-Z .,]{3,30}(?:--|—|–)|"
    rf"\b(?:{'|'.join(sorted(PLAIN - {'states'}))}|states that|told|announc(?:ed|es|ing)|"
    r"[Aa]ccording to|[Ss]pokes\w+|[Oo]fficials|"
    r"[Rr]esearchers|[Rr]eportedly|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:(?:Jan|Febr)uary|March|April|June|July|August|\w+ember|October|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.) \d{1,2})\b|"
    # Quotation marks of all kinds; a single one opens a quotation of some length.
    r"[“\"]|''|‘‘|’’|(?:^|\s)[‘'](?=\w+ \w+ \w+)"
)
# Fewer sentences that report than this make a text an account of how things are, each sentence under its heading.
_LEAST_REPORTED = 0.15
# Where even fewer do, it is its writer's account.
_HARDLY_REPORTED = 0.1
# Who writes of himself has said "I" by then.
_OPENING = 3
# Measured: an essay judges or urges in one sentence of ten, and takes a stance at least as often as it reports.
_LEAST_LINES, _LEAST_JUDGED, _JUDGED_SHARE = 8, 2, 0.1


def judges(text: str) -> bool:
    """Whether a sentence itself judges or urges."""
    return bool(_STANCE.search(text))


def reports(body: Sequence[Line]) -> bool:
    """Whether a text tells what happened and what was said; a page of reference, a recipe or a review hardly does."""
    return _reported(body) >= _LEAST_REPORTED * len(body)


def begins_as_report(body: Sequence[Line]) -> bool:
    """Whether a report's writer is not in its first sentences: whoever says ``I`` further down is someone else."""
    return reports(body) and not any(told_in_person(line.text) for line in body[:_OPENING])


def accounts(body: Sequence[Line]) -> bool:
    """Whether a text of some length reports nothing: all that it says, its writer says."""
    return len(body) >= _LEAST_LINES and _reported(body) < _HARDLY_REPORTED * len(body)


def _reported(body: Sequence[Line]) -> int:
    return sum(bool(_REPORTED.search(line.text)) for line in body)


def argues(body: Sequence[Line]) -> bool:
    """Whether a text judges and urges in its own voice as often as it reports: an essay, a column, a review."""
    own = [line.text for line in body if not _REPORTED.search(line.text)]
    judged = sum(bool(_JUDGEMENT.search(text)) for text in own)
    stance = sum(bool(_STANCE.search(text)) for text in own)
    enough = len(body) >= _LEAST_LINES and judged >= max(_LEAST_JUDGED, _JUDGED_SHARE * len(body))
    return enough and stance >= len(body) - len(own)


_NAME = re.compile(r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|de|da|van|von|der|la|le|bin|al))* [A-Z][\w’'-]+\.?")
_NO_NAME = frozenset(
    "staff desk editor editors editorial board report reporter team news letters press agency contributor contributors "
    "guest admin user wire follow the and by for correspondent columnist writer analyst critic producer".split()
)
_LETTERS = re.compile(r"(?:Letters?|Readers[’'] letters)(?:\s*[:|–—-]|\s+to the)", re.IGNORECASE)
#: who says what an article argues that no one signs
NO_ONE = "The article says"
# An unsigned text with so large a share of "I" and "you" is a speech, an interview or a page of terms.
_SPOKEN = 0.3
# A page's date behind its author's name: "Jo Ann Roe March".
_MONTH_BEHIND = re.compile(r"(?<= \S)(\S*) (?:January|February|March|April|May|June|July|August|\w+ember|October)$")
# "Analysis by Jo Roe"; whose photographs they are does not matter.
_BYLINE_LABEL = re.compile(r"^(?:(?:analysis|opinion|column|comment(?:ary)?|essay|review|words) )?by ", re.IGNORECASE)


# A report's writer is no "I"; "Stage I" and "War I" are none either.
_AS_I = re.compile(
    r"(?<!\b[Ss]tage )(?<!\b[Ww]ar )(?<!\b[Pp]art )(?<!\b[Tt]ype )(?<!\b[Pp]hase )"
    r"\b(?:I(?! [A-Z]|[.’'-])|I[’'](?:m|ve|d|ll)|[Mm]y|myself)\b"
)
# Measured: columns and blogs say so from early on, and more often than a report that lets an "I" slip in.
_LEAST_AS_I, _AS_I_SHARE, _EARLY = 3, 0.04, 1 / 3
# "We" slips in more easily: a reporter's own paper, words whose marks were lost.
_AS_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Oo]urselves)\b(?! [A-Z])")
_LEAST_AS_WE, _AS_WE_SHARE = 5, 0.1


def of_himself(own: Sequence[str]) -> bool:
    """Whether a writer speaks of himself, or for a "we", from early on: what he tells is seen with his eyes.

    Args:
        own: the text's sentences in order, without what they quote.
    """

    def often(word: re.Pattern[str], least: int, share: float) -> bool:
        said = [at for at, text in enumerate(own) if word.search(text)]
        return len(said) >= max(least, share * len(own)) and said[0] <= _EARLY * len(own)

    return often(_AS_I, _LEAST_AS_I, _AS_I_SHARE) or often(_AS_WE, _LEAST_AS_WE, _AS_WE_SHARE)


def voice_of(article: Article, body: Sequence[Line], *, personal: bool, himself: bool) -> str:
    """Who says what an article argues or tells of himself, with the verb; empty where it reports.

    Args:
        article: whose byline, title and address tell.
        body: its sentences.
        personal: whether its writer speaks as ``I`` and to a ``you`` all along.
        himself: whether he speaks of himself as ``I`` from early on.
    """
    leader = bool(label_of(article) or _LETTERS.match(article.title))
    guests = guests_in(body, article.title)
    argued = leader or himself or bool(guests) or argues(body)
    if not (argued or personal or accounts(body)):
        return ""
    who = _who(article, guests, leader=leader)
    # Who "I" is, a page that no one signs does not say: often someone else, whose speech it prints.
    spoken = not (leader or himself or guests) and sum(told_in_person(line.text) for line in body) >= _SPOKEN * len(
        body
    )
    return "" if who == NO_ONE and (personal or spoken or not argued) else who


def _who(article: Article, guests: Sequence[str], *, leader: bool) -> str:
    """Those who sign it, for a leader its paper, else the article itself."""
    if _LETTERS.match(article.title):
        return "A letter says"
    signed = [part for name in article.byline for part in re.split(r",\s+|\s+(?:and|&)\s+", name)]
    people = [name for name in map(_as_signed, signed) if _is_person(name)] or guests
    if people:
        who = f"{people[0]} and others" if len(people) > 2 else " and ".join(people)
        return f"{who} {'write' if len(people) > 1 else 'writes'}"
    if leader and not article.byline and article.outlet.name != NO_OUTLET:
        return f"{article.outlet.name[:1].upper()}{article.outlet.name[1:]} writes"
    return NO_ONE


def said_by(voice: str, text: str) -> str:
    """``text`` word for word as someone's: the marks within it become single ones."""
    inner = re.sub(r"[“”\"]", lambda mark: _single(text, mark.start()), text)
    return f"{voice}: “{inner}”"


def is_said(text: str) -> bool:
    """Whether a statement tells whose word it is, as :func:`said_by` writes it."""
    return bool(re.match(r"[^“”]{2,200} (?:writes?|says): “", text))


def _single(text: str, place: int) -> str:
    opens = text[place] == "“" or (text[place] == '"' and (place == 0 or text[place - 1] in " (—–"))
    return "‘" if opens else "’"


def _as_signed(name: str) -> str:
    name = _MONTH_BEHIND.sub(r"\1", _BYLINE_LABEL.sub("", " ".join(name.split())))
    return name.title() if name.isupper() else name


def _is_person(name: str) -> bool:
    words = [fold(word) for word in name.split()]
    if not _NAME.fullmatch(name) or len(words) > 4 or _NO_NAME.intersection(re.findall(r"\w+", fold(name))):
        return False
    return lexicon.is_given(words[0]) or not set(words) & (lexicon.words("org-heads") | lexicon.words("common"))


# So many orders to the reader, and so large a share of its sentences, make a text a guide.
_ORDERS, _ORDER_SHARE = 4, 0.12


def steps_begin(body: Sequence[Line]) -> int | None:
    """The number of the first sentence that tells a guide's reader what to do; None where the text is no guide."""
    orders = [line.number for line in body if instructs(line.text)]
    return orders[0] if len(orders) >= max(_ORDERS, _ORDER_SHARE * len(body)) else None


# "3. Garden", "Idea #2: Doors", "21) The Ferry".
_NUMBERED = re.compile(
    r"^(?P<kind>[A-Z][\w ’']{0,30} )?#?(?P<number>\d{1,2})(?:[.):]| [–—-]) ?(?P<what>[“\"‘']?[A-Z](?!.*\.{3}).*)"
)
_COUNTED = re.compile(r"\b(?P<number>\d{1,2}|three|four|five|six|seven|eight|nine|ten)(?= [a-z])", re.IGNORECASE)
_NUMBERS = {word: n for n, word in enumerate("three four five six seven eight nine ten".split(), 3)}
_LEAST_ITEMS, _LONGEST_ITEM = 3, 70


def items_of(lines: Sequence[Line], title: str) -> tuple[Line, ...]:
    """The headings that name a list's items, where a text is one from its first third to its last."""
    headings = [line for line in lines if line.kind == "heading" and len(line.text) <= _LONGEST_ITEM]
    numbered = [line for line in headings if _NUMBERED.match(line.text)]
    kinds = [_kind(line) for line in numbered]
    # The most frequent form is the list's own: "Idea #1" beside a mere "2. Doors" in its table of contents.
    form = max(kinds, key=kinds.count, default="")
    found = tuple(line for line in numbered if _kind(line) == form)
    if not _counts(found):
        promised = [_NUMBERS.get(m["number"].lower()) or int(m["number"]) for m in _COUNTED.finditer(title)]
        found = tuple(headings) if len(headings) in promised else ()
    names = {item_name(line) for line in found}
    whole = bool(found) and found[0].number < len(lines) / 3 and found[-1].number > len(lines) / 2
    return found if whole and len(names) == len(found) >= _LEAST_ITEMS else ()


_ANNOUNCES = re.compile(r"(?:Here|Below) (?:is|are)\b|Here[’']s\b|(?:These|The following) are\b")


def list_begins(lines: Sequence[Line], title: str) -> int | None:
    """The number of the first sentence that belongs to one item alone, where the title counts a list's items."""
    items = items_of(lines, title)
    if items:
        return items[0].number
    announced = [line.number for line in lines[: len(lines) // 3] if _ANNOUNCES.match(line.text)]
    return announced[0] + 1 if announced and _COUNTED.search(title) else None


def item_name(heading: Line) -> str:
    """What a heading calls its item, without its number."""
    match = _NUMBERED.match(heading.text)
    return (match["what"] if match else heading.text).strip().rstrip(".:")


def _kind(heading: Line) -> str:
    match = _NUMBERED.match(heading.text)
    return (match["kind"] or "") if match else ""


def _counts(found: Sequence[Line]) -> bool:
    """Whether headings go up or down one by one for the most part."""
    values = [int(match["number"]) for line in found if (match := _NUMBERED.match(line.text))]
    steps = [abs(after - before) for before, after in pairwise(values)]
    return bool(steps) and sum(step in (1, 2) for step in steps) >= 0.6 * len(steps)


_SELF = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")
_TO_YOU = re.compile(r"^[^“\"]*\b[Yy]our?\b")
_LEAST_QUESTIONS, _ANSWERED_IN_PERSON = 4, 0.5


def interview_in(paragraphs: Sequence[Sequence[Line]]) -> frozenset[int]:
    """The sentences of an interview printed without names: questions of a paragraph each, answered by an ``I``.

    What is asked there is no statement, and who answers is known from its introduction alone.
    """
    asked = [at for at, paragraph in enumerate(paragraphs) if len(paragraph) <= 3 and paragraph[-1].text.endswith("?")]
    if len(asked) < _LEAST_QUESTIONS:
        return frozenset()
    answers = [paragraphs[low + 1 : high] for low, high in pairwise([*asked, len(paragraphs)])]
    personal = [any(_SELF.search(line.text) for paragraph in answer for line in paragraph) for answer in answers]
    if sum(personal) < _ANSWERED_IN_PERSON * len(asked):
        return frozenset()
    # The first question may be put as a statement; an introduction seldom says "you".
    spoken = (at for at in range(1, asked[0]) if any(_TO_YOU.search(line.text) for line in paragraphs[at]))
    first = next(spoken, asked[0])
    return frozenset(line.number for paragraph in paragraphs[first:] for line in paragraph)
