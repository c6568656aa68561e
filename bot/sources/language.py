"""Which language a text is in, by its script and its commonest words.

Needed where a page says nothing or its template says "en" to everything; so it answers only when it is sure.
"""

from __future__ import annotations

import re
from collections import Counter

_COMMON = {
    "en": "the and of to in that was for is with on as by at from his it has are this not have be which were",
    "de": "der die und das den nicht von sie ist des sich mit dem dass ein eine auch auf für als wird zu nach bei",
    "fr": "le la les des et est une dans que qui pour pas sur au avec plus sont du ce cette aux été mais ses",
    "es": "el la los las que del una por con para se su al como más este pero sus sobre ha fue entre también",
    "pt": "que não uma os com para dos como mais em ao ele das foi seu sua são pela pelo ou também até já",
    "it": "il che di la per una della non è del le con sono dei gli nel alla come anche ha più dal delle si",
    "nl": "de het een van en dat niet zijn op te voor met die aan ook maar als er bij naar wordt uit heeft over",
    "id": "yang dan di dari untuk dengan tidak ini itu dalam pada adalah akan oleh juga mereka telah karena bisa",
    "pl": "w nie na się że jest do to z jak ale przez po od za który o są dla co tylko był także już",
    "sv": "och att det som en är av för på inte med till den har de om ett men var sig så från vi kan",
    "da": "og at det som en er af for på ikke med til den har de om et men var sig så fra vi kan blev",
    "tr": "ve bir bu için de da ile çok olarak daha olan gibi kadar sonra ne ise var ama değil en",
    "ro": "și de la în a care pe nu cu este o din mai să pentru un ce au fi lui sunt că",
    "cs": "a v se na je že s z do to o jako i ale by pro které k po za jsou který byl",
    "vi": "và của là có không được một cho trong người này các với đã những ở từ khi đến",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af\u1100-\u11ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "uk": re.compile("[іїєґІЇЄҐ]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "fa": re.compile("[پچژگ]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "bn": re.compile("[\u0980-\u09ff]"),
    "ta": re.compile("[\u0b80-\u0bff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "hy": re.compile("[\u0530-\u058f]"),
}
# A marker letter of a language that shares its script need not be frequent; a script must be.
_ENOUGH = {"uk": 0.02, "fa": 0.02, "ja": 0.05}
_FAMILIES = (
    frozenset(("da", "no", "nb", "nn", "sv")),
    frozenset(("id", "ms")),
    frozenset(("cs", "sk")),
    frozenset(("ru", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg")),
    frozenset(("hi", "mr", "ne")),
    frozenset(("ar", "ur", "ps", "ckb")),
    frozenset(("zh", "ja")),
)
_READ = 6000
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def language_of(text: str, declared: str = "") -> str:
    """The BCP 47 tag of ``text``: as declared, unless its words plainly are another's; ``en`` when unknown."""
    tag = declared.strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        tag = ""
    seen = _detected(text[:_READ])
    if seen and tag.split("-")[0].lower() != seen and not _kin(tag, seen):
        return seen
    return _cased(tag) or "en"


def _detected(text: str) -> str:
    letters = sum(character.isalpha() for character in text)
    if letters < 40:
        return ""
    for language, letter in _SCRIPTS.items():
        if len(letter.findall(text)) > _ENOUGH.get(language, 0.3) * letters:
            return language
    words = re.findall(r"[^\W\d_]+", text.lower())
    scores = Counter({language: sum(word in common for word in words) for language, common in _WORDS.items()})
    (best, most), (_, second) = scores.most_common(2)
    return best if most >= 8 and most > 0.08 * len(words) and most > 1.25 * second else ""


def _kin(tag: str, seen: str) -> bool:
    """Whether a declared language is one that our words cannot tell from the one they saw."""
    declared = tag.split("-")[0].lower()
    return any(declared in family and seen in family for family in _FAMILIES)


def _cased(tag: str) -> str:
    head, *rest = tag.split("-")
    return "-".join([head.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
