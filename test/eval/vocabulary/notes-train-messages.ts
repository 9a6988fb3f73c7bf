import type { Note } from './notes.ts';

/** What people send one another in the train split: e-mail, chat, portals, fax. */
export const MESSAGES_TRAIN: readonly Note[] = [
  {
    style: 'e-mail-thread',
    language: 'en',
    lines: [
      [
        'From: {staff} [mailto:{deskEmail}]\nSent: {dateProse} 4:52 PM\nTo: {docInit}\nCc: {staff}\nSubject: FW: {lastInit} - films',
        'Return-Path: <{email}>\nDate: {mailDate}\nFrom: "{lastFirst}" <{email}>\nTo: {deskEmail}\nSubject: Re: refill',
        'Von meinem iPhone gesendet\n\nSubject: AW: {first} {last}\nTo: {docEmail}',
      ],
      ['{docGiven},', 'Hi {staffFirst} -', 'hey guys', 'Good afternoon Dr {docLast}'],
      [
        'see below re {Title} {last}. {PRON} wants the disc mailed to {street}, {city} {zip} and not to {posspron} {relRole}.',
        'the lady is {name}, b. {dobProse}, chart {chart}; her lawyer is {outsider}.',
        'pls use my other address {emailAt}, the old one bounced. you can text {posspron} {relRole} {kinFirst} too: {relPhoneX}',
        "This is {kin}, {first}'s {relRole}. We can't open {urlId}.",
        'I am writing on behalf of my {relRole} {nameNick} ({dob}). Reach me: {relEmail} or {relPhoneX}.',
      ],
      [
        '> On {dateProse}, at 9:14 AM, {staff} wrote:\n> {first} called, cb {phoneX}\n>> who is this about?',
        '-----Original Message-----\nFrom: {name} <{email}>\nSent: {dateProse}\nTo: Scheduling\n\nCan I move {dayOnly} to the week after? {pet}',
        'On {dateProse} {kin} <{relEmail}> wrote:\n> We live at {corner} now.\n> The plan number is {policy}.',
      ],
      [
        'Best,\n{staffFirst}\n\n--\n{staff}, MSN, FNP-BC\nNurse Practitioner | Suite 340\nO {docPhone} | F {faxX} | {deskEmail}',
        'Cheers\n{staffFirst}\n--\n{staff} | Patient Access | tel. {docPhone}\nThis message is intended only for the addressee (45 CFR 160, 164).',
        'Sent from my Galaxy\n{first}',
        'Thx, {pet}',
      ],
    ],
  },
  {
    style: 'portal-message',
    language: 'en',
    lines: [
      [
        'Patient message - non-urgent\nFrom: {first} {last}\nProxy: {kin}',
        'Topic: Medication question   From: {pet} ({name})   Received: {dateProse}',
      ],
      [
        'Hello doc its {first} again my sugars were 212 and 187 this am',
        'Good Morning Dr {docLast}, {kinFirst} here (proxy for {last}).',
        'Hi {docGiven}! You saw me {dayOnly}.',
      ],
      [
        'I moved in w my {relRole} {kinFirst} at {street} so pls send the strips there. New cell: {phoneX}',
        'my e-mail is {emailSpoken} and insurance card says {policy}',
        'can u call in the Mounjaro to the one on Elm? my bday is {dobProse} they keep asking',
        'My housemate {housemate} tested positive on {dayOnly}, should I isolate?',
        'I look like this now, photo {photo}. also on {urlSocial}',
      ],
      ['Thanks so much!! {first}', 'God bless, {initsLast}', 'Ty - {pet} {last}, {age90} yrs young'],
      [
        'RE: Hi {first}, please stop the Bactrim and have labs {dayOnly}. {staffFirst}, RN for Dr. {docLast}',
        'Reply by {staffInit}: Forwarded to {docLast}.',
        '',
      ],
    ],
  },
  {
    style: 'secure-chat',
    language: 'en',
    lines: [
      [
        '{staffFirst}: anyone have {last} 412?',
        '{staffInit}  08:02\n@{docLast} ur pt {initials} is here, room 3',
        '@here need a sitter for {pet} {last}',
      ],
      ['{docLast}: who', '{docGiven}: dob?', '{staffFirst}: full name pls'],
      ['{staffFirst}: {lcName}, {dob}, {chart}', '{staffFirst}: {lcLastFirst} {chart}', '{staffFirst}: {LASTFirst} bd {dob}'],
      ['{docLast}: ok EF 25, on milrinone .25, lasix gtt, page HF', '{docGiven}: k, T/S x2, 1 prbc, recheck 1800'],
      [
        '{staffFirst}: {relRole} {kinFirst} in the lobby, mad, wants {docLast} {relPhoneX}',
        '{staffFirst}: dc to {kinFirst} {dayOnly}? pharm fax {faxX}',
        'CM {staffFirst}: accepted at {city} SNF, bed {dayOnly}, transport booked 2pm',
      ],
      ['{docLast}: ty {staffFirst}', ':thumbsup:', ''],
    ],
  },
  {
    style: 'sms-reminder',
    language: 'en',
    lines: [
      [
        '{first}, this is a reminder of your appt on {dateProse} at 9:20am with {docInit}. Reply C to confirm.',
        'REMINDER: {NAME} has an appointment {DATE} 10:00 DR {DOCLAST}. STOP to end.',
        'Hi {pet}! Your flu + COVID shots are due. Book: {urlId}',
      ],
      [
        'Location: {hospital}, Suite 210. Questions? {docPhone}',
        'Bring your card ({policy}) and a photo ID.',
        'Parent of {first}: visit moved to {dayOnly}.',
      ],
      [
        'C',
        'pls cancel i am at my {relRole} s in {city} til {dayOnly} - {first} {last}',
        'wrong number, this is {housemate}',
        'who is this? my mom {relFirst} has the phone now {relPhoneX}',
        '',
      ],
    ],
  },
  {
    style: 'fax-cover',
    language: 'en',
    lines: [
      [
        'FACSIMILE TRANSMITTAL SHEET\n\nTO: {docInit}                FROM: {staff}\nCOMPANY: {hospital}       DATE: {dateProse}\nFAX NUMBER: {faxX}         TOTAL PAGES: 4 incl. cover\nPHONE NUMBER: {docPhone}',
        'F A X\nAttn: {staff}, Medical Records\nFax#: {faxX}   Tel#: {docPhone}\nRe: {nameSfx} / {dob}\nPages: 12',
        'Telefax {faxX}  ***  from HP LaserJet 4101  ***  {date} 14:22  P.01/07',
        'To: Dr {docLast} / Fx {faxX} / cc (fax) {faxX}',
      ],
      [
        'RE: {LASTCommaFirst}   DOB {dobProse}   YOUR REF {refNo}',
        'Regarding your client {threeNames}, file # {refNo}',
        'Subject: records of {initsLast}',
      ],
      ['[ ] Urgent  [x] For review  [ ] Please comment  [ ] Please reply', 'x URGENT   x REPLY ASAP   o PLEASE RECYCLE'],
      [
        'Please send the op note of {moYr} and the EKG of {dateProse}. Authorization signed by {relRole} {kin} attached.',
        'Records to be returned by fax ({faxX}) or to {deskEmail}. Patient home fax: {patFax}.',
        'Please fill Wheelchair, manual, K0001 x1, ICD-10 G35. Deliver to {corner}, {city}; call {phoneX} first.',
      ],
      [
        'CONFIDENTIAL: if you are not the intended recipient call {docPhone}. Form HIM-114 rev 03/2021.',
        'NOTICE: This facsimile contains information protected by 42 CFR Part 2.',
      ],
      ['{staffInit} {ext}', '{staff}, RHIT', ''],
    ],
  },
  {
    style: 'voicemail-transcript',
    language: 'en',
    lines: [
      ['Voicemail from {phoneX} (0:47), auto-transcribed, confidence 0.81', 'VM {dayOnly} 7:51 AM, caller ID {name}'],
      [
        "Hey, uh, this is {kinFirst}, I'm calling for my {relRole}, {first} {last}, L as in lion",
        'good morning my name is {lcName} and i am a patient of doctor {docLc}',
        'Hi yes this message is for {staffFirst} from {staffFirst} over at {employer}',
      ],
      ['date of birth {dobWords}', 'born on {dobProse}', 'birthday is {dobWords}, uh, I am {age90words}'],
      [
        'call me back at area code {phone} again that is {phoneX}',
        "my e-mail's {emailSpoken}",
        'I live over on {street} in {city}',
      ],
      [
        "and it's about the Xarelto, the pharmacy on Third says it needs a prior auth. Bye bye.",
        'I need to move my colonoscopy from {dayOnly}. Thank you, dear.',
      ],
    ],
  },
];
