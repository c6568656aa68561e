"""Whether a sentence leans on the one before it, so that it would not be understood alone."""

from __future__ import annotations

import re
from collections.abc import Set

from bot.digesters.extractive import lexicon
from bot.digesters.extractive.clauses import VERB
from bot.digesters.extractive.lexicon import fold
from bot.digesters.extractive.ranking import stems

_OPENS = re.compile(
    r"^(?:It|They|Or|Then|(?:So|As|Nor|Neither) (?:do|does|did|is|are|was|were|has|have|had|will|would|can|could)|"
    r"Also(?! (?:known|called)\b)|Especially|"
    r"(?:[A-Z][a-z]+(?:-[a-z]+)?|\d+) ?(?:percent|per cent|%) (?:say|said|think|believe)\b|"
    r"Because\b(?=[^,]*$)|"
    r"(?:Mostly|Partly|Largely|Mainly|Just|Only|Simply) because\b|"
    r"This(?! (?:past |coming )?(?:week|month|year|morning|afternoon|evening|weekend|summer|winter|spring|"
    r"autumn|fall|season|time|century)\b)|These|Those|That|Such|"
    r"Both(?= (?:of|men|women|sides|times|teams|parties|companies)\b|"
    r" [a-z]+s (?!and\b|in\b|of\b|who\b|that\b)|"
    r" (?:[a-z]+ ){0,2}?(?:were|was|are|have|had|said|say|"
    r"will|would|"
    r"did|died|\w+ed)\b)|"
    r"Neither(?! the| [A-Z])|Either(?! the| [A-Z])|Others?|"
    r"Another|(?:Some|Many|Most|All|One|None|Each|Few|Two|Three|Four|Five|Six|Seven|Eight|Nine|"
    r"Ten)"
    r"(?= (?:of (?:them|these|those|which)|say|said|have|has|is|are|was|"
    r"were|will|would|do|did|such|reason|thing|example)\b)|Its|Their|His|Her|Here|"
    r"Who|Which|What|Why|How|When asked|Asked|I|We|You|My|Our|Your|I[’']\w+|We[’']\w+|You[’']\w+|"
    r"(?:It|That|Here|What)[’']s|They[’']\w+|More importantly|Not only that|"
    r"(?:Some|Others|Many|Several)(?= (?:(?:thought|came|went|took|made|called|saw|told)\b|"
    r"[a-z]{3,}ed (?:that|whether|the|an?|to|for|at|their|on|about|in|it|they|by)\b))|"
    r"(?:Some|Many|Several|Few|A few|Most)(?= (?:currently|now|already|still|also|even|then|later|eventually|never)\b)|"
    r"The (?:latter|former|two|pair|three|four|same|other|others|last|next|first|second|third|rest|result))\b"
)
# Words that tie a sentence to a time or case which only the sentence before gives.
_TIED = re.compile(
    r"^(?:At (?:the|that|this) (?:time|point|moment|stage)|Earlier that|Later that|That same|Later|"
    r"Afterwards?|Earlier(?=,)|"
    r"(?:A |Only |Just |Some )?(?:[\w-]+ ){1,3}(?:later|afterwards?|earlier|before)(?=[,. ])|The (?:next|"
    r"following|previous|"
    r"same) (?:day|night|"
    r"morning|week|weekend|month|year|season|game)|By (?:then|that time|now)|(?:Since|Until|Before|After|"
    r"From) (?:then|that|this)|"
    r"(?:In|On|At|To|For|On top of) (?:it|them)(?=,)|"
    r"In all (?:\w+ )?(?:cases|instances|incidents|attacks|matches|games)|"
    r"(?:In|Of|From|For|At|On) (?:one|another|the other)(?=,)|"
    r"In (?:each|either|both|that|this(?! (?:week|month|year)[’']s)|these|those|such|other words|turn|response|return|"
    r"the same|the process|sum|short)\b|"
    r"On (?:that|this|these|top of)|For (?:example|instance|this|that|these|those|one thing|his part|"
    r"her part|its part)|"
    r"As (?:a (?:result|consequence)|such|for)|(?:Of|Among|Under|With|Like|Unlike|Despite|Because of|Following|Given|"
    r"Outside of|Aside from|Apart from|Prior to|Ahead of|Instead of|During|Amid|Throughout|Behind|Beyond|Over|Within|"
    r"Through|About|By|From|Besides) (?:all )?(?:that|this|these|those|them|it|which)\b|To (?:that|this|do so|be sure)|"
    r"Again|On the contrary|(?:In|By) (?:contrast|comparison)(?=,)|(?:Possibly|Perhaps|Partly) as a result|"
    r"(?:First|Second|Third)ly|There (?:is|was) (?:one|another) (?:exception|reason|problem|difference)|"
    # "In April it will": no comma parts the day from a pronoun of nowhere.
    r"(?:In|On|By|From|Since|Last|Next|Earlier|Late|Early) (?:\w+ ){0,2}(?:\w+day|\d{4}|week|month|year|January|"
    r"February|March|April|May|June|July|August|\w+ember|October) (?:it|they)\b|"
    # "Roe then sold it": when, the sentence before tells.
    r"(?:(?:Mr|Mrs|Ms)\.? )?(?:[A-Z][\w’'-]+ ){1,3}(?:(?:was|were) )?then [a-z]+|Even so|"
    r"That (?:said|being said)|"
    r"Not so|Rather than that|Similarly|Likewise|Then there (?:is|are|was|were)|In the (?:first|second|third|"
    r"fourth|other|latter) (?:incident|case|attack|accident|example|step|phase|stage|"
    r"instance|scenario)|Conversely|Either way|"
    r"In the meantime|All (?:this|that|these|those|of)|Speaking of|Included|As (?:above|below|noted|mentioned)"
    r"|Even then|The reason|The answer|All in all|(?:Worse|Better|More|Less|Other) than that|"
    r"(?:Yes|No|OK|Right|Sure)(?=,)|(?:The )?[Bb]ottom line|All told|"
    r"The (?:problem|thing|trick) is|The point|To name (?:a few|but a few|some)|"
    r"In (?:another|a later|an earlier) (?:part|scene|segment|section|chapter|passage|question|post|photo|clip|video|"
    r"message|tweet)|In a (?:previous|separate|second|later) (?:\w+ )?(?:post|article|piece|video|chapter|story))\b"
)
# "It was announced that": it stands for what follows.
_SAID_OF_NO_ONE = re.compile(
    r"It (?:is|was|has been) (?:recently |first |widely |officially )?(?:announced|reported|revealed|confirmed|claimed|"
    r"rumou?red|estimated|believed|feared|hoped|understood|thought|expected) (?:[\w’'-]+ ){0,3}that\b"
)
# A report's first sentence brings up itself what it begins with.
_WHOLE = re.compile(
    rf"{_SAID_OF_NO_ONE.pattern}|"
    r"It(?: is|[’']s| was| has been|[’']s been) (?:\w+ ){0,4}(?:since|that|to|how|why|whether)\b|"
    r"The (?:two|three|four|last|next|first|second|third|same|former) \w|We [A-Z]|"
    r"This (?:[a-z]+ )?(?:[A-Z]|\w+[’']s\b)|(?:Just |Only )?\w+ (?:days|weeks|months|hours|years) before \w|"
    r"(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Some|Many|Most|All) of (?:the|its|\w+[’']s)\b"
)
# What the whole world has but one of, or a reader takes for granted.
_ONLY_ONE = frozenset(
    "government president council authorities "
    "world dollar market economy court police internet sun moon earth country city state public "
    "weather war law pope queen king fed pentagon vatican kremlin bible eu un us uk usa senate house congress "
    "parliament cabinet army navy military press media church stock euro pound yen republic united new olympic nation "
    "west east north south poor rich young elderly future past british french germans prime supreme".split()
)
_VERB = (
    r"(?:was|were|is|are|has|have|had|will|would|could|can|may|might|must|did|does|do|said|says|also|then|now|still|"
    r"shows?|comes?|came|makes?|made|includes?|means?|looks?|takes?|took|gives?|gave|follows?|marks?|remains?|"
    r"becomes?|became|continues?|goes|reads|appears?|seems?|plans?|wants?|needs?|aims?|allows?|offers?|faces?|began|"
    r"begins?|ended|went|won|saw|sees?|"
    r"lost|left|fell|rose|wore|spoke|wrote|chose|grew|knew|drew|flew|stood|spent|kept|built|bought|sold|taught|caught|"
    r"brought|fought|broke|drove|sang|played|features?|held|found|told|ran|got|led|met|set|put|paid|sent|\w{2,}ed|declined|which)"
)
_DEFINITE = re.compile(
    rf"^The (?:[^\W\d_][\w-]* ){{0,2}}?(?P<noun>[a-z]+)"
    rf"(?:[’']s\b|,|—| [–—] | {_VERB}\b|"
    r" [a-z]+s (?:the|a|an|its|his|her|their|two|three|more|some|all|up|on|over|[$€£\d]))"
)
# "The 48-year-old Australian was evicted": someone whom the sentence before names.
_SOME_ONE = re.compile(rf"^The (?:\d+-year-old|(?:[a-z-]+ )?(?P<people>[A-Z][a-z]+)(?= {_VERB}\b))")
# "The Velmorans freed from jail are": which, the sentence says itself.
_PARTICIPLE = re.compile(rf" \w+(?:ed|en|ght|ld) (?:from|by|in|at|on|during|for|of|with)\b.* {_VERB}\b")
# "The new version" is another thing's: which one only a sentence before it can say.
_ONE_OF_SOME = re.compile(
    r"^The (?:[\w-]+ ){0,3}(?:version|model|design|look|update|edition|variant|option|entry|item|pick|one)s?\b(?! of\b)"
)
_DESCRIBED = re.compile(
    r"^The (?P<noun>move|decision|post|plan|statement|comments?|incident|report|man|woman|couple|group|"
    r"team|company|firm|"
    r"person|patient|victim|suspect|boy|girl|child|video|footage|list|law|bill|measure|deal|agreement|proposal|demand|"
    r"ruling|announcement|event|change|changes|findings|study|survey|poll|document|letter|book|film|movie|song|album|"
    r"game|match|season|attack|crash|fire|explosion|shooting|storm|device|phone|car|vehicle|app|game|feature)\b"
)
# What has happened or was done, spoken of within a sentence as if a reader had heard of it.
_WITHIN = re.compile(
    r"(?<=[a-z,] )the (?P<noun>move|decision|incident|announcement|accident|crash|explosion|shooting|attack|anomaly|"
    r"claims?|allegations?|unit|problem|newspaper|settlement|deal|proposal|request|verdict|ruling|footage|outburst|remarks?|comments?|"
    r"tweets?|post|letter|episode|scandal|controversy|feud|dispute|standoff|ordeal|mishap|apartment|noise|app|fee|"
    r"period|clip|man|woman|boy|girl|couple|pair|duo|trio|source|insider)(?=[.,;]|$| (?:said|"
    r"says|added|told|was|were|is|has|had|would|will|in \d+|"
    r"and|but|when|while|because|as|after|before|on \w+day)\b)"
)
_DEMONSTRATIVE = re.compile(
    r"\b(?:this|these|those|that same|(?:after|before|at|in|into|on|from|for|with|by|to|during|since|until|about|"
    r"raised|made|quashed|backed|answered) that) "
    r"(?!(?:week|month|year|morning|afternoon|evening|weekend|summer|winter|spring|autumn|fall|season|time|day|decade|"
    r"century|quarter|term|past|coming|who|of|with|in|for|from|on|at|to|and|are|is|was|were|has|have|will|"
    r"would|involved|"
    r"affected|wanting|looking|living|seeking|as|thing|he|she|it|they|the|a|an|there|we|no)\b)[a-z]+|"
    r"\b[Tt]oday[’']s (?:deal|offer|sale|discount|price|drop|news|announcement|move|ruling|decision|release|update)\b|"
    r"\bthose [A-Z]\w+ [a-z]+s\b(?! (?:who|that|in|of|from|with)\b)|\balso \w+ other [a-z]+|"
    r"\b(?:authorities|officials|people|police|residents|doctors|those|scientists|workers|families) there\b|"
    r"\bthe (?:two|three|four|five) (?:groups|sides|men|women|others|teams|firms|companies|countries|nations|parties|"
    r"friends|categories|camps)\b|\b(?:do|does|did|done|doing) this\b|"
    r"\b(?:shown|listed|displayed|described|detailed|reprinted|embedded|posted)\b[^.]* below\.?$|"
    r"\btold the (?:newspaper|paper|magazine|station|outlet|network|website|publication)\b|"
    r"\b(?:described|shown|listed|discussed|mentioned|outlined|seen|pictured) (?:below|above|earlier|here)\b|"
    r"\b(?:section|table|chart|list|video|photo|image|article|post|letter|form|map|steps?|instructions?|examples?|"
    r"links?|recipes?|graph(?:ic)?) (?:below|above)\b|\bthe (?:below|above)\b|\bthe latter\b|\bthis time around\b|"
    r"\bof that [a-z]+[’']s\b|"
    r"\b(?:said|admitted|conceded|suggested|hinted) as much\b|"
    r"\b(?:said|says?|did|does|do|thought|felt) the same(?! (?:of|about|as|for|thing)\b)\b|"
    r"\ball of the former\b|\bof all (?:this|that)\b|"
    r"\bsuch (?!as\b)(?:[a-z]+ )?[a-z]{3,}s\b(?! (?:as|that)\b(?! (?:they|he|she|it|we)\b))|"
    r"\bthe former(?=[,.;]| (?:is|was)\b)|"
    r"\b(?:is|are|was|were) (?:just |only )?(?:one|another|an? (?:good|prime|classic|clear)) "
    r"(?:[a-z]+ )?examples?\b(?! of\b)|"
    r"\bto [a-z]+ this(?=[.,;]| (?:is|was|by|with|through|and|but|without)\b)|"
    r"\bthat into\b|\bof it all\b|\b(?:[Ee]very|[Aa]ny|[Nn]o ?)(?:one|body|thing) else\b|"
    r"\b(?:an?|the|other|another|each|new|newer|old|older|decent|good|better|big|bigger|small|smaller|cheaper|first|second|"
    r"last|latest|previous|(?:less|more) \w+) ones?\b(?! (?:of|who|that)\b)|"
    r"\bthe same (?:companies|firms|people|men|women|groups|banks|products|places|stories|sources)\b"
    r"(?!.*\b(?:as|that|who)\b)|"
    r"(?<!\bat )\bthe same (?:[\w-]+ ){0,2}(?:period|quarter|day|week|month|year|place|way|thing|report|study|"
    r"statement|"
    r"interview)\b(?! (?:of|in|last|a year|as|from|that)\b)|\b[Aa]n? similar \w+\b(?! (?:to|from)\b)|"
    r"\b(?:for|of|to|about|from|with|by|on|behind|like|into|after|before) (?:this|these|those)(?=[.,:;!)]|$)|"
    r"\b(?:made|makes|denied|denies|rejected|dismissed|repeated) the (?:claim|comment|remark|statement|announcement|"
    r"allegation|accusation|decision|offer|request)s?\b(?! (?:that|of|to|by|about|from|against)\b)|"
    r"\b(?:around|at|by|since|until|before|after) that (?:time|point|moment|stage|date)\b|"
    r"(?<!\bin )\bhere\b(?! (?:is|are|comes?|and there|to stay)\b)|"
    r"^(?:In|On|By|At|With|After|For)\b[^.]{3,90}, that [a-z-]+ (?:was|is|had|has)\b|"
    r"\b(?:takes?|took|makes?|made|did|put|called?) that (?:a|an|further|again|before|instead)\b|"
    r"\bthe same (?:type|kind|sort|level|amount|degree) of [a-z]+\b(?!.*\b(?:as|that)\b)|"
    r"[’']s (?:response|reply|answer|comments?|remarks?|statement|announcement) c(?:a|o)mes? (?:after|as|when|amid|"
    r"days|hours|in response|on the heels)\b|"
    r"\bsaid (?:that|this|it) (?:more than once|before|too|again|often|many times|repeatedly|himself|herself)\b|"
    r"\b(?:do|does|did|done|say|says|know|knew|want|needs?|about|of|for|with|than|from|after|before) that(?=[.,;!])|"
    r"\b(?:above|below)[- ](?:\w+ )?(?:list|table|chart|graph|figures?|image|photo|column)s?\b|[\"“”] column\b|"
    r"\bthat (?:decision|move|deal|law|bill|case|question|claim|report|statement|idea|plan|vote|ruling|attack|incident|"
    r"authority|power|stretch|option|provision|effort|standard|sentiment|opinion|concern|feeling|position|assessment|message|promise|threat|"
    r"meeting|event|period|point|number|figure|amount|total|company|man|woman|child|boy|girl|person|family|player|"
    r"contribution|group|mission|process|approach|thesis|theory|view|argument|goal|trend|problem|issue|policy|system|story|"
    r"belief)\b(?! (?:who|that|with|in|of)\b)|"
    r"^Whereas\b|^Whatever (?:that|this|the)\b|"
    r"\b(?:expressed|raised|voiced|made|shared|has|have|had) similar [a-z]+\b(?! (?:to|from)\b)|"
    r"\b[Tt]he same [a-z]+[’']s\b|\ball (?:of )?(?:this|that|these|those)\b(?! (?:was|were|is|are|who|have|has|can)\b)"
)
# "If that holds up, that would be a hit": a pronoun for what was said before, where a clause begins.
_POINTING = re.compile(
    r"(?:^|[,;:—–-] |\b(?:[Ii]f|[Ww]hen|[Bb]ecause|[Ss]ince|[Ww]hile|[Aa]lthough|[Tt]hough|[Bb]ut|[Ss]o|[Aa]s|"
    r"how|why|that|[Ss]aid|[Ss]ays) )"
    r"(?:that|this|these|those)(?:[’']s\b| (?:is|was|are|were|would|will|could|can|may|might|has|have|had|holds?|"
    r"means?|meant|makes?|made|gives?|gave|leaves?|left|includes?|included|happens?|happened|changes?|changed|seems?|seemed|"
    r"comes?|came|goes|went|works?|worked|applies|applied|amounts?|amounted|translates?|does|did|doesn[’']t|didn[’']t|"
    r"isn[’']t|wasn[’']t|won[’']t|wouldn[’']t)\b)"
)
# "Rebranded to look neutral, it posted": the phrase in front names no one whom the pronoun could mean.
_FRONTED = re.compile(
    r"^(?:In|On|At|For|From|By|With|Under|Over|Between|Despite|Last|Next|Earlier|Later|Yesterday|Since|Before|After|During|Until|As|To|Through|Once|When|"
    r"While|If|"
    r"Although|Because|[A-Z]\w+(?:ed|ing)|Built|Made|Sold|Held|Born|Known|Written|Set|Taken|Given)\b"
    r"[^.:;“\"]{2,110}?, (?:it|its|they)\b(?![’']s (?:been|a|the|not|time))"
)
_DAYS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|\w+day)\b"
# "He played nine games that year": which one, only a date before it says.
_THAT_TIME = re.compile(
    r"(?<=[a-z] )at the time(?! (?:of|when|that)\b)|"
    r"\bthat (?:year|season|summer|winter|spring|autumn|fall|month|week|weekend|day|night|morning|afternoon|evening)\b"
)
_DATED = re.compile(
    rf"\b(?:1[89]|20)\d\d\b|\b(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d|{_DAYS}|[Yy]esterday|[Tt]oday|"
    r"(?:[Ll]ast|[Oo]ne|[Ee]very|[Ee]ach) \w+)"
)
# "Was to sing just two days later": than what, only the sentence before says.
_LATER = re.compile(
    r"\b(?:just |only |some |about )?(?:an?|\d+|two|three|four|five|six|seven|eight|nine|ten|several|a few) "
    r"(?:minutes?|hours?|days?|weeks?|months?|years?) later\b(?! than)"
)
_FROM_WHEN = re.compile(
    r"\d|,|\b(?:will|(?:is|are) (?:to|due|set|expected)|and|but|"
    r"when|after|before|then|only to|since|once|until|while|as|that|which|who)\b|"
    rf"\b(?:{_DAYS}|[Yy]esterday|[Tt]oday)"
)
# "He added: “She was alone”": of whom, only what was said before tells.
_SAID_OF_HIM = re.compile(
    r"(?:said|says|added|adds|told [\w. ]+|wrote|replied|explained|noted|continued|concluded|went on)[:,] "
    r"[\"“](?:He|She|They|It|That|This|These|"
    r"Those|His|Her|Their)\b(?! (?:is|was|[’']s) (?:time|a (?:pity|shame|pleasure|privilege|great day)))"
)
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
# "Roe replied that she was free", "Varna did so in May": to what, and what, a sentence must have told by then.
_ANSWERS = re.compile(
    r"\b(?:replied|retorted|countered|(?:shot|fired|hit) back|responded (?:\w+day )?(?:by|that|with)\b)(?! to\b)|"
    r"\b(?:(?:has|have|had) )?(?:did|does|do|done|doing) so\b"
)

