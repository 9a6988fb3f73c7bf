import type { Note } from './notes.ts';

/** Short clinical texts of other languages in the train split. */
export const EUROPE_TRAIN: readonly Note[] = [
  {
    style: 'pflegebericht',
    language: 'de',
    lines: [
      [
        'Pflegeüberleitung {TitleDe} {last}, {first} *{dob}',
        'Pat.-Nr. {chart}   Name: {lastThenFirst}   geb. am {dobProse}',
        'Anruf am {dateProse}, Station 4b, Vers.-Nr. {kvnr}',
      ],
      [
        '{TitleDe} {last} ist ({age90} J.) seit {moYr} verwitwet, Sohn {kin}, erreichbar unter {relPhone}.',
        'Bezugsperson: {rel}, wohnhaft {relStreet}, {relCity}.',
        'Aufnahme {dateProse} durch den Notarzt Dr. {docLast} aus {street}, {zip} {city}.',
      ],
      [
        'Marcumar pausiert, INR 2,8. Babinski neg., Lasègue bds. neg. Braden 14. ICD-10 I63.9 G, OPS 8-981.',
        'Hausärztin Dr. med. {staffLast}, Tel. {docPhone}, Fax-Nr. {faxX}.',
      ],
      [
        'Verlegung am {dayOnly} in die Reha {city}. Mit freundlichen kollegialen Grüßen Dr. {doc}',
        'gez. {staff}, Pflegefachkraft',
        'Arbeitgeber: {employer}. Krankschreibung bis {dateProse}.',
      ],
    ],
  },
  {
    style: 'konsil',
    language: 'de',
    lines: [
      ['Konsilanforderung an die Neurologie, z.Hd. OA Dr. {docLast}', 'Sehr geehrte Damen und Herren,', 'Liebe Frau {docLast},'],
      [
        '{TitleDe} Dr. {last} (K-Nummer {chart}) klagt seit {dayOnly} über Schwindel.',
        'unser gemeinsamer Patient {name}, {dobProse}, Fall {accountX}, wurde am {admProse} operiert.',
        'die Mutter des Kindes {first} {last}, Frau {rel}, berichtet ({relPhone}).',
      ],
      [
        'MRT o.B., NIHSS 2, Barthel 85. Sintrom, Aspirin Cardio 100, Dafalgan.',
        'Morbus Menière, Z.n. Commotio; Romberg unauffällig; Hoffmann-Tinel pos.',
      ],
      [
        'E-Mail {email}, mobil {phone}.',
        'Bitte Befund an {faxX} faxen.',
        'Steuer-Identifikationsnummer {nationalId}; Kennzeichen {plateX}.',
      ],
    ],
  },
  {
    style: 'courrier',
    language: 'fr',
    lines: [
      [
        'Dossier n° {chart}   IPP {chart}\n{TitleFr} {LASTFirst}, né(e) le {dobProse}',
        '{city}, le {dateProse}\nObjet : {TitleFr} {initLast}',
        'Patiente : {LAST} {first}, nom de jeune fille {maiden}, DDN {dob}',
      ],
      [
        'Je vois ce jour {TitleFr} {last}, {age90} ans, adressé(e) par le Dr {docLast}.',
        'Merci de recevoir {name}, qui vit chez sa fille {rel} au {street}, {zip} {city}.',
        'Hospitalisé(e) du {admProse} au {dateProse} dans le service du Pr {staffLast}.',
      ],
      [
        'Babinski négatif, Lasègue à 40°. Lévothyrox 75 µg, Eliquis 5 mg. CIM-10 G45.9.',
        'TDM du {dayOnly} : pas de lésion. Fibroscan 6,4 kPa. MMS 24/30.',
      ],
      [
        'Personne de confiance : {kin}, tél. {relPhone}. NIR {nationalId}.',
        'Tél. : {phone}  Télécopie : {faxX}  Courriel : {email}',
        'Employeur : {employer}.',
      ],
      ['Confraternellement, Dr {doc}', "L'infirmière, {staffInit}", ''],
    ],
  },
  {
    style: 'urgencias',
    language: 'es',
    lines: [
      [
        'Nº Hª: {chart}   {TitleEs} {threeNames}   F. nac.: {dobProse}',
        'Informe de Urgencias {dateProse}. NHC {chart}. Apellidos y nombre: {LASTCommaFirst}',
        'Motivo de consulta: caída. Paciente: {lastThenFirst}, {age90} años',
      ],
      [
        'Acude acompañado/a de su hija {rel} (tfno {relPhone}).',
        'Vive en {street}, {city}, con su cuidadora {kin}.',
        'Trabaja en {employer}; de baja desde el {admProse}.',
      ],
      [
        'Murphy negativo, Blumberg dudoso. Sintrom según pauta. Glasgow 15. SatO2 94 %.',
        'AP: HTA, DM2, Chagas, enfermedad de Ménière. Adiro 100, Nolotil.',
      ],
      [
        'DNI/NIE {nationalId}. Tarjeta sanitaria {policy}. Móvil {phone}.',
        'Revisión el {dayOnly} con la Dra. {docLast}. Fax {faxX}.',
        'Fdo.: Dr. {docInit}. Col. {staffNo}',
      ],
    ],
  },
  {
    style: 'dimissione',
    language: 'it',
    lines: [
      [
        'Lettera di dimissione. {TitleIt} {lastThenFirst}, nato/a a {city} il {dobProse}, C.F. {fiscale}',
        'Cartella clinica n. {chart}\nPaziente: {LASTFirst}   Data di nascita: {dob}',
        'Gentile Collega,\nla {TitleIt} {last}, di anni {age90}, è stata ricoverata il {admProse}.',
      ],
      [
        'Residente in {street}, {zip} {city}, tel. {phone}.',
        'Accompagnata dalla figlia {rel}, cell. {relPhone}.',
        'Il medico curante dott. {docLast} è stato avvisato il {dateProse}.',
      ],
      [
        'Murphy negativo. Coumadin secondo INR. Eutirox 75 mcg. Ecocardio: FE 55 %.',
        'Lasègue negativo, Babinski assente. Tachipirina 1000 mg x 3/die.',
      ],
      ['Controllo il {dateProse} con la dott.ssa {staffLast}. Fax {faxX}.', 'Cordiali saluti, Dott. {doc}', 'E-mail: {email}'],
    ],
  },
  {
    style: 'verpleegkundig',
    language: 'nl',
    lines: [
      [
        'Betreft: {TitleNl} {initLast}, geb. {dobProse}, BSN {nationalId}',
        'Patiëntnr. {chart}  Naam: {lastCommaInit}  Geboortedatum: {dob}',
        'Geachte collega {docLast},',
      ],
      [
        '{TitleNl} {last} woont op {street}, {zip} {city}, en is {age90} jaar oud.',
        'Contactpersoon: echtgenote {rel}, tel. {relPhone}.',
        'Op {admProse} opgenomen via de SEH, ontslag {dateProse}.',
      ],
      [
        'Acenocoumarol volgens trombosedienst. Babinski beiderzijds negatief. Katz 4.',
        'VG: M. Crohn, M. Bechterew, CVA. Paracetamol 4 dd 1 g.',
      ],
      ['Bellen op {phone} of mailen: {email}.', 'Met vriendelijke groet, {doc}, AIOS', 'Faxnr. apotheek {faxX}. Zr. {staffInit}'],
    ],
  },
  {
    style: 'journal',
    language: 'sv',
    lines: [
      [
        'Pat: {name}, pnr {nationalId}',
        '{lastThenFirst} {nationalId}. Besök {dateProse}',
        'Remiss till ortopeden. {name}, född {dob}',
      ],
      [
        'Inkom {admProse} med dottern {rel}, tel {relPhone}.',
        'Bor på {street}, {zip} {city}. {age90} år. Änka.',
        'Arbetar på {employer}, sjukskriven t.o.m. {dateProse}.',
      ],
      ['Waran enligt PK. Babinski neg. NEWS 3. Alvedon 1 g x 4.', 'EKG: AF. Hb 112, CRP 24, SR 31. Tympanometri typ A.'],
      ['Ring {phone}. Ssk {staffInit}', 'Dr {doc}, fax {faxX}', 'E-post {email}'],
    ],
  },
  {
    style: 'journalnotat',
    language: 'da',
    lines: [
      [
        'CPR-nr. {cpr}  {name}',
        'Patient: {lastThenFirst}, cpr {cpr}, indlagt {admProse}',
        'Henvisning fra egen læge {docLast}, {dateProse}',
      ],
      [
        'Bor {street}, {zip} {city}, sammen med ægtefællen {rel} ({relPhone}).',
        '{first} er {age90} år, tidligere lærer. Datteren {kin} er pårørende.',
        'Arbejdsgiver {employer}.',
      ],
      ['Marevan efter INR. Babinski negativ. Pamol 1 g x 4. TOBS 2.', 'Rtg. thorax u.a. P-Kreatinin 88, Hgb 7,9.'],
      ['Tlf. {phone}, e-mail {email}.', 'Kontrol {dayOnly} ved {staffInit}.', 'Mvh {doc}, reservelæge'],
    ],
  },
  {
    style: 'relatorio',
    language: 'pt',
    lines: [
      [
        'Processo n.º {chart}. {TitlePt} {threeNames}, nascido/a a {dobProse}',
        'Relatório médico. Utente {name}, data de nasc. {dob}',
        'Nome: {LASTCommaFirst}   Idade: {age90}',
      ],
      [
        'Reside na {street}, {zip} {city}, com a filha {rel} (telem. {relPhone}).',
        'Recorreu ao SU em {admProse}; alta a {dateProse}.',
        'Médico de família: Dr. {docLast}. Entidade patronal: {employer}.',
      ],
      [
        'Varfine conforme INR. Murphy negativo. Ben-u-ron 1 g 8/8 h. Doença de Crohn.',
        'Glasgow 15. TA 150/90. HbA1c 7,1 %. ECG: FA.',
      ],
      ['Contacto: {phone} ou {email}.', 'Com os melhores cumprimentos, Dr. {doc}', 'Enf.ª {staffInit}, fax {faxX}'],
    ],
  },
  {
    style: 'karta-informacyjna',
    language: 'pl',
    lines: [
      [
        'Pacjent: {name}, PESEL {nationalId}',
        '{TitlePl} {lastThenFirst}, ur. {dobProse}, PESEL: {nationalId}, nr hist. chor. {chart}',
        'Karta informacyjna leczenia szpitalnego. {TitlePl} {name}',
      ],
      [
        'Przyjęty/a {admProse}, wypisany/a {dateProse}.',
        'Zam. {street}, {zip} {city}. Tel. {phone}.',
        'Córka {rel}, tel. {relPhone}, wiek pacjenta {age90} lat.',
      ],
      [
        'Objaw Babińskiego ujemny. Acard 75 mg, Euthyrox 50. Ciśnienie 150/90.',
        'Choroba Leśniowskiego-Crohna. Apap 500 mg w razie bólu.',
      ],
      ['Kontrola {dateProse} u dr {docLast}.', 'lek. {doc}', 'E-mail {email}, faks {faxX}'],
    ],
  },
];
