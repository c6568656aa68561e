"""Names as people bear them, made up from syllables; the same for the same seed."""

from __future__ import annotations

from random import Random

_GIVEN = (
    "John Maria Robert Elena Thomas Anna Michael Katarzyna William Sofia Alexander Fatima Joseph Ingrid Carlos Yuki "
    "Mohammed Olga Pierre Chiara Stephen Aisha Daniel Lucia Andrew Zeynep Peter Amara David Noor James Linh"
).split()
_STARTS = (
    "Ba Bra Ca Cho Da Dro Fe Fla Ga Gri Ha Ja Ka Kle La Ma Mo Na No Pa Pre Ra Ro Sa Ste Ta Tro Va Wo Ya Ze".split()
)
_MIDDLES = "ba ce di fo ga li lo ma mi na no pe ra ri sa so ta ti va vi zo".split()
_ENDS = "berg cki dez ez ford iev ini kov lund man mann nen ov poulos quist rov sen son stein vic wicz zadeh".split()


def names(count: int, seed: int = 1) -> list[str]:
    """``count`` different names of a given name, at times a middle initial, and a surname."""
    random = Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        middles = "".join(random.choice(_MIDDLES) for _ in range(random.randint(1, 3)))
        middle = f" {random.choice('ABCDEFGHJKLMNPRSTW')}." if random.random() < 0.2 else ""
        found[f"{random.choice(_GIVEN)}{middle} {random.choice(_STARTS)}{middles}{random.choice(_ENDS)}"] = None
    return list(found)
