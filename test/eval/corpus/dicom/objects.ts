import type { Category, Subject } from '../../../../src/core/vocabulary.ts';
import type { Random } from '../../../../src/demo/random.ts';
import { randomTime } from '../dates.ts';
import { pdf } from '../embedded.ts';
import { fill } from '../fill.ts';
import type { Filling } from '../filling.ts';
import type { Split } from '../label.ts';
import type { Sheet } from '../marks.ts';
import { digits, uid } from '../numbers.ts';
import type { Person } from '../person.ts';
import { notesOf } from '../scene.ts';
import { echoRemark, noteText } from '../texts.ts';
import { type Marked, make } from './elements.ts';

export interface Maker {
  readonly random: Random;
  readonly split: Split;
  readonly sheet: Sheet;
  readonly filling: Filling;
  mark(category: Category, subject: Subject, text: string, optional?: boolean): string;
}

const SOP: Readonly<Record<string, string>> = {
  CT: '1.2.840.10008.5.1.4.1.1.2',
  MR: '1.2.840.10008.5.1.4.1.1.4',
  US: '1.2.840.10008.5.1.4.1.1.6.1',
  DX: '1.2.840.10008.5.1.4.1.1.1.1',
  SR: '1.2.840.10008.5.1.4.1.1.88.11',
  DOC: '1.2.840.10008.5.1.4.1.1.104.1',
};

const pn = ({ family, given, middle }: Pick<Person, 'family' | 'given' | 'middle'>): string =>
  [family, given, middle].join('^').replace(/\^+$/, '');

const MAKERS: Readonly<Record<Split, readonly (readonly [maker: string, model: string, creator: string])[]>> = {
  train: [
    ['Philips Medical Systems', 'Ingenia 3.0T', 'Philips Imaging DD 001'],
    ['SIEMENS', 'SOMATOM Force', 'SIEMENS CT VA1 DUMMY'],
  ],
  test: [
    ['GE MEDICAL SYSTEMS', 'Discovery MI', 'GEMS_PARM_01'],
    ['CANON_MEC', 'Aquilion ONE', 'TOSHIBA_MEC_CT3'],
  ],
};

/** The modules of patient, study, series and equipment that every object has. */
export function common(m: Maker, modality: string): Marked[] {
  const { random, mark, filling } = m;
  const { patient, doctor, nurse, hospital, seen, region } = filling.scene;
  const [maker, model] = random.pick(MAKERS[m.split]);
  const maybe = (probability: number, made: Marked): Marked[] => (random.chance(probability) ? [made] : []);
  return [
    make('(0008,0016)', 'UI', SOP[modality] ?? SOP.CT ?? ''),
    make('(0008,0018)', 'UI', uid(random)),
    make('(0008,0020)', 'DA', mark('date', 'patient', seen)),
    ...maybe(0.7, make('(0008,0021)', 'DA', mark('date', 'patient', seen))),
    ...maybe(0.5, make('(0008,0023)', 'DA', mark('date', 'patient', seen))),
    make('(0008,0030)', 'TM', randomTime(random)),
    make('(0008,0050)', 'SH', mark('unique-id', 'patient', `A${digits(random, 7)}`, true)),
    make('(0008,0060)', 'CS', modality === 'DOC' ? 'DOC' : modality),
    make('(0008,0070)', 'LO', maker),
    ...maybe(0.7, make('(0008,0080)', 'LO', mark('name', 'facility', hospital, true))),
    make('(0008,0090)', 'PN', mark('name', 'provider', `${doctor.family}^${doctor.given}^^^MD`)),
    ...maybe(0.5, make('(0008,1010)', 'SH', mark('device-id', 'equipment', `${modality}${random.int(1, 9)}`, true))),
    make('(0008,1030)', 'LO', random.pick(['CT ABDOMEN W CONTRAST', 'BRAIN W/O', 'CHEST PA LAT', 'OB 2ND TRIMESTER'])),
    ...maybe(0.4, make('(0008,1050)', 'PN', mark('name', 'provider', `${nurse.family}^${nurse.given}`))),
    ...maybe(0.4, make('(0008,1070)', 'PN', mark('name', 'provider', `${nurse.given.slice(0, 1)}. ${nurse.family}`))),
    make('(0008,1090)', 'LO', model),
    make('(0010,0010)', 'PN', mark('name', 'patient', pn(patient))),
    make('(0010,0020)', 'LO', mark('mrn', 'patient', patient.mrn)),
    make('(0010,0030)', 'DA', mark('date', 'patient', patient.born)),
    make('(0010,0040)', 'CS', patient.sex),
    ...maybe(0.2, make('(0010,1000)', 'LO', mark('mrn', 'patient', digits(random, 9)))),
    ...maybe(
      0.1,
      make(
        '(0010,1001)',
        'PN',
        mark('name', 'patient', pn({ ...patient, given: patient.nickname === '' ? patient.given : patient.nickname })),
      ),
    ),
    make('(0010,1010)', 'AS', '064Y'),
    ...maybe(0.2, make('(0010,1040)', 'LO', mark('street', 'patient', `${patient.street}, ${patient.city}`.slice(0, 60)))),
    ...maybe(0.2, make('(0010,2154)', 'SH', mark('phone', 'patient', patient.phone.slice(0, 16)))),
    ...maybe(0.2, make('(0018,1000)', 'LO', mark('device-id', 'equipment', digits(random, 5), true))),
    make('(0018,1020)', 'LO', `${random.int(1, 9)}.${random.int(0, 9)}.${random.int(0, 99)}`),
    make('(0020,000D)', 'UI', uid(random)),
    make('(0020,000E)', 'UI', uid(random)),
    make('(0020,0010)', 'SH', mark('unique-id', 'patient', digits(random, 5), true)),
    make('(0020,0011)', 'IS', '2'),
    ...maybe(0.3, make('(0038,0010)', 'LO', mark('account', 'patient', digits(random, 8)))),
    ...maybe(region === 'US' ? 0.2 : 0, make('(0040,0244)', 'DA', mark('date', 'patient', seen))),
  ];
}

