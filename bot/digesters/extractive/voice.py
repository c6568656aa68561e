"""Who speaks in a sentence: the report itself, its writer to a reader, or someone in a dialogue printed as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.clauses import VERB
from bot.digesters.extractive.cues import BARE, CUES, PLAIN
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.text import Line
from bot.domain.articles import Article

_IN_PERSON = re.compile(
    # Within a sentence a capital begins a title: "Roe's show The Terms of My Surrender".
    r"\b(?:I|we|you|my|our|your|[Yy]ours|[Yy]ourself|[Oo]urselves|us|me|myself|"
    r"(?<![\w,’'] )(?:We(?! [A-Z])|You|My|Our|Your)|"
    r"(?:I|[Ww]e|[Yy]ou)[’']\w+)\b|\b[Ll]et[’']s\b"
)


# What a writer wonders, cries out or grants is his own.
_MUSES = re.compile(
    r"^(?:Perhaps|Maybe|Hopefully|Surely|Admittedly|Frankly|Honestly|No doubt|Alas|Oh|Yup|To be (?:clear|fair|honest)|"
    r"(?:OK|Yes|No|Well)(?=,)),? |"
    r"![\"”’')]*$|\?[\"”’')]* [A-Z]|\bPro tip\b|\bit[’']s worth noting\b|"
    r"^(?:So |SO )?[Hh]ow (?:much|many|do|does|did|can|to)\b[^,]*$|\bit (?:would|could|might) (?:also )?seem\b|"
    r"^Just another\b|^(?:Flash|Fast)[ -]?(?:forward|back) to\b|^If only\b|"
    r"\bit (?:can|could|may|might) be assumed\b"
)


# What is called so is called so by someone.
_VALUES = re.compile(
    r"\b(?:foolish\w*|silly|stupid\w*|dumb|idiot\w*|ridiculous\w*|ludicrous\w*|absurd\w*|pathetic\w*|laughabl\w+|"
    r"nonsensical\w*|inane|hapless\w*|shame(?:ful|less)\w*|brazen\w*|disgraceful\w*|despicabl\w+|appalling\w*|"
    r"outrageous\w*|wonderful\w*|marvel(?:l)?ous\w*|fantastic\w*|fabulous\w*|amazing\w*|awesome\w*|astounding\w*|"
    r"gorgeous\w*|superb\w*|magnificent\w*|delightful\w*|delicious\w*|lovely|hilarious\w*|adorabl\w+|nice(?:ly|st|r)?|"
    r"nutty|preposterous\w*|clueless\w*|stooges?|dupes?|moronic|crackpots?|bogus|farcical\w*|schmaltz\w*|barbarous\w*|"
    # "Gridlock aside", "it seemed that", "would be worse if not for": who weighs so weighs for himself.
    r"it (?:seem|sound|look)(?:s|ed) (?:like|as though|as if|that)|seems like|if not for|"
    r"(?:a|this|that|his|her|their) (?:\w+ )?(?:rant|tirade)|the most (?:striking|interesting|amazing) thing)\b|"
    r"^(?![^,]*\b(?:has|have|had|is|was|were|sets?|puts?|step\w*|stood|mov\w+|push\w*|brush\w*|casts?|laid)\b)"
    r"[A-Z][^,\"“]{3,60} aside, "
)
_SOURCED = re.compile(
    rf"\b(?:{'|'.join(sorted(CUES - BARE))}|according|call(?:s|ed|ing)?|deem(?:s|ed)|saw|sees?|seen|finds?|found)\b|"
    r"(?<!to )\b(?:indicate|suggest|say|argue|warn|claim|contend|reveal|show) that\b"
)


# Those who deny or encourage something do not say what their writer calls it.
_VALUED = re.compile(
    rf"\b(?:{'|'.join(sorted(PLAIN - {'denied', 'denies', 'denying'}))}|according|call(?:s|ed|ing)|"
    r"describ(?:es|ed|ing)|dubbed|branded|label(?:l)?ed|deem(?:s|ed)|praised|hailed|slammed|blasted|criticized|criticised|"
    r"f(?:i|ou)nds?|thinks?|thought|believe[sd]|saw|sees?)\b"
)


def values(text: str) -> bool:
    """Whether a sentence praises or scorns in words of its own, and names no one who does."""
    outside = _outside(text)
    return bool(_VALUES.search(outside)) and not _VALUED.search(outside)


def is_sourced(text: str) -> bool:
    """Whether a sentence holds a verb by which someone says, calls or judges something."""
    return bool(_SOURCED.search(text))


_OPINION_PATH = re.compile(
    r"/(?:opinions?|commentisfree|columns?|columnists?|editorials?|op-?eds?|commentary|blogs?/opinion|letters)(?:/|$)",
    re.IGNORECASE,
)
_OPINION_TITLE = re.compile(
    r"^(?:opinion|column|commentary|editorial|op-ed|perspective)\s*[:|]|[|–-]\s*(?:opinion|editorial|commentary|column)\s*$|"
    r"\bview on\b.*:",
    re.IGNORECASE,
)


_ANALYSIS_BYLINE = re.compile(r"^analysis by\b", re.IGNORECASE)
# A paper's own label above the text: "NEWS ANALYSIS:", "ANALYSIS/OPINION:".
_KICKER = re.compile(r"(?:ANALYSIS/)?(?:OPINION|COMMENTARY|EDITORIAL|Opinion|Commentary|Editorial):?$")
_ANALYSIS_KICKER = re.compile(r"(?:NEWS )?ANALYSIS:?$|(?:News )?[Aa]nalysis:?$")


def label_of(article: Article) -> str:
    """``Opinion`` or ``Analysis`` where a page calls itself so: in its title, address, byline or first line."""
    path = urlsplit(article.url).path if article.url else ""
    first = article.sentences[0]
    if _OPINION_TITLE.search(article.title) or _OPINION_PATH.search(path) or _KICKER.match(first):
        return "Opinion"
    analysis = _ANALYSIS_KICKER.match(first) or any(_ANALYSIS_BYLINE.match(name) for name in article.byline)
    return "Analysis" if analysis else ""


def told_in_person(text: str) -> bool:
    """Whether the writer speaks as ``I`` or ``we``, or to ``you``: an editor would not repeat it as a fact."""
    outside = _outside(text)
    return bool(_IN_PERSON.search(outside) or _MUSES.search(outside)) or instructs(text)


# An essay, a guide, a recipe or a letter to readers speaks so in every other sentence of its own; news hardly does.
_PERSONAL_SHARE, _PERSONAL_LEAST = 0.5, 3


def is_personal(own: Sequence[str]) -> bool:
    """Whether a text speaks to its reader as a whole: none of it is then a report that a digest could repeat.

    Args:
        own: the text's sentences but those that it quotes.
    """
    addressed = sum(told_in_person(text) for text in own)
    return addressed >= max(_PERSONAL_LEAST, _PERSONAL_SHARE * len(own))


def _outside(text: str) -> str:
    return re.sub(r"[\"“].*?[\"”]", "", text)


# What tells a reader to do something opens with a bare verb.
_ORDERS = re.compile(
    r"^(?:Don[’']t|Do not|Find out|Go (?:to|for|with)|Head to|Heat (?:to|up|in)|Make sure|Be sure|"
    r"Never (?:mind|use|buy|let)|Start (?:with|by)|Turn (?:on|off|up|down)|"
    r"(?P<verb>[A-Z][A-Za-z]+)(?! (?:is|was|are|were|has|had|of)\b))\b"
)
# A capitalised word right before a determiner is such a verb unless it is one of these.
_DETERMINED = re.compile(r"^(?P<verb>[A-Z][a-z]+) (?:the|a|an|your|them|it|yourself|this|these|any)\b(?!-)")


# "Once the dough has risen, bake the loaf".
_FRONTED_ORDER = re.compile(
    r"^(?:After|Before|Once|When|While|If|In|On|To|With|For|Using|Next|Then|Now|Finally)\b[^,]{0,90}, (?:then )?"
    r"(?P<verb>[a-z]+)\b"
)


# "Ask Brann has bought a rival": a firm's name.
_ACTS_BY_NAME = re.compile(
    r"(?:[A-Z][\w’'-]+ ){2,4}(?:has|have|had|is|are|was|were|will|says?|said)\b|"
    # "Search sites want to know": what stands before a verb in the plural is no order.
    r"[A-Z][a-z]+ [a-z]+s (?:want|are|were|have|say|said)\b"
)


def instructs(text: str) -> bool:
    """Whether a sentence tells its reader what to do: ``Remove the jars``, ``Try to save a little``."""
    fronted = _FRONTED_ORDER.match(text)
    if fronted and fold(fronted["verb"]) in lexicon.words("orders"):
        return True
    order = None if _ACTS_BY_NAME.match(text) else _ORDERS.match(text)
    if order and (order["verb"] is None or fold(order["verb"]) in lexicon.words("orders")):
        return True
    match = _DETERMINED.match(text)
    verb = fold(match["verb"]) if match else ""
    return bool(verb) and not (
        verb in lexicon.words("before-determiners")
        or verb.endswith(("ing", "ed", "ly", "s", "wards"))
        or lexicon.is_given(verb)
        or lexicon.is_place(verb)
        or verb in lexicon.names("organisations")
    )


_LABEL = re.compile(r"^(?P<label>[QA](?=[.:])|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2}(?=\s?:))\s?[.:]\s")
_ASKS, _ANSWERS = ("Q", "Question"), ("A", "Answer")


def dialogue_in(paragraphs: Iterable[Sequence[Line]]) -> frozenset[int]:
    """The sentences that are a dialogue printed with its speakers' names before what each says.

    Who says ``I`` there, and of what, is known from the label alone, so none of it is the report's own word.
    """
    labelled: list[tuple[int, str]] = []
    lines: list[tuple[int, int]] = []
    for at, paragraph in enumerate(paragraphs):
        match = _LABEL.match(paragraph[0].text)
        if match:
            labelled.append((at, match["label"]))
        lines.extend((at, line.number) for line in paragraph)
    labels = [label for _, label in labelled]
    often = {label for label in labels if labels.count(label) > 1}
    if len(often) < 2 and not often & set(_ASKS):
        # One question, one answer: a reader asks, and the writer answers.
        asked = next((at for at, label in labelled if label in _ASKS), None)
        answered = next((at for at, label in labelled if label in _ANSWERS and asked is not None and at > asked), 0)
        return frozenset(number for at, number in lines if asked is not None and asked <= at < answered)
    first = next(at for at, label in labelled if label in often)
    return frozenset(number for at, number in lines if at >= first)


_DENIES = re.compile(r"n[’']t\b|\b(?:not|never)\b")
_PAYS_OFF = re.compile(r"(?:He|She|It|They|That|This)\b")
_CURT = 6


def half_told_in(body: Sequence[Line]) -> frozenset[int]:
    """The sentences that only deny what the next one curtly affirms: ``He did not go to Varna. He went to Sund``."""
    return frozenset(
        line.number
        for line, below in pairwise(body)
        if line.paragraph == below.paragraph
        and len(below.words) <= _CURT
        and _PAYS_OFF.match(below.text)
        and _DENIES.search(line.text)
    )


# "Here is the full memo:": what follows is not the report's.
_PRINTS = re.compile(
    r"(?:Here(?:[’']s| is| are)|Below (?:is|are)|Read|This is|(?:The f|F)ollowing (?:is|are)|What follows is)\b"
    r"(?=.*\b(?:full|complete|entire|whole|transcript|unedited|verbatim)\b)(?=.*\b(?:memo|statement|letter|transcript|text|"
    r"remarks|speech|e-?mail|note|order|message|post|address|interview|testimony|conversation|exchange)s?\b).*:$"
)


def printed_in(body: Sequence[Line]) -> frozenset[int]:
    """The sentences of someone's memo, letter or speech that a page prints in full behind its report."""
    prints = next((line.number for line in body if _PRINTS.match(line.text)), None)
    return frozenset(line.number for line in body if prints is not None and line.number >= prints)


