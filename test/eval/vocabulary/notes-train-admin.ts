import type { Note } from './notes.ts';

/** Forms, insurers, registers of the train split. */
export const ADMIN_TRAIN: readonly Note[] = [
  {
    style: 'insurance-denial',
    language: 'en',
    lines: [
      [
        '{dateProse}\n\n{name}\n{street}\n{cityLine}\n\nMember: {nameSfx}\nID: {policy}     Group: {groupNo}\nClaim: {claimNo}\nProvider: {doc}',
        'EXPLANATION OF BENEFITS - THIS IS NOT A BILL\nSubscriber {LASTFIRST}   Certificate no. {policy}   Plan yr 2026\nPatient {FIRST} ({RELROLE})   Claim # {claimNo}',
        'Re: Insured: {kin}   Claimant: {name}   Policy {policy}   Our file: {caseNo}',
      ],
      ['Dear {Title} {last}:', 'Dear {kin},', 'Dear Sir or Madam:'],
      [
        'We cannot approve CPT 27447 for dates of service {dateProse} through {date}. Guideline MCG 28th ed. S-700 was not met.',
        'Your appeal received {dayOnly} has been reviewed by {staff}, MD, board certified in orthopedics.',
        'You were covered through {employer} until {dateProse}; COBRA notice mailed to {relStreet}, {relCity}.',
        'Charges 1,240.00, allowed 612.44, deductible 0.00, copay 40.00, you owe 40.00. Remark N130, CO-45, PR-3.',
      ],
      [
        'HICN/MBI on file: {healthPlan}. Medicaid no. {policy}.',
        'RxBIN 610014, PCN MEDDPRIME, Rx ID {policy}.',
        'Patient account with provider: {accountX}.',
        '',
      ],
      [
        'Questions? Ask for {staffFirst} at {docPhone}, 8-5 CT, TTY 711, or fax {faxX}.',
        'Sincerely,\n{outsider}\nAppeals and Grievances',
        'You may log in at {urlId}.',
      ],
    ],
  },
  {
    style: 'registration-block',
    language: 'en',
    lines: [
      [
        'Legal name ...: {LASTFirst}\nPreferred ....: {pet}\nBirth ........: {dobProse}\nSSN ..........: {ssnSpaced}',
        'NAME        {nameSfx}\nAKA         {nameParen}\nMAIDEN      {maiden}\nBIRTHDATE   {DOB}\nSOC SEC NO  {ssnBare}',
        'Patient={name};DOB={dob};Chart={chart};SSN={ssn}',
        'patient_name: "{lcLastFirst}"\ndate_of_birth: {dob}\nhospital_number: {chart}',
        '| Name | {name} |\n| Born | {dob} |\n| URN  | {chart} |\n| SS#  | xxx-xx-{ssnLast4} |',
      ],
      [
        'Addr1: {street}\nAddr2:\nCity/St/Zip: {cityLine}\nPh(H): {phoneX}  Ph(W): {phoneX}  Ph(C): {phone}',
        'RESIDENCE   {STREET}\n            {CITY}\nTEL         {phoneX}\nEMAIL       {emailUp}',
        'Mailing address same as above? N -> {corner}, {city} {zip}',
      ],
      [
        "Driver's lic/State ID: {licenceX}   Passport: {passport}   Plate: {plateX}",
        'ID shown: DL {license} exp 2029; vehicle in lot B, tag {plateX}',
        'Lic. # {licenceX} (CDL)   Employer: {employer}   Occupation: welder',
      ],
      [
        'Emergency #1: {kin}  Rel: {relRole}  Tel: {relPhoneX}\nEmergency #2: {relInit}  Rel: {relRole}  Tel: {relPhone}',
        'Guarantor: {rel}  DOB {dobRel}  Phone {relPhoneX}',
        'Spouse/partner: {kin}    Their employer: {employer}',
      ],
      [
        'Ins: {policy} grp {groupNo} subscr {kin}',
        'Guarantor acct {accountX}   HAR {accountX}   Self-pay N',
        'FIN: {account}   Visit #: {accountX}   Contact serial 41',
      ],
      [
        'Kiosk fingerprint template {biometric}; photo file {photo}; IP {ip6}',
        'Signed {initials} {date}   Witness {staffInit}',
        '',
      ],
    ],
  },
  {
    style: 'fixed-columns',
    language: 'en',
    lines: [
      [
        'MRN        NAME                     DOB         ATTENDING       ADM\n{chart}    {LASTFIRST}          {dob}  {DOCLAST}          {date}',
        'Time   Patient              Age  Reason             Provider\n0900   {lastFirst}     54   AWV                {docLast}\n0920   {lastCommaInit}           8   WCC, MMR #2        {staffLast}',
        'CHART NO   LAST            FIRST        BIRTH\n{chart}     {LAST}      {FIRST}     {DOB}',
      ],
      [
        '                                             (call {phoneX} / {relPhone})',
        '0940   OPEN\n1000   {LASTCommaFirst}   31   OB 28w, GTT        {staffLast}',
        '1020   {wideName}   47   Botox    {docLast}',
      ],
      [
        'Unit   Bed  Svc   LOS  Acuity\n4W     12   MED   3    2.4\n4W     14   SUR   1    1.8',
        'Code   Description            Qty   Price\n80053  CMP                    1     48.20\nG0439  AWV subsequent         1     138.00',
      ],
      ['Printed {DATE} by {STAFF}   Page 1 of 1', 'Report CEN201R  run {date} 0500  user {staffInit}', ''],
    ],
  },
  {
    style: 'immunization-record',
    language: 'en',
    lines: [
      [
        'IMMUNIZATION RECORD CARD\nName: {name}     Birth date: {dobProse}     Registry ID: {refNo}',
        'Certificate of Immunization Status - {school}\nChild: {LASTCommaFirst}  DOB {dob}  Parent: {rel}',
      ],
      [
        'MMR II (Merck)   lot T014882  0.5 mL SC L arm   {date}   {staffInit}',
        'COVID-19 Comirnaty 2025-26  lot HD9902  {date}  {staffInit} PharmD',
      ],
      [
        'DTaP  #1 {dateProse}  #2 {date}  #3 {date}  #4 due',
        'Tdap Boostrix lot 7KX2B exp 06/2027 given {dayOnly}',
        'Hep B  {dob}  {date}  {date}   titer 412 mIU/mL',
      ],
      [
        'TB skin test placed {dayOnly}, read by {staffFirst}: 0 mm',
        'Varicella: history of disease, {moYr}',
        'VIS of {issued} given to {relRole} {kin}',
      ],
      ['Reviewed {dateProse}, school nurse {staff}, tel {docPhone}', 'Physician signature: {docInit}   License {staffNo}', ''],
    ],
  },
  {
    style: 'ocr-scan',
    // `en-US`, so that only files of plain text have it: lines of other formats are values of their own.
    language: 'en-US',
    lines: [
      [
        'Patient Nane: {tornName}\nD.O.B.  {dob}',
        'PATIENT\n{LAST}\n{FIRST}\nMRN\n{chart}\nDOB\n{dob}',
        'Narne  {wideName}   Ch@rt  {chart}',
        'Re:\n{Title}\n{last}\n',
      ],
      ['Add ress: {street}\n{city}\n{zip}', 'Tel . {phone}\nFax .\n{faxX}', 'Phone  :  {phoneX}', 'S . S . No . {ssnSpaced}'],
      [
        'lnsurance lD {policy}  Group\n{groupNo}',
        'Hosp. no\n{tornMrn}',
        'e rnail {emailSpaced}',
        'Doctor\n{docGiven}\n{docLast}',
      ],
      [
        'was seen in the clinic on\n{dateProse}\nfor follow-\nup of hyper-\ntension',
        'by the {relRole}\n{kin}\nwho reports',
        'admitted\n{date}\ndischarged\n{date}',
      ],
      ['I0 mg 0D, 2O mg BlD. BP l40/9O. Hb l2.4', 'Pag e 3 0f 7       FORM 1O44-B (rev. O5/I9)', ''],
      ['s/ {initsLast}   date {dateProse}', 'Signature of physician\n{docInit}', '{staff}\n\nM. D.'],
    ],
  },
  {
    style: 'billing-ledger',
    language: 'en',
    lines: [
      [
        'STATEMENT {date}\nAccount {accountX}   Responsible party {rel}',
        'Invoice: {accountX}\nBill to: {name}\n{street}\n{cityLine}',
        'Collections memo re debtor {lastFirst}, ref {accountX}',
      ],
      [
        '{date}  OFFICE VISIT 99214   {docInit}      182.00',
        '{dayOnly}  ER LEVEL 4   99284    1,904.00\n{dayOnly}  INS PMT      -1,412.00',
        'Posted check 4471 from {kin} ({relRole}), 120.00',
      ],
      [
        'Called {phoneX}, spoke to {kinFirst}, promise to pay $50 on {dayOnly}.',
        'Skip trace: {corner}, {city}; works at {employer}; plate {plateX}.',
        'Card ending {card4} on file; autopay to account {account}.',
      ],
      [
        'Payment plan signed {dateProse}, e-mailed to {email}.',
        'Pay online {urlId} with code 88-2214.',
        'Mail returned from {relStreet}; forwarding {relCity}.',
      ],
      ['Notes by {staffFirst}', 'CSR {staffInit} {ext}', ''],
    ],
  },
];
