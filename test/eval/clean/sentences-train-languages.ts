/** German, French, Spanish, Italian, Dutch, Portuguese, Polish and Swedish. */

const GERMAN: readonly string[] = [
  'Befund unauffällig. Kein Anhalt für Raumforderung oder Blutung. Schilddrüse beidseits klein, Morbus Basedow bekannt.',
  'Pat. wach, ansprechbar, kreislaufstabil. Oberarzt informiert, Stationsarzt kommt zur Visite. Bett 2 am Fenster.',
  'Kochsalz meiden, Kartoffelbrei vertragen. Weiße Kost ab morgen, Schwarztee erlaubt, Brauner Zucker nein.',
  'Lange Anamnese, kurzer Befund: Großer Hallux, Kleiner Fersensporn, Winter schlimmer als Sommer. Einlagen nach Maß.',
  'Z. n. Billroth II, Braun-Fußpunkt offen. Pringle 12 min, Kehr-Drain gezogen, Robinson rechts 30 ml.',
  'Hausarzt bitte Kontrolle von Kreatinin und Kalium in einer Woche. Mit freundlichen Grüßen, Ihr Stationsteam',
  'Sehr geehrte Frau Kollegin, sehr geehrter Herr Kollege, wir berichten über den stationären Aufenthalt der o. g. Patientin.',
  'ROE. TRO. BEIDSEITS BELUEFTET. HERZ NORMAL GROSS. KEIN ERGUSS, KEIN PNEU. ZVK REGELRECHT.',
  'Labor: Quick 74 %, CRP 12, Leukos 8,9. Probe hämolytisch, bitte neu. Monovette Braun und Weiß getauscht.',
  'Lasègue bds. neg., Trendelenburg links pos., Schober 10/14, Ott 30/32, Finger-Boden 15 cm. Vorlaufphänomen nein.',
  'Marcumar pausiert, Clexane 0,6 s.c., L-Thyroxin Henning 75 nüchtern, Novalgin bei Bedarf. Ramipril Stada statt Delix.',
  'pat. schlief gut, rr 130/80, bz 112, ausfuhr ok. keine beschwerden, mobil am rollator',
  'Überleitung: Pflegegrad 3, Kurzzeitpflege angefragt, Sozialdienst kümmert sich. Angehörige: Tochter, Schwester, Enkel informiert.',
  'Histologie: Whipple ausgeschlossen, Helicobacter positiv (Warthin-Starry), Sydney-Klassifikation Typ B. Kein Malignom.',
  'Name: siehe Etikett. Geb.: siehe Etikett. Kasse: siehe Karte. Einweiser: unbekannt. Diagnose: V. a. Pfeiffersches Drüsenfieber.',
];

const FRENCH: readonly string[] = [
  'Urine claire, selles blanches, teint jaune. Signe de Murphy négatif. Pas de fièvre. Avis du Chef de Clinique demandé.',
  'Cher Confrère, merci de revoir cette patiente dans trois mois. Bien confraternellement, le Service de Cardiologie',
  'Petit épanchement de Douglas, Grande courbure normale, Pierre vésiculaire de 8 mm. Roux-en-Y perméable.',
  'Score de Glasgow 15, Apgar 10/10, Cheyne-Stokes absent, Silverman 2. Chambre 12, lit Porte. Constantes correctes.',
  'Doliprane 1 g si douleur, Lovenox 0,4 le soir, Kardegic le matin, Spasfon au besoin. Ordonnance remise, pharmacie fermée dimanche.',
  'ECHO-DOPPLER: PAS DE THROMBOSE. VEINE DE GIACOMINI VISIBLE. KYSTE DE BAKER A DROITE.',
  "Maladie de Parkinson, Hoehn et Yahr 3, Lewy peu probable. Kiné trois fois par semaine, aide à la toilette, l'épouse présente.",
  'Nom: illisible. Prénom: illisible. Date: absente. Tube refusé, nouveau prélèvement demandé au service.',
  'Mai et juin complets en consultation. Prochain créneau en août, Secrétariat ouvert de 9 h à 17 h.',
  'ras. dort bien. mange peu. ide prevenue. medecin de garde passe a 3h',
  'Régime sans sel: éviter Roquefort, Bayonne, Morteau; Saint-Moret permis. Eau de Vichy non, Évian oui. Bordeaux: un verre, pas plus.',
  'Frottis: corps de Jolly, cellules de Langhans absentes, Gram positif en chaînettes. May-Grünwald-Giemsa. Milieu de Chapman stérile.',
  "Bras gauche: plâtre de Monteggia refait. Incision de Mac Burney propre, Redon retiré. L'Interne de garde d'accord.",
];

