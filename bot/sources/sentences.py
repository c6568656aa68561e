"""Where one sentence ends and the next begins.

Written here because what is at hand either carries binaries for a few machines alone or splits news worse: quotations
that close after the stop, initials, titles, American abbreviations. Linear in the text's length. The text itself is
never changed: sentences joined by the white space between them give the paragraph back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

# Before a name or number: no sentence ever ends here.
_LEADING = frozenset(
    """mr mrs ms messrs mx dr drs prof rt hon rev fr sr sra srta dra gen gov lt col sgt capt cmdr cpl pvt maj adm brig
    sen sens rep reps pres supt det insp st ste mt ft no nos nr vol vols p pp fig figs ch sec art op approx ca c cf vs v
    viz e.g i.e eg ie z.b d.h u.a bzw usw evtl ggf sog tel al ed eds est lic ing arq atty asst assoc dept univ
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat""".split()
)
# Months and the like end a sentence readily when a word follows; before a number they never do.
_BEFORE_NUMBER = frozenset(
    """no nos nr vol vols p pp fig figs ch sec art op approx ca est
    jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
# After a name or number: a sentence may end here, and does where a new one plainly begins.
_TRAILING = frozenset(
    """inc corp ltd co cos bros llc plc jr sr esq md phd ph.d m.d b.a m.a a.m p.m am pm u.s u.k u.n u.s.a e.u d.c
    b.c a.d ave blvd rd hwy sq bldg min max mph km kg lb lbs oz ft gal tbsp tsp hr hrs sec secs mins nw sw ne se
    calif fla mass conn colo ariz ill ind kan ky la md mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash
    wis wyo ala ark del ga n.h n.j n.m n.y n.c n.d s.c s.d r.i w.va ont que""".split()
)
# Words that begin a sentence far more often than they follow an abbreviation inside one.
_OPENERS = frozenset(
    """the a an he she it they we i you this that these those there here but and so however meanwhile although while
    when if as in on at after before since for from with by his her its their our my your who what where why how
    some many most several all both each every no not now then still yet also another later earlier last
    asked despite under according""".split()
)
_CLOSERS = "\"'”’»›)]}"
_OPENING = "\"'“‘„«‹([{¿¡–—-"
# A number in brackets after the stop cites; it belongs to the sentence before it.
_CITES = r"(?:\s?\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\])*"
# Two sentences that lost the space between them: "on Wednesday.The stabbing".
_GLUED = r"(?<=[a-z]{3})[.!?](?=[A-Z][a-z]+\s[a-z])"
_END = re.compile(
    rf"(?:{_GLUED}|[.!?…‽⁇⁈⁉؟۔]+[{re.escape(_CLOSERS)}]*\*{{0,2}}{_CITES}(?=\s)|[。！？｡।॥]+[」』”’）)]*)"
)
# Firms and shows whose names end in a mark: "E! News", "Yahoo! Inc".
_SHOUTED = frozenset(("E", "Yahoo", "Yum", "Jeopardy", "Joomla"))
_NAMED = re.compile(r"\s(?:[A-Z]\w|[a-z])")
# What follows a quotation that asks or shouts: "Why?" Ms Tamm asked.
_SAYS = re.compile(
    r"(?:I|[Hh]e|[Ss]he|[Tt]hey|[Ww]e|(?:the |The )?(?:[^\W\d_][\w.’'-]*\s){0,3}?[^\W\d_][\w.’'-]*)\s"
    r"(?:said|says|say|asked|asks|ask|told|tells|added|adds|wrote|writes|replied|shouted|cried|called|tweeted|joked)\b"
)
_WORD_BEFORE = re.compile(r"(\S+)$")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_SINGLE = re.compile(r"[^\W\d_]")
_ORDINAL = re.compile(r"\d{1,2}|[IVX]+")
_CAMEL = re.compile(r"[a-z]+[A-Z]")
# A word must end somewhere; what has no white space for this long is no prose.
_LOOK_BACK = 60
# An agency's place and name before the first words: "DELMAR, S.C. (AP) — ".
_DATELINE = re.compile(r"\s+(?:\([A-Z][\w. /-]{1,25}\)\s*)?(?:[—–]|--|-\s)")
_LONGEST_DATELINE = 60
# A motto or title in quotation marks is short; its stops end no sentence that goes on behind it.
_LONGEST_MOTTO = 45
_MOTTO = re.compile(r"(?<![,:;.!?])\s[“\"‘](?P<in>[^“”\"‘’]{2,45})$")
_MOTTO_ENDS = re.compile(r"^[^“”\"‘]{2,45}[”\"’]\s+[a-z]")
# What someone says, stops and all, is part of the sentence that tells of it, where no space parts sentences.
_LONGEST_SAID = 200
_WIDE_END = re.compile(r"[。！？｡][」』”’）)]*$")
_PARTICLE = re.compile(r"[ぁ-ゖ、]")
_SHORT_WORD = re.compile(r"(?<!\S)([A-Z][A-Za-z]{0,4})(\.?)(?=(\s*\S\S?))")


