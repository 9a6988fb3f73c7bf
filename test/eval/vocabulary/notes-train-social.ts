import type { Note } from './notes.ts';

/** Those around the clinic in the train split: social work, police, school, work, ambulance, research, households. */
export const SOCIAL_TRAIN: readonly Note[] = [
  {
    style: 'social-work',
    language: 'en',
    lines: [
      [
        'PSYCHOSOCIAL ASSESSMENT   {dateProse}   SW: {staff}, LICSW',
        'SW note re: {initLast} (prefers "{pet}")',
        'Case mgmt contact {dayOnly} - client {LASTFirst}, file # {refNo}',
      ],
      [
        '{nameNick} is a {age90words} y/o widowed {sexword} who emigrated in {moYr} and speaks Twi.',
        '{first} grew up in {city}, one of six; {relRole} {kin} raised {posspron} children.',
        'Lives at {corner} with {posspron} {relRole} {kinFirst} and a lodger, {housemate}.',
        'Client is couch surfing with {housemate} near {city} since the eviction on {dayOnly}.',
      ],
      [
        'Informants: {rel} ({relRole}), {kin} ({relRole}, {relPhoneX}).',
        'HCP form names {kin}; alternate {relInit}, cell {relPhoneX}, {relEmail}.',
        'Ex-partner {kin} has a restraining order (docket {caseNo}).',
      ],
      [
        'Works at {employer}, on FMLA; supervisor {outsider}.',
        'Was let go by {employer} in {moYrLong}. SNAP pending, SSI award letter dated {dateProse}.',
        'Children attend {school}; counselor {outsider} aware.',
      ],
      [
        'PHQ-9 17, GAD-7 14, C-SSRS negative, AUDIT-C 6, MoCA 22/30, Zarit 41.',
        'Section 8 list; Title XIX; 504 plan; McKinney-Vento eligible; ACE score 5.',
      ],
      [
        'CPS report made to {staffInit}, intake {caseNo}, {dateProse} 1540.',
        'Plan: {staffFirst} to visit {street} on {dayOnly}; call {relPhoneX} from the gate.',
        'Signed {staff}, pager 4471',
      ],
    ],
  },
  {
    style: 'police-ed',
    language: 'en',
    lines: [
      [
        'ED NOTE - pt BIB PD from MVC, Officer {outsider} badge 4471, report {caseNo}',
        'Medical clearance for custody: {LASTFIRST} DOB {DOB}',
        'EMS run {caseNo}: dispatched 0214 to {corner}, {city}',
      ],
      [
        'Driver {name}, tan Corolla, plate {plateX}, VIN {vin}, OL {licenceX}.',
        'Unrestrained driver, id by wallet as {nameSfx} of {street}. BAC 0.14.',
        'Found by {posspron} {relRole} {kin} at 0150. Last seen well {dayOnly} 2100.',
        'John Doe on arrival, later identified as {name} by {posspron} {relRole}, {kin} (via prints, {biometric}).',
      ],
      [
        'Passenger {kin} ({relRole}) taken to other facility. Witness {outsider}.',
        'Vehicle towed, tag {plateX}. Phone rings {relPhoneX} "Mom".',
        'Wallet has cards of {kin} and a policy no. {policy}.',
      ],
      [
        'Cullen and Grey Turner absent. FAST neg. C-collar (Philadelphia) on. Le Fort II. GCS 14 (E3).',
        'Narcan 4 mg IN x2. Broselow yellow. Kleihauer not indicated. Canadian CT head rule positive.',
      ],
      [
        'Sexual assault kit no. {caseNo} handed to Det. {outsider} by SANE {staff}.',
        'Valuables: 1 phone, $41. Bag 3, witnessed {staffInit} and {staffFirst}.',
        'Dispo: admit to {docLast}; {relRole} {relFirst} informed in person.',
      ],
    ],
  },
  {
    style: 'school-camp-form',
    language: 'en',
    lines: [
      [
        'SPORTS PHYSICAL 2025-26   {school}\nAthlete: {lastFirst}   Grade 9   DOB {dobProse}',
        'Camp health form, session II.  Camper: {nameParen}',
        'ASTHMA ACTION PLAN for {first} {last}, Room 14, teacher {outsider}',
      ],
      [
        'Mother {rel} wk {relPhoneX} hm {relPhone}; Father {kin} {relPhoneX}',
        'Legal guardian {kin} ({relRole}), may be picked up by {kinFirst} only',
        'Parents: {relFirst} and {kinFirst} {relLast}, {relStreet}, {relCity}',
      ],
      [
        'Epi-Pen Jr 0.15 mg, Zyrtec 5 mL, peanut IgE 41. Marfan screen negative.',
        'Albuterol 2 puffs. Green zone > 320, red < 200. Tanner 3. Adams test neg.',
      ],
      [
        'Insurance {policy}, subscriber {kin}, b. {dobRel}',
        'Family doctor {docInit} {docPhone}; dentist {staffLast}',
        'Last tetanus {moYr}; last physical {dateProse}.',
      ],
      ['I, {kin}, give permission ... {dateProse}', 'Nurse {staffFirst} notified. School fax {faxX}', ''],
    ],
  },
  {
    style: 'occupational-health',
    language: 'en',
    lines: [
      [
        'WORK STATUS REPORT\nEmployee: {nameSfx}   Employer: {employer}   DOI: {dateProse}',
        'DOT PHYSICAL  driver {LASTCommaFirst}  CDL {licenceX}  state WI',
        'First report of injury: {name}, hired {moYr} by {employer}',
      ],
      [
        'WC claim {claimNo}; adjuster {outsider}, {docPhone}, {faxX} (f).',
        'Emp. ID {empNo}; badge photo {photo}; shift III.',
        'Supervisor {outsider} drove {pet} in. Home {phoneX}.',
      ],
      [
        'Finkelstein positive R. Spurling neg. Work restrictions: no lift > 10 lb. Jamar 32/28 kg.',
        'Audiogram 2023 STS. Spirometry FEV1 82 % (NHANES III). UDS 10 panel, chain of custody.',
      ],
      [
        'May return full duty {dayOnly}. MMI expected {moYrLong}.',
        'Next visit {dateProse}, {staffInit}.',
        'Letter to {employer}, copy to {Title} {last} at {street}.',
      ],
    ],
  },
  {
    style: 'research-visit',
    language: 'en',
    lines: [
      [
        'Visit 4 / Week 12   Subj. no. {study}   initials {initials}   visit date {dateProse}',
        'Screening log, line 7: {lastCommaInit}, {dob}, screen fail',
      ],
      [
        'Con meds: metformin 1000 mg since {moYr}. AE: Grade 1 nausea, onset {dayOnly}, CTCAE v5.0.',
        'Kit 10442 dispensed by {staffFirst}. Returned 12 tablets. ECOG 1. RECIST 1.1: SD.',
      ],
      [
        'Consent v3.1 re-signed {dateProse}, LAR {kin} ({relRole}).',
        'Reached {first} on {phoneX}; parking voucher for {plateX}.',
        'Smart watch serial {deviceX} paired; app login {email}, last IP {ip}.',
      ],
      ['PI {doc}, sub-I {staff}. IRB 2024-0112.', 'CRC {staffInit}, monitor visit {dayOnly}.'],
    ],
  },
  {
    style: 'genealogy-genetics',
    language: 'en',
    lines: [
      [
        'PEDIGREE taken {dateProse} by {staff}, MS, CGC. Proband: {name} (arrow)',
        'Genetics consult for {lastFirst}, b. {dobProse}, referred by {docInit}',
      ],
      [
        'II-3 {relRole} {kin}, breast ca 41; II-4 {kin} d. 67 MI; III-1 {kinFirst}, well.',
        '{posspron} {relRole} {kin} ({dobRel}) carries BRCA2 c.5946delT.',
        '{PRON} has three sisters: {kinFirst}, {kinFirst} and {relFirst}.',
      ],
      [
        'Ashkenazi and Acadian ancestry. Lynch MLH1 exon 13. Amsterdam II met, Gail 2.4 %. ACMG class 5 (2015).',
        'NM_000059.4, rs80359550, hg38 chr13. HaplotypeCaller 4.2. FMR1 29/31 repeats.',
      ],
      [
        'Saliva kit {caseNo} to {relRole} {kin}, {relStreet}, {relCity}.',
        'Results to be disclosed on {dayOnly} by phone ({phoneX}) with {kinFirst} on the line.',
      ],
    ],
  },
];
