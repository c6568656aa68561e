"""Short and pet forms of given names, by language: the full name first, in its spellings, then what its bearers go by.

Facts of common knowledge, written for this project; forms that English shares are in ``forms``.
"""

from __future__ import annotations

PET_NAMES = """
constantinos konstantinos constantine costas kostas kostis dinos constantin konstantin
spyridon spyros spiros spiridon
athanasios thanos thanasis thanassis sakis nasos athanasius
georgios giorgos yiorgos yorgos george
vasileios vasilios vasilis vassilis vassilios basil
panagiotis panayiotis panos takis panayotis
eleftherios lefteris
emmanouil emmanuel manolis manos emmanuil manuel
michail michalis mihalis mikhail michael
efstratios stratos
evangelos vangelis vagelis evangelia
sotirios sotiris
theodoros thodoris theodore theo thodoros
anastasios tasos tassos anastasius
charalambos haralambos charalampos babis haris
fotios fotis photios
aristotelis aristotle aris telis
aristeidis aristides aris
alexandros alexander alekos alex
stylianos stelios
antonios antonis anthony
stamatios stamatis
apostolos apostolis tolis
gerasimos makis
ioannis yannis giannis yiannis john ioannes
nikolaos nikos nicholas
dimitrios dimitris dimitri jimmy demetrios demetris mitsos
christodoulos christos
grigorios grigoris gregory
eleni helen elena lena
wladyslaw wladek
zbigniew zbyszek
stanislaw staszek stas stanislaus
tomasz tomek thomas
jerzy jurek george
lech leszek
wojciech wojtek
piotr piotrek peter
jakub kuba jacob
maciej maciek matthias mathias
dariusz darek darius
miroslaw mirek mirko miroslav
slawomir slawek
krzysztof krzysiek christopher
malgorzata gosia margaret
agnieszka aga
branislav branko bane bran
dusan dushan dusko dusanka duschan
slobodan boban slobo sloba
vladimir vlada vlado vova volodya vladi
mihailo misa mihajlo mile
aleksandar sasa aca aleksander
milorad mile
radovan rade rado
radoslav rade radko rado radek
dragan draganche gagi
dragoslav drago
miodrag mica mile
ljubomir ljuba ljubo lubomir
nebojsa nesa
predrag pedja
svetozar sveta toza
zivojin zika
ivan ivo ivica vanya john jan
juraj jure jurica george
matija mato mate mateja matthias
stjepan stipe stipo stephen stevo
ante anton antun tonci anthony
franjo frane fran francis
jozef joze joza joseph jozo
janez anze john jan
mihael miha michael
anton tone toni tonda anthony
alojz lojze alois
vinko vincent cene
jakov jacob jaka jakob
luka luke lucas lukas
jaroslav jarda jarek
frantisek franta franz
vaclav vasek wenceslas
josef pepa sepp jupp joseph
jiri jirka george
eduard edo edi eduardo
zdenek zdeno
ladislav laco laszlo lada
laszlo laci
istvan pista stephen
ferenc feri francis
sandor sanyi alexander
janos jancsi jani john
zsigmond zsiga
eduardo lalo edu
enrique quique kike henry
gonzalo chalo
guadalupe lupe lupita
graciela chela
rosario charo
consuelo chelo
dolores lola
concepcion concha conchita
mercedes merche meche
pilar pili
remedios reme
isidro chiro
alfonso poncho fonso
hector tito
salvador chava
rafael rafa rafi
fernando nando fer
armando mando
ernesto neto
raimundo mundo
edmundo mundo
gilberto beto
roberto beto
alberto beto
humberto beto
norberto beto
luciano lucho
luis lucho luisito
alejandro alex jandro
joaquim quim
domenico mimmo nico dominic
antonino nino anthony
raffaele lele raphael
luigi gigi louis
vincenzo enzo vincent
lorenzo renzo laurence
giovanni nanni gianni vanni
salvatore totò toto turi
carmelo melo
gaetano tano
georg jorg joerg jorgen jurgen schorsch george
ulrich uli ulli ueli
wolfgang wolf wolfi
karl kalle carl
heinrich heini heinz henry
michael michi michel
gunther gunter guenter guenther
lorenz lenz laurence
lars laurentius lasse lauritz
olaf ole olav olof olle oluf
soren severin
mathias mads matthias mats
rasmus erasmus
bengt benedikt
nils nisse niels nicholas
per pelle peter
jan janne jannik
juhani juha jussi john johannes
kaarle kalle karl
henrik heikki henry
mikael mikko michael
matti matthew
josef joschi
ignaz naz
leopold poldi
nikolai kolya nikolay
pavel pasha paul
alexei lyosha alyosha aleksei
sergei seryozha serge sergey
fyodor fedya fedor theodore
georgy gosha zhora georgii
semyon senya semen simon
grigory grisha grigoriy
evgeny zhenya yevgeny eugene
gennady gena gennadi gennadiy
leonid lenya leo
lev lyova leo
valery valera valeri valeriy
arkady arkasha arkadi arkadiy
vyacheslav slava
yaroslav slava
rostislav slava
stanislav slava stas
svyatoslav slava
svetlana sveta
lyudmila lyuda luda ludmila lucy
darya dasha daria
anastasia nastya asya stasya
galina galya
irina ira irene
raisa raya
zinaida zina
ksenia ksyusha kseniya xenia
victoria vika viktoria viktoriya victoriya
olga olya helga
lyubov lyuba
polina polya
tamara toma
valentina valya
veronika nika
yulia yulya julia iuliia
oksana ksana
mykola kolya
volodymyr vova volodya
oleksandr sasha sashko
ruslan rus
ravindra ravi ravinder
rajendra raj rajinder raju
surendra suri surinder
narendra naren narinder
mahendra mahi mahinder
jitendra jitu jeetu
krishnan krishna kris
subramanian subbu mani subramaniam
venkatesh venkat venkatesan
balakrishnan bala balu
ramakrishnan ram ramki
gwyneth gwyn gwen
myfanwy fanny
dafydd dai dewi david
sion john
padraig patrick paddy padraic
sean john shane shaun shawn
seamus james shamus
liam william
eoghan owen eugene
micheal michael
siobhan joan
brigid bridget breda
mehmet mohammed muhammed mehmed
huseyin hussein husnu
ibrahim abraham ibo
suleyman solomon sulo
"""
