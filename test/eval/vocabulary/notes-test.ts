import type { Notes } from './notes.ts';
import { list } from './vocabulary.ts';

/** Sentences of the test split, written apart from the train split's. */
export const NOTES_TEST: Notes = {
  notes: [
    {
      style: 'radiology',
      language: 'en',
      lines: [
        ['US RENAL COMPLETE\nPerformed: {date}', 'XR WRIST 3+ VW LEFT  -  {date}', 'PET/CT skull base to mid-thigh, {date}'],
        [
          '{LASTFIRST} | {mrn} | {dob} | {sexletter}',
          'Examination of {name} (DOB: {dob}), medical record {mrn}',
          'Patient {nameM}',
        ],
        ['REASON: hematuria in a {ageyo} {sexword}.', 'HISTORY: Staging of Ewing sarcoma.'],
        ['PRIORS: {date}, {hospital}.', 'No prior studies.', 'Compared with the study of {date}.'],
        ['Kidneys normal in size. Morison pouch free of fluid. Resistive index 0.62. Image 88 of series 5.'],
        [
          'Hounsfield units 34. Schatzker III fracture of the tibial plateau.',
          'Kerley B lines noted. Swan-Ganz catheter tip in the main pulmonary artery.',
        ],
        [
          'CONCLUSION: Unremarkable. Case reviewed with {docGiven} {docLast}, MD on {date}.',
          'OPINION: Stable. Telephoned to Dr {docLast}.',
        ],
        ['Interpreting radiologist: {doc}', 'Signed: {doc} MD, {date}'],
      ],
    },
    {
      style: 'nursing-caps',
      language: 'en',
      lines: [
        [
          '2300 ASSUMED CARE OF {NAME}. DENIES PAIN.',
          '1900 {TITLE} {LAST} UP TO CHAIR WITH ASSIST X1. GAIT STEADY.',
          '0330 PATIENT {LAST}, {FIRST} FOUND ON FLOOR NEXT TO BED.',
        ],
        ['{RELWORD} {RELFIRST} CALLED FOR UPDATE, CALL BACK NUMBER {relPhone}', 'FAMILY ({REL}) AWARE.', ''],
        ['DR. {DOCLAST} AT BEDSIDE. NEW ORDERS NOTED.', 'MD {DOCLAST} MADE AWARE OF BP 88/52.'],
        ['NG TO LIS, OUTPUT 200 CC. ZOSYN 3.375 G HUNG. PUMP 88213.', 'WOUND VAC INTACT AT 125 MMHG. BRADEN 16. MORSE 45.'],
        ['VERIFIED NAME {NAME} AND DOB {dob} PRIOR TO TRANSFUSION.', 'WRISTBAND: {LASTFIRST} / {mrn}', ''],
        ['HANDOFF GIVEN TO {NURSE}, RN AT 0700.', 'PLAN OF CARE ONGOING.'],
      ],
    },
    {
      style: 'discharge',
      language: 'en',
      lines: [
        ['FINAL SUMMARY OF HOSPITALIZATION', '{hospital} - Department of Medicine'],
        [
          'RE: {nameM}\nHospital number {mrn}\nBorn {dob}\nStay: {admitted} - {discharged}',
          'Patient Name ......: {lastFirst}\nBirth date ........: {dob}\nRecord no. ........: {mrn}',
        ],
        ['Responsible physician: {doc}, DO', 'Primary care: Dr. {docLast}, {hospital}'],
        [
          'This {ageyo} {sexword}, {Title} {last}, came to us on {admitted} short of breath.',
          'I had the pleasure of caring for {name}, who resides at {street} in {cityLine}.',
          '{first} {last}, now {age90} years of age, was transferred from {hospital}.',
        ],
        [
          'Known Addison disease, Takotsubo in 2015, Nissen fundoplication.',
          'Comorbidities: Hashimoto thyroiditis, Dupuytren contracture, Charcot joint.',
        ],
        [
          'A loop recorder (S/N {implant}) was implanted by Dr. {docLast}.',
          'Creatinine fell from 2.1 to 1.3. Child-Pugh B. MELD 14.',
          'Home on Coumadin 2.5 mg, Xarelto stopped, Novolog per sliding scale.',
        ],
        [
          'Clinic visit arranged for {date} with {doc}. {PRON} asked that {posspron} {relword} {rel} be called at {relPhone}.',
          'Please contact {first} at {phone} or {email}.',
        ],
        ['Coverage: policy number {healthPlan}. Social security number: {ssn}.', 'Copy by facsimile {fax} to Dr. {docLast}', ''],
      ],
    },
    {
      style: 'cytology',
      language: 'en',
      lines: [
        ['CYTOPATHOLOGY   {accession}', 'Number: {accession}'],
        ['{lastFirst}   born {dob}   unit no. {mrn}', "Pt: {NAME}, {dob}, rec'd {date}"],
        ['Requested by {doc}', 'Clinician: Dr {docLast}'],
        ['Two slides bearing the name "{LAST}" and the date {date}.', 'ThinPrep vial identified as {name}, {mrn}.'],
        [
          'Papanicolaou stain. Bethesda category III. Hurthle cells seen.',
          'Diff-Quik and Giemsa. Psammoma bodies absent. p16 positive.',
        ],
        ['Screened by {nurse}, CT(ASCP). Verified {date}.'],
      ],
    },
    {
      style: 'e-mail',
      language: 'en',
      lines: [
        ['To: {deskEmail}\nFrom: {name} <{email}>\nDate: {date}', 'Subject: FW: {lastFirst} - prior auth\nFrom: {docEmail}'],
        ['Good morning', 'To whom it may concern:', 'Hi {docGiven},'],
        [
          'I am writing on behalf of my {relword} {rel}, born {dobRel}.',
          'please refill for {name}, birthday {dob}, subscriber {healthPlan}.',
          '{nick} {last} emailed twice; the guarantor account is {account}.',
        ],
        [
          'New address: {street}, {cityLine}. New phone: {phone}.',
          'The summary is at {portal} now.',
          'We copied the passport and driver license no. {license}.',
          'Someone at address {ip} opened the chart.',
        ],
        ['Sincerely,\n{name}', 'Cheers\n{docGiven} {docLast}', '-- \n{name} | {email} | {phone}'],
      ],
    },
    {
      style: 'voicemail',
      language: 'en',
      lines: [
        [
          "good afternoon it's {name} again",
          'this is a message for {doc} from {first} {last}',
          'uh this is {relFirst} {last} im calling about my {relword2} {first}',
        ],
        [
          'born {dobSpoken} and the callback is {phone}',
          'he was discharged {dateSpoken} and still has the fever',
          'the number here is {phone} extension four',
        ],
        ['they gave him metoprolol and eliquis but the bottle says august', 'her sugar was two ninety this morning'],
        ['please call back thanks'],
      ],
    },
    {
      style: 'secure-chat',
      language: 'en',
      lines: [
        ['{nurse}: is {Title} {last} npo?', 'rx: dose check on {lastFirst} pls', 'sw: placement for {first} {last}?'],
        ['{docLast}: yes until scope', 'md: which one, two of those on 5w', ''],
        ['rx: the one born {dob}', 'sw: {mrn}', 'rn: acct {account}'],
        ['{docLast}: ok hold lovenox', 'sw: {posspron} {relword} {rel} is poa - {relPhone}'],
      ],
    },
    {
      style: 'legal-letter',
      language: 'en',
      lines: [
        ['{date}\n\nAttn: Release of Information', 'Request received {date}'],
        [
          'Our client: {name}\nDate of birth: {dob}\nSocial Security No.: {ssn}',
          'Regarding: {nameM}, last known address {street}, {cityLine}',
        ],
        [
          'Kindly release the chart for care between {admitted} and {discharged}.',
          'On {admitted} a vehicle (VIN {vin}, plate {plate}) struck {Title} {last}.',
        ],
        ['{Title} {last} is employed at {employer}.', 'Witness: {rel}, telephone {relPhone}.', ''],
      ],
    },
    {
      style: 'befund',
      language: 'de',
      lines: [
        ['Befundbericht {date}', '{hospital}\nRadiologie, den {date}'],
        [
          '{lastFirst} *{dob}',
          'Betr.: {name}, geb. am {dob}, {street}, {zip} {city}',
          'Pat.: {TitleDe} {last}, {first}; Pat.-Nr. {mrn}',
        ],
        ['Sehr geehrte Kolleginnen und Kollegen,', 'Lieber Herr Kollege {docLast},'],
        ['{TitleDe} {last} befand sich ab dem {admitted} in unserer Behandlung.', 'Untersuchung vom {date}: MRT Kopf nativ.'],
        [
          'Kein Hinweis auf Morbus Parkinson. Z.n. Whipple-OP. Gallengang nach Ludwig unauffällig.',
          'Ramipril 5 mg 1-0-0, Marcumar nach INR.',
        ],
        ['Tel. privat {phone}', 'Angehörige: {rel}, erreichbar unter {relPhone}.', 'Steueridentifikationsnummer: {nationalId}'],
      ],
    },
    {
      style: 'courrier',
      language: 'fr',
      lines: [
        ['Le {date}'],
        ['Concerne : {TitleFr} {name}, née le {dob}', '{LAST} {first} - DDN {dob} - IPP {mrn}'],
        ["Je vous remercie de m'avoir adressé {TitleFr} {last}.", 'Vu en consultation le {date} par le Pr {docLast}.'],
        [
          'Syndrome de Raynaud, signe de Lasègue négatif. Levothyrox 75.',
          'Adresse : {street}, {zip} {city}. Portable {phone}. NIR {nationalId}.',
        ],
      ],
    },
    {
      style: 'nota-clinica',
      language: 'es',
      lines: [
        ['Nota de evolución {date}', 'Consulta del {date}'],
        ['{lastFirst}, nacido el {dob}, historia {mrn}', 'D./Dña. {name}, NIF {nationalId}'],
        ['Acude acompañado de su hija {rel} (tel. {relPhone}).', 'Domicilio: {street}, {zip} {city}'],
        ['Maniobra de Valsalva normal. Test de Mantoux 0 mm. Omeprazol 20 mg.', 'Dr. {docLast}, colegiado activo.'],
      ],
    },
    {
      style: 'ontslagbrief',
      language: 'nl',
      lines: [
        ['Betreft: {TitleNl} {name}, geboren {dob}, BSN {nationalId}', 'Patiënt {lastFirst}, geb.datum {dob}'],
        ['Geachte collega {docLast},', 'Beste collega,'],
        ['Opgenomen van {admitted} tot {discharged} wegens pneumonie.', '{TitleNl} {last} woont aan de {street} te {city}.'],
        ['Ziekte van Parkinson, metoprolol 50 mg. Telefoon {phone}.'],
      ],
    },
    {
      style: 'karta-wypisu',
      language: 'pl',
      lines: [
        ['Karta informacyjna leczenia szpitalnego', 'Wypis z dnia {date}'],
        ['Pacjent: {name}, PESEL {nationalId}', 'Imię i nazwisko: {name}, ur. {dob}'],
        ['Przyjęty {admitted}, wypisany {discharged}.', 'Zamieszkały: {street}, {zip} {city}, tel. {phone}'],
        ['Choroba Hashimoto. Objaw Chełmońskiego ujemny. Metformina 850 mg.'],
      ],
    },
    {
      style: 'gp-letter',
      language: 'en-GB',
      lines: [
        ['CHI: {nationalId}', 'CHI number {nationalId}  Unit no {mrn}'],
        ['{Title} {name}, {street}, {city} {zip}\nDOB {dob}', 'Patient: {LAST}, {first} ({Title})  Born: {dob}'],
        ['Thank you for referring this {ageyo} gentleman seen on {date}.', '{Title} {last} did not attend on {date}.'],
        ['Meniere disease; betahistine 16 mg tds. Tel {phone}. GP: Dr {docLast}.'],
      ],
    },
  ],
  remarks: [
    'Reached {name} at {phone}, {date}',
    'NAME OF PATIENT: {NAME}',
    'Label reads {LASTFIRST} {dob}',
    'notified the {relword}, {rel}, of the result',
    'chart # {mrn} merged',
    '{Title} {last} left against medical advice',
    'patient {name} is combative',
    'soc sec {ssn} per registration',
    'home address is {street}, {cityLine}',
    'originally from {city}',
    'Email {email} bounced',
    'facsimile {fax}',
    'pt turned {age90} last week, {age90yo} now',
    '{age90} y/o {sexword} with falls',
    'subscriber number {healthPlan} termed',
    'acct# {account} in collections',
    'DL {license} expired',
    'MVA, car VIN {vin}, tag {plate}',
    'ICD device S/N {implant} at ERI',
    'images under {portal}',
    'remote session from {ip}',
    'voice print {biometric} on file',
    'facial photograph {photo} taken in the ED',
    'randomized as participant {study}',
    'discussed with {doc} MD',
    'drawn by {nurse} on {date}',
    'per {nick} {last}, pain is worse',
    'father of the baby: {rel}',
    'birthday is {dob}',
    'next visit on {dateShort}',
    'job: cook at {employer}',
    'ICE: {rel} ({relword}) {relPhone}',
  ],
  clean: list(
    'Sample lipemic, result may be affected.|Normal range 3.5-5.1 mmol/L; panic < 2.5.|Hickman line flushed, Broviac patent.|Alzheimer disease, on Aricept 10 mg at bedtime.|Bennett fracture splinted. Volkmann contracture excluded.|Reagent lot 3125550188 opened; supplier Roche.|Acid-fast bacilli not seen; Ziehl-Neelsen negative.|Kernig and Brudzinski negative; Murphy sign absent.|Rx: Levaquin 500 mg daily x 7, Medrol taper.|Drager Evita V500 circuit changed.|GE Revolution, software 18.4.77.2.|Profile 1.3.6.1.4.1.19376.1.5.3 asserted.|Container 2026330091 discarded.|Epoch 1764115200 logged by the analyser.|Side rails up, bed in low position.|Ferritin 212, TSH 2.4, free T4 1.1.|Duke criteria not met; Light criteria exudate.|Rinne and Weber normal; Schirmer 12 mm.|Will be seen by pharmacy. April dosing chart used.|Requisition 9175550122 voided.|Range 90/60 to 135/85; FiO2 21 %.|Nissen wrap intact; Zenker diverticulum small.|Phalen positive, Tinel negative. Drew 3 tubes.|Hope Pharmaceuticals sodium nitrite stocked.|Hartmann solution 500 mL bolus.|Denies chest pain. Tolerates diet.|White count 11.2, King Vision blade used.|Cushing reflex absent; Rathke cleft cyst.|Unit secretary informed. Bay 7.|Handout on Lipitor given; teach-back done.|Trial SWOG S1418 closed to accrual.|Build 7.12.0.3 deployed overnight.|CPT 71046, ICD E11.9, DRG 470.|Wood lamp exam negative.|Summer camp physical form completed.|Sterling silver allergy; Hunter syndrome carrier screen negative.|Health Information Management to scan. Case Management closed.|Aged 62, height 171 cm.|Dilution 1:40, Cq 31.2, plate 8821.|Rose spots absent; June bug bite healing.',
  ),
};
