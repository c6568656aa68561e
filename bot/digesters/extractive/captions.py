"""What stands below a picture: told by its credit, by the side on which someone stands, by what a past day shows."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from bot.digesters.extractive.dates import dates_in
from bot.domain.articles import Article

# "REUTERS/Jo Roe", "(AP Photo/Jo Roe, File)", "Photograph: Jo Roe/AP", "Jo Roe/Getty Images".
_CREDIT = re.compile(
    r"^\([^()]{3,60} via AP\)$|"
    r"^\W{0,2}(?:REUTERS/|AFP PHOTO|AP Photo|Photo(?:graph)?(?: by|:)|Picture taken\b|(?:[A-Z][\w.’'-]+ ){1,4}?"
    r"[A-Z]?[\w.’'-]* ?/ ?(?:AP|AFP|EPA|Reuters|Getty Images|Bloomberg|The Associated Press|NPR|for [A-Z]\w+)\b)"
)
# So many sentences may a caption have.
_LONGEST = 5
# The first paragraph holds a caption and a headline where the next begins here.
_GLUED = 3
# A stop, the middle of a sentence, or more words than a headline has.
_UNLIKE_A_HEADING = re.compile(r"[.!?…:\"”’)]$|\b(?:the|an?|of|to|and|in|for|that|by)$|[\"“”]|^(?:\S+ ){9}")
_PICTURED = re.compile(
    r"^(?:FILE\b ?[-–—:]|Facebook Twitter\b|In this (?:[\w., ]{0,30} )?(?:photo|image|picture|frame|still)\b)|"
    # "Sen. Roe (R) of Texas" stands on no side of a picture.
    r"\((?:[LC]|[Ll]eft|[Rr]ight|[Cc]enter|2nd [LR]|not (?:seen|pictured|shown))\)|"
    r"\b[A-Z][\w’'-]+ [A-Z][\w’'-]+, (?:left|right|cent(?:er|re)|(?:second|third) from (?:left|right)),? (?=[a-z])|"
    r"\b(?:is|are|was|were) (?:seen|shown|pictured) (?:here\b|in (?:this|an?) (?:[\w.,-]+ ){0,4}?"
    r"(?:photo|image|picture)\b)"
)
# What a picture shows is going on in it.
_POSES = (
    "walks? stands? sits? poses? waves? looks? listens? shakes? gestures? smiles? watch(?:es)? patrols? hugs? "
    "applauds? cheers? reacts? queues? waits? gathers? march(?:es)? embraces? greets? kneels?"
).replace(" ", "|")
_SHOWS = re.compile(
    rf"(?<![’'] )\b(?:{_POSES}|speaks?|talks?|attends?|arrives?|leaves?|holds?|testif(?:y|ies)|addresses|departs?|"
    r"delivers?|participates?|boards?|protests?|demonstrates?|runs?|takes?|takes? part|answers?|appears?|prepares?|"
    r"works?|carr(?:y|ies)|plays?|makes?|wears?|meets?|signs?|visits?|(?:is|are)(?: seen| shown| pictured| sworn)?)\b"
)
_POSED = re.compile(rf"\b(?:{_POSES})\b (?:in|on|at|to|with|along|through|over|as|the|an?|past|outside|by|for|into)\b")
_FINITE = re.compile(
    r"\b(?:said|says|told|wrote|was|were|had|has|have|will|would|did|could|can|may|might|should|must|began|won|lost|made|took|"
    r"gave|went|came|fell|rose|held|found|sent|left|because|"
    r"(?<!the )(?<!its )(?<!an )(?<!a )\w{3,}ed(?! (?:by|in|at|for|with|from|to)\b))\b|@\w"
)
_DATED_AT_END = re.compile(r"\b(?:19|20)\d\d[.,]?(?:[^.]{0,40})?\.?$")
# News tells the weekday or the year; below a picture both may stand.
_FULLY_DATED = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? [A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\b")
_WEEKDAY_AT_END = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\.$")


def captions_in(article: Article) -> frozenset[int]:
    """The numbers of the sentences that only tell what a picture shows, and whose it is."""
    found = {n for n, text in enumerate(article.sentences, 1) if _is_caption(text, article.published.date())}
    found.update(_above_a_heading(article))
    for first, behind in pairwise([*article.paragraphs, len(article.sentences) + 1]):
        begun = first
        for number in range(first, behind):
            # Above its title a page shows its picture.
            signed = _CREDIT.match(article.sentences[number - 1]) or article.sentences[number - 1] == article.title
            if signed:
                found.update(range(begun if number - begun <= _LONGEST else number, number + 1))
                begun = number + 1
    return frozenset(found)


def _above_a_heading(article: Article) -> range:
    """What a page glues to its printed headline: its picture's caption, in the first paragraph."""
    behind = article.paragraphs[1] if len(article.paragraphs) > 1 else 0
    glued = behind == _GLUED and not _UNLIKE_A_HEADING.search(article.sentences[behind - 2])
    return range(1, behind) if glued else range(0)


def _is_caption(text: str, published: date) -> bool:
    if _PICTURED.search(text):
        return True
    if _FINITE.search(text):
        return False
    if _FULLY_DATED.search(text):
        return True
    shows = _SHOWS.search(text)
    if shows is None:
        return False
    if _WEEKDAY_AT_END.search(text):
        return _POSED.search(text) is not None
    year = _DATED_AT_END.search(text)
    days = [d for d in dates_in(text[shows.end() :], published) if d.precision == "day"] if year else []
    return len(days) == 1 and days[0].day() <= published