# "Roe does not want such a law": nothing in the sentence has told of one.
_SUCH_A = re.compile(r"^(?P<before>.*?,)?[^,]*\bsuch an? [a-z]+\b(?!.*\b(?:as|that)\b)")
# "In 1831, Varna extended it to nine years": what, only the sentence before says.
_DONE_TO_IT = re.compile(
    r"^(?:(?:In|On|By|Last|This|Earlier|After|Before|During)\b[^,]{0,40}, )?(?P<who>[^,;:“\"]{2,60}?) "
    r"(?:(?:has|had|have|also|later|first|since) )*(?!said|says|told)[a-z]*(?:ed|t|d|ght|ld|k|w|g) it"
    r"(?=[.,;]| (?:to|from|for|in|on|at|by|with|as|and|back|off|up|out|down|over|into)\b)"
)
_TOLD_BEFORE = re.compile(rf",|{VERB.pattern}")
_SET_WHEN = re.compile(r"^(?:In|On|At|By|Last|This|Earlier|Late|Early)\b[^,]{0,40}, ")


def leans(text: str, *, opening: bool = False) -> bool:
    """Whether ``text``, its personal pronouns already seen to, is not understood without the sentence before it.

    Args:
        text: a sentence as it would be shown.
        opening: whether it is a report's first sentence: what it points at stands in itself.
    """
    if opening:
        return bool((_OPENS.match(text) or _TIED.match(text)) and not _WHOLE.match(text))
    if (_OPENS.match(text) and not _SAID_OF_NO_ONE.match(text)) or _TIED.match(text):
        return True
    if _SAID_OF_HIM.search(text):
        return True
    outside = _QUOTED.sub("“”", text)
    pointing = _DEMONSTRATIVE.search(outside) or _POINTING.search(outside)
    then = _THAT_TIME.search(outside)
    if then and not _DATED.search(outside[: then.start()]):
        return True
    answer = _ANSWERS.search(outside)
    if answer and not _TOLD_BEFORE.search(_SET_WHEN.sub("", outside[: answer.start()])):
        return True
    later = _LATER.search(outside)
    if later and not _FROM_WHEN.search(outside[: later.start()]):
        return True
    such, done = _SUCH_A.match(outside), _DONE_TO_IT.match(outside)
    told = outside.replace("“”", "")
    return bool(
        pointing
        or (done and not VERB.search(done["who"]))
        or (such and not VERB.search(such["before"] or ""))
        or (_FRONTED.match(told) and not _names_someone(told))
    )


