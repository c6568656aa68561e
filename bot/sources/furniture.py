"""What a page says around its story: notices, invitations, credits, boilerplate.

Judged line by line on what the extractor leaves. Each rule needs the form of a notice (it begins like one, is short,
or is nothing but a link), so that a story *about* newsletters or cookies keeps its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.sources.plain import bare

# From here on nothing belongs to the story. Only as a whole line, and only after some of it.
_REST = re.compile(
    r"""(?ix)
    editorial\ context(\ (&|and)\ insights?)?
    | original\ analysis(\ (&|and)\ verification)?
    | (more\ on\ this\ (story|topic) | related\ (topics|stories|articles|news|content
        |posts|reading|coverage|links|video s?))
    | (you\ (may|might)\ (also\ )?(like|be\ interested\ in)|recommended(\ (for\ you|stories
        |reading))?|read\ next|up\ next|what\ to\ read\ next)
    | (most\ (read|popular|viewed|shared|commented)|trending(\ now)?|top\ stories|latest\ (news
        |stories|headlines)|more\ (from|stories|news|headlines)(\ .{1,40})?|editors?['’]?s?\ picks?)
    | (comments?(\ \(\d+\))?|\d+\ comments?|leave\ a\ (comment|reply)|join\ the\ (conversation
        |discussion)|view\ comments|post\ a\ comment|show\ comments)
    | about\ the\ (authors?|writers?)
    | (this\ article\ has\ been\ sent\ to|an?\ error\ has\ occurred,\ please\ try\ again\ later\.?)
    | something\ to\ consider
    """
)
# A whole line that is a label or an order to the reader.
_LABEL = re.compile(
    r"""(?ix)
    (read|see|watch|listen|view|learn|discover|also|click|tap|read\ also|also\ read|also\ see
        |see\ also)\ (more|also|next|here|now|below|on|it|the\ full)?\s*[:.…]?
    | advertisements?|advertising|sponsored(\ content)?|promoted|ad|ads\ by\ \S+|article\ continues\ (after
        |below)\ .*|(story|article)\ continues(\ below)?.*|continue\ reading(\ .{0,40})?
        |scroll\ (down\ )?(for|to)\ .*
    | share(\ (this|on|via|to)\b.{0,40})?|tweet|pin\ it|print(\ (this\ )?(article|page
        |story))?|order\ reprints|e-?mail(\ (this|article|link|me)\b.{0,20})?|copy\ link
        |save(\ (article|story|for\ later))?|whats\ ?app|facebook|twitter|linkedin|reddit
        |messenger|telegram
    | subscribe(\ (now|today|here|free))?|sign\ (up|in)(\ (now|here|free|today))?|log\ ?in
        |register(\ now)?|become\ a\ (member|subscriber)|buy\ now|shop\ now|get\ the\ app
        |download\ the\ app
    | thank\ you|thanks\ for\ (signing\ up|subscribing|your\ feedback).{0,30}|sorry!?
        |success!?|please\ wait.{0,10}|loading.{0,4}|invalid\ e-?mail.{0,30}|back\ to\ top
        |skip\ to\ .{0,30}|show\ (more|less)|view\ (gallery|all).{0,20}|expand|close|play
        |pause|mute|replay|next|previous
    | (don['’]?t\ miss|must\ read|in\ pictures|key\ points|at\ a\ glance|most\ read\ .{0,40}
        |methodology|primary\ sources?|story\ timeline|table\ of\ contents|contents|review
        |topics?|tags?|filed\ under|categories|related|more|comments?|source|sources)\s*:?
    | tell\ us\ what\ you\ think.{0,5}|what\ do\ you\ think\?.{0,40}
    | (published|updated|last\ (updated|modified)|posted|first\ published)\s*(on|at|:)?\s.{0,60}
    | (tempo\ de\ leitura|lesezeit|temps\ de\ lecture|reading\ time|tiempo\ de\ lectura)\b.{0,20}
        |\d{1,2}[- ]min(ute)?s?\ read
    | by\ [\w.'’ -]{3,60} | (photo|image|picture|video)s? | .{1,80}\.(jpe?g|png|gif|webp)
    """
)
# How a notice begins, whatever follows; such lines are dropped when they are short.
_BEGINS = re.compile(
    r"""(?ix)
    (to\ (view|watch|see|play)\ this\ (video|content)|please\ (enable|turn\ on|activate)\ javascript
        |your\ browser\ (does\ not|doesn['’]t)|this\ (video|content)\ (is\ not|isn['’]t
        |cannot)\ )
    | (sign|signing)\ up\ (for|to|and|below|here)\b|subscribe\ (to|now|today|here|for)\b
        |get\ (the|our|all)\ (day['’]s\ )?(latest|top|big|biggest|best|breaking|morning
        |free)\b.{0,100}\b(inbox|newsletter|e-?mail|app|alerts?|stories|headlines|stuff)
    | get\ .{0,80}\b(delivered|sent)\b.{0,30}\b(inbox|door|letterbox|you|e-?mail)|keep\ an\ eye\ on\ your\ inbox
        |there\ was\ an\ error\ processing|an\ error\ has\ occurred|enter\ your\ e-?mail
        |by\ (signing\ up|subscribing|clicking|registering|entering\ your)\b
    | join\ (our|the)\ .{0,40}\b(newsletter|community|challenge|whatsapp|telegram|channel
        |mailing)|(it\ )?only\ takes\ a\ minute\ to
    | (already\ a\ (subscriber|member)|(become|are\ you)\ a\ (subscriber|member)|subscribers?\ only
        |support\ (our|independent|quality)\ journalism|if\ you\ enjoyed\ this\ article
        |want\ (more|to\ read)\b.{0,60}\?|get\ access\ to\ .{0,80}\bsubscription)
    | (read|see|watch|listen|hear|also\ read|read\ also|see\ also|see\ more|related|also
        |more|must\ read|don['’]t\ miss|recommended|background|explainer|analysis|opinion
        |video|photos?|gallery|in\ pictures|live|download|itunes|spotify|podcast)\ ?(more
        |also|next|articles?|stories|story|here)?\s*[:|»›→]\s*\S
    | \[?\ *(related|read\ more|see\ also|watch|more)\b[^\]]*\]$
    | read\ more\ (about|on|at|from|here|in|stories|of)\b|click\ (here|on|to|the|below
        |through)\b|tap\ (here|to)\b|watch\ (the\ )?(video|full)\b|listen\ to\ the\ .{0,40}podcast
        |how\ to\ listen\ to\b
    | follow\ (us|me|him|her|them|@\w+|(the\ )?[\w.'’ -]{2,50}\ on\ (twitter|facebook
        |instagram|x|linkedin|threads|bluesky|youtube)|ap['’]s\ full\ coverage)
    | (like|find|join|contact|reach|e-?mail|write\ to|send\ (tips|e-?mail|a\ letter))\ (us
        |me|him|her|the\ (author|reporters?|writer|editor)s?|[A-Z][\w.'’-]+\ ([A-Z][\w.'’-]+\ )?(at
        |on|via))\b.{0,140}$
    | (reach|contact)\ .{0,60}(@|\bat\ \d{3}|twitter\.com)|[\w.'’ -]{2,50}\ can\ be\ reached\ at\b|more\ ap\ \w+:
    | (this\ copy\ is\ for\ your\ personal|copyright\b|©|\(c\)\ (19|20)\d\d|all\ rights\ reserved
        |distribution\ and\ use\ of\ this\ material|this\ material\ may\ not\ be|the\ associated\ press\ contributed
        |terms\ (of|and)\ )
    | \(?(reporting|additional\ reporting|writing|editing|compiled|translated|produced
        |edited|reported|graphics?)\ by\b.{0,320}$
    | (image|photo|photograph|picture|illustration|graphic|video|cover|featured?)s?\ ?(image
        |photo)?\ ?(source|caption|credits?|by|courtesy|copyright)?\s*[:/©|]
    | (getty\ images|afp\ via\ getty|ap\ photo/|reuters/) | file\ (photo|picture|image|footage)s?\b
    | (this\ (story|article|post|report|piece|page)\ (was\ (originally|first)|first\ appeared
        |originally\ appeared|has\ been\ (updated|corrected|amended)|is\ part\ of\ (our
        |a)\ |may\ contain\ affiliate|contains\ affiliate|includes\ original\ analysis
        |was\ produced\ by))
    | (we|this\ (web)?site|our\ (web)?site|we\ and\ our\ partners)\ (use|uses|value|values
        |store|process)\b.{0,80}\b(cookies?|privacy|data|partners)
    | (accept\ (all|cookies)|cookie\ (policy|settings|consent)|manage\ (cookies|consent
        |preferences)|privacy\ (policy|notice))
    | (filed\ under|tags?|topics?|categories|keywords)\s*:.{0,200}$
    | (download|get)\ (our|the)\ .{0,30}\bapp\b|get\ .{0,40}\ on\ the\ go\b
    | if\ you\ (or\ someone\ you\ know|are\ affected\ by|have\ been\ affected|have\ a\ (story|tip))\b
    | (the\ times|we)\ (is|are)\ committed\ to\ publishing\ a\ diversity
    | (quantities\ may\ be\ limited|prices\ (are\ )?subject\ to|we\ may\ (earn|receive)
        |.{0,60}\baffiliate\ (commission|links?))
    | \[/?(button|caption|embed|gallery|video|audio|vc_\w+|et_\w+)\b
    """
)
_JAVASCRIPT = re.compile(r"(?i)\b(enable|turn on|activate) javascript\b|\bsupports? html5 (video|audio)\b")
_LINK_ALONE = re.compile(r"(?i)[-•|*\s]*((https?://|www\.)\S+|\S+@\S+\.\w{2,}|@\w+|(#\w+\s*)+)[\s|.]*")
# Alone on its line it signs a picture, whose caption stands above it: "(Jo Roe/The Herald)".
_CREDIT = re.compile(
    r"\((?:(?:[Pp]hoto|[Ii]mage|[Pp]icture)\b.{2,60}|(?:[A-Z][\w.'’-]+ ){0,4}[A-Z][\w.'’-]+ ?/ ?[\w@.' -]{2,40})\)"
)
# A caption that names its photographer at its end: "The dam on Friday. Photo: Jo Roe/AFP".
_SIGNED_PICTURE = re.compile(
    r"\b(?:Photo|Picture|Image|Credit|Foto)s?(?: by)?\s?:\s?[A-Z][\w.'’ -]{1,40}(?:/[\w .'-]{2,30})?\.?$"
)
# What a wire's template leaves before a line: "— -- ".
_RULES = re.compile(r"^[—–-]+ [—–-]+ ")
# A large first letter that a page sets apart: "T he lake fell". "A" and "I" may be words, in other languages more.
_DROPPED = re.compile(r"^(?:([BCDFGHJLMNPQRTX]) (?=[a-z])|([EKOSUVWYZ]) (?=[a-z]+\b.*\bthe\b))")
# Beyond this many characters a line says something, however it begins.
_NOTICE_LENGTH = 330
_LINK_SHOUT = 120
_LONGEST_MARKER = 70
_BEGUN = 2
# So many lines may tease other stories above a title of so many words, if far more stands below it.
_TEASERS, _TITLE_WORDS, _MOSTLY = 20, 4, 3
_TEASER = 190


def story_lines(lines: Sequence[str], title: str = "", names: Sequence[str] = ()) -> list[str]:
    """The lines of the story, without the page's furniture.

    Args:
        lines: the paragraphs of a page or file in order, each already :func:`~bot.sources.plain.plain`.
        title: the article's title; a line that repeats it before the story begins is dropped.
        names: outlet and authors; a line that is only one of them is a label.
    """
    kept: list[str] = []
    lines = [_capitalised(line, title) for line in _below_title(lines, title)]
    labels = {bare(name) for name in names if bare(name)} | {f"by {bare(name)}" for name in names if bare(name)}
    shouted = _shouts(lines)
    for line, following in pairwise((*(_DROPPED.sub(r"\1\2", _RULES.sub("", line)) for line in lines), "")):
        ends = _ends_story(line, following)
        # Before the story has begun such a line heads a box above it.
        if ends and len(kept) >= _BEGUN:
            break
        if ends or is_notice(line) or line in shouted or bare(line) in labels:
            continue
        if len(kept) < _BEGUN and _CREDIT.fullmatch(following):
            continue
        if title and len(kept) < 3 and _repeats(line, title):
            continue
        kept.append(line)
    return _without_trailing_labels(kept)


def _below_title(lines: Sequence[str], title: str) -> Sequence[str]:
    """The lines below the title, where a page prints it: above stand teasers of other stories."""
    if len(title.split()) < _TITLE_WORDS:
        return lines
    at = next((i for i, line in enumerate(lines[:_TEASERS]) if bare(line) == bare(title)), 0)
    above, below = sum(map(len, lines[:at])), sum(map(len, lines[at + 1 :]))
    # A paragraph above is the story's first, and the title but a link's name below it.
    teases = max(map(len, lines[:at]), default=0) <= _TEASER
    return lines[at:] if teases and below > _MOSTLY * above else lines


def _capitalised(line: str, title: str) -> str:
    """``line`` with the large first letter that a page draws as a picture, where the title begins with that word."""
    begun, whole = re.match(r"[a-z]{3,}", line), re.match(r"[A-Z]\w+", title)
    return f"{whole[0][0]}{line}" if begun and whole and whole[0][1:] == begun[0] else line


def is_notice(line: str) -> bool:
    """Whether ``line`` speaks to the visitor of the page rather than telling the story."""
    text = line.strip(" -–—•*|·>\t")
    if not any(character.isalnum() for character in text):
        return True
    if len(text) <= _NOTICE_LENGTH and (_BEGINS.match(text) or _JAVASCRIPT.search(text)):
        return not _is_quoted(text)
    if len(text) <= _NOTICE_LENGTH and _SIGNED_PICTURE.search(text):
        return not _is_quoted(text)
    return any(form.fullmatch(text) for form in (_LABEL, _LINK_ALONE, _CREDIT))


def outlet_named(lines: Sequence[str]) -> str:
    """The outlet that a file's boilerplate names as its source, or nothing."""
    for line, following in pairwise((*lines, "")):
        if re.fullmatch(r"(?i)(primary |original )?source\s*:?", line) and 0 < len(following) <= 80:
            return following
        if match := re.fullmatch(r"(?i)(?:primary |original )?source\s*:\s*([^/]{2,60})", line):
            return match[1].strip()
    return ""


def _ends_story(line: str, following: str) -> bool:
    text = line.strip(" -–—•*|·:>")
    return len(text) <= _LONGEST_MARKER and _REST.fullmatch(text) is not None and not _is_quoted(following)


def _is_quoted(text: str) -> bool:
    return text[:1] in "\"“‘«„'"


def _repeats(line: str, title: str) -> bool:
    first, second = bare(line), bare(title)
    return first == second or (
        len(first) > 20
        and (second.startswith(first) or first.startswith(second))
        and abs(len(first) - len(second)) < 40
    )


def _shouts(lines: Sequence[str]) -> set[str]:
    """Links to other stories, set in capitals between paragraphs in ordinary case."""
    shouted = {
        line
        for line in lines
        if len(line) <= _LINK_SHOUT
        and len(line.split()) >= 4
        and line.upper() == line
        and any(c.isupper() for c in line)
    }
    letters = sum(any(c.islower() for c in line) for line in lines)
    return shouted if len(shouted) <= letters else set()


def _without_trailing_labels(lines: list[str]) -> list[str]:
    """Without the headings that introduce nothing because what they introduced was furniture."""
    while len(lines) > 2 and len(lines[-1]) < 60 and not re.search(r"[.!?…\"”’»)。！？।]\s*$", lines[-1]):
        lines.pop()
    return lines