# "Jo Roe is a lawyer at Ostby College": who wrote it, where the text names him nowhere else.
_WRITER = re.compile(
    r"(?!The\b)(?P<who>(?:[A-Z][\w.’'-]+ ){1,3}(?P<last>[A-Z][\w’'-]+))(?:, [^,]{2,99},)? "
    r"(?:(?:is|was|has been) (?:an?|the|one|co-|former)|has worked as|writes for)\b"
)
_EDGE = 3
_OF_THE_STAFF = re.compile(r"\b(?:writer|reporter|correspondent|journalist|editor)\b")


def writers_in(body: Sequence[Line], title: str) -> dict[int, str]:
    """The first and last sentences that say who someone is of whom nothing else is told, with his name: the writer."""
    found = {}
    for line in (*body[:1], *body[-_EDGE:]):
        match = _WRITER.match(line.text)
        others = " ".join([title, *(other.text for other in body if other is not line)])
        if match and not re.search(rf"\b{re.escape(match['last'])}\b", others):
            found[line.number] = match["who"]
    return found


def guests_in(body: Sequence[Line], title: str) -> list[str]:
    """The writers who are none of the paper's reporters: what they write is their view."""
    told = {line.number: line.text for line in body}
    return [who for number, who in writers_in(body, title).items() if not _OF_THE_STAFF.search(told[number])]


