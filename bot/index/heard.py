"""Names of other languages that Cyrillic and Greek write as they are heard, with the spelling they come from.

Transliteration alone makes *uayt* of a White and *zhil* of a Gilles. Facts of common knowledge, written for this
project: the commonest English given names and surnames, and given names in French, German, Spanish and Italian whose
letters are not their sounds. Where one sound has several spellings the commonest stands.
"""

from __future__ import annotations

_HEARD = """
aaron аарон эрон
adrian эдриан едріан
alan алан άλαν
alain ален
alice элис еліс
alistair алистер алістер
allen аллен άλεν
amy эми емі
andre андре
andrew эндрю ендрю андрю ендру άντριου
angel анхель
angela анджела анђела
anne энн
anthony энтони ентоні ентони антъни άντονι
ashley эшли ешлі
austin остин
bailey бейли бейлі
baker бейкер бејкер
barry барри
benjamin бенджамин бенджамін бенџамин
benoit бенуа
bernard бернар
bernie берни берні
bishop бишоп бішоп
blair блэр блер μπλερ
boyd бойд
bradley брэдли бредлі
brian брайан брайян брайън брајан браян μπράιαν
brigitte брижит брижитт
brown браун μπράουν
bruce брюс брус μπρους
bryan брајен
burns бёрнс бернс
butler батлер
byron байрон
cameron кэмерон кемерон камерън κάμερον
campbell кэмпбелл кемпбелл кембъл κάμπελ
caroline кэролайн керолайн
carolyn кэролин
catherine кэтрин кетрін катрин κάθριν
charles чарльз чарлз шарль чарлс τσαρλς σαρλ
christine кристин крістін
christophe кристоф крістоф
churchill черчилль черчілль черчил τσόρτσιλ
claire клэр клер
clark кларк
claude клод κλοντ
collins коллинз колінз
cook кук
cooper купер
cynthia синтия синтія
daniel дэниел дэниэл деніел даниъл ντάνιελ
davis дэвис девіс дейвис ντέιβις
david дэвид девід дейвид дејвид ντέιβιντ
deborah дебора
denis дени
diane дайан
didier дидье
douglas дуглас даглас ντάγκλας
duncan дункан данкан
dylan дилан
edward эдвард едвард έντουαρντ
edwards эдвардс едвардс
eileen эйлин
ellen эллен
emily эмили емілі
emma эмма
eric эрик ерік έρικ
etienne этьен етьєн
eugene юджин
evans эванс еванс
fillon фийон
francois франсуа франсоа φρανσουά
frank фрэнк френк φρανκ
gareth гарет
garcia гарсия гарсія γκαρσία
gary гэри гері гари γκάρι
geoffrey джеффри джоффри
george джордж џорџ τζορτζ
georges жорж ζορζ
gerald джеральд джералд џералд
gerard жерар жерард ζεράρ
gerry джерри джеррі джери џери
gilbert жильбер
gilles жиль жил ζιλ
giorgio джорджо џорџо
giovanni джованни джованні џовани
giuseppe джузеппе џузепе τζουζέπε
gordon гордон ґордон
graham грэм грэхем грем γκράχαμ
gray грей
green грин грін γκριν
gregory грегори грегорі
guy ги
guillaume гийом гійом
hague хейг гейґ χέιγκ
hans ганс ханс
harris харрис гарріс харис χάρις
harold гарольд харольд харолд
harry гарри гаррі хари χάρι
hannah ханна
heather хезер
heinrich хайнрих хајнрих
helen хелен
helmut гельмут хельмут
henderson хендерсон
henri анри анрі ανρί
henry генри хенри генрі χένρι
hill хилл хіл
hillary хиллари гілларі хилари χίλαρι
howard ховард говард χάουαρντ
hughes хьюз г'юз хюз
hugh хью г'ю
hume хьюм х'юм хюм χιουμ
hunt хант гант
ian иэн іен иън ίαν
irving ирвинг ірвінг
jack джек џек τζακ
jackson джексон џексон τζάκσον
jacob джейкоб
jacques жак ζακ
jaime хайме
james джеймс џејмс джеймз τζέιμς
jane джейн џејн
janet джанет
jason джейсон џејсон
javier хавьер хав'єр хавиер χαβιέρ
jean жан джин ζαν
jeff джефф джеф џеф
jeffrey джефри джефрі
jenkins дженкинс
jennifer дженнифер дженіфер џенифер
jeremy джереми джеремі џереми τζέρεμι
jerome жером
jesse джесси
jessica джессика джесіка
jesus хесус
jill джилл
jim джим џим τζιμ
jimenez хименес хіменес χιμένεθ
jimmy джимми джиммі
joachim иоахим йоахим
joan джоан
joao жуан жоау
joaquin хоакин хоакін
joe джо џо τζο
johann иоганн йоганн
johannes иоганнес йоганнес
john джон џон τζον
johnny джонни джонні џони
johnson джонсон џонсон τζόνσον
jonathan джонатан џонатан τζόναθαν
jones джонс џонс τζόουνς
jorge хорхе χόρχε жоржи
jose хосе жозе χοσέ
joseph джозеф џозеф τζόζεφ жозеф
joyce джойс
juan хуан χουάν
judy джуди
julia джулия джулія
julie джули джулі жюли жюлі
julien жюльен
julio хулио хуліо
justin джастин джастін џастин
keith кит кіт
kelly келли келлі
kenneth кеннет кенет κένεθ
kennedy кеннеди кеннеді кенеди κένεντι
kevin кевин кевін
king кинг кінг кінґ
kyle кайл
larry ларри ларрі
laura лора
laurent лоран лорант
lauren лорен
lawrence лоуренс лоренс
lewis льюис льюїс
lopez лопес
louis луи луї лујс
louise луиза
luc люк
lucy люси
luigi луиджи луіджі
lynch линч
lynn линн
madeleine мадлен
malcolm малькольм малколм
margaret маргарет
marshall маршалл
mary мэри мері мери μέρι
matthew мэтью метью матю метју μάθιου
maurice морис моріс
may мэй мей
mccain маккейн макейн
mckay маккей мккэй маккэй
michael майкл майкъл мајкл μάικλ
michel мишель мішель мишел
michelle мишелль
miles майлз
mitchell митчелл мітчелл
moore мур
morris моррис
morgan морган
murphy мерфи мерфі
murray мюррей маррей
myers майерс
nancy нэнси ненсі ненси
nathan нейтан нэйтан
neil нил ніл
nicholas николас ніколас
nicolas николя ніколя
nigel найджел найджъл
nixon никсон
oliver оливер олівер
olivier оливье
owen оуэн овен
pam пэм
pascal паскаль
pat пэт пет
patricia патрисия патриція
paul пол πολ поль
perez перес
peter питер пітер питър πίτερ
philip філіп
phillips филлипс
pierre пьер п'єр пиер πιερ
powell пауэлл
price прайс
rachel рэйчел рейчъл рејчел рэчел
ralph ральф
raymond рэймонд реймонд
reagan рейган ρέιγκαν
reed рид рід
rebecca ребекка
richard річард ричард ρίτσαρντ ришар
rogers роджерс роџерс
roger роджер роџер ρότζερ
ronald рональд
rupert руперт
russell рассел ръсел
ryan райан райън рајан
samuel сэмюэл семюел самюел самуэль
sanchez санчес σάντσεθ
sarah сара
scott скотт
sean шон
shaun шаун
shirley ширли
simon саймон саймън сајмон
smith смит сміт σμιθ
sophie софи софі
stephanie стефани стефані
stephen стивен стівен стивън στίβεν
stephenson стивенсон стівенсон στίβενσον
steve стив стів στιβ
stewart стюарт стюърт стјуарт
stuart стуарт
sullivan салливан
susan сьюзан сьюзен сюзън
taylor тейлор тејлор
terry терри террі
thatcher тэтчер тетчер тачър θάτσερ
theresa тереза
thierry тьерри тьєррі
thomas томас
thompson томпсон
tim тим тім
timothy тимоти тімоті τίμοθι
tony тони тоні
tower тауэр
tracy трейси
turner тёрнер тернер
tyler тайлер
vincent венсан вінсент винсент
virginia вирджиния вірджинія
walker уокер вокер
walter уолтер волтер
ward уорд
warren уоррен воррен
watson уотсон ватсон
wayne уэйн вейн
wendy венди уэнди
white уайт вайт
wilhelm вильгельм вільгельм
william уильям вільям уилям вилијам уилиям γουίλιαμ ουίλιαμ
williams уильямс вільямс
wilson уилсон вілсон вилсон γουίλσον
wood вуд
wright райт
xavier ксавье ксав'є
young янг
yves ив ів
"""

#: The word as Cyrillic or Greek writes it, in small letters and without apostrophes, to the word it comes from.
HEARD: dict[str, str] = {
    form.replace("'", ""): word for word, *forms in map(str.split, _HEARD.strip().splitlines()) for form in forms
}
