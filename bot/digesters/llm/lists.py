"""Words by what they do to a statement: deny it, hedge it, say who says it, join it to another."""

from __future__ import annotations

NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "hundreds thousands millions billions dozen dozens half quarter third double triple once twice".split()
)
SCALES = frozenset("hundred thousand million billion trillion m bn k".split())
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december today yesterday tomorrow tonight".split()
)
NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot denied denies deny denying refused refuses refuse "
    "refusing failed fails fail failing rejected rejects reject lacks lacked stopped ended unless hardly barely except "
    "unable instead".split()
)
# These say that someone says; they may stand before what is said or behind it.
SAYING = frozenset(
    "says said say saying told tells according argues argued warned warns claims claimed insists insisted suggests "
    "suggested testified".split()
)
ATTRIBUTIONS = SAYING | frozenset(
    "telling warning claim claiming alleges alleged allegedly reportedly estimated believes believed believe thinks "
    "thought fears feared hopes hoped accuses accused accusing suspects suspected".split()
)
MODALS = frozenset(
    "may might could would should must will shall if whether apparently likely unlikely "
    "probably possibly arguably seemingly maybe perhaps potentially "
    "expected expects plans planned planning proposed proposes considering considers wants wanted intends intended "
    "aims aimed seeks sought agreed threatened seems seemed appears appeared supposedly until".split()
)
# What these limit is the word behind them; where that word is left out, so may they be.
NARROW = frozenset(
    "about some around most more less up only former formerly least nearly almost fewer over under fake mock acting "
    "attempted would-be deputy vice assistant interim ex co anti non half potential possible suspected alleged "
    "proposed planned failed aspiring retired honorary self-styled so-called part partly mostly several many few "
    "both another other second third consecutive straight successive average median net preliminary provisional "
    # Without it, Mrs. Roe is her husband.
    "mrs ms miss".split()
)
REACH = 3
# May be added anywhere: they claim nothing.
FREE = frozenset("the a an that".split())
# May be added only where the sentence has a mark instead: "Roe, mayor of Ostby," is told as "Roe is mayor of Ostby".
FOR_A_MARK = frozenset("is was are were and who which".split())
JOINING = frozenset(
    "and or but that who which whom whose where when while because since although though as if after before until "
    "than so".split()
)
PREPOSITIONS = frozenset(
    "of in on at to for by with from into onto over under about against between among during near through across "
    "around behind amid despite without within upon toward towards off via including following ahead along".split()
)
ARTICLES = frozenset("the a an".split())
PASSED_OVER = ARTICLES | frozenset("and but so yet also then however meanwhile that as because since still now".split())
# What such a word opens holds only under its condition.
CONDITIONS = frozenset("if unless whether until before than or".split())
RELATIVES = frozenset("where who which whom whose when while and but after because since although though".split())
# What such a word opens tells of someone and is no statement of its own.
OF_WHOM = frozenset("who which whom whose".split())
SMALL = frozenset("the a an of in on at to and or for by with from than as that it".split())
DANGLING = SMALL - {"it"} | FOR_A_MARK | frozenset("has have had be been both either his her their its".split())
# Behind an aside that is left out, these would speak of something else.
ATTACHED = frozenset("when where while".split())
WORDS_LEFT_OUT = 3
AUXILIARIES = frozenset("is was are were be been has had have will would can could may might do does did".split())
LONGEST_ASIDE = 15
# A clause that such a word opens may go, up to its mark.
ADDED = frozenset("after when while as because since where".split())
# The longest phrase of place or time that may go.
PHRASE = 5
# Fewer words state nothing.
FEWEST = 3