_CLAIM = re.compile(
    r"(?:The |What was |What is )?(?:[Cc]laim|CLAIM|[Cc]laimed|[Rr]umou?r|[Ss]tatement|[Mm]yth|[Aa]ssertion)s?:?"
)


def claims_in(lines: Sequence[Line]) -> frozenset[int]:
    """The sentences that a check of facts only repeats, under a heading ``Claim`` or behind that label."""
    found = {line.number for line in lines if re.match(rf"(?:{_CLAIM.pattern}): |CLAIM: ", line.text)}
    for above, line in pairwise(lines):
        if above.kind != "body" and _CLAIM.fullmatch(above.text.strip()):
            found.add(line.number)
    return frozenset(found)


_SO_SAYS = re.compile(
    r"(?:That|This)(?:[’']s| is| was)(?:,? at least,?)? (?:according to|what [A-Z]|(?:the|one) (?:\w+ ){0,2}?"
    r"(?:conclusion|view|"
    r"verdict|opinion|assessment|message|argument|claim|warning|theory|suggestion|belief|prediction) (?:of|from|"
    r"by|in|made)\b)|"
    r"(?:That[’']s )?(?:Not true|False|Not so|Wrong)[.,]|"
    r"(?:So|Or so) (?:says?|said|claims?|claimed|argues?|argued)\b|At least,? (?:that[’']s|according to)\b"
)