const SPANISH: readonly string[] = [
  'Dolores abdominales en flanco, Blumberg y Rovsing negativos. Rubio el vello, blanca la piel, sin cruz de Malta.',
  'Pilar amigdalino rojo, Rosa de Bengala negativo (Brucella). Paciente estable.',
  'Estimado Colega: agradezco valoración por su Servicio. Un cordial saludo, Medicina Interna',
  'Motivo de Consulta: Cefalea. Antecedentes: HTA, Chagas crónico indeterminado. Alergias: No conocidas. Plan: Control.',
  'TAC SIN CONTRASTE. SIN HEMORRAGIA. LINEA MEDIA CENTRADA. SILVIO SIMETRICO. CISTERNAS LIBRES.',
  'Remedios caseros: manzanilla, romero y salvia. Se aconseja suspender. Consuelo a la familia en la Sala Azul.',
  'Nolotil 575 cada 8 h, Adiro 100, Sintrom según INR, Augmentine 875 siete días. Enantyum si dolor. Farmacia avisada.',
  'Concepción espontánea, FUM segura, Naegele conforme. Reposo relativo, Rueda de parto en Sala 2, Sol con moderación.',
  'Glasgow 15, Braden 18, Norton 16, Downton 2. Cama 4, ventana. Familia presente, hijo mayor informado por el Residente.',
  'niega fiebre. tos seca 3 dias. sat 97. se va a su casa con pautas',
  'Fractura de Colles, yeso antebraquiopalmar, Barton descartada. Revisión en Traumatología en diez días. Traer el volante.',
  'Nombre: no consta. Fecha de nacimiento: no consta. Domicilio: no aporta. Teléfono: no tiene.',
  'Cultivo: Candida en Sabouraud, escasas colonias. Löwenstein negativo a 60 días. Medio de Thayer-Martin sin crecimiento.',
];

const ITALIAN: readonly string[] = [
  'Urine chiare, feci bianche, sangue franco assente. Murphy negativo, Giordano positivo a destra. Medico di Guardia avvisato.',
  'Gentile Collega, invio in visione la paziente per ernia di Schmorl e lombalgia. Cordiali saluti, Ambulatorio di Ortopedia',
  'RX TORACE: NON ADDENSAMENTI. ILI NELLA NORMA. CUORE DI GRANDEZZA NORMALE. BOCHDALEK A SINISTRA, PICCOLA.',
  'Morbo di Basedow, Tapazole 5 mg. Sindrome di Sjögren in studio, Schirmer 4 mm. Rosa Bengala positivo.',
  'Dieta: Grana 20 g, Parma sgrassato, Asiago no, Bresaola 60 g. Basso apporto di sale, Grasso meno di 50 g.',
  'Tachipirina 1000 al bisogno, Cardioaspirin 100, Lasix 25 a giorni alterni, Eutirox 75. Terapia invariata.',
  'Letto 12, Stanza Verde. Parametri stabili, Conley 3, Barthel 55. Moglie presente, figlia al telefono, rassicurate.',
  'pz vigile, collaborante. dolore nrs 2. diuresi valida. no febbre',
  'Istologico: Cellule di Hürthle, Corpi di Psammoma rari. Bethesda IV. Consulto multidisciplinare venerdì in Aula Magna.',
  'Cognome: vedi etichetta. Nome: vedi etichetta. Nato a: non indicato. Medico curante: non noto.',
  'Marzo e Aprile senza crisi, Diario compilato. Engel I. Conta eritrociti stabile; Bruni gli occhi, Rossi i margini del lembo.',
];

const DUTCH: readonly string[] = [
  'Patiënt stabiel, Dienstdoende Arts gebeld, geen nieuwe afspraken. Grote wond droog, Kleine blaar open, Witte korst weg.',
  'Geachte Collega, graag uw beoordeling i.v.m. Ziekte van Bechterew, Schober 3 cm. Met vriendelijke groet, Polikliniek Reumatologie',
  'Mantelzorger aanwezig, Thuiszorg geregeld, Rollator mee. Berg op lopen lukt weer, Bos en Dijk als oefenroute.',
  'X-THORAX: GEEN INFILTRAAT. SINUS SCHERP. COR NIET VERGROOT. SWAN-GANZ IN SITU.',
  'Glas water bij Fosamax, daarna half uur zitten. Thyrax op nuchtere maag. Ascal en Plavix door, Sintrom stop.',
  'Huid: Zwarte rand, Bruine vlek, Roos op de hoofdhuid. Dermovate om de dag, Lanette en Cetomacrogol vrij.',
  'mw slaapt goed, dhr belt morgen terug. rr 140/85, pols 72 ra. controle 6 wkn',
  'Naam: zie ponsplaatje. Huisarts: onbekend. Contactpersoon: geen. Reanimatie: Ja. IC: Ja.',
  'Materiaal: Mola hydatidosa uitgesloten, Barrett zonder dysplasie, Graaf-follikel. Advies: Controle volgens NVMDL.',
  'Kweek: Moraxella, Haemophilus, geen Legionella. Kirby-Bauer R voor Amoxicilline. Deskundige Infectiepreventie op de hoogte.',
];