def sentences_of(paragraph: str, language: str = "en", abbreviations: Collection[str] = ()) -> list[str]:
    """The sentences of one paragraph, in order, without the white space around them.

    Args:
        paragraph: running text; line breaks count as white space.
        language: BCP 47; German ordinals ("3. Januar") end no sentence.
        abbreviations: words that the text always writes with a stop, see :func:`abbreviations_in`.
    """
    found: list[str] = []
    start = 0
    for match in _END.finditer(paragraph):
        before = _WORD_BEFORE.search(paragraph[max(0, match.start() - _LOOK_BACK) : match.start()])
        if before and before[1] in abbreviations and match.group() == ".":
            continue
        if (
            match.group() == "!"
            and before
            and before[1].lstrip(_OPENING) in _SHOUTED
            and _NAMED.match(paragraph, match.end())
        ):
            continue
        if _within_brackets(paragraph, start, match.end()):
            continue
        if _within_motto(paragraph, start, match.end()) or _within_dots(paragraph, start, match.start(), match.end()):
            continue
        if _ends(paragraph, match.start(), match.group(), match.end(), language):
            found.append(paragraph[start : match.end()].strip())
            start = match.end()
    found.append(paragraph[start:].strip())
    return [sentence for sentence in found if sentence]


def abbreviations_in(lines: Iterable[str]) -> frozenset[str]:
    """Short words that a text never writes without a stop, and at times before a small letter or a digit.

    So a product called ``ID.`` is told from a sentence's end by the article itself.
    """
    always: dict[str, bool] = {}
    sure: set[str] = set()
    for line in lines:
        for match in _SHORT_WORD.finditer(line):
            word, stop, following = match[1], match[2], match[3]
            always[word] = always.get(word, True) and bool(stop)
            if stop and (following[0].isdigit() or (following[0].isspace() and following.lstrip()[:1].islower())):
                sure.add(word)
    return frozenset(word for word in sure if always[word] and len(word) > 1)


_DOTS = 10
_DOTS_AHEAD, _DOTS_BEFORE = re.compile(r"\s[.?!](?!\w)"), re.compile(r"\W*(?:\.\s){1,3}$")


def _within_dots(text: str, start: int, mark: int, end: int) -> bool:
    """Whether a stop is one of three with spaces between them, and not the last, or these only begin a sentence."""
    if text[mark:end] != ".":
        return False
    if _DOTS_AHEAD.match(text, end):
        return True
    return mark - start < _DOTS and bool(_DOTS_BEFORE.match(text[start:mark]))


def _within_brackets(text: str, start: int, end: int) -> bool:
    """Whether an ideographic mark stands in a quotation that closes soon, or a particle behind its end goes on."""
    said = text[max(start, end - _LONGEST_SAID) : end]
    if not _WIDE_END.search(said):
        return False
    opened = (closing for opening, closing in ("「」", "『』", "“”") if said.count(opening) > said.count(closing))
    if closing := next(opened, ""):
        return closing in text[end : end + _LONGEST_SAID]
    return said[-1] in "」』" and _PARTICLE.match(text, end) is not None


