/** German, French and Dutch. */

const GERMAN: readonly string[] = [
  'Visus cc rechts 0,8, links 0,6. Goldmann 15/14. Amsler bds. ohne Metamorphopsien. Kontrolle in Sehschule nach Mai.',
  'Zahnstatus: 46 Füllung okklusal, 38 retiniert. Spange nach Herbst, Retainer von Labor. Bitte Termin mit Prophylaxe.',
  'Dix-Hallpike rechts positiv, Lagerung nach Epley. Weber mittig, Rinne bds. positiv. Vorgestellt in HNO, besprochen mit Neurologie.',
  'Verordnet von Hausarzt: Concor, Torem, Xarelto. Abgesetzt durch Klinik: Iscover. Neu: Forxiga. Plan an Apotheke.',
  'Dialyse: Shunt nach Cimino links, Punktion mit Button, Fluss 310. Trockengewicht 68,5. Heparin nach Schema B.',
  'Narkoseprotokoll: Einleitung mit Disoprivan, Esmeron, Sufenta. Cormack II. Übergabe an Aufwachraum durch Anästhesie.',
  'OP-Zählprotokoll: Bauchtücher 10, Kompressen 20, Nadeln 4, Langenbeck 2, Roux 2, Mikulicz 4. Stimmt, geprüft von Springer.',
  'Ansprechpartner: Zentrale Aufnahme. Absender: Medizintechnik. Betreff: Rückruf. Ort: Haus Linde, Ebene 2. Frist: 12. Mai.',
  'Speiseplan: Königsberger Klopse, Wiener Schnitzel, Leipziger Allerlei, Kaiserschmarrn. Vegetarisch: Käse aus Tilsit, Brot von Vortag.',
  'Reiserückkehr aus Kenia, Fieber. Dicker Tropfen negativ. Denguetest nach Rücksprache mit Tropenmedizin. FSME-Impfung vor Urlaub in Kärnten.',
  'Tumorkonferenz: Fall 4, Empfehlung FLOT vor OP, Vorstellung durch Chirurgie. Leitlinie S3, Auflage 2. Heidelberg und Mannheim einig.',
  'Dienstplan: Früh A, Spät B, Nacht C. Hintergrund: Dr. A, Ruf: Dr. B ab Mittag. Tausch mit Leitung absprechen.',
  'DRUCKER STATION SUED OFFLINE. AUFTRAG VERSCHOBEN NACH AMBULANZ. GEMELDET AN IT DURCH LEITSTELLE.',
  'Seelsorge: Gottesdienst Sonntag um 10 in der Kapelle, Besuch durch Pfarrer auf Wunsch. Kerzen nur mit Batterie.',
  'Name der Schule: ____ Klasse: ____ Masern 1 / 2. Geimpft von: ____ Ort: ____ Stempel',
  'Hallux nach Chevron, Akin dazu, Schuh von Darco. Fäden ex nach Tag 14 durch Praxis. Lauge-Hansen nicht nötig.',
  'Prüfung Linac: Dosis 1,002, Laser ok, Winston-Lutz 0,7. Freigabe durch Physik. Plan nach Paris, Maske von Orfit.',
  'Mit Kaiser-Natron gespült, mit Frank-Starling erklärt, nach Koch geimpft, bei Winter im Bett, vor Ostern heim.',
  'Liebe Patientin, lieber Patient, bitte nüchtern kommen. Herzlichen Gruß, Ihr Team der Endoskopie',
  'Epikrise folgt. Entlassung nach Hause mit Pflegedienst, Bett von Sanitätshaus. Kontakt: Sozialdienst. Reha an der See nicht bewilligt.',
  'Besprochen mit Oberarzt, Chefarzt, Gefäßchirurgie. Gesehen in Notaufnahme von Dienstarzt. Gerufen: Urologie.',
];

