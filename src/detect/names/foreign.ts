import { listOf } from './words.ts';

/**
 * Words of the ward and of letters in other languages that stand where names do: at the head of a sentence, after a title or a cue, and any noun
 * of German. Names that are words of them as well (Klein, Koch, Rosa) are left out.
 */
export const FOREIGN = listOf(`
néant inconnu inconnue aucun aucune damen herren kollege kollegin kollegen kolleginnen geehrte geehrter grüße grüßen gruß dank hochachtungsvoll anbei betreff diagnose diagnosen anamnese befund befunde beurteilung therapie procedere verlauf labor
röntgen sonographie aufnahme entlassung verlegung überweisung einweisung vorstellung wiedervorstellung kontrolle termin ambulanz station klinik abteilung praxis hausarzt facharzt pflege visite operation eingriff
narkose medikation medikamente tabletten dosis gabe besserung schmerz schmerzen fieber husten atemnot übelkeit erbrechen schwindel kopfschmerzen bauchschmerzen rückenschmerzen bluthochdruck zuckerkrankheit allergie
allergien bauch herz lunge leber niere nieren niereninsuffizienz herzinsuffizienz magen darm haut kopf hals rücken becken knie hüfte schulter hand fuß auge augen ohr ohren nase mund blut urin stuhl puls blutdruck
temperatur gewicht größe alter jahre monate wochen tage stunden patient patientin patienten angehörige angehörigen betreuer betreuung vollmacht einwilligung aufklärung versicherung krankenkasse adresse anschrift telefon
wohnung familie ehefrau ehemann kinder eltern mutter vater tochter sohn bruder schwester allgemeinzustand ernährungszustand nikotin alkohol drogen beruf rente rentner meteorismus ödeme zyanose ikterus druckschmerz
resistenzen peristaltik atemgeräusch rasselgeräusche vesikuläratmung herzgeräusche unauffällig regelrecht empfehlung empfehlungen zusammenfassung epikrise mobilisation physiotherapie ergotherapie sozialdienst reha
rehabilitation verband wunde wundheilung drainage katheter zugang infusion antibiose antikoagulation thrombose embolie schlaganfall herzinfarkt lungenentzündung krebs tumor metastasen chemotherapie bestrahlung
montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember heute gestern morgen abend nacht uhr bitte danke nach vor bei mit ohne unter über zwischen während seit bis
der die das den dem des ein eine einen einem einer und oder aber auch nicht kein keine sehr gut weiter wieder aktuell zustand nachts tagsüber insgesamt zunehmend rechts links beidseits
consœur confrère confrères consœurs madame monsieur mesdames messieurs cordialement confraternellement salutations veuillez merci bonjour objet motif antécédents traitement traitements examen clinique biologie imagerie
conclusion compte rendu hospitalisation sortie entrée consultation urgences urgence médecin chirurgie chirurgien infirmier infirmière patiente patient service hôpital douleur douleurs fièvre toux dyspnée nausées
vomissements vertiges céphalées hypertension diabète allergie allergies ventre cœur poumon poumons foie rein reins estomac intestin peau tête cou dos bassin genou hanche épaule main pied œil yeux oreille nez bouche sang
urine selles tension température poids taille âge ans mois semaines jours heures famille épouse mari enfants parents mère père fille fils frère sœur adresse téléphone profession retraite tabac alcool évolution avis
bilan ordonnance rendez suivi contrôle soins pansement plaie intervention anesthésie biopsie scanner échographie radiographie lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin
juillet août septembre octobre novembre décembre bien cher chère très vous nous il elle ils elles le la les un une des du au aux et ou mais pas plus sans avec dans pour par sur sous chez depuis pendant après avant ce
cette ces son sa ses leur leurs présente bonne bon état général suite hier
estimado estimada compañero compañera colega colegas saludos atentamente cordiales gracias asunto motivo antecedentes tratamiento exploración diagnóstico juicio evolución plan alta ingreso consulta urgencias médico
médica enfermero enfermera cirugía cirujano hospital servicio centro dolor fiebre tos disnea náuseas vómitos mareo cefalea hipertensión arterial diabetes alergia alergias abdomen corazón pulmón pulmones hígado riñón
estómago piel cabeza cuello espalda cadera rodilla hombro mano pie ojo ojos oído nariz boca sangre orina heces tensión temperatura peso talla edad años meses semanas días horas familia esposa esposo marido hijos padres
madre padre hija hijo hermana hermano dirección teléfono profesión jubilado tabaco alcohol informe cita seguimiento control curas herida intervención anestesia biopsia ecografía radiografía lunes martes miércoles
jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre paciente señor señora acude refiere presenta niega sin con para por sobre desde hasta según ante
bajo entre tras el los las una uno unos unas del al y o pero no más muy ella ellos este esta estos estas buen estado general derivado interconsulta
gentile gentilissimo egregio collega colleghi saluti cordiali distinti grazie oggetto anamnesi esame obiettivo terapia diagnosi conclusioni dimissione ricovero visita pronto soccorso medico medica infermiere infermiera
chirurgia chirurgo ospedale reparto servizio dolore febbre tosse dispnea nausea vomito vertigini cefalea ipertensione diabete allergia allergie addome cuore polmone fegato rene stomaco pelle testa collo schiena anca
ginocchio spalla mano piede occhio orecchio naso bocca sangue urine feci pressione temperatura peso altezza età anni mesi settimane giorni ore famiglia moglie marito figli genitori indirizzo telefono professione
pensionato fumo alcol controllo ferita intervento anestesia biopsia ecografia radiografia lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio aprile maggio giugno luglio settembre ottobre
dicembre paziente signore signora riferisce presenta nega senza con per dopo prima buone condizioni generali il lo la gli le un una del della dei delle nel nella e o ma non più molto
geachte collega collegae groeten groet hoogachtend vriendelijke dank betreft reden voorgeschiedenis anamnese onderzoek lichamelijk beleid conclusie ontslag opname polikliniek spoed huisarts specialist verpleegkundige
arts chirurg ziekenhuis afdeling pijn koorts hoest benauwd misselijk braken duizelig hoofdpijn hoge bloeddruk suikerziekte allergie buik hart long longen lever nier nieren maag huid hoofd nek rug heup knie schouder
hand voet oog ogen oor neus mond bloed urine ontlasting temperatuur gewicht lengte leeftijd jaar maanden weken dagen uur familie echtgenote echtgenoot kinderen ouders moeder vader dochter zoon adres telefoon beroep
gepensioneerd roken alcohol afspraak controle wond operatie verdoving biopt echo foto maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart mei augustus patiënt patiënte mevrouw meneer heeft
geen met zonder voor na bij van het een en of maar niet zeer goed klachten stabiel
hälsningar vänliga mvh hej tack bästa kollega anamnes status bedömning åtgärd remiss diagnos behandling inskrivning utskrivning mottagning akuten läkare sjuksköterska sjukhus avdelning smärta feber hosta andnöd
illamående kräkning yrsel huvudvärk högt blodtryck allergi buk hjärta lunga lungor lever njure mage hud huvud nacke rygg höft knä axel hand fot öga öra näsa mun blod urin avföring vikt längd ålder år månader veckor
dagar timmar familj hustru barn föräldrar mor far dotter adress telefon yrke pensionär rökning alkohol återbesök kontroll sår operation narkos måndag tisdag onsdag torsdag fredag lördag söndag augusti oktober patienten
inga utan med efter före och eller men inte mycket god allmäntillstånd
hilsen venlig vennlig kære kjære tak takk henvisning diagnose behandling indlæggelse innleggelse udskrivelse utskrivelse ambulatorium læge lege sygeplejerske sykepleier sygehus sykehus afdeling avdeling smerter feber
hoste åndenød tungpust kvalme opkastning oppkast svimmelhed svimmelhet hovedpine hodepine blodtryk blodtrykk hjerte lunge nyre mave hud hoved hode nakke ryg rygg hofte knæ kne skulder hånd fod fot øje øye øre næse nese
blod afføring avføring vægt vekt højde høyde alder måneder uger uker dage dager timer børn forældre foreldre datter adresse telefon arbejde arbeid kontrol mandag tirsdag onsdag torsdag fredag lørdag søndag patienten
pasienten uden uten efter etter
szanowny szanowna szanowni państwo koleżanka kolega poważaniem wyrazami dziękuję dotyczy wywiad badanie rozpoznanie leczenie zalecenia epikryza przyjęcie wypis konsultacja poradnia oddział szpital lekarz pielęgniarka
chirurg ból gorączka kaszel duszność nudności wymioty zawroty nadciśnienie cukrzyca alergia brzuch serce płuca wątroba nerki żołądek skóra głowa szyja plecy biodro kolano bark ręka noga oko ucho nos usta krew mocz stolec
ciśnienie temperatura waga wzrost wiek lat miesiące tygodnie dni godziny rodzina dzieci rodzice adres telefon zawód emeryt kontrola rana operacja znieczulenie poniedziałek wtorek środa czwartek piątek sobota niedziela
styczeń luty marzec kwiecień czerwiec lipiec sierpień wrzesień październik listopad grudzień pacjent pacjentka pacjenta stan ogólny dobry bez oraz przed po dla przy
caro cara colega colegas cumprimentos melhores atenciosamente obrigado obrigada assunto motivo antecedentes exame objetivo diagnóstico tratamento plano internamento consulta urgência médico médica enfermeiro enfermeira
cirurgia cirurgião hospital serviço dor febre tosse dispneia náuseas vómitos tonturas cefaleia hipertensão diabetes alergia alergias abdómen coração pulmão pulmões fígado rim rins estômago pele cabeça pescoço costas
anca joelho ombro mão pé olho olhos ouvido nariz boca sangue urina fezes tensão temperatura peso altura idade anos meses semanas dias horas família esposa marido filhos pais mãe pai filha filho morada telefone
profissão reformado tabaco álcool controlo ferida cirurgias anestesia biópsia ecografia radiografia segunda terça quarta quinta sexta sábado domingo janeiro fevereiro março abril maio junho julho setembro outubro
novembro dezembro utente doente refere apresenta nega sem com para por sobre desde até bom estado geral
potilas hoito lääkäri sairaala osasto kipu kuume yskä verenpaine sydän keuhkot maksa munuainen vatsa iho pää selkä polvi käsi jalka silmä veri virtsa ikä vuotta kuukautta viikkoa päivää perhe lapset vanhemmat osoite
puhelin ammatti eläkkeellä kontrolli leikkaus haava maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
dyżurny dyżurna oddziałowa oddziałowy convênio leito responsável ambulatorio ortopedia reparto kost zucker weiße brauner stationsteam praxisteam ihr ihre azul équipe enfermagem équipe soignante chefe secretaria
vakthavende vagthavende jour päivystävä dienstdoende dienstarzt apotheek apotheke apteekki apotek apteka pharmacie farmacia gefäßchirurgie øyepoliklinikk øyepoliklinik zentrale oui elevhälsan vänligen hälsningar virgen misa capilla cappella misas guardia criteri criterios schema carta campo espátulas retour sopa potage purée menú menù messa zespół profilaktyki randevu hastamız saygılarımızla springer geprüft afdeling poliklinik stationen ambulanz leitstelle pforte
accueil balie skranke reception recepción receptie aumônerie narkoseprotokoll einleitung conta contaje cocina tele ort klasse stempel apportez crema zemin gündüz akşam gece nöbet
oddział oddziału chorób wewnętrznych poradnia poradni kardiologicznej kardiologiczna wnioski wniosek badanie leczenie zalecenia rozpoznanie barvení vyšetření závěr oddělení röntgen rö canadian zika
`);