def _within_motto(text: str, start: int, end: int) -> bool:
    """Whether a mark stands inside a short phrase in quotation marks that a sentence uses as a word."""
    opened = _MOTTO.search(text[max(start, end - _LONGEST_MOTTO - 4) : end])
    return bool(opened) and _MOTTO_ENDS.match(text[end : end + 2 * _LONGEST_MOTTO]) is not None


def _ends(text: str, mark: int, marks: str, after: int, language: str) -> bool:
    following = text[after : after + _LOOK_BACK].lstrip()
    if not following or marks[0] in "。！？｡।॥":
        return True
    if _is_label(text, mark) or (after <= _LONGEST_DATELINE and _opens_report(text, mark, after)):
        return False
    opened = following.lstrip(_OPENING + " ")
    if not opened:
        return True
    quoted = following[0] in _OPENING
    if opened[0].islower():
        # "Why?" she asked. — and a name in lower case (iPhone, eBay) begins one.
        return _is_camel(opened) and "." in marks
    if marks.rstrip(_CLOSERS) != "." or marks[-1] in _CLOSERS:
        return _after_strong_mark(marks, opened, quoted)
    return _after_full_stop(text, mark, opened, quoted, language)


def _opens_report(text: str, mark: int, after: int) -> bool:
    """Whether the stop is an abbreviated state's in the dateline of an agency's report."""
    before = _WORD_BEFORE.search(text[:mark])
    word = before[1].lower() if before else ""
    abbreviated = word in _TRAILING or word in _BEFORE_NUMBER or "." in word
    return abbreviated and _DATELINE.match(text[after:]) is not None


def _after_strong_mark(marks: str, opened: str, quoted: bool) -> bool:
    """After ``?``, ``!``, ``…`` or a stop inside a closing quotation mark or bracket."""
    if marks[0] in ".…" and marks.rstrip(_CLOSERS) in ("...", "..", "…", "....") and marks[-1] not in _CLOSERS:
        return quoted or not opened[0].isdigit()
    asks = marks[0] in "!?‽⁇⁈⁉" and marks[-1] in "\"'”’»›"
    return not (asks and not quoted and _SAYS.match(opened))


def _after_full_stop(text: str, mark: int, opened: str, quoted: bool, language: str) -> bool:
    before = _WORD_BEFORE.search(text[max(0, mark - _LOOK_BACK) : mark])
    word = before[1].lstrip(_OPENING + "/") if before else ""
    lower = word.lower()
    first = _first_word(opened)
    if lower in _BEFORE_NUMBER:
        return not opened[0].isdigit() and lower not in _LEADING
    if lower in _LEADING and not (lower == "no" and quoted):
        return False
    if lower in _TRAILING or (_INITIAL.fullmatch(word) and "." in word):
        return quoted or first.lower() in _OPENERS
    if _SINGLE.fullmatch(word) and word.isupper():
        # An initial: "J. D. Vance", but "Plan B. The", and "So did I. We".
        return (word == "I" and not quoted) or first.lower() in _OPENERS
    return not (language[:2] in _ORDINAL_LANGUAGES and _ORDINAL.fullmatch(word) and not quoted)


_ORDINAL_LANGUAGES = frozenset(("de", "da", "nb", "no", "nn", "fi", "cs", "sk", "hu", "sl", "hr", "et", "lv", "is"))


def _first_word(text: str) -> str:
    match = re.match(r"[\w’']+", text)
    return match[0] if match else ""


def _is_camel(text: str) -> bool:
    return _CAMEL.match(text) is not None


def _is_label(text: str, mark: int) -> bool:
    """Whether the stop belongs to a list's number: ``1. Boil the water``."""
    line = text[:mark] if mark < 4 else ""
    return bool(line) and _ORDINAL.fullmatch(line.strip()) is not None