const FRENCH: readonly string[] = [
  "Fond d'oeil: Gunn négatif, Wagener 1. Acuité 8/10 Parinaud 2. Revu en Orthoptie, Xalatan le soir, Lentilles de Contact du fabricant.",
  "Vertige: manoeuvre de Sémont par Kiné, Hallpike à gauche. Audiogramme de Rainville, Carhart absent. Avis de l'ORL.",
  'Adressé par: Médecin traitant. Vu par: Interne. Discuté avec: Senior. Appelé: Réanimation. Lieu: Box 4. Contact: Accueil.',
  'Dent 36 couronne, 48 incluse, Gracey 5/6. Empreinte envoyée au Labo, teinte A2. Bain de bouche Eludril, Hextril refusé.',
  "Retour de Côte d'Ivoire, fièvre. Frottis négatif, goutte épaisse négative. Vaccin Stamaril avant Guyane, Malarone par Pharmacie.",
  'RCP du jeudi: dossier 6, avis FOLFOX. Présenté par Chirurgie. Référentiel Saint-Paul, édition 3. Relu par Anapath.',
  'Compte rendu: Lambeau de Limberg, Fil de Vicryl, Pince de Kocher, Écarteur de Farabeuf, Bistouri de Bard. Compresses 20/20.',
  'Menu: Potage Saint-Germain, Poulet Marengo, Purée Parmentier, Pêche Melba, Tarte Tatin. Sans sel: Riz Camargue. Eau de Volvic.',
  'Dialyse: fistule de Brescia, débit 300, Poids sec 64. Fraxodi selon protocole. Branchée par Infirmière, débranchée à Midi.',
  'Planning: Matin A, Soir B, Nuit C. Astreinte: Dr A, Relève: Dr B dès Lundi. Échange avec Cadre de santé.',
  "Information: vous serez opéré par l'Équipe. Restez à jeun dès Minuit. Apportez Carte, Ordonnances, Radios. Sortie vers 15 h.",
  'AUTOMATE COBAS: CALIBRATION CREATININE REFUSEE. LOT EXPIRE. RELANCE PAR TECHNICIEN. APPEL A ROCHE.',
  'Aumônerie: Messe à Saint-Louis le dimanche, Imam sur demande, Rabbin par Accueil. Salle de Paix ouverte de Matin à Soir.',
  'École: ____ Classe: ____ PAI: Oui / Non. Stylo Anapen avec Maîtresse. Médecin scolaire: ____ Cachet:',
  'Échelles: Zarit 33, Katz 4, Lawton 3, Dubois 9/10, Grober-Buschke 14, Tinetti 21. Fait en Hôpital de Jour par Neuropsychologue.',
  'Sommeil: IAH 28, Épworth 14, Masque de Fisher. Réglé par Prestataire. Pression de 6 à 12. Permis selon Arrêté.',
  'Pied: Morton à droite, Lelièvre prévu, Chopart stable, Lisfranc libre. Semelles par Podologue, Botte de Barouk.',
  'Alerte: lot de Doliprane Enfant retiré. Rappel par Fabricant. Rapporter en Pharmacie. Source: Agence. Merci à Tous.',
];

const DUTCH: readonly string[] = [
  'Oogdruk 14/15, Goldmann. Visus 0,8. Amsler zonder vervorming. Besproken met Orthoptist, druppels van Thea, controle in Mei.',
  'Gezien op Spoed door Dienstdoende. Overlegd met Chirurg, Internist en Apotheek. Gebeld naar Afdeling, geen gehoor.',
  'Gebit: 46 vulling, 38 uit. Beugel door Ortho, afdruk naar Lab. Spoelen met Corsodyl. Pijn: Paracetamol van Kruidvat.',
  'Terug uit Suriname met koorts. Dikke druppel negatief. Dengue volgt. Advies van GGD, muskietennet van Care Plus.',
  'Menu: Erwtensoep, Hachee, Zeeuwse mosselen, Limburgse vlaai, Goudse kaas. Zoutarm: brood van Bakker. Thee van Pickwick.',
  'Dienstrooster: Vroeg A, Laat B, Nacht C. Achterwacht: dr. A, Ruil via Hoofd. Pasen: Team Groen.',
  'Afzender: Polikliniek. Aan: Apotheek. Betreft: Herhaling. Locatie: Route 32. Contact: Balie. Naam middel: Ascal.',
  'Geachte heer, mevrouw, u wordt verwacht op de Dagbehandeling. Neem mee: Medicijnen, Bril, Boek. Met groet, Planning',
  'Score: Barthel 14, Delier DOS 2, Katz 3, Snaq 2, Braden 17. Ingevuld door Student met Familie. Doel: Naar Huis met Thuiszorg.',
  'PRINTER OOST LEEG. TAAK VERPLAATST NAAR BALIE NOORD. GEMELD DOOR SERVICEDESK. WACHT OP LEVERING VAN RICOH.',
  'Kapel: viering op Zondag om 10, Ramadan: maaltijd van Keuken na Zonsondergang. Vraag naar Geestelijke Verzorging.',
];

export const CLEAN_TRAIN_MORE_GERMAN_FRENCH: readonly string[] = [...GERMAN, ...FRENCH, ...DUTCH];