# "In December, the firm bid": the sentence proper begins behind its comma.
_SET_BEFORE = re.compile(
    r"(?:In|On|At|By|For|From|Since|During|Until|Last|This|Next|Earlier|Later|Early|Late|Today|Yesterday|\w+day)\b"
    r"[^,.;:\"“”]{0,40}, (?=the [a-z])"
)


# "During the hearings, one lawyer said", "Friday's statement said": of which no one has heard.
_IN_WHICH = re.compile(
    r"(?:In|During|At|On|After|Before|Under|With|From|By|Throughout|Following) the (?:[a-z-]+ ){0,2}?"
    r"(?P<noun>hearing|filing|letter|interview|report|video|post|meeting|speech|clip|trial|incident|lawsuit|complaint|"
    r"document|study|survey|agreement|ceremony|debate|email|call|conversation|suit|episode|photo|caption|tweet|message|"
    r"announcement|statement|ruling|decision|picture|image|footage|song|film|show|book|article|session|event)s?,|"
    r"\w+day[’'](?P<s>s) (?:statement|announcement|ruling|decision|letter|move) (?:said|added|came|follows?)\b"
)


# "The man who rowed to Varna": the rest of the phrase says which.
_SAYS_WHICH = re.compile(r" (?:who|whose|that|which|where)\b")