/** What a kind of object has besides. */
type Object = (m: Maker) => { modality: string; elements: readonly Marked[] };

/** Text of a description in the patient's words, or a structured report's. */
export const OBJECTS: Readonly<Record<string, Object>> = {
  image: (m) => ({
    modality: m.random.pick(['CT', 'MR', 'DX']),
    elements: m.random.chance(0.5) ? [make('(0020,4000)', 'LT', echoRemark(m.filling))] : [],
  }),
  private: (m) => {
    const [, , creator] = m.random.pick(MAKERS[m.split]);
    const planted = m.random.pick([
      make(
        '(0029,1031)',
        'LO',
        m.sheet.mark(pn(m.filling.scene.patient), { category: 'name', subject: 'patient', kind: 'blind-spot' }),
      ),
      make('(0029,1032)', 'LT', fill('{Title} {last} {mrn}', { ...m.filling, kind: 'blind-spot' })),
      make('(0029,1033)', 'UN', fill('patient {name}', { ...m.filling, kind: 'blind-spot' })),
      make(
        '(0029,1034)',
        'SH',
        m.sheet.mark(m.filling.scene.patient.mrn, { category: 'mrn', subject: 'patient', kind: 'blind-spot' }),
      ),
    ]);
    return { modality: 'CT', elements: [make('(0029,0010)', 'LO', creator), make('(0029,1008)', 'CS', 'IMAGE NUM 4'), planted] };
  },
  nested: (m) => ({
    modality: 'MR',
    elements: [
      make('(0040,0275)', 'SQ', [
        [
          make('(0032,1060)', 'LO', 'MR BRAIN'),
          make('(0040,0007)', 'LO', fill('{last} {dob}', { ...m.filling, kind: 'blind-spot' })),
        ],
      ]),
    ],
  }),
  report: (m) => {
    const note = m.random.pick(notesOf(m.split).notes.filter(({ style }) => style === 'radiology'));
    const line = (value: string): Marked[] => [
      make('(0040,A010)', 'CS', 'CONTAINS'),
      make('(0040,A040)', 'CS', 'TEXT'),
      make('(0040,A160)', 'UT', value),
    ];
    const observer = [
      make('(0040,A010)', 'CS', 'HAS OBS CONTEXT'),
      make('(0040,A040)', 'CS', 'PNAME'),
      make('(0040,A123)', 'PN', m.mark('name', 'provider', `${m.filling.scene.doctor.family}^${m.filling.scene.doctor.given}`)),
    ];
    const lines = noteText(note, m.filling)
      .split('\n')
      .filter((each) => each !== '');
    return { modality: 'SR', elements: [make('(0040,A730)', 'SQ', [observer, ...lines.map(line)])] };
  },
  document: (m) => {
    const note = m.random.pick(notesOf(m.split).notes.filter(({ language }) => language === 'en'));
    const bytes = pdf(m.sheet, noteText(note, m.filling), '(0042,0011)', m.random.chance(0.6));
    return {
      modality: 'DOC',
      elements: [
        make('(0042,0010)', 'ST', 'Outside report'),
        make('(0042,0011)', 'OB', bytes),
        make('(0042,0012)', 'LO', 'application/pdf'),
      ],
    };
  },
  'burned-in': (m) => {
    m.sheet.hidden.push({ category: 'photo', subject: 'patient', kind: 'blind-spot', path: '', text: '' });
    return {
      modality: 'US',
      elements: [
        make('(0028,0301)', 'CS', 'YES'),
        make('(0028,0010)', 'US', Buffer.from([0, 2])),
        make('(0028,0011)', 'US', Buffer.from([0, 2])),
      ],
    };
  },
  'uid-date': (m) => {
    const { born, mrn } = m.filling.scene.patient;
    const own = (category: Category, text: string): string =>
      m.sheet.mark(text, { category, subject: 'patient', kind: 'blind-spot' });
    const numerals = mrn.replace(/\D/g, '').replace(/^0+/, '');
    const value = m.random.chance(0.5)
      ? `1.2.840.99999.3.${own('date', born)}.101`
      : `1.2.840.99999.3.${own('mrn', numerals)}.${digits(m.random, 5).replace(/^0/, '4')}`;
    return {
      modality: 'CT',
      elements: [
        make(
          '(0020,0052)',
          'UI',
          m.sheet.mark(value, { category: 'unique-id', subject: 'patient', kind: 'blind-spot', optional: true }),
        ),
      ],
    };
  },
};
