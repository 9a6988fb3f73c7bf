import type { Note } from './notes.ts';

/** Reports of departments in the train split: imaging, pathology, endoscopy, cardiology, laboratory. */
export const REPORTS_TRAIN: readonly Note[] = [
  {
    style: 'radiology',
    language: 'en',
    lines: [
      [
        '{LASTCommaFirst}\nExam: XR KNEE 3V L\nDate of service: {dateProse}\nOrdering: {docInit}',
        'PROCEDURE: US THYROID\nPT: {initLast}   PT ID: {chart}   B/D: {dob}',
        'MAMMO SCREENING BILAT W TOMO  performed {dayOnly}  on {name} ({chart})',
      ],
      [
        'TECHNIQUE: Axial images, 100 mL Omnipaque 350 at 3 mL/s, CTDIvol 12.4 mGy, DLP 612.',
        'TECHNIQUE: 1.5 T Magnetom Aera, T1, T2, FLAIR, DWI b=1000; 10 mL Gadavist.',
      ],
      [
        'PRIOR: outside films from {hospital}, {moYr}, and CT {dateProse}.',
        'COMPARED TO: {dayOnly}, also {monthYear}, hard copy brought by {relRole} {kin}.',
        'COMPARISON: {moYrLong}.',
      ],
      [
        'FINDINGS: Kellgren-Lawrence 3, Baker cyst 4 cm. TI-RADS 4, 1.3 cm. No Segond fragment. Cobb angle 14.',
        'FINDINGS: BI-RADS 2. Hutch diverticulum. Riedel lobe. Lisfranc joint intact. Schmorl nodes at L2-3.',
      ],
      [
        'Critical finding conveyed to {staffLast} (covering for {docInit}) by phone {docPhone} at 0312 {dayOnly}; read back.',
        'Findings were relayed to {posspron} {relRole}, {kin}, at {relPhoneX}, as {first} is non-verbal.',
        'Wet read {staffInit} PGY-3. Over-read {docLast}.',
      ],
      [
        'Transcribed: {staffInit}  D: {date} T: {dateProse}',
        '/{docLast}/ks  d. {dateProse}',
        'Final report: {DOCLAST}, {docGiven}',
      ],
    ],
  },
  {
    style: 'cytology-autopsy',
    language: 'en',
    lines: [
      [
        'CYTOPATHOLOGY  {accession}   received {dateProse}',
        'FINAL ANATOMIC DIAGNOSES - POSTMORTEM {accession}',
        'BONE MARROW {accession}  taken {dayOnly}',
      ],
      [
        'Name: {LASTFirst}\nChart: {chart}\nBirth: {dobProse}\nClinician: {docInit}',
        'Decedent: {nameNick}, {age90sex}, of {city}. Died {dateProse}, 0410 h. Next of kin {kin}, {relRole}.',
        'PATIENT {LASTFIRST} / {DOB} / {chart} / {DOCLAST}',
      ],
      [
        'Vial labelled "{lastInit}" with {chart} in blue ink. Requisition says {lastThenFirst}.',
        'Container: "{spacedLAST}" hand printed. Two cassettes, A1-A2.',
        'Slides from {hospital} marked {initials} {dob}.',
      ],
      [
        'Touton giant cells; Call-Exner bodies; Negri bodies absent. Congo red negative. PD-L1 TPS 60%. HER2 IHC 2+, ISH ratio 1.4.',
        'Psammoma bodies. Warthin-Starry negative. Fuhrman 2. pT1b N0 (AJCC 8th ed., 2017). CK7+/CK20-.',
      ],
      [
        'Prior cases on {first} {last}: {accession} ({moYr}).',
        'Shown at tumor board {dayOnly}; {staffLast} concurs.',
        'Case discussed with {docGiven} {docLast} and with the medical examiner, {staff}.',
      ],
      ['Pathologist: {staff}   Screened by: {staffInit} CT(ASCP)', '{docInit}, M.D., Ph.D. {dateProse}'],
    ],
  },
  {
    style: 'endoscopy-operative',
    language: 'en',
    lines: [
      [
        'OPERATIVE NOTE\nPATIENT: {nameSfx}\nDATE OF PROCEDURE: {dateProse}\nSURGEON: {doc}\nASSISTANT: {staff}\nANESTHESIOLOGIST: {staffInit}',
        'Colonoscopy {dayOnly}: {lastCommaInit} / {chart} / endoscopist {docLast} / nurse {staffFirst}',
      ],
      [
        'PREOPERATIVE DIAGNOSIS: Zenker diverticulum. POSTOPERATIVE DIAGNOSIS: Same. ASA 3, Mallampati II. EBL 150 mL.',
        'Boston prep 3-3-2. Paris 0-IIa, 12 mm, Kudo IIIs. Olympus CF-HQ190L. Midazolam 3 mg, fentanyl 75 mcg.',
      ],
      [
        'A time-out was held: {first} {last}, born {dobProse}, left side, confirmed by {staff}.',
        'The patient was identified by name, {dob} and band {chart} by {staffFirst} and {staffFirst}.',
        'Consent had been signed by {posspron} {relRole}, {kin}.',
      ],
      [
        'A Zimmer NexGen femoral component (serial {deviceX}) was cemented with Palacos R+G.',
        'St. Jude Regent 21 mm, SN {deviceX}, was seated with Ethibond 2-0. Bookwalter and Finochietto retractors.',
        'Implant log: mesh, Bard 3DMax, ref 0115310, lot HUXK1120. Cell saver 250 mL.',
      ],
      [
        'Counts correct per {staff}, RN. To PACU; {relRole} {kinFirst} told.',
        '{docLast} scrubbed throughout. Pictures filed as {photo}.',
        'Specimens to pathology under {accession}. Dictated by {docInit}.',
      ],
    ],
  },
  {
    style: 'ecg-device-check',
    language: 'en',
    lines: [
      [
        '12-LEAD  {DATE}  07:41:12   ID: {chart}   {LASTFIRST}   25 mm/s 10 mm/mV',
        'DEVICE CLINIC  {date}\nPt {name}   implanted {moYr} by {docInit}',
        'HOLTER 48H  start {dateProse}  {lastFirst}  {chart}',
      ],
      [
        'Vent. rate 72  PR 168  QRS 94  QT/QTc 402/440  axes 51 -12 33. Wenckebach, Brugada type 1 absent.',
        'Thresholds RA 0.5 V @ 0.4 ms, RV 0.75 V. AP 12 %, VP 98 %. ERI 7.2 y. HAS-BLED 2, CHA2DS2-VASc 4.',
      ],
      [
        'Model W1DR01 SN {deviceX}; lead 5076-52 s/n {implant}; home monitor no. {deviceX}.',
        'PM serial#: {deviceX}. Registered keeper: {name}, {street}.',
        'UDI {udi}; patient wears ID card {deviceX}.',
      ],
      [
        'Confirmed by {docLast}, {docGiven} (412) on {dateProse}.',
        'Referred by {staffInit}. Unconfirmed. Technician: {staffInit}',
        'Read {dayOnly} by {docInit}; pt phoned on {phoneX}.',
      ],
    ],
  },
  {
    style: 'transplant',
    language: 'en',
    lines: [
      [
        'TRANSPLANT SELECTION COMMITTEE  {dateProse}\nCandidate: {nameSfx}  blood group A  MELD-Na 31  listed {moYr}',
        'Living donor work-up. Recipient {lastFirst}, {chart}; intended donor {kin} ({relRole}).',
        'Donor offer {dayOnly} 0210: match run for {LASTFirst}',
      ],
      [
        'Deceased donor ID {donorNo}, KDPI 42, DCD, HLA A2,24; B7,44; DR15. CIT 11 h 20 min.',
        'Kidney from {posspron} {relRole} {kin}, {dobRel}, nephrectomy same day by {staff}.',
        'CMV D+/R-, EBV D+/R+. PRA 82 %. Crossmatch negative. UNOS policy 8 of 2023.',
      ],
      [
        '{first} lives 40 min away in {city}; {relRole} {kinFirst} is the support person, {relPhoneX}.',
        'Coordinator {staff} reached {last} at {phoneX} at 0230.',
        '{PRON} wrote a letter to the donor family, signed only {initials}.',
      ],
      [
        'Tacrolimus trough 8.4, Banff 1A in {moYr}, Simulect day 0 and 4.',
        'Presented by {docLast}; voted yes 9-0. Social worker {staffInit} has no concerns.',
      ],
    ],
  },
];
