"""Given names, and a few words in names of places and companies, with their forms in other languages.

Facts of common knowledge, written for this project. A name may stand in several groups; forms of one group stand for
each other when names are compared.
"""

# ruff: noqa: E501 - one group of names is one line

from __future__ import annotations

FORMS = """
abdul abdel abdal abd
abigail abby abbie gail
abraham abe abram avraham ibrahim bram avram abramo
adalbert adelbert bert
adam adem adamo
adrian adrien adriano hadrian ade adriaan
agnes agnieszka ines agnese inez
alan alain allan allen alen alyn
albert al bert bertie alberto albrecht
alexander alex aleksandr alexandre alejandro alessandro sandy alec aleksander xander sasha oleksandr sandro lex alexandr alexandru aleksandar iskandar olek alejo aleks aleks
alexandra alex sandra sasha alejandra alessandra aleksandra sandy lexi oleksandra ola
alexei aleksei alexey aleksey oleksii alexis alyosha oleksiy alexej
alfred al fred alf alfie alfredo fredo
alice alicia alisa ali alisha
alison ali alyson allison
aloysius alois al louis luis luigi
amanda mandy
andrew andy andrea andreas andrei andre andres andrey drew andrzej andrej andriy andrii ondrej andras anders antti endre endryu endi andre
anatoly anatolii anatoliy anatole tolya anatoli
angela angie angelika angel
ann anne anna annie hannah nancy ana anita anya anja anny hanna nan enn en
anthony tony antonio anton antoine antonin antoni antonius ton antonis tonio toni toño antal entoni antuan toni
antonia toni tonya antonina
archibald archie
arnold arnie arnaud arnaldo arnoud
arthur art artie arturo artur
augustus gus august augustin augusto agustin auguste
barbara barb barbie babs basia bara varvara
bartholomew bart bartolome bartek bartosz bartolomeo
basil vasily vasil vasile vasili vasyl vassilis vasilis basile vasilios basilio
beatrice bea beatrix beatriz trixie bice
benedict ben benedikt benedetto benito benoit bento
benjamin ben benny benji benjamim veniamin binyamin benno benjamin bendzhamin
bernard bernie bernhard bernardo barney berndt bernd bernat bernar
bertram bert
bogdan bohdan
boris borya borys
bradley brad bradford
brandon bran
brian bryan bryant
bridget brigitte brigid biddy birgit
bronislaw bronek
calvin cal
cameron cam
caroline carol carolina carrie karolina karoline lina carolyn
casimir kazimierz kaz casimiro
catherine kate cathy katherine kathryn katie kathy cat kathleen catalina caterina katarina katarzyna kasia ekaterina yekaterina katharina kat kitty katya kateryna catarina kay katrin kathrin trina karin karen ketrin katrin keit
cecilia cecily cecile celia cissy
charles charlie chuck carl karl carlos carlo chas chip karel karol charley carles charlz sharl charli
charlotte lottie charlie lotte carlotta
christian chris cristian kristian christiaan krystian
christina chris tina christine kristina cristina chrissy khristina hristina kristin kirsten krystyna kristine christiane
christopher chris kit topher christoph christophe cristobal christoffer kristoffer krzysztof cristoforo kris kristof khristofor kristopher cristopher christos hristo kristofer kris
clarence clancy
clement clemens clemente kliment
clifford cliff
clinton clint
conrad konrad con corrado kurt curt
constantine konstantin costas kostas constantin kostya konstantinos costa constantino dinos kostyantyn
cornelius cornel cees kees neil cornelis corneliu
curtis curt
cyril kiril kirill cyrille cirilo kyrylo kyril
cynthia cindy
daniel dan danny daniele danilo danil danylo daniil dani danijel deniel den
danielle dani daniela
david dave davey davide dawid daud dawood davy dovid davit devid deivid
deborah deb debbie debra debora
denis dennis denys dionisio dionysios denny dionisy
desmond des
diana diane dina dianne
dietrich dieter dirk
dimitri dmitri dmitry dmitriy dimitris dima dmytro dimitar dimitrios dimitrije dumitru demetrius mitya dmitrij dmitrii dimitrov
dominic dom dominik domenico domingo dominique nick
donald don donny donnie
dorothy dot dottie dolly dorothea dora dorotea
douglas doug
duncan dunc
edgar ed edgard eddie
edmund ed eddie edmond ned edmundo ted
edward ed eddie ted ned eduard eduardo edouard edvard ward teddy edoardo edi duarte eduar
edwin ed eddie win eduin
eleanor ellie nell nora elinor leonor lenore eleonora elena nelly eleonore
elias eli ilya ilias elijah elia elie ilie illia
elizabeth liz beth lizzie betty eliza elisabeth betsy lisa elsa isabel libby bess elisa liza elizaveta bettina lisbeth elspeth else liesl lise erzsebet elzbieta jelizaveta elizabet lis
emanuel manny emmanuel manuel manolo immanuel emanuele manoel manu
emil emilio emile
emily em emma emilia millie emilie
eric erik rick erich erico ricky
ernest ernie ernesto ernst erno
esther hester ester
ethel ettie
eugene gene eugenio evgeny yevgeny evgeni evgeniy eugen yevhen ievgen evgenii yevgeni jevgenij zhenya eugeniusz jevgeni eugeniu
eugenia jenny evgenia yevgenia
eva eve evie ewa yeva
evelyn eve evie
ezekiel zeke
felix feliks
ferdinand fernando ferdi fernand nando ferran ferdinando hernan hernando fernan
fiodor fyodor fedor theodore fedir feodor
florence flo flossie
francis frank francisco francesco franz francois frans paco fran pancho ferenc franciszek frantisek frankie frances kiko franc francesc franco paquito chico fransua frensis
frances fran frannie francesca francisca françoise franziska francoise fanny frankie paca
franklin frank
frederick fred freddy fritz friedrich frederic federico frederik freddie fredrik fredric rick frederico fryderyk
gabriel gabe gabi gavriil gavril gaby gavriel gabor gabriele
gabrielle gabby gabriela gaby gabriella
geoffrey geoff jeff jeffrey jeffery gottfried godfrey jeffri jefri
george jorge georg georges giorgio yuri jurgen jerzy georgy georgios gheorghe jiri georgi yury iurii yurii jordi yuriy juri juraj djordje djuro jurij gyorgy yorgos giorgos joris goran georgii heorhiy george jorj zhorzh khorkhe
gerald gerry jerry geraldo gerd gerrit
gerard gerry gerhard gerardo gert gerd gerrit jerry girard geert zherar jerard
gilbert gil bert gilberto
gleb hlib
gordon gordie
gregory greg grigory gregor gregorio grigoriy grzegorz gregoire grigori gregg grisha hryhoriy grigor grigore hrihoriy gregori
gustav gus gustavo gustaf gustave
guy guido wido
hans johannes johann
harold harry hal harald haroldo
harvey harv
helen elena helena helene ellen nell nelly yelena olena alena ilona lena jelena eleni ileana helga
henry harry hank hal heinrich henri enrique enrico henrik heinz hendrik henryk hein enric henrique genrikh kike henk indrich jindrich rik anri genri khenri
herbert herb bert heriberto herbie
herman hermann german armando harm
hilary hillary hilario
howard howie
hubert bert hugh huberto
hugh hugo ugo huw hughie
ian iain john
ignatius ignacio ignaz nacho inigo iggy ignazio ignasi ignacy
igor ihor
ilya ilia illia
irene irina iryna irena irinka irini
irving irv
isaac ike izaak ishaq itzhak yitzhak isaak zac
isabel isabella isabelle bella izzy izabela ysabel belle
ivan john johan vanya iwan
jacob jake jakob jacques james iago santiago yakov jaime jakub jacobo giacomo yaakov yaqub jaap jacobus jack coby yakiv iakov jokubas zhak jeikob
jacqueline jackie jacqui
james jim jimmy jamie jaime jem diego santiago giacomo seamus hamish jaume jacques iacobus jay tiago jas dzheyms jeims
jan john johan ivan johannes janek janusz
jane janet jean joan jenny janie juana giovanna johanna jeanne ioana janina jana yana
jasmine yasmin jazz yasmine
jason jay iason dzheyson
jean john jeannot zhan
jennifer jen jenny jenni dzhennifer
jeremy jerry jem jeremiah jeremias jeremie jez
jerome jerry geronimo jeronimo hieronymus girolamo hieronim zherom
jessica jess jessie
joachim achim joaquin joakim jochen gioacchino quim joaquim chimo
john jack johnny jon johan johann johannes juan jean giovanni ivan jan ian sean johnnie yahya joao hans evan ioannis yannis giannis ioan ion janos hannes shaun shawn shane ioannes jens gianni nino jani dzhon dzhoni juanito yohannes sjon jek khuan zhan zhuan jonni zhuao
jonathan jon johnny jonny nathan yonatan jonatan dzhonatan
joseph joe joey jose josef giuseppe josip pepe yusuf youssef jo jozef osip iosif yosef josep beppe sepp jeff josephus pepito pino yousef yossi josif iosef peppino chepe jozsef jos zhozef dzhozef khose zhoze jo
josephine jo josie josefina giuseppina josefa pepa
joshua josh josue yehoshua
joyce joy
judith judy judi jude yudit
julia julie juliet juliana giulia giulietta yulia yuliya iulia juliette juli zhyuli
julian jules julius julio giulio iulian yulian juliano zhyulen zhulen
justin justo giustino justinas
kenneth ken kenny kent
kimberly kim kimberley
konrad kurt
kristen kris kristin
laura lauren laurie lora loretta
lawrence larry laurence lorenzo laurent lars lorenz laurie lauri lorne llorenc lavrenty lourenco loren loran lorens
leo leon lev leonid leonard leonardo leone leonidas lyova
leonard leo len lenny leonardo leonhard lennart leon lennie
leslie les lesley
lewis louis luis lew lou ludwig luigi ludovic lluis luiz lodewijk ludvik lajos luís ludovico louie ludwik lui luiz
lillian lily lil lilian lilly
linda lynn lindy
lloyd floyd
louise lou lulu luisa louisa luise
lucas luke luca luc lukas lukasz lucasz
lucia lucy lucie luz lucille luci
ludmila lyudmila mila liudmyla ljudmila
magdalena magda lena madeleine maddie madeline madelaine magdalene malena
malcolm mal
marcel marcello marcelo
marcus mark marc marco marko markus marcos marek marcin marcio
margaret maggie meg peggy marge margie greta rita margarita marguerite margot margherita daisy madge maisie margarethe gretchen małgorzata malgorzata margareta margret margit margaret
maria mary marie mariya mia maja masha miriam mariam maryam moira maura polly molly may mariana marija marusya meri mari
marianne marian marianna mariana
martha marta patty marthe
martin marty martijn martino marten morten marton martyn
marvin marv merv
matilda tilly mathilde maud tilda
matthew matt mateo matteo matthias mathieu matthieu mateusz matias matti mathias matei mattia matvei matej matevz mats thijs matty mathew matvey mattyu metyu mate
maurice maury moritz mauricio maurizio morris moe maurits mauricy mauro
maximilian max maxim maximiliano massimiliano maksim maks maksym
maxim max maksim maxime maksym massimo maximo maksims
megan meg
melanie mel
melvin mel
mercedes merche mercè
michael mike mick mickey michel miguel mikhail michele mihail micky mikael misha michal mihai mykhailo mikel miquel mitch mihaly mihajlo mischa mykhaylo mikey miki mihail michail mikkel michiel mikheil maykl maikl mishel maik
michelle shelly micaela michele mikaela
mildred millie
milton milt
mitchell mitch
mohammed mohammad muhammad mohamed mohamad muhammed muhamad mehmet mahomet mohd muhamed mohamud mehmed mahmet md mo muhammet mamadou magomed
montgomery monty
moses moshe moises musa moussa moe moussa mozes moisei
nadia nadezhda nadine nadya nadja
natalie natasha natalia nataliya nat natalya nathalie nataly nataliia natali
nathaniel nathan nat nate natan natanael
nicholas nick nicky nicolas nikolai nicola niklas nico nikola nikolay nikos nikolaos nicolae klaus niels nikolaus mykola miklos nicolo nicolai nikita claus niccolo nick nils mikolaj nic nikolaj nikolas nikolya nikolas
nicole nicky nikki nicola nicoletta
nigel nige
norman norm
oliver ollie olivier olly oliviero oliverio
oscar oskar ozzie
oswald ozzie oswaldo osvaldo os
pamela pam
patricia pat patty tricia trish patrizia patsy pattie
patrick pat paddy patricio patrik patrizio padraig patryk petrik
paul pablo paolo pavel paulo pawel pol pauli pal pavlo pavlos paulus pau paulino pavle paavo pauls pol
paula pauline polly paola pavla paulina
pedro peter piers
penelope penny
percival percy
peter pete pedro pierre petr pyotr piotr pietro piet petros petar piero petro pjotr peder petter petrus petru peer pekka pere petya boutros butros petri pit pieter piter per pier
philip phil phillip filip philippe felipe philipp filippo felip flip pip pippo felipe fülöp filipp fil filipp
rachel rae raquel rachael shelly rahel
ralph raul raoul rolf ralf rafe
randall randy randolph rand
raphael rafael raffaele rafa ralph rafi rafal raf raffaello rafail
raymond ray raimundo ramon raimondo raymund raimund raimond ramón
rebecca becky becca bex rebekah rivka
reginald reg reggie rex reinaldo reynaldo
regina gina reina
rene renatus renato
rhys reece
richard rick dick rich ricky ricardo riccardo ritchie richie rickey ryszard rikard dickie ricard rico rishar
robert bob rob bobby robbie roberto rupert robin bert robby ruprecht bobbie robb rober
roderick rod roddy rick rodrigo rory
rodney rod
rodrigo roy rui ruy
roger rog rogelio rutger rogerio ruggero rüdiger ruediger rodger
roland rolando orlando rollo roly rolland
ronald ron ronnie ronny ronaldo
rosa rose rosie rosita roza
rosemary rose rosie romy
roxanne roxana roxy
rudolf rudy rudolph rodolfo rolf ruud rodolphe rudi ruedi
russell russ rusty
salvador sal salvatore chava totò turi
samantha sam sammy
samuel sam sammy samuele shmuel samuil semyuel sem
sandra sandy
sarah sally sara sadie zarah
scott scotty
sebastian seb bastian sebastien bas sebastiano sebastiaan sebastiao sevastian
sergei sergey serge sergio serhiy serhii sergiy sergii serhij sergej sergiu siarhei sergi serghei
shirley shirl
sidney sid sydney
sigmund zygmunt siegmund ziggy sigismund sigi
simon simeon semyon shimon simone si semen szymon shimon simo
sophia sophie sofia zofia sofya sonia sonya sofie
stanislav stan stas stanislaw stanislao stanislas stanislaus
stanley stan
stella estelle estella estrella
stephen steve steven stefan stephan esteban stefano etienne stephane steffen stevie stepan istvan estevan stjepan szczepan stevan stefanos esteve step ste styepan stef stiv stiven stefen
stephanie steph stefanie stefania steffi stephania estefania
stuart stu stewart
susan sue susie suzanne susanna susana suzy susanne suzana sanna zuzana suzie zsuzsanna zsuzsa syuzen
sylvester sly silvester silvestre silvestro
sylvia silvia silvie
tatiana tanya tatyana tania tanja tetiana tetyana
teresa terry tess theresa therese tessa tere terezia resi tracy tereza
terence terry terrence terrance terri
thaddeus tad tadeusz ted tadeo
theodore ted theo teddy teodor teodoro theodor feodor todor fyodor fedor theodoros tudor fedir teo
thomas tom tommy tomas tomasz tommaso thom tam toma tamas tuomas tome foma tomaz tomislav toma
timothy tim timmy timoteo timofey timothee tymofiy timofei timo timoti
tobias toby tobiasz tobi
valentin val valentine valentyn valentino valya
valery valeri valeriy valerii valerio valerij valeria val valeriu valerie
veronica ronnie vera roni veronika veronique
victor vic viktor vittorio vitya wiktor
victoria vicky vicki tori viktoria vittoria viktoriya viki
vincent vince vinny vicente vincenzo vin vincente vinnie vinzenz vincenc vincas
viola violet violeta violetta violette
virginia ginny ginger virginie
vitaly vitali vitaliy vitalii vitalij vitalie
vladimir volodymyr vlad wladimir vova vladimer uladzimir wlodzimierz volodya vladimír
vladislav vladyslav wladyslaw vlad ladislav laszlo ladislao
walter walt wally gualtiero wouter valter gautier
warren ren
wenceslas vaclav wenzel waclaw venceslao wenceslao
wesley wes
wilfred will fred wilf wilfredo wilfrid wilfried alfredo
wilhelmina mina minnie willa wilma
william bill will billy willy guillermo wilhelm guillaume willem guglielmo liam willie vilhelm guilherme wim vilmos helmut guillem bil uilyam vilhelms vilyam uiliam uilyam gilom
winifred winnie fred
winston win
vyacheslav viacheslav vaceslav slava viatcheslav
xavier javier xaver saverio xabi javi xavi khaver khavier zave
yaroslav jaroslav jaroslaw iaroslav yarik jarek
zachary zach zack zac zacharias zakhar zacarias
thierry terri tieri
abdullah abdallah abdulla abdellah
abdulrahman abdurrahman abdelrahman abdurahman abdur
ahmed ahmad ahmet akhmed achmed ahmat akhmad
ali aly alli
aisha ayesha aicha aysha aishah ayse
amin ameen emin amine
bashir basheer bachir
fatima fatimah fatma fatemeh fatimata fatoumata
farid fareed ferid
hamid hameed hamit abdulhamid
hasan hassan hasen khasan hassane
hussein hussain husain hossein huseyin hussien husayn khusein hosein houssein hussayn
ismail ismael ishmael esmail ismayil ismaeel
jafar jaafar jaffar cafer djafar
jamal gamal cemal djamal jamaal
khalid khaled halid chalid halit
mahmoud mahmud mahmood mehmood mahmut mamoud
mustafa mostafa moustafa moustapha mustapha
nasser nasir naser nasr nassir
omar umar omer oumar
osman uthman othman ousmane usman ottoman
qasim kassem qassim kasim qassem ghasem kassim
rashid rasheed rachid reshid
salim saleem selim slim
said sayed syed seyed sayyid saeed sayyed seyyed saied sayyad saïd
suleiman sulaiman suleyman soleiman solomon souleymane salomon shlomo sulayman suliman soleyman sulejman
tariq tarek tarik tareq
yasser yasir yaser
zaynab zainab zeinab zeynep
mac mc
saint st san santa sankt sainte sveti
mount mt monte
fort ft
north nord norte
corporation corp
company co cie compania
limited ltd ltda limitada
incorporated inc
brothers bros
university universidad universitat universite universita univ
and und et y e & i
of von de van di du del der
"""