def presumes(text: str, known: Set[str], *, opening: bool = False) -> bool:
    """Whether ``text`` speaks of something as known, ``The bridge was …``, that nothing has brought up.

    Args:
        text: a sentence as it would be shown.
        known: stems of the headline's and the first sentence's words: of what they bring up one may speak so.
        opening: whether it is a report's first sentence, which may speak of a town's own council as known.
    """
    fronted = _SET_BEFORE.match(text)
    text = f"T{text[fronted.end() + 1 :]}" if fronted else text
    setting = None if opening else _IN_WHICH.match(text)
    if setting and not (setting["noun"] and known & set(stems(setting["noun"]))):
        return True
    someone = _SOME_ONE.match(text)
    if opening and someone and _PARTICIPLE.match(text, someone.end()):
        someone = None
    if someone and (someone["people"] is None or fold(someone["people"]) in lexicon.by_demonym()):
        return True
    if _ONE_OF_SOME.match(text):
        return True
    if not opening and _unheard_of(_QUOTED.sub("", text), known):
        return True
    match = _DESCRIBED.match(text) or (None if opening else _DEFINITE.match(text))
    if match and opening and not re.match(rf"[,.]| {_VERB}\b", text[match.end() :]):
        return False  # "the film world", "the list of donors"
    # "The statement" has a stem with "the state" in common and no more.
    if match and match["noun"] == "statement":
        return True
    if match is None or match["noun"] in _ONLY_ONE or _SAYS_WHICH.match(text, match.end("noun")):
        return False
    if set(stems(match["noun"])) <= CLASSES:
        return not known & set(stems(match["noun"]))
    # "The crane accident" follows on a headline about a crane.
    return not known & set(stems(text[len("The ") : match.end("noun")]))


