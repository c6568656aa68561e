"""What stands between quotation marks though no one has said it."""

from __future__ import annotations

from bot.digesters.extractive.speakers import Frame

_MODALS = frozenset("will would could might may can should must".split())
_BARE = frozenset("scream say shout cry ask yell chant think wonder reply answer whisper".split())

_THEM = frozenset("him her them me us you".split())
# "You hear someone ask him, "…"": no one says who.
_SOMEONE = frozenset("someone somebody anyone anybody everyone everybody".split())

# "Does Roe come and say, “…”?": whether it was said is just what is asked.
_ASKS = frozenset("does do did would could can should might will".split())


def imagined(frame: Frame, low: int, first: int) -> bool:
    """Whether no one has said it yet, or just anyone: ``the public will scream, "…"``."""
    at = first - 1
    while at > low and (
        not frame.tokens[at].text[0].isalnum() or frame.lower[at].endswith("ly") or frame.lower[at] in _THEM
    ):
        at -= 1
    if at > low and frame.lower[at] in _BARE and frame.lower[at - 1] in _SOMEONE:
        return True
    return (
        at > low
        and frame.lower[at] in _BARE
        and not frame.quoted[at]
        and (frame.lower[at - 1] in _MODALS or frame.lower[low] in _ASKS or not frame.cue(at))
        and frame.lower[at - 1] != "to"
    )


_ASKING = frozenset("whether if about".split())


def only_asked(frame: Frame, low: int, first: int) -> bool:
    """Whether the words belong to what someone was asked: ``Asked whether it was "…", Roe said no``."""
    words = [i for i in range(low, first) if frame.tokens[i].text[0].isalnum()]
    asked = next((k for k in range(low, first - 1) if frame.lower[k] == "question" and not frame.quoted[k]), 0)
    told = any(frame.cue(k) for k in range(low, first))
    if asked > low and frame.lower[asked + 1] in ("on", "about") and not told:
        # "To a question on the “…,” Roe said": whose term it is no one tells.
        return True
    start = words[1:] if words and frame.lower[words[0]] == "when" else words
    if len(start) < 2 or frame.lower[start[0]] not in ("asked", "questioned", "pressed"):
        return False
    asks = any(frame.lower[i] in _ASKING for i in start[1:4])
    return asks and not any(frame.tokens[i].text in ",:" and not frame.quoted[i] for i in range(low, first))


_OTHERS = frozenset("claims accusations allegations suggestions rumours rumors criticism reports speculation".split())
_WRONG = frozenset("wrong false untrue unfair nonsense ridiculous absurd misleading incorrect".split())
_OWN = frozenset("'s ’s ' ’ his her their its our my made makes making repeated repeats repeating with".split())


def of_others(frame: Frame, low: int, first: int) -> bool:
    """Whether they are words of others that someone answers: ``Roe dismissed claims that it was "…"``."""
    words = frame.lower[low:first]
    wrong = (i for i, word in enumerate(words[:-2]) if word in _WRONG and words[i + 1] == "to")
    if any(words[i + 2] in ("say", "suggest", "claim", "call", "describe") for i in wrong):
        return True
    return any(
        frame.lower[i] in _OTHERS
        and frame.lower[i + 1] == "that"
        and not (frame.quoted[i] or frame.cue(i))
        and frame.lower[i - 1] not in _OWN
        and not any(frame.cue(k) for k in range(i + 2, first))
        for i in range(low + 1, first - 1)
    )


_POINTING = frozenset("pointed points pointing cited cites citing referred refers referring".split())
_RULES = frozenset("law laws statute rule rules section amendment regulation clause act policy contract".split())
_TOLD_BY = frozenset(
    "assurance assurances promise promises claim claims statement statements warning warnings remark remarks "
    "accusation accusations allegation allegations pledge pledges threat threats advice".split()
)


def of_texts(frame: Frame, low: int, first: int) -> bool:
    """Whether they are words of a rule someone points to, or what a noun says another has told.

    ``Roe pointed to a law that bans "…"``, ``Roe denounced it as against assurances by Poe that "…"``.
    """
    words = frame.lower[low:first]
    pointing = next((i for i, word in enumerate(words) if word in _POINTING), len(words))
    rules = any(
        a in _RULES and b in ("that", "which") for a, b in zip(words[pointing:], words[pointing + 1 :], strict=False)
    )
    return rules or any(
        word in _TOLD_BY and words[i + 1 : i + 2] in (["by"], ["from"]) and "that" in words[i + 2 :]
        for i, word in enumerate(words)
    )


_SHOUTS = frozenset("shout shouts cry cries".split())


def sung(frame: Frame, low: int, first: int) -> bool:
    """Whether they are words of a song or a crowd's: ``a tune with lyrics like "…"``, ``a shout of "…"``."""
    at = first - 1
    while at > low and not frame.tokens[at].text[0].isalnum():
        at -= 1
    if at > low and frame.lower[at] == "of" and frame.lower[at - 1] in _SHOUTS:
        return True
    return bool({"lyric", "lyrics"} & set(frame.lower[max(low, first - 5) : first]))
