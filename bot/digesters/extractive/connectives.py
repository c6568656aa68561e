"""Words that only link a sentence to the one before it."""

from __future__ import annotations

import re

from bot.digesters.extractive.shortening import SUBORDINATE

# Connectives: behind some a comma must follow, or they belong to the sentence ("Besides having", "So far", "Now that").
_LEADS = re.compile(
    r"^(?:(?:(?:Also(?= (?:on )?\w+day\b)|But(?! for\b(?![^,]* to [a-z]).*\b(?:would|could|might)\b)|And|"
    r"Yet(?! another\b| to\b)|"
    r"So(?! far\b| much\b| long\b| many\b| too\b| that\b| as\b| (?:do|does|did|is|are|was|were|has|have|had)\b)|"
    r"Oh, and|However(?! (?:much|hard|long|many|small|far|often|well)\b)),?"
    # "But still, the council": both go.
    r"(?: (?:still|then|now|also|again|instead|meanwhile|of course|in fact|indeed|even so),)?|"
    r"Mean(?:while|time),?|Instead(?! of\b)|(?:Still|Also|Moreover|Furthermore|Additionally|In addition|Besides|"
    r"Indeed|Separately|"
    r"Nevertheless|Nonetheless|Naturally|"
    r"After all|Instead|Thus|Therefore|Plus|Of course|In fact|At the same time|On the other hand|Then|"
    r"Now|Well|Unsurprisingly|Interestingly|Obviously|In sum|In short|Coming back to \w+ \w+|Notably|Critically|"
    r"(?:More )?[Ss]pecifically|Moving on|"
    r"More recently|Recently|Finally|Lastly|First|Second|Bizarrely|Ironically|Remarkably|Surprisingly|Sadly|"
    r"Inexplicably|Unfortunately|Fortunately|"
    r"Luckily|Thankfully|Happily|Curiously|Amazingly|Incredibly|Similarly|Alternatively|"
    r"Oddly|Strangely|Importantly|"
    r"Significantly|Surely|Certainly|Regardless|For example|For instance|Heck|Sure|"
    r"Overall),)\s+)(?=\S)"
)
_MIDST = re.compile(
    r",\s(?:however|meanwhile|moreover|though|too|in turn|for example|for instance|on the other hand),(?=\s)"
)


# "Now, the clerks say, it may rain": without what stood before it the aside is the sentence.
_LEFT_OPEN = re.compile(
    r"^((?:[\w.’'-]+ ){1,4}(?:say|said|says|argue|argued|argues|contend|contended|contends|believe|believes)),"
    r"(?= (?:it|he|she|they|the|an?|this|that|there|its|his|her|their)\b)"
)


# "The port also sold a boat": beside what, only the sentence before says.
_ALSO = re.compile(
    r"^((?:(?!not\b|but\b|only\b)[\w.’'-]+ ){1,5}?)also (?=[a-z]+ed\b|said\b|told\b|sold\b|bought\b|made\b|took\b|"
    r"saw\b|sank\b|fell\b|rose\b|won\b|lost\b|gave\b|met\b|sent\b|found\b)"
)


def unlinked(text: str) -> str:
    """``text`` without the words that link it to what stands before."""
    before = text
    text = re.sub(r"(?:,? though|, however)(?=\.$)", "", text)
    text = _LEADS.sub("", _MIDST.sub("," if SUBORDINATE.match(text) else "", text))
    # "But, oddly, the": one link behind another.
    rest = _ALSO.sub(r"\1", _LEADS.sub("", text[:1].upper() + text[1:]))
    return _LEFT_OPEN.sub(r"\1", rest) if rest != before else rest