# "The 31-year-old says": who that is stands in another sentence, if no one is named before.
_AGED = re.compile(r"(?<=[a-z,] )the \d+-year-old\b")


def _unheard_of(text: str, known: Set[str]) -> bool:
    """Whether a sentence speaks within itself of ``the incident`` or ``the deal`` that it has not told of."""
    for match in _WITHIN.finditer(text):
        noun = set(stems(match["noun"]))
        if not noun & (known | set(stems(text[: match.start()]))):
            return True
    aged = _AGED.search(text)
    return bool(aged and not re.search(rf"(?<![.] )\b(?!{_DAYS})[A-Z][a-z]+", text[1 : aged.start()]))


# "The tech giant", "The French singer": what is said before such a word does not tell which.
_CLASS_WORDS = (
    "giant company firm group team club agency man woman actor actress singer player star official officials "
    "executive minister politician driver suspect victim couple pair duo platform service device maker "
    "retailer automaker bank lender insurer airline hospital school university charity museum newspaper "
    "network channel publisher studio union"
)
#: Stems of what a reader knows only by a name.
CLASSES = frozenset(stems(_CLASS_WORDS))
# "Since Acme was sold, it": what only tells where or from whom, "Founded in Ostby, it", is not what "it" means.
_SUBJECT_NAMED = re.compile(
    r"(?:,|\b(?:[Ww]hen|[Ww]hile|[Aa]fter|[Bb]efore|[Ii]f|[Aa]lthough|[Tt]hough|[Bb]ecause|[Aa]s|[Ss]ince|[Oo]nce|[Uu]ntil|"
    rf"[Tt]hat))(?: the)? (?!{_DAYS})[A-Z]\w+"
)
_CLAUSAL = re.compile(r"^(?:When|While|After|Before|If|Although|Though|Because|As|Since|Once|Until)\b")


def _names_someone(text: str) -> bool:
    """Whether the phrase in front of the first pronoun behind a comma holds a name, or has a subject of its own."""
    front = re.split(r", (?:it|its|they)\b", text, maxsplit=1)[0]
    if re.match(r"(?:(?!\b(?:the|an?)\b)[^A-Z])*\b(?:its|their)\b", front[1:]):
        return False  # "In addition to its order of Boeing jets, it": whose order, is not said here
    return bool(
        _SUBJECT_NAMED.search(front) or (_CLAUSAL.match(front) and re.search(r" (?:an?|the|its|their) \w+", front))
    )
