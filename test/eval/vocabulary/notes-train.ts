import { CLEAN_MORE_TRAIN } from './clean-train.ts';
import type { Notes } from './notes.ts';
import { ADMIN_TRAIN } from './notes-train-admin.ts';
import { EUROPE_TRAIN } from './notes-train-europe.ts';
import { LETTERS_TRAIN } from './notes-train-letters.ts';
import { MESSAGES_TRAIN } from './notes-train-messages.ts';
import { REPORTS_TRAIN } from './notes-train-reports.ts';
import { SOCIAL_TRAIN } from './notes-train-social.ts';
import { WARD_TRAIN } from './notes-train-ward.ts';
import { REMARKS_TRAIN } from './remarks-train.ts';
import { REMARKS_MORE_TRAIN } from './remarks-train-more.ts';
import { list } from './vocabulary.ts';

/** Sentences of the train split. */
export const NOTES_TRAIN: Notes = {
  notes: [
    {
      style: 'radiology',
      language: 'en',
      lines: [
        [
          'EXAM: CT abdomen and pelvis with contrast, {date}',
          'MRI BRAIN W/WO CONTRAST   Date of exam: {date}',
          'CHEST 2 VIEWS {date}',
        ],
        [
          'PATIENT: {LASTFIRST}   MRN: {mrn}   DOB: {dob}',
          'Patient Name: {name}\nMRN {mrn}\nDate of Birth: {dob}',
          'Name: {lastFirst}  Acct: {account}',
        ],
        [
          'CLINICAL HISTORY: {ageyo} {sexword} with abdominal pain. Rule out Crohn disease.',
          'INDICATION: Follow-up of Hodgkin lymphoma.',
        ],
        [
          'COMPARISON: CT from {date} performed at {hospital}.',
          'COMPARISON: None available.',
          'Comparison is made to {monthYear}.',
        ],
        [
          'FINDINGS: The liver measures 15.2 cm. No focal lesion. Bosniak 1 cyst, 12 x 9 mm, image 4/112. Foley catheter in place.',
        ],
        [
          'The Broca area is unremarkable. Virchow-Robin spaces are prominent. Series 3, image 45.',
          'Colles fracture of the left wrist, Salter-Harris type II excluded.',
        ],
        [
          'IMPRESSION: No acute findings. Results discussed with Dr. {docLast} at 14:35 on {date}.',
          'IMPRESSION: 1. No bowel obstruction. 2. Findings called to {doc}, MD.',
        ],
        ['Dictated by: {doc}, MD   Electronically signed {date} 16:02', 'Read by: {docLast}, {docGiven} M.D.'],
      ],
    },
    {
      style: 'nursing-caps',
      language: 'en',
      lines: [
        [
          '0715 PT {LAST} RESTING COMFORTABLY. VS 98.6 72 18 120/80 SPO2 98% RA.',
          '0700 RECEIVED {NAME} FROM ED VIA STRETCHER. ALERT AND ORIENTED X3.',
        ],
        ['{RELWORD} {REL} AT BEDSIDE, PHONE {relPhone}.', 'SPOKE WITH {RELWORD} {REL} RE: PLAN OF CARE.', ''],
        ['DR {DOCLAST} NOTIFIED OF K 5.9. ORDER FOR KAYEXALATE 15 G RECEIVED.', 'PAGED DR. {DOCLAST} X2. CALLBACK AT 0820.'],
        [
          'FOLEY DRAINING CLEAR YELLOW URINE 450 ML. HEPARIN GTT AT 12 ML/HR. LOT 4471992.',
          'IV 20G R FA PATENT. NS AT 75. FALL RISK. BED ALARM ON.',
        ],
        ['ID BAND CHECKED {NAME} {dob}.', 'TWO IDENTIFIERS USED: {NAME}, DOB {dob}.', ''],
        ['WILL CONTINUE TO MONITOR. REPORT TO {NURSE} RN.', 'WILL CONTINUE TO MONITOR.'],
      ],
    },
    {
      style: 'discharge',
      language: 'en',
      lines: [
        ['DISCHARGE SUMMARY', '{hospital}\nDischarge Summary'],
        [
          'Patient: {name}\nMedical Record Number: {mrn}\nDate of Birth: {dob}\nAdmitted: {admitted}\nDischarged: {discharged}',
          'Name: {nameM}    MRN#: {mrn}\nAdmission Date: {admitted}    Discharge Date: {discharged}',
        ],
        ['Attending: {doc}, MD', 'Attending physician: Dr. {doc}'],
        [
          '{Title} {last} is a {ageyo} {sexword} who presented on {admitted} with chest pain.',
          '{name} was admitted on {admitted} after a fall at home at {street}, {cityLine}.',
          '{Title} {last} is a {age90yo} {sexword} living alone in {city}.',
        ],
        [
          '{PRON} has a history of Parkinson disease, Raynaud phenomenon and a Whipple procedure in 2011.',
          'Past history: Graves disease, Billroth II in 1998, Bell palsy. Allergies: Augmentin.',
        ],
        [
          'During the stay Dr. {docLast} placed a pacemaker, serial number {implant}.',
          'Hospital course was uneventful. Troponin 0.04, BNP 412, INR 1.1.',
          'EF 55%. Killip class II. Started on Eliquis 5 mg BID and Lasix 40 mg.',
        ],
        [
          '{PRON} will follow up with {doc} on {date}. The {relword}, {rel}, can be reached at {relPhone}.',
          'Discharged home with {relword} {relFirst}. Call {phone} with questions.',
        ],
        ['Insurance: Medicare {healthPlan}. SSN {ssn}.', 'cc: {doc}, fax {fax}', ''],
      ],
    },
    {
      style: 'pathology',
      language: 'en',
      lines: [
        ['SURGICAL PATHOLOGY REPORT   Accession: {accession}', 'Case: {accession}'],
        ['Patient: {LASTFIRST}  ({sexletter}, {dob})  MRN {mrn}', 'Name {nameM} / DOB {dob} / Collected {date}'],
        ['Submitting physician: {doc}, M.D.', 'Ordering: {docLast}, {docGiven}'],
        [
          'A. Received in formalin labeled "{lastFirst}, left breast core" are three cores 1.2 to 1.5 cm.',
          "Specimen labeled with the patient's name ({name}) and number {mrn}.",
        ],
        [
          'Microscopic: Gleason 3+4=7. Ki-67 18%. Reed-Sternberg cells absent. Block A1, H&E x 3 levels.',
          'Langerhans cells present. CD20+, BCL-2+. Cyclin D1 negative.',
        ],
        ['Diagnosis: Ductal carcinoma, grade 2. Reported {date}.', 'Signed out {date} 09:14 by {doc}.'],
      ],
    },
    {
      style: 'e-mail',
      language: 'en',
      lines: [
        [
          'From: {doc} <{docEmail}>\nTo: {deskEmail}\nSubject: question on account',
          'From: {name} <{email}>\nSubject: my results',
        ],
        ['Hi team,', 'Hello,', 'Dear Dr. {docLast},'],
        [
          'could you check the claim for {name} (DOB {dob}, member ID {healthPlan})?',
          'my name is {name} and I was seen on {date}. My email is {email} and my cell is {phone}.',
          '{first} called again about invoice 20441; account {account}.',
        ],
        [
          '{PRON} moved to {street}, {cityLine} and works at {employer}.',
          'I can log in to {portal} but I see nothing.',
          "Her driver's license {license} was scanned at the desk.",
          'The login came from {ip} last night.',
        ],
        ['Thanks,\n{doc}', 'Best, {first}', 'Regards\n{name}\n{phone}'],
      ],
    },
    {
      style: 'voicemail',
      language: 'en',
      lines: [
        ['hi this is {first} {last} calling for doctor {docLast}', 'yes hello my name is {name} my date of birth is {dobSpoken}'],
        [
          'um my phone number is {phone} and i was in on {dateSpoken}',
          'i have an appointment on {dateSpoken} and i need to cancel it',
          'you can call my {relword} {relFirst} at {relPhone}',
        ],
        [
          'i take the lisinopril ten milligrams and the warfarin',
          'i need the refill for my synthroid the pharmacy says april is the earliest',
        ],
        ['ok thank you bye'],
      ],
    },
    {
      style: 'chat',
      language: 'en',
      lines: [
        [
          '[09:14] rn: hey can u look at {last} in bed 4',
          '[22:01] res: pt {nick} {last} spiking temps again',
          '[13:40] cm: where is {name} going after dc?',
        ],
        ['[09:15] md: mrn?', '[22:02] rn: cultures drawn x2'],
        ['[09:15] rn: {mrn}', '[22:03] res: dob {dob}', ''],
        [
          '[09:17] md: k, start vanc 1g, page {docLast} if map < 65',
          '[22:05] rn: {relword} {relFirst} wants an update, {relPhone}',
        ],
      ],
    },
    {
      style: 'referral',
      language: 'en',
      lines: [
        ['{date}', 'Date: {date}'],
        ['RE: {name}, DOB {dob}', 'Re: {Title} {name}\n{street}\n{cityLine}\nTel {phone}'],
        ['Dear Dr. {docLast},', 'Dear {doc},'],
        [
          'Thank you for seeing {Title} {last}, whose symptoms began on {admitted}.',
          'I would be grateful for your opinion on {name}, a {ageyo} {sexword} with Sjogren syndrome.',
        ],
        ['{PRON} lives with {posspron} {relword} {rel} in {city}.', 'Next of kin: {rel} ({relword}), {relPhone}.', ''],
        ['Yours sincerely\n{doc}', 'With kind regards,\nDr. {doc}'],
      ],
    },
    {
      style: 'arztbrief',
      language: 'de',
      lines: [
        ['{hospital}, {date}', 'Arztbrief vom {date}'],
        ['Patient: {lastFirst}, geb. {dob}', '{TitleDe} {name}, geboren am {dob}, wohnhaft {street}, {zip} {city}'],
        ['Sehr geehrte Frau Kollegin {docLast},', 'Sehr geehrter Herr Dr. {docLast},'],
        [
          'wir berichten über {TitleDe} {last}, stationär vom {admitted} bis {discharged}.',
          'der o.g. Patient stellte sich am {admitted} vor. Fallnummer {account}.',
        ],
        [
          'Diagnosen: Morbus Crohn, Z.n. Billroth-II-Resektion 2009, Basedow.',
          'Labor: Hb 13,2 g/dl, Kreatinin 0,9 mg/dl, CRP 12.',
        ],
        ['Rückfragen unter {phone}.', 'Die Ehefrau {rel} ist informiert, Tel. {relPhone}.', 'Steuer-ID {nationalId}'],
      ],
    },
    {
      style: 'compte-rendu',
      language: 'fr',
      lines: [
        ["Compte rendu d'hospitalisation du {admitted} au {discharged}"],
        ['Patient : {name}, né(e) le {dob}', 'Nom : {LAST}  Prénom : {first}  Date de naissance : {dob}'],
        ['Cher confrère, Docteur {docLast},', 'Dr {doc}'],
        [
          '{TitleFr} {last} a été hospitalisé(e) pour une maladie de Crohn.',
          '{TitleFr} {name}, demeurant {street}, {zip} {city}.',
        ],
        ['Traitement : Doliprane 1 g, Kardegic 75 mg. Tension 13/8.', 'N° de sécurité sociale : {nationalId}. Tél. {phone}.'],
      ],
    },
    {
      style: 'informe',
      language: 'es',
      lines: [
        ['Informe de alta. Fecha: {date}'],
        ['Paciente: {name}. Fecha de nacimiento: {dob}. DNI {nationalId}', 'Nombre: {first}  Apellidos: {last}  NHC: {mrn}'],
        ['Ingresa el {admitted} por dolor torácico. Alta el {discharged}.', 'La paciente vive en {street}, {zip} {city}.'],
        ['Signo de Babinski negativo. Enfermedad de Chagas descartada. Paracetamol 1 g cada 8 h.'],
        ['Firmado: Dra. {doc}', 'Teléfono de contacto: {phone}'],
      ],
    },
    {
      style: 'gp-letter',
      language: 'en-GB',
      lines: [
        ['NHS No: {nationalId}   Hospital No: {mrn}', 'Our ref: {account}/AB   NHS number {nationalId}'],
        ['{Title} {name}  d.o.b. {dob}\n{street}, {city}, {zip}', 'Dear Dr {docLast}\nRe: {name} ({dob})'],
        [
          'This pleasant {ageyo} lady was reviewed in clinic on {date}.',
          'I reviewed {Title} {last} on {date} with {posspron} {relword} {relFirst}.',
        ],
        ['Paget disease of bone, on alendronate 70 mg weekly. Next appointment in 6/12. Mobile {phone}.'],
      ],
    },
    ...LETTERS_TRAIN,
    ...WARD_TRAIN,
    ...REPORTS_TRAIN,
    ...MESSAGES_TRAIN,
    ...ADMIN_TRAIN,
    ...SOCIAL_TRAIN,
    ...EUROPE_TRAIN,
  ],
  remarks: [...REMARKS_TRAIN, ...REMARKS_MORE_TRAIN],
  clean: [
    ...CLEAN_MORE_TRAIN,
    ...list(
      'Specimen slightly hemolyzed; potassium may be elevated.|Reference range 70-110 mg/dL, critical > 500.|Foley catheter removed, voided 300 mL.|Parkinson disease, stable on Sinemet 25-100.|Colles fracture reduced under Bier block.|Lot 2175550134 expires soon; reorder from Baxter.|Gram stain: few gram positive cocci in clusters.|Babinski negative, Romberg steady, McBurney point nontender.|Dose: Augmentin 875 mg PO BID x 10 days.|Philips IntelliVue MX800 alarm acknowledged.|Siemens Artis zee, firmware 8.11.20.43.|OID 2.16.840.1.113883.3.249.12 is retired.|Accession 2026114471 resulted.|Timestamp 1732451200 out of sequence.|Call light within reach. Will continue to monitor.|Hemoglobin A1c 7.2 %, LDL 101, HDL 43.|Ann Arbor stage II; Lugano 2014 criteria.|Coombs test negative; Kleihauer-Betke not done.|May cause drowsiness. Will recheck in March.|Order 5551234567 cancelled: duplicate.|Blood pressure 120/80, pulse 72, ratio 3/4.|Barrett esophagus, Prague C2M4.|Allen test normal bilaterally. Mark with skin pen.|Grace Medical tympanostomy tubes placed.|Ringer lactate 1000 mL over 4 h.|Pt states pain 3/10. No drug allergies.|Rose Bengal staining absent. Young adult reference used.|Baker cyst behind the knee, 4 x 2 cm.|Charge nurse aware. Room 412-2.|Patient educated on Plavix and diet; verbalized understanding.|Protocol ECOG-ACRIN EA1131 arm B.|Version 10.2.4.1 installed; rebooted.|CPT 99213, ICD I10, HCPCS J1885.|Cook catheter 8.5 Fr exchanged by interventional radiology.|Long QT; Short acting insulin held.|Stone 4 mm at left UVJ.|Patient Care Services notified. Discharge Planning consulted.|Age 45, weight 82 kg, BMI 27.4.|Titer 1:160, CT value 23.4, run 20441.|Wernicke encephalopathy unlikely; thiamine given.',
    ),
  ],
};
