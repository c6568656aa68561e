"""What words of names mean: which stand for each other, and which are titles, particles or legal forms.

Facts of common knowledge, written for this project.
"""

from __future__ import annotations

from collections import defaultdict

from bot.index.forms import FORMS
from bot.index.pet_names import PET_NAMES

TITLE, PARTICLE, LEGAL = 1, 2, 3

_TITLES = """
adm admiral amb ambassador archbishop attorney baron baroness bishop brig brigadier brother cabinet candidate capt
captain cardinal caliph ceo cfo chair chairman chairperson chairwoman chancellor chief col colonel comrade congressman
congresswoman coach commander commissioner count countess cpl dame deputy director doctor dona doña dr dra duchess
duke emeritus emir emperor empress engr esq father first foreign former founder general gen gov governor head her his
hon honorable honourable imam interim judge justice king lady late lieutenant lord lt madam madame maj major maulana
mayor minister miss mister mlle mme monsignor mp mr mrs ms mullah official ombudsman pastor pope premier pres
president presidente prime prince princess prof professor prosecutor queen rabbi representative rep rev reverend
secretary sec sen senator senora senor sergeant sgt shaikh sheik sheikh sir sister speaker spokesman spokesperson
spokeswoman sultan the vice viscount ayatollah hojatoleslam herr frau fraulein monsieur signor signora hr ing dipl mag
phd md jr sr acting ex outgoing incoming incumbent elect
"""
_PARTICLES = """
a al ad an and as at bin bint ben ould uld abu ibn d da das de degli dei del dela della den der di do dos du e el en
het i ibn la las le les li lo los of on op oe ter ten the und van vande vanden ver vom von vor y ye zu zum zur zade oglu
ogly kyzy qizi
"""
_LEGAL = """
ab ag as bv bvba co company corp corporation cv doo ead eood gmbh holding holdings inc incorporated joint jsc kg kk llc
llp limited ltd ltda mbh nv ojsc ooo oy oyj pao pjsc plc private public pt pte pty pvt sa sac sae sal sarl sas sasu se
shpk sl slu snc spa spol srl sro stock zao zoo
"""
# About how many names in sixty thousand hold such a word, where no corpus says it.
_COMMON, _UNCOMMON, _FILLING = 120.0, 20.0, 3000.0

KINDS: dict[bytes, int] = {}
for _kind, _words in ((PARTICLE, _PARTICLES), (TITLE, _TITLES), (LEGAL, _LEGAL)):
    KINDS |= {_word.encode(): _kind for _word in _words.split() if _word.isascii()}

PRIOR: dict[bytes, float] = {}
_related: defaultdict[bytes, dict[bytes, None]] = defaultdict(dict)
for _groups, _expected in ((FORMS, _COMMON), (PET_NAMES, _UNCOMMON)):
    for _line in _groups.strip().splitlines():
        _forms = [_form.encode() for _form in dict.fromkeys(_line.split()) if _form.isascii() and _form.isalnum()]
        for _form in _forms:
            PRIOR.setdefault(_form, _expected)
            _related[_form].update(dict.fromkeys(_forms))
            _related[_form].pop(_form, None)
PRIOR |= dict.fromkeys(KINDS, _FILLING)
RELATED: dict[bytes, tuple[bytes, ...]] = {_form: tuple(_others) for _form, _others in _related.items()}
