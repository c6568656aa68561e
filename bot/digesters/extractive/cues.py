"""The verbs that introduce what someone says, in every form that can."""

from __future__ import annotations

_SAYING = (
    "accuse acknowledge add admit admonish advise affirm agree allege allow announce answer argue ask assail assert "
    "assure attest backtrack badger bark beam begin beg bellow bemoan blame blast bluster boast boom brag brand call "
    "castigate caution celebrate challenge chant charge characterise characterize chastise chide chime chirp chortle "
    "chuckle cite claim clarify coin commend comment compare complain concede conclude condemn confess confide "
    "confirm contend continue coo counter crack credit criticise criticize croak crow cry declare decry deem defend "
    "demand deadpan demur denounce deny deplore deride describe disclose dismiss drawl dub echo elaborate email "
    "emphasise emphasize encourage enquire enthuse exclaim exhort explain express fire forecast fret fume giggle "
    "groan grouse growl grumble guess gush hail hint holler hypothesise hypothesize implore imply indicate inform "
    "inquire insist instruct interject intone invoke jest joke label lambast lambaste lament laud laugh lecture liken "
    "list maintain marvel mention mock moan mumble murmur muse mutter name nickname note object observe offer opine "
    "order outline plead pledge point ponder portray post praise pray predict press proclaim promise pronounce "
    "propose protest query question quip quote rage rail rant react read reason reassure rebuke recall recite "
    "recommend recount refer reflect reiterate relate remark remember remind repeat reply report request respond "
    "retort retweet reveal roar rule say scoff scold scream shoot shout shriek sigh slam smile snap snipe snarl speak "
    "speculate spit stammer state stipulate stress stutter suggest sum surmise swear talk taunt tease tell testify "
    "text thank theorise theorize threaten thunder title tout tweet underline underscore urge vent voice volunteer "
    "vow wail warn whine whisper wonder worry write yell"
).split()
# What someone holds rather than says; behind a plain verb of saying they belong to what is reported.
_HOLDING = "believe consider decide expect fear feel figure find hope imagine know realise realize think".split()
_DOUBLED = frozenset("admit beg brag deadpan demur dub fret quip refer slam snap spit sum".split())
_PAST = {
    "begin": "began",
    "feel": "felt",
    "find": "found",
    "forecast": "forecast",
    "know": "knew",
    "read": "read",
    "say": "said",
    "sing": "sang",
    "shoot": "shot",
    "speak": "spoke",
    "spit": "spat",
    "swear": "swore",
    "tell": "told",
    "think": "thought",
    "write": "wrote",
}


def _third(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")) and verb != "coo":
        return verb + "es"
    return verb[:-1] + "ies" if verb[-1] == "y" and verb[-2] not in "aeou" else verb + "s"


def _past(verb: str) -> str:
    if verb in _PAST:
        return _PAST[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb[-1] == "y" and verb[-2] not in "aeou":
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _DOUBLED else "") + "ed"


def participle(verb: str) -> str:
    """The ``-ing`` form of a verb."""
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return verb + (verb[-1] if verb in _DOUBLED or verb == "begin" else "") + "ing"


def forms(verbs: list[str]) -> frozenset[str]:
    """The finite forms of verbs that differ from the verb itself."""
    return frozenset(form for verb in verbs for form in (_third(verb), _past(verb)))


_REPORTING = (
    "acknowledge add admit allege announce answer argue assert claim comment complain concede confirm contend "
    "continue declare deny exclaim explain insist joke lament maintain note observe quip read recall remark reply "
    "report respond retort say state stress suggest tell testify tweet warn wonder write"
).split()
#: Verbs that report words and nothing else: what stands behind them, other verbs and all, is what was said.
PLAIN = forms(_REPORTING) | {participle(v) for v in _REPORTING} | {"say", "tell"}
#: Finite forms of all verbs that may introduce speech, and "-ing" forms.
CUES = forms(_SAYING + _HOLDING) | {participle(v) for v in _SAYING + _HOLDING} | {"say", "tell", "ask", "goes", "went"}
#: What a body holds, said in whoever's words.
HOLDS = forms(_HOLDING)
#: Bare forms, which speak behind "they" or an auxiliary and are nouns as often elsewhere.
BARE = frozenset(_SAYING + _HOLDING)