def owned_up_to(body: Sequence[Line]) -> frozenset[int]:
    """The sentences that the next one gives to someone: ``Roe cannot sail. That was the verdict of the port``."""
    return frozenset(line.number for line, below in pairwise(body) if _SO_SAYS.match(below.text))


def answers_in(body: Sequence[Line]) -> frozenset[int]:
    """The sentences that answer a curt question before them, as in ``Their aim? To find out who pays``."""
    return frozenset(
        line.number
        for above, line in pairwise(body)
        if above.paragraph == line.paragraph and above.text.endswith("?") and len(above.words) < _CURT
    )


# "— Harbour Office (@sundport) May 9, 2026": who posted the lines above it.
_POSTED = re.compile(r"[—–-] ?[^—–]{2,60}\(@\w+\)")
# So many sentences at most has a post.
_POST = 8


def posts_in(lines: Sequence[Line]) -> frozenset[int]:
    """The sentences of posts that a page shows, each paragraph signed at its end."""
    signed = [line for line in lines if _POSTED.search(line.text)]
    return frozenset(
        line.number
        for line in lines
        if any(line.paragraph == end.paragraph and 0 <= end.number - line.number < _POST for end in signed)
    )


def set_apart(lines: Sequence[Line], body: Sequence[Line], title: str) -> frozenset[int]:
    """The sentences that a report does not tell as its own: claims, pieces, what it denies, prints or says of itself.

    Args:
        lines: all that the page holds.
        body: its sentences.
        title: its title.
    """
    own = owned_up_to(body) | half_told_in(body) | answers_in(body) | printed_in(body) | writers_in(body, title).keys()
    return own | claims_in(lines) | posts_in(lines) | broken_in(lines)