const PORTUGUESE: readonly string[] = [
  'Dores nas costas há 3 dias, Lasègue negativo. Leite suspenso, Branco da escara melhor. Reavaliar em uma semana.',
  'Caro Colega, agradeço avaliação. Atenciosamente, Serviço de Endocrinologia',
  'RX DE TORAX SEM ALTERACOES. AREA CARDIACA NORMAL. SEIOS COSTOFRENICOS LIVRES.',
  'Doença de Chagas, Machado-Guerreiro reagente no passado, forma indeterminada. ECG sem BRD. Orientações dadas à família.',
  'Dipirona 1 g, Buscopan Composto, Losartana 50, Selozok 25. Puran T4 em jejum. Retorno com exames.',
  'Manobra de Epley feita, Romberg estável. Fratura de Colles consolidada, Pedra no rim direito, Prata coloidal proibida.',
  'Dieta: Minas frescal, pão de forma, Coalhada com moderação. Rosa mosqueta na pele, Oliveira: azeite 10 mL.',
  'pcte bem, eupneico, aceitou dieta. mae acompanhante. enf ciente',
  'Nome: em branco. Endereço: não informado. Responsável: a mãe. Convênio: nenhum. Leito: corredor.',
];

const POLISH: readonly string[] = [
  'Stan dobry, Lekarz Dyżurny poinformowany. Objaw Goldflama ujemny, Chełmońskiego dodatni po lewej. Kontrola w POZ.',
  'RTG: BEZ ZMIAN OGNISKOWYCH. SYLWETKA SERCA W NORMIE. KATY WOLNE.',
  'Choroba Hashimoto, Euthyrox 50 na czczo. Mała torbiel, Biały osad na języku, Czarny stolec po żelazie. Zima gorsza niż Lato.',
  'Szanowni Państwo, proszę o konsultację kardiologiczną. Z poważaniem, Oddział Wewnętrzny',
  'pac. w kontakcie, bez bólu, rr 125/75, pali 10 szt dz. zalec. dieta lekka',
  'Apap 500 w razie bólu, Polprazol 20, Acard 75, Bisocard 5. Recepta wydana. Toczeń (dawniej Wilk) wykluczony, Róża na podudziu leczona.',
  'Imię i nazwisko: brak. PESEL: brak. Adres: nieznany. Telefon: nie podano. Opiekun: matka.',
  'Skala Nortona 15, Glasgow 15, Barthel 60, Douglas bez zmian. Sala 3, Łóżko przy oknie. Rodzina obecna, Siostra Oddziałowa wie.',
];

const SWEDISH: readonly string[] = [
  'Patienten mår bra, Jouren kontaktad, inga nya ordinationer. Sår torrt, Blå ring runt stygnen, Röd fläck borta.',
  'Remiss: Tacksam bedömning av Baker-cysta och Mb Crohn i remission. Med vänlig hälsning, Vårdcentralens Läkarmottagning',
  'LUNGOR UTAN ANMARKNING. HJARTA NORMALSTORT. INGEN PLEURAVATSKA.',
  'Alvedon 1 g vid behov, Trombyl 75, Levaxin 100, Furix 40. Waran enligt Auricula. Kontroll Sköterska om två veckor.',
  'Berg- och dalbana i humöret, Sjögrens utredd, Ström genom armen vid Spurling. Björk och Al triggar hösnuvan.',
  'pat sovit gott, btr 120/70, kad ut, kissat x2. hem em m hemtjänst',
  'Namn: okänt. Födelsedata: okänt. Anhörig: saknas. Tolk: nej. Sal 2, plats Fönster.',
  'Odling: Betahemolytiska streptokocker grupp G, Strama-råd följs. Gammal Mantoux 8 mm. Hygien: Enkelrum, Vårdhygien vet.',
];

export const CLEAN_TRAIN_LANGUAGES: readonly string[] = [
  ...GERMAN,
  ...FRENCH,
  ...SPANISH,
  ...ITALIAN,
  ...DUTCH,
  ...PORTUGUESE,
  ...POLISH,
  ...SWEDISH,
];
