"""Nouns of those who speak: people by role and kin, bodies, and what is written or shown."""

from __future__ import annotations

from bot.digesters.extractive import lexicon

# Beyond people's roles: kin, bodies, and what is written or shown; the plurals follow.
_SPEAKING = frozenset(
    "ad administration advert advertisement agency all announcement another anyone app army article attorneys "
    "audience aunt authorities banner bill board book both boy brief bureau brother campaign caption child children "
    "city clip club coalition column commercial commission committee community company complaint congress council "
    "couple county court cousin critics crowd dad daily daughter department doctrine document documents editorial "
    "email emails embassy entry everybody everyone family father few filing firm flier flyer foundation four friend "
    "girl government group half headline home hospital house husband indictment insider institute kids kremlin label "
    "law lawsuit letter lot magazine majority man many memo men message ministry mom most mother motion narrator "
    "nation navy neither network newspaper nobody note notice office officers officials one opposition organisation "
    "organization other others outlet page paper parents parliament partner party passage pentagon people percent "
    "person petition piece plaintiff police policy poll post poster public publication questioner quote reader regime "
    "release report resolution respondents review rule ruling school school scientists senate sentence several shirt "
    "sign sister site slogan some son song source sources spot staff state statement story study subtitle suit survey "
    "suspect team text those three title town transcript tweet two uncle union university veteran video voice voters "
    "website wife woman women".split()
)


_KIN = frozenset(
    "friend brother sister mother father husband wife son daughter uncle aunt cousin boy girl page patient suspect "
    "parent child baby colleague person neighbour guest nephew niece partner student".split()
)


#: Words that end like someone's calling, or stand where a subject does, and are no one.
NO_ONE = frozenset("after earlier ever for further here later never nor or rather there together whether".split())


def can_speak(head: str) -> bool:
    """Whether a noun names someone, or something written, that says things."""
    return head not in NO_ONE and any(
        word in _SPEAKING
        or word in lexicon.words("roles")
        or word in lexicon.titles()
        or word in _KIN
        or word.endswith(("ist", "man", "men", "woman", "women", "ian", "ent", "ant", "er", "or"))
        for word in (head, head.removesuffix("s"))
    )


def is_person(head: str) -> bool:
    """Whether a noun is one of a person."""
    return head not in NO_ONE and (
        head in lexicon.words("roles")
        or head in lexicon.titles()
        or head in _KIN
        or head.endswith(("er", "or", "ist", "man", "woman", "ian"))
    )


_HERS = frozenset(
    "wife mother sister daughter aunt niece girlfriend fiancee fiancée widow grandmother granddaughter girl actress "
    "mom mum stepmother stepdaughter stepsister lady".split()
)
_HIS = frozenset(
    "husband father brother son uncle nephew boyfriend fiance fiancé widower grandfather grandson boy actor dad "
    "stepfather stepson stepbrother".split()
)


def gender_of(noun: str) -> str | None:
    """The gender of whom a noun describes, where it has one."""
    if noun in _HERS or noun.endswith("woman"):
        return lexicon.FEMALE
    return lexicon.MALE if noun in _HIS or noun.endswith("man") else None
