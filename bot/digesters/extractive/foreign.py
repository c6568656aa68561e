"""What leans on the sentence before it, and who speaks, where the rules do not know the language.

Only the few words that open such a sentence in each: pronouns, what points back, what links. A digest in a language
that is not here is told by place and words alone.
"""

from __future__ import annotations

import re

# What points at a day or a time points at nothing before it.
_NOW = {
    "fr": r"Ce(?:t|tte)? (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|année|semaine|mois|matin|soir|week-end|"
    r"été|hiver|automne|printemps)",
    "es": r"Est[ea] (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|año|semana|mes|mañana|tarde|noche|verano)",
    "pt": r"(?:Est[ea]|Ess[ea]) (?:segunda|terça|quarta|quinta|sexta|sábado|domingo|ano|semana|mês|manhã|noite)",
    "it": r"Quest[oa] (?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|anno|settimana|mese|mattina|sera)",
    "de": r"Diese[rsn]? (?:Woche|Jahr|Monat|Sommer|Winter|Tage)",
    "tr": r"Bu (?:yıl|hafta|ay|sabah|akşam|gece)\w*",
}
_OPENS = {
    "de": "er sie es ihr ihre ihren ihrer sein seine seinen seiner dies diese dieser dieses diesen dabei damit "
    "dafür dagegen davon dazu darauf daraus darin danach davor daher deshalb deswegen darum doch aber und "
    "oder denn also auch außerdem allerdings jedoch dennoch trotzdem zudem dort hier so dann letztere beide "
    "solche stattdessen hinzu gleichzeitig derselbe dieselbe dasselbe ich wir mein meine unser unsere "
    r"(?:das|der|die)(?=\s(?:ist|war|sei|sind|waren|hat|haben|hatten?|gab|heißt|bedeutet|gilt|wird|wurden?|soll)\b)",
    "fr": r"il(?!\sy\sa\b) elle ils elles on ce cet cette ces cela ça c['’]\w+ son sa ses leur leurs celui celle "
    "ceux celles mais et ou or donc car puis ainsi alors aussi pourtant cependant toutefois néanmoins enfin "
    r"ensuite là ici en\srevanche par\sailleurs de\splus en\soutre en\seffet par\sconséquent je j['’]\w+ nous "
    "mon ma mes notre nos",
    "es": "él ella ellos ellas ese esa eso esos esas este esta esto estos estas aquel aquella aquello su sus pero y "
    r"e o sino además también así entonces luego algo allí aquí ahí asimismo sin\sembargo no\sobstante "
    r"por\seso por\sello por\sotra\sparte por\s(?:lo\s)?tanto de\shecho yo nosotros mi mis nuestro nuestra",
    "pt": "ele ela eles elas esse essa isso esses essas este esta isto estes estas aquele aquela aquilo seu sua "
    r"seus suas mas e ou porém contudo entretanto também assim então depois ali aqui lá além\sdisso por\sisso "
    r"para\sisso eu nós meu minha nosso nossa",
    "it": r"lui lei loro egli ella essi questo questa questi queste quello quella ciò il\stutto suo sua suoi sue ma "
    "e ed o però tuttavia inoltre anche così quindi poi allora intanto infatti dunque lì là qui io noi mio "
    "mia nostro nostra",
    "nl": "hij zij ze dit deze die dat daar daarmee daarom daarna hier maar en of want ook toch echter bovendien "
    "haar hun zo toen dan ik wij we mijn onze",
    "pl": "on ona oni one ono to ten ta te ci tego tej tym jego jej ich ale a i lecz jednak więc zatem także "
    "również tam tu tak potem wtedy ponadto dlatego wprawdzie ja my mój nasz",
    "ru": "он она они оно это этот эта эти тот та те его её ее их но а и или однако поэтому также тоже там тут "
    r"здесь так тогда потом затем впрочем то\sесть кроме\sтого я мы мой наш мне нам",
    "sv": "han hon detta dessa denna hans hennes deras men och eller också därför dessutom där här så sedan jag vi "
    r"min vår de(?=\s(?:är|har|var|blev|går|ska|vill|kan|måste|fick|kom|hade)\b)",
    "da": "han hun dette denne disse hans hendes deres men og eller også derfor desuden der her så jeg vi min vores "
    r"de(?=\s(?:er|har|var|blev|går|skal|vil|kan|må|fik|kom|havde)\b)",
    "no": "han hun dette denne disse hans hennes deres men og eller også derfor dessuten der her så jeg vi min vår ja "
    r"de(?=\s(?:er|har|var|ble|går|skal|vil|kan|må|fikk|kom|hadde)\b)",
    "tr": "o bu şu bunlar onlar bunun onun ancak ama fakat ve ayrıca böylece ben biz",
}
# Where no space parts words, a sentence begins with its pronoun or link all the same.
_UNPARTED = {
    "ja": re.compile(
        r"これ|それ|この|その|あの|そこ|ここ|しかし|だが|でも|また|さらに|そして|なお|一方|ただ|同(?=[氏社市県国省庁日容])|彼|私|こうし|こうした"
    ),
    "zh": re.compile(
        r"他|她|它|这|這|那|此|该|該|但|而|并|並|同时|同時|因此|另外|我|其(?!中)|然而|不过|不過|随后|隨後|对此|對此"
    ),
}
_SAME = {"nb": "no", "nn": "no"}


def leans(text: str, language: str) -> bool:
    """Whether ``text`` opens as only what follows another sentence does, or as someone who speaks of himself."""
    text = text.lstrip("„“”«»\"‚‘’'「『")
    known = language[:2].lower()
    known = _SAME.get(known, known)
    if known in _UNPARTED:
        return _UNPARTED[known].match(text) is not None
    now = _NOW.get(known)
    if known not in _OPENS or (now and re.match(rf"(?:{now})\b", text)):
        return False
    return re.match(rf"(?:{'|'.join(_OPENS[known].split())})(?!\w)", text, re.IGNORECASE) is not None