# A line that begins in the middle; "iPhone" and "eBay" begin a sentence.
_MIDDLE = re.compile(r"^(?:[a-z]+(?![\w])|[–—•‣·*◦-]\s)")
# No sentence ends here: the next line is the rest of this one.
_GOES_ON = re.compile(r"\b(?:the|an?|your|our|their|its|of|and|or|to|for|with|by|from)$")
# A row of a table, an entry of a list of sources.
_ROW = re.compile(
    r"\s\|\s|^\^\s|^[\d½¼¾⅓⅔⅛][\d½¼¾⅓⅔⅛/., -]*"
    r"(?:cups?|tablespoons?|tbsp|teaspoons?|tsp|k?g|ml|l|oz|ounces?|pounds?|lbs?|cloves?)\b|"
    r"^[A-Z][\w’'-]+, (?:[A-Z]\. ?)+(?=[A-Z][a-z])|\bdoi:|\bISSN\b|\bISBN\b|"
    r"^\d{1,3}\.\s?[•*\s]*[A-Z][\w’'-]+ (?:[A-Z]{1,3}[,. ]|et al\b)"
)
_SOURCES = re.compile(
    r"(?:\d+\.? )?(?:References|Bibliography|Notes|Sources|External links|Further reading|Works cited|Citations|"
    r"Footnotes|See also)(?:\[edit\])?",
    re.IGNORECASE,
)
# "Palm Bay (1-0): Roe 25 points": a score sheet's line.
_SCORES = re.compile(
    r"^[\w .’'-]+\(\d+(?:[-–]\d+){1,2}\): |^(?:\d+ [\w ]{1,20}, ){1,}\d+ [\w ]{1,20}\.?$|"
    r"^(?:[A-Z][\w’'.-]+ ){1,3}\d+ [a-z]+(?:, \d+ [a-z]+)*\.?$"
)
# What is addressed with a hash or an at sign was written for another place.
_TAGGED = re.compile(r"^[#@]\w|\w\*? (?:vs\.? )?#[A-Z]\w+|\s@\w{3,}")


# "Sailing to Ostby with neither map nor lamp.": a title or a caption that bears a stop.
_GERUND = re.compile(r"[A-Z][a-z]+ing\b")
_ACTS = re.compile(
    r"\b[a-z]{2,}s (?:the|an?|its|their|his|her|to|on|in|with|more|that|how|what)\b|\b(?:can|do|does|take|help)\b"
)


# "Ana Roe in the June issue of Deck.": a caption.
_PORTRAYED = re.compile(r"(?:[A-Z][\w’'-]+ ){2,3}(?:in|at|on|with|during|outside|inside|from) ")


def _is_title(text: str) -> bool:
    return bool(_GERUND.match(text) or _PORTRAYED.match(text)) and not VERB.search(text) and not _ACTS.search(text)


def broken_in(lines: Sequence[Line]) -> frozenset[int]:
    """The pieces of sentences that a page has broken over lines, and the lines of its tables and lists of sources."""
    broken = (_MIDDLE, _SCORES, _TAGGED, _ROW)
    found = {line.number for line in lines if any(k.search(line.text) for k in broken) or _is_title(line.text)}
    for line, below in pairwise(line for line in lines if line.kind != "furniture"):
        if _MIDDLE.match(below.text) and re.search(r"[\w,]$", line.text):
            found.add(line.number)
        if _GOES_ON.search(line.text):
            found.update((line.number, below.number))
    return frozenset(found | _under_sources(lines) | _quoted_from_above(lines))


def _under_sources(lines: Sequence[Line]) -> set[int]:
    found, listed = set(), False
    for line in lines:
        if line.kind == "heading":
            listed = bool(_SOURCES.fullmatch(line.text.strip()))
        elif listed:
            found.add(line.number)
    return found


def _quoted_from_above(lines: Sequence[Line]) -> set[int]:
    """What belongs to a quotation that a heading opens."""
    found, opened = set(), False
    for line in lines:
        if opened:
            found.add(line.number)
        if line.kind == "heading" and line.text.count("“") > line.text.count("”"):
            opened = True
        elif "”" in line.text or line.kind == "heading":
            opened = False
    return found
