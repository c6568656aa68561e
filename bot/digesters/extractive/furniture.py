"""What a page says around its article: notices, invitations, credits, labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Each stands for a family of notices; written so that a sentence of the story itself hardly fits.
_NOTICES = re.compile(
    r"""(?ix)
    \b(enable|turn\s+on|activate)\s+javascript\b
    | \b(supports?|playing)\s+html5\b | \bupgrad\w+\s+to\s+a\s+(web\s+)?browser\b
    | ^\s*(sign|signing)\s+up\b | \bsign\s+up\s+(for|to|here|now)\b.{0,60}\b(newsletter|email|
      alert|briefing|free|inbox|updates)
    | \b(our|free|daily|weekly|morning)\s+(\w+\s+){0,2}newsletters?\b
    | ^\s*(subscribe|subscribers?\s+only|already\s+a\s+subscriber|become\s+a\s+(member|subscriber)|log\s*in|register)\b
    | \bsubscribe\s+(to|now|today|here)\b
    | ^\s*(read|see|watch|listen|hear|view|find\s+out|learn|discover)\s+(more|also|next|here|now|on)\b(?!\s+than)
    | ^\s*(also\s+read|more\s+(on|from|about|stories|news)|related(\s*:|\s+(stories|articles|
      topics|content|links|coverage))|recommended|read\s+next|up\s+next|don[’']t\s+miss|you\s+(may|
      might)\s+also\s+like|most\s+(read|popular|viewed)|trending|top\s+stories|in\s+pictures)\b
    | \bdelivered\s+(weekdays?|daily|weekly|each|every)\b.{0,20}$ | \bmeet\s+your\s+inbox\b
    | \bprotected\s+by\s+recaptcha\b | \bget\s+a\s+head\s+start\s+on\b
    | ^\s*enlarge\s+this\s+image\b | ^\s*story\s+continued\s+below\b
    | ^\s*(just|must)\s+watch(ed)?\b | \breplay\s+more\s+videos\b
    | ^\s*(click|tap)\b | \bclick\s+(here|on\s+the|the\s+link)\b
    | ^\s*(follow|like|join|find|contact|email|e-mail|tweet)\s+(us|me|him|her|them|the\s+author|
      \S+\s+on\s+(twitter|facebook|instagram))\b
    | \bfollow\s+(us|him|her|me|@\w+|[A-Z]\w+(\s[A-Z]\w+)?)\s+on\s+(twitter|facebook|instagram|x\b|linkedin)
    | ^\s*(share|tweet|pin|print|save|email|copy)(\s+(this|the|on|via|to|link|story|article)\b.{0,40})?\s*$
    | \ball\s+rights\s+reserved\b | ^\s*(copyright\b|©) | \(c\)\s+\d{4}
    | \bmay\s+not\s+be\s+(published|reproduced|broadcast|redistributed)
    | ^\s*(advertisement|advertising|sponsored|supported\s+by|promoted|ad)\b.{0,25}$
    | ^\s*(image|photo|photograph|picture|video|media|file|illustration|graphic|cover|feature[d]?)\s*(image|
      photo)?\s*(source|caption|credit|by|courtesy|copyright)?\s*[:/©]
    | ^\s*(image|photo|picture|media)\s+(source|caption|credit|copyright|playback)\b
    | \b(getty\s+images|afp/|ap\s+photo|/ap\b|/reuters|/shutterstock|alamy)\b.{0,60}$
    | ^\s*\(?(photo|photograph|image|picture|video|screenshot)s?\s*(by|via|:|courtesy)
    | ^\s*(this\s+(story|article|post|report|piece|page)\s+(was|has|is|first|originally|includes|
      contains|may|appeared))\b
    | ^\s*(editor[’']?s?\s+(note|picks?)|correction|clarification|disclaimer|disclosure|note\s+to\s+(readers|editors))\b
    | (?:^|[;:.(—–-])\W*(additional\s+)?(reporting|writing|editing|edited|compiled|translated|written|
      produced|reported)\s+by\s*:?\s+[A-Z]
    | ^\s*(edited|reporting|by|text|author|source|sources|credit|tags?|topics?|keywords|category|
      filed\s+under|published|updated|last\s+(updated|modified)|posted|first\s+published|primary\s+source|
      methodology|editorial\s+context.*|original\s+analysis.*|key\s+points|at\s+a\s+glance|comments?|
      leave\s+a\s+(comment|reply))\s*(:.*)?$
    | ^\s*(we|this\s+site|our\s+(site|website))\s+(use|uses|value|process)\b.{0,40}\b(cookies|privacy|data)
    | \b(privacy\s+policy|terms\s+(of|and)\s+(use|service|conditions)|cookie\s+(policy|settings)|ad\s*blocker)\b
    | \b(download|get)\s+(our|the)\s+(\w+\s+){0,3}app\b | \bgoogle\s+news\b.{0,30}\bfollow\b
    | ^\s*updated?\b.{0,60}\b(updated?\s+)?(with|to\s+(include|add|reflect|clarify|correct)\b|\d{1,2}:\d\d)
    | ^\s*(loading|please\s+wait|skip|back\s+to\s+top|next\s+article|previous\s+article|continue\s+reading|
      article\s+continues|story\s+continues|show\s+(more|less)|view\s+(comments|gallery)|\d+\s+comments?)\b.{0,40}$
    | \b(support|fund)\s+(our|independent|quality)\s+journalism\b
    | ^\s*(if\s+you\s+(or\s+someone\s+you\s+know|have\s+(a\s+story|any\s+information)|are\s+affected|need\s+support))\b
    | \b(call|ring|contact|phone|text)\b.{0,60}\b(helpline|hotline|crimestoppers|samaritans|1-?800|0800|116\s?123)\b
    | ^\s*(get|receive)\s+.{0,60}\b(inbox|newsletter|email)\b
    | ^\s*(buy|order|shop|pre-?order)\b.{0,50}\b(here|now|today|tickets|amazon)\b
    | \b(affiliate|commission)\s+(links?|on\s+purchases)\b
    | ^\s*(check\s+out|have\s+a\s+look\s+at|take\s+a\s+look\s+at|stay\s+tuned|keep\s+an\s+eye\s+out|let\s+us\s+know|
      find\s+all\s+the)\b
    | ^\s*(you\s+can\s+)?read\s+(our|the\s+full|his|her|their)\b.{0,80}\b(here|review|article|story|report|interview)\b
    | ^\s*get\s+(access\s+to|up\s+to|your|our|the\s+best|breaking\s+news)\b
    | \bfor\s+as\s+little\s+as\b.{0,40}\b(month|year|week|day)\b
    | \b(coupon|promo|discount|voucher)\s+codes?\b | \b(episode|podcast|show|newsletter|article)\s+is\s+sponsored\s+by\b
    | ^\s*\S+\.(com|net|org|in)\s+(advises|recommends|may\s+earn|earns|is\s+not)\b
    | \b(in|see|watch)\s+the\s+(video|gallery|clip)\s+(above|below|that\s+accompanies)\b
    | ^\s*(ticket\s+details|tickets?\s+(are\s+)?available\s+(at|from)|for\s+more\s+(information|details|on\s+this))\b
    | \b(special\s+(credit|thanks)|hat\s+tip)\s+to\b
    | ^\s*originally\s+published\s+(on|by|in|at)\b
    | ^\s*(pictured|clockwise\s+from|from\s+left|left\s+to\s+right)\b
    | \barchived\s+from\s+the\s+original\b
    | \bretrieved\s+(on\s+)?(\d{4}-\d\d-\d\d|\d{1,2}\s\w+\s\d{4}|\w+\s\d{1,2},\s\d{4})
    | ^\s*contact\s+(\S+\s+){1,4}at\s
    | ^\s*(\S+\s+){1,4}writes?\s+(about|on)\s.{3,60}\b(for|at)\s
    | \bcontributed\s+to\s+th(is|e)\s+(report|story|article|reporting)\b
    | \bheadlines\s+for\b.{0,40}\bare\s+here\b
    | \bwhat\s+do\s+you\s+think\b.{0,60}\b(comments?|below|tweet)\b
    | \b(send|email)\s+(us\s+)?(your|an?\s+e?-?mail|tips)\b
    | ^\s*\S+@\S+\.\w+\s*\.?$ | ^\s*@\w+\s*$ | ^\s*(https?://|www\.)\S+\s*$ | pic\.twitter\.com | \bt\.co/
    | ^\s*\#\w+(\s+\#\w+)*\s*$ | ^\s*[—–-]\s*[A-Z].{2,60}\(@\w+\)
    """
)
_ORDER = re.compile(
    r"(?i)\b(ignore|disregard|forget|override)\b.{0,40}\b(previous|prior|above|earlier|all|any|your)\b.{0,30}"
    r"\b(instructions?|prompts?|rules|directions|context)\b|^\s*(system|assistant|user)\s*(prompt)?\s*:|"
    r"\byou are (now )?(an? )?(ai|assistant|language model|chatgpt|llm)\b|<\|?(im_start|"
    r"im_end|system|endoftext)|\[/?INST\]|"
    r"\bas an ai (language )?model\b"
)
_SPACE = re.compile(r"\W+")


# "Jo Roe is a reporter at the Herald": a page's note on who wrote it.
_AUTHOR_DOES = (
    "is",
    "was",
    "has",
    "covers",
    "writes",
    "works",
    "can",
    "lives",
    "reports",
    "contributed",
    "joined",
    "may",
    "s",
)


def is_furniture(sentence: str, title: str, names: list[str]) -> bool:
    """Whether ``sentence`` belongs to the page, not to the story.

    Args:
        sentence: the sentence as extracted.
        title: the article's title; a sentence that repeats it says nothing new.
        names: outlet and authors; a sentence that is only one of them is a label.
    """
    if _NOTICES.search(sentence) or is_order(sentence):
        return True
    bare = _bare(sentence)
    note = _WRITER.match(sentence)
    if note and (
        _squeezed(names[0]) in _squeezed(note["of"]) or any(_bare(n).endswith(_bare(note["who"])) for n in names[1:])
    ):
        return True
    if any(bare.startswith(f"{_bare(n)} {verb} ") for n in names[1:] if " " in n for verb in _AUTHOR_DOES):
        return True
    return bare == _bare(title) or bare in {_bare(n) for n in names} or bare in {"by " + _bare(n) for n in names}


# "Roe is a reporter for Ambry News": so ends a page, whose outlet or writer it names.
_WRITER = re.compile(
    r"(?P<who>(?:[A-Z][\w.’'-]+ ){1,3})(?:is|has been) (?:an? |the )?(?P<of>.*"
    r"\b(?:writer|reporter|editor|columnist|correspondent|contributor|journalist|blogger)\b.*)"
)


def _squeezed(text: str) -> str:
    return re.sub(r"\.com$|\W", "", text.casefold())


def is_order(sentence: str) -> bool:
    """Whether ``sentence`` speaks to a machine that reads the page; no story is told that way."""
    return bool(_ORDER.search(sentence))


def _bare(text: str) -> str:
    return _SPACE.sub(" ", text).strip().casefold()


_DATELINE = re.compile(
    r"^(?:(?:[A-Z][A-Z.'’\-]+|[A-Z][\w.'’\-]+(?:,)?)(?:[ ,/]+(?:[A-Z][\w.'’\-]*\.?|\w{1,3}))*"
    r"(?:,? (?:Jan|Feb|Mar|April?|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\w*\.? \d{1,2})?"
    r"\s*(?:\((?:AP|Reuters|AFP|UPI|CNN|Bloomberg|[A-Z][\w. ]{1,25})\)\s*[-–—:]+|[–—]|--|-(?= ))"
    r"|\((?:AP|Reuters|AFP|UPI|CNN|Bloomberg|[A-Z][\w.]{1,15})\)\s*[-–—:]*)\s+"
)
_DATED = re.compile(
    r"^(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})\s*(?:--|—|–|-|:)\s+(?=[A-Z])"
)
_GLUED_AGENCY = re.compile(
    r"^(?:[A-Z][\w.,’' -]{1,30})?\((?:CNN|AP|AFP|Reuters|UPI|BBC|ABC|CBS|NBC)[\w ]{0,15}\)\s*(?=[A-Z])"
)
_LOUD_PLACE = re.compile(r"^[A-Z][A-Z .,'’]{3,40}(?:(?:[—–]|--)(?=[A-Z][a-z])|:\s+(?=[A-Z][a-z]))")
# "【Ostby＝Jo Roe】": place and writer.
_BRACKETED = re.compile(r"^【[^【】]{1,40}】\s*")
_LABELLED = re.compile(
    r"^(?:(?:Summary|Report|Answer|Definition|Overview|Background|Note|"
    r"Update(?: \d+)?|UPDATE(?: \d+)?|BREAKING|Breaking|Exclusive|EXCLUSIVE|Recap)\s*:\s*|"
    r"Summary (?=[A-Z])|By (?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w’'-]+: |"
    r"(?:The (?:numbers|details|background|context|bottom line|big picture)|What (?:happened|it means)|Big picture|"
    r"Bottom line|Why it matters|Driving the news|Key (?:details|facts|numbers)|Market reaction): (?=[A-Z])|"
    r"\(?\d{1,2}[.)]\s+(?=[A-Z])|(?:An? (?:quick|brief|short) |One (?:last|final) )[a-z]+: (?=[A-Z])|"
    r"(?:Heads up|Attention|Listen up|Take note),? [a-z ]{3,20}: )"
)
# A page's own section behind a hyphen: "… - Auto News".
_SECTION = re.compile(
    r"(?:[A-Z][\w&]+ ){0,2}(?:News|Sports?|Business|Politics|World|Opinion|Video|Technology|Tech|Entertainment|"
    r"Lifestyle|Reviews?|Magazine|Online|Newspaper|Local)"
)
_SITE = re.compile(r"\s*(?:[|»•·]|\s[-–—]|::)\s*([^|»•·–—]{2,40})$")
_BARRED = re.compile(r"\s\|\s[^|]{2,80}$")
# What a page adds to a title in brackets about itself.
_ASIDE = re.compile(
    r"(?i)\s*[\[(](?:with )?(?:photos?|videos?|pictures|gallery|watch|updated?|poll|listen|live|exclusive|"
    r"published \d{4})[\])]\s*$"
)
_LABEL = re.compile(
    r"^(?:watch|video|live|live updates|breaking|breaking news|exclusive|photos|opinion|analysis|"
    r"column|columnist|commentary|editorial|op-ed|perspective|updated?)\s*[:|]\s*",
    re.IGNORECASE,
)


# When a live report says something: "16.06 The ship has …".
_CLOCK = re.compile(r"^\d{1,2}[.:]\d\d(?: ?[ap]\.?m\.?)?(?: ?\(?(?:GMT|BST|E[SD]?T|CE?ST|CET|UTC)\)?)?:?\s+(?=[A-Z])")


def without_dateline(sentence: str) -> str:
    """``sentence`` without the place and agency, the label or the time of day that are put before it."""
    sentence = _CLOCK.sub("", _LABELLED.sub("", _BRACKETED.sub("", sentence)))
    match = (
        _DATED.match(sentence[:60])
        or _GLUED_AGENCY.match(sentence[:60])
        or _DATELINE.match(sentence[:90])
        or _LOUD_PLACE.match(sentence[:60])
    )
    if match is None or match.end() > 70 or len(sentence) - match.end() < 25:
        return sentence
    rest = sentence[match.end() :]
    aside = not sentence[: match.end()].isupper() and len(_DASH.findall(rest)) == 1
    return rest if rest[0].isupper() and not _HERE.search(rest) and not aside else sentence


# "Three clerks — Roe, Berg and Holm — row": two dashes that hold an aside, and no place before the first.
_DASH = re.compile(r"\s(?:—|–|--)\s(?=[a-z])")


# "SUND — Soldiers rolled into this port on Monday": which, the dateline alone says.
_HERE = re.compile(
    r"\bthis (?:[\w-]+ ){0,3}?(?:city|town|village|capital|port|island|county|suburb|community)\b(?![’'])"
)


def clean_title(title: str, outlet: str, domain: str | None, byline: Sequence[str] = ()) -> str:
    """``title`` without the site's or the authors' names after a bar or dash, and without labels such as ``Watch:``."""
    title = _ASIDE.sub("", " ".join(title.split()))
    known = {_bare(outlet), _bare(outlet).replace(" ", "")}
    known |= {"".join(word[0] for word in _bare(outlet).split())} if " " in outlet else set()
    if domain:
        known |= {_bare(domain), domain.removeprefix("www.").split(".")[0].casefold()}
    for _ in range(3):
        match = _SITE.search(title)
        if match is None or match.start() < 15:
            break
        tail = _bare(match[1])
        mark = title[match.start() : match.start(1)].strip()
        signed = bool(byline) and all(_bare(name) in tail for name in byline)
        named = (
            signed or tail in known or tail.replace(" ", "") in known or any(len(k) > 3 and k in tail for k in known)
        )
        if not named and mark in ("-", "–", "—") and not _SECTION.fullmatch(match[1]):
            # "… | Port News - Sund": what stands behind a bar is the site's, dash and all.
            match = _BARRED.search(title)
            if match is None or match.start() < 15:
                break
        title = title[: match.start()].rstrip()
    title = _LABEL.sub("", title) or title
    return title[:-1] if re.search(r"[^\W\d_.]{3}\.$", title) and title.count(".") == 1 else title
