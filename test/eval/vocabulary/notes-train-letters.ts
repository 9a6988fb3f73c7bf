import type { Note } from './notes.ts';

/** Letters of the train split: discharge, referral, clinic, to whom it may concern. */
export const LETTERS_TRAIN: readonly Note[] = [
  {
    style: 'discharge-prose',
    language: 'en',
    lines: [
      [
        'DISCHARGE SUMMARY\n\nPatient: {nameSfx}          Hosp. no: {chart}\nDate of birth: {dobProse}   Ward: 7 North',
        'Discharge note - {LASTCommaFirst} - {chart}',
        '{hospital}   Dept. of General Medicine\nTransfer of care for {nameNick} (URN {chart})',
      ],
      [
        '{name} came to us through the emergency department on {admProse}, brought by {posspron} {relRole} {kin}.',
        '{Title} {last}, born on {dobProse}, was transferred from {hospital} in the night of {dayOnly}.',
        'This {sexword} in the {age90ordinal} year of life, known to most of us as {pet}, fell in the bathroom on {dayOnly}.',
        '{nameParen} is {age90words} years old and had been well until {moYrLong}.',
      ],
      [
        'Background: CABG x3, Dupuytren release, Meniere disease, Nissen fundoplication, ex-smoker (40 pack-years).',
        'Background: AF on apixaban 2.5 mg BD, CKD G3b A2, Charcot foot, previous Clostridioides difficile.',
      ],
      [
        'The operation on {dateProse} was done by {docInit} with {staff} assisting; {docLast} reviewed the wound on {dayOnly}.',
        'Seen by Cardiology ({staff}) who reprogrammed the device (s/n {deviceX}).',
        'Generator {deviceX} was changed on {dateProse}. The old lead, serial {implant}, was left in place.',
      ],
      [
        '{first} was discharged on {dateProse} to the care of {posspron} {relRole}, {kin}, of {relStreet}, {relCity}.',
        'Home with a package of care. Key holder is {posspron} neighbour, tel. {relPhoneX}.',
        'At discharge {last} weighed 61.4 kg. District nurse {staffInit} will call on {dayOnly}.',
      ],
      ['Ring the ward on {docPhone} if worried.', 'Copy to patient at {street}, {cityLine}; copy by fax to {faxX}.', ''],
      [
        '{staff}\nFoundation doctor to {doc}',
        '{doc}, FRCP\nDictated {dateProse}, typed by ks',
        'Electronically authenticated by {docInit}, DO',
      ],
    ],
  },
  {
    style: 'clinic-letter',
    language: 'en',
    lines: [
      [
        'Our ref: {docInit}/KS/{chart}\nClinic date: {dateProse}\nTyped: {date}',
        'Clinic: Tuesday p.m.   Chart {chart}   Dictated {dateProse}',
        'File # {refNo}\n{date}',
      ],
      [
        '{Title} {initLast}\n{street}\n{cityLine}\n\nDear {Title} {last},',
        'Dear {docGiven},\n\nre {name}, dob {dobProse}, of {street}, {city}',
        'Dear Colleague\n\n{nameSfx}  -  {dob}  -  {chart}',
      ],
      [
        'Many thanks for asking me to see this delightful {age90words}-year-old, whom I last met in {moYr}.',
        'It was a pleasure to meet {first} and {posspron} {relRole} {kinFirst} in clinic today.',
        '{nameSfx} did not attend on {dayOnly}; this is the second appointment that {pron} has missed since {moYr}.',
        'I wrote to you about {threeNames} on {dateProse}.',
      ],
      [
        'On examination Hoffmann and Babinski signs were negative, Tinel positive at the wrist, Phalen at 40 seconds.',
        'The Rinne test was positive on both sides and Weber central. Epley manoeuvre done twice.',
        'HbA1c 58 mmol/mol, Hb 104, MCV 78, ferritin 6, eGFR 41. Blood pressure 152/84.',
      ],
      [
        '{PRON} works nights at {employer} and is off until {dayOnly}.',
        '{PRON} retired from {employer} in {moYr} and now lives with {posspron} {relRole} in {city}.',
        '{PRON} can be reached at work, {employer}, on {phoneX} before four.',
        'Please note the change of address: {corner}, {city}, from {dateProse}.',
      ],
      [
        'I have asked {staff} to see {first} before Christmas and will review in 6/12.',
        'I discharged {last} from follow-up.',
        'I will copy in {staffInit} at {hospital}.',
      ],
      [
        'Yours sincerely,\n\n\n{doc}\nConsultant Rheumatologist\nSec: {docPhone}   Fax: {faxX}',
        'Kind regards\n\n{docGiven}\n\n{docInit} MB BS FRACP',
        'With best wishes,\n{docLast}',
      ],
      ['cc {Title} {name}, {street}, {cityLine}', 'cc. {staff} (Dietetics); {kin} (carer)', ''],
    ],
  },
  {
    style: 'to-whom',
    language: 'en',
    lines: [
      ['TO WHOM IT MAY CONCERN', 'To the Principal, {school}', 'Attn: Human Resources, {employer}'],
      ['{dateProse}', 'Dated this {dateProse}'],
      [
        'This is to certify that {nameSfx}, born {dobProse}, passport no. {passport}, is under my care.',
        'I confirm that {threeNames} ({dob}) was an in-patient here from {admProse} to {dateProse}.',
        'Please excuse {name} from physical education until {dateProse}.',
        '{Title} {last} may return to work at {employer} on {dayOnly} with no lifting over 10 lb.',
      ],
      [
        'Travel with insulin (NovoRapid FlexPen), needles and a FreeStyle Libre 2 reader is medically necessary.',
        'The condition is not notifiable. A Group 1 licence may be held; Group 2 needs review under the 2022 standards.',
        'Should you need more, {posspron} {relRole}, {kin}, has power of attorney (telephone {relPhoneX}).',
      ],
      ['{doc}, M.D., licensed physician', 'Signed: {staff}, Nurse Practitioner, on behalf of Dr {docLast}'],
    ],
  },
  {
    style: 'hospice-condolence',
    language: 'en',
    lines: [
      ['Dear {kin},', 'Dear Mrs {relLast},', 'Dear {relFirst} and family,'],
      [
        'We were sorry to hear that your {relRole}, {nameNick}, died peacefully at home on {dateProse}.',
        'All at the hospice remember {pet} and {posspron} stories of life in {city}.',
        '{first} was with us from {admProse}; {pron} had turned {age90} only that week.',
      ],
      [
        'The medical certificate was signed by {docInit} at 06:40 on {dayOnly}. Funeral directors have the cremation form 4.',
        'Ashes may be collected from the chapel; ask for {staffFirst}.',
      ],
      [
        'Our bereavement group meets on first Mondays. Ring {staff} on {docPhone}, or write to {deskEmail}.',
        'The wedding ring in envelope 14 is to go to {relInit}, {relStreet}, {relCity}.',
      ],
      ['With sympathy,\n{staff}', 'Yours,\n{docInit}'],
    ],
  },
  {
    style: 'referral-form',
    language: 'en',
    lines: [
      ['URGENT SUSPECTED CANCER REFERRAL (2WW)  -  NG12, updated 2023', 'REFERRAL TO PHYSIOTHERAPY   priority: routine'],
      [
        'Surname: {LAST}      Forename(s): {first}      Previous surname: {maiden}\nDOB: {dob}  Sex: {sexletter}  Hosp. No.: {chart}',
        'Family name ......... {last}\nGiven names ......... {first}\nDate of birth ....... {dobProse}\nChart ............... {chart}',
        'CLIENT\n  legal name: {nameSfx}\n  goes by: {pet}\n  born: {dobProse}\n  URN: {chart}',
      ],
      [
        'Address: {street}\n         {city}\n         {zip}\nHome: {phoneX}   Work: {phoneX}   Mob: {phone}',
        'Lives: {street}, {city} {zip}. T: {phoneX} (mornings), M: {phone}. Text OK: Y',
        'Tel (day) {phoneX}; (eve) {phoneX}; e-mail {email}',
      ],
      [
        'Interpreter: Y / language: Tigrinya / contact person: {kin} ({relRole}) {relPhoneX}',
        'NOK: {kin}, {relRole}, ph {relPhoneX}',
        'Parent/guardian: {rel}   Relationship: {relRole}   Contact: {relPhoneX}',
      ],
      [
        'Referrer: {doc}   Practice code: Y02345   Direct line: {docPhone}   Fx: {faxX}',
        'Referred by {docInit} (tel {docPhone} / facsimile {faxX})',
      ],
      [
        'Reason: haemoptysis x 3 weeks, CXR on {dayOnly} shows RUL opacity. WHO performance status 1. Ca-125 35 U/mL.',
        'Reason: post TKR, ROM 5-85, Oxford score 19. Lives in a second floor flat.',
      ],
    ],
  },
];
