import type { Note } from './notes.ts';

/** What is written on wards and telephones in the train split. */
export const WARD_TRAIN: readonly Note[] = [
  {
    style: 'telephone-encounter',
    language: 'en',
    lines: [
      [
        'TELEPHONE ENCOUNTER {date} 1012\nCaller: {kin} ({relRole})   Callback: {phoneX}',
        "Tel call rec'd {dayOnly} from {relInit}, pt's {relRole}, c/b # {relPhoneX}",
        'Phone note. Caller ID {phoneX}. Spoke w/ {first}.',
      ],
      [
        '{kinFirst} states {pet} has not slept since {dayOnly} and is "talking to the wallpaper".',
        '{last} called re: refill of Norco 5/325. PDMP checked, last fill #30 on {date}.',
        'LVM for {name} at {phoneX}; no PHI left on machine.',
        'Returned call to {first} at 1120, no answer x2, mailbox full. Will try {relRole} ({relPhoneX}).',
      ],
      [
        'Verified w/ DOB {dobProse} and last four of social {ssnLast4}.',
        'Verified name, {dob}, and street ({street}).',
        'Caller could not verify DOB; no information given.',
      ],
      [
        'Per {docLast}: hold Coumadin x2 days, recheck INR, goal 2-3.',
        'Routed to {staffInit}, RN (pool) / cc {docInit}.',
        'Triage protocol: Schmitt-Thompson adult 2024, dizziness. Disposition: see within 24 h.',
      ],
      ['Pharmacy: store 4471, ph {docPhone}, fx {faxX}.', 'Appt made with {staffLast} for {dayOnly} at 0940.', ''],
      ['{staff}, LPN', '-- {staffFirst}', 'Electronically signed: {staffInit} CMA {date} 11:25'],
    ],
  },
  {
    style: 'sbar',
    language: 'en',
    lines: [
      [
        'SBAR HANDOVER  4 West  day -> night',
        'I-SBAR   from: {staffInit}   to: {staffInit}',
        'Bed 12-2   {LAST}   code status DNR/DNI',
      ],
      [
        'S: {nameNick}, {age90sex}, POD 2 L hemicolectomy under {docLast}.',
        'S - {lastCommaInit} {age90sex} adm {moYr} w/ CHF exac; now 3L NC.',
        'Situation: {first} {last}, chart {chart}, pulled out NG tube at 0300.',
      ],
      [
        'B: PMH HTN, DM2, CABG, Sjogren, allergic to Bactrim/sulfa. Full list with {relRole} {kin} ({relPhoneX}).',
        'B: from {hospital}, lives w/ {relRole} {kinFirst} at {corner}.',
        'Background: NKDA, MRSA+ nares, last BM {dayOnly}. Hx TURP, Barrett, Zenker.',
      ],
      [
        'A: T 38.4 P 112 R 22 BP 98/54 SpO2 91% 2 L. NEWS2 7. GCS E4V4M6. Braden 13, Morse 65, CIWA 4.',
        'A: A+Ox2, Glasgow 14, Norton 11, Waterlow 20. Lactate 2.1.',
      ],
      [
        'R: {staffLast} to review before 0600, {docInit} aware. Call {kinFirst} if moved, any hour, {relPhoneX}.',
        'R: bloods at 0500; {relRole} ({kin}) wants to speak to {docLast} on rounds.',
        'R: PICC team ({ext}) - ask for {staffFirst}.',
      ],
    ],
  },
  {
    style: 'handover-list',
    language: 'en',
    lines: [
      ['Bed  Name                 Age  Dx              Jobs', 'HANDOVER {date}  (shred after use)'],
      [
        '01   {lastCommaInit}            67   CAP             chase CT, d/w {staffLast}',
        '01 | {LASTFirst} | CAP, CURB-65 2 | home {dayOnly}?',
      ],
      [
        '02   {MONO} (one name)     71   #NOF R          theatre a.m., consent with {relRole} {kinFirst}',
        '02 | {MONO} | #NOF, Garden III | NBM from 0200',
      ],
      [
        '03   {babyLAST}, {first}        {age90}   UTI/delirium    4AT, MoCA, TTO, call {relRole} {relPhoneX}',
        '03 | {initLast} | NSTEMI, GRACE 142 | echo, Killip I',
      ],
      ['04   empty                                clean          ', '04 | side room | C. diff | Actichlor 1000 ppm'],
      [
        '05   {lastInit}             58   ?PE             CTPA, D-dimer 1240, Wells 4.5',
        '05 | {pet} {last} | pancreatitis, Ranson 3 | NJ feed',
      ],
      ['Bleep 2214 = {staffFirst}. On call reg {staffLast}. Site: {docPhone}', 'Team: {staffInit}, {staffInit}, {docLast}'],
    ],
  },
  {
    style: 'dictation-lower',
    language: 'en',
    lines: [
      [
        'this is doctor {docLc} dictating on {lcName} date of birth {dobWords} medical record number {chart}',
        'dictation on {lcLastFirst} chart {chart} seen on {dateWords}',
        'patient is {lcName} spelled {lcFirst} then {lcLast} seen at the request of doctor {docLc}',
      ],
      [
        'he is a seventy four year old male with a history of hodgkin lymphoma and a whipple in two thousand eleven period',
        'she was brought in by her {relRole} {relLc} after she fell off a step stool comma no loss of consciousness',
        'ms {lcLast} says the pain began {dateWords} and is eight out of ten',
      ],
      [
        'physical exam the patient is alert murphy negative rovsing negative mcburney nontender period new paragraph',
        'labs white count eleven point two platelets two hundred ten creatinine one point four',
      ],
      [
        'plan is augmentin eight seventy five b i d and follow up with doctor {docLc} on {dateWords}',
        'i spoke with the {relRole} {relLc} who lives at {lcStreet} and will pick {lcFirst} up',
        'please send copies to doctor {docLc} and fax to {faxX}',
      ],
      ['end of dictation thank you', 'that is all for {lcLast} next patient please', ''],
    ],
  },
  {
    style: 'teletype',
    language: 'en',
    lines: [
      [
        'RUN DATE: {DATE}          {hospital}          PAGE 1\nRUN TIME: 0412            LABORATORY SUMMARY REPORT\n\nPATIENT: {LASTFIRST}          ACCT #: {accountX}       LOC: 3SOUTH\nREG DR:  {DOC}             AGE/SX: 71/{sexletter}          U #: {chart}',
        'PT NAME : {LASTFIRST}\nBIRTHDTE: {DOB}      SEX: {sexletter}\nUNIT NO : {chart}    VISIT: {account}\nDR      : {DOCLAST}',
        '*** STAT *** {NAME} *** {chart} ***',
      ],
      [
        'CHEM 7   NA 138   K 5.9 H   CL 101   CO2 22   BUN 41 H   CREAT 2.2 H   GLU 212 H',
        'HEMATOLOGY   WBC 14.2 H   HGB 9.8 L   HCT 30.1 L   PLT 88 L   SEGS 81   BANDS 9   LYMPHS 6',
        'CULTURE BLOOD X 2: KLEBSIELLA PNEUMONIAE   AMP R   CTX S   GENT S   MIC 0.5',
      ],
      [
        'CRITICAL K CALLED TO {STAFF} RN AT 0407 {DATE} BY {STAFF}',
        'READ BACK BY {STAFF}. DR {DOCLAST} PAGED 0411.',
        'PT {LAST} C/O PAIN L HIP. {RELROLE} {KIN} NOTIFIED BY PHONE {relPhoneX}.',
      ],
      [
        '{NAME} DISCHARGED {DATE} VIA W/C TO {RELROLE} {KIN}',
        'TRANSFER FROM {CITY} SNF. ADDRESS {STREET}. NOK {KIN}.',
        'SPECIMEN REJECTED: LABEL READS {LASTFIRST}, REQUISITION READS {FIRST} ONLY.',
      ],
      ['** END OF REPORT **', 'CONTINUED ON NEXT PAGE'],
    ],
  },
  {
    style: 'newborn',
    language: 'en',
    lines: [
      [
        'NEWBORN ADMISSION   BABY BOY {babyLAST}   MRN {mrn}',
        'Baby girl of {rel}, DOB {dob} at 03:14, birth weight 3,420 g',
        'BB {babyLAST} #2 (Twin B), unit no. {chart}, born {dobProse}',
        'INFANT {babyLAST} "{pet}"  chart {chart}',
      ],
      [
        'Mother: {rel}, 31 y, G3P2012, O neg, GBS unknown, RPR NR. Father of baby: {kin}.',
        'MOB {relInit} ({relPhoneX}), FOB {kinFirst} not present.',
        'Born to {rel} at 39+2/40 by Kiwi vacuum. Apgar 8/9. Ballard 38.',
      ],
      ['Delivered by {staff}, CNM; {docLast} attended for meconium.', 'Paediatrician: {docInit}. Midwife: {staffFirst}.'],
      [
        'Moro and Galant present, Ortolani and Barlow negative, Mongolian spot over sacrum. Erb palsy excluded.',
        'Bili 11.2 at 48 h (Bhutani high-intermediate). CCHD screen 98/99. Guthrie card sent {dayOnly}.',
      ],
      [
        'Baby to be named {name}. Going home to {street}, {city} with {relRole}.',
        'Hep B vaccine given {date}, lot 4XK77. Well child visit {dayOnly}.',
        'Band number checked with {relFirst} on {dayOnly}.',
      ],
    ],
  },
];
