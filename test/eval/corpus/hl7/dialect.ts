import { gb18030, isoIr87, westernEuropean } from '../charsets.ts';
import type { Split } from '../label.ts';
import { type Encoder, utf8, utf16 } from '../marks.ts';

/** How one sender writes HL7 v2. */
export interface Dialect {
  readonly name: string;
  readonly version: string;
  readonly delimiters: string;
  readonly terminator: string;
  /** MSH-18; empty where the sender declares nothing. */
  readonly charset: string;
  readonly encoder: Encoder;
  readonly application: string;
  readonly facility: string;
  /** Names in capitals. */
  readonly upper: boolean;
  /** MSH-9 has its third component. */
  readonly structure: boolean;
  /** Where the record number goes. */
  readonly record: 'PID-3' | 'PID-2' | 'PID-2+3' | 'PID-4';
  /** Identifier types as HL7 table 0203 has them, or as the vendor does. */
  readonly recordType: string;
  /** Telephone as one text, or in its parts. */
  readonly phone: 'text' | 'parts' | 'both';
  /** Segments of the vendor's own. */
  readonly extra: string;
  /** Street in subcomponents (SAD, from 2.5) and family name in its own (FN). */
  readonly nested: boolean;
  /** Timestamps to the minute, the second, with fraction and zone. */
  readonly precision: 'day' | 'minute' | 'second' | 'zone';
  /** Where its patients come from; empty: anywhere. */
  readonly locales: readonly string[];
  /** Names in the script of the country, as a second repetition of PID-5. */
  readonly ideographs: readonly (readonly [family: string, given: string])[];
}

const BASE: Dialect = {
  name: 'base',
  version: '2.5.1',
  delimiters: '|^~\\&',
  terminator: '\r',
  charset: '',
  encoder: westernEuropean,
  application: 'HIS',
  facility: 'MAIN',
  upper: false,
  structure: true,
  record: 'PID-3',
  recordType: 'MR',
  phone: 'text',
  extra: 'ZPI',
  nested: false,
  precision: 'second',
  locales: [],
  ideographs: [],
};

const TRAIN: readonly Dialect[] = [
  {
    ...BASE,
    name: 'epic',
    application: 'EPIC',
    facility: 'EPICADT',
    upper: true,
    recordType: 'EPI',
    phone: 'parts',
    extra: 'ZPV',
  },
  {
    ...BASE,
    name: 'sunquest',
    version: '2.3',
    application: 'SUNQUEST',
    facility: 'LAB',
    upper: true,
    structure: false,
    record: 'PID-2+3',
    phone: 'text',
    extra: 'ZSQ',
    precision: 'minute',
  },
  {
    ...BASE,
    name: 'philips',
    version: '2.6',
    terminator: '\n',
    application: 'PIC iX',
    facility: 'ICU',
    charset: 'UNICODE UTF-8',
    encoder: utf8,
    extra: 'ZPH',
    precision: 'zone',
  },
  {
    ...BASE,
    name: 'old-his',
    version: '2.1',
    application: 'ADT1',
    facility: 'HOSP',
    upper: true,
    structure: false,
    record: 'PID-3',
    recordType: '',
    extra: 'ZIN',
    precision: 'day',
  },
  {
    ...BASE,
    name: 'meditech',
    version: '2.4',
    application: 'MEDITECH',
    facility: 'MT',
    record: 'PID-2+3',
    recordType: 'PT',
    phone: 'text',
    extra: 'ZCD',
    precision: 'minute',
  },
  { ...BASE, name: 'odd-delimiters', version: '2.3.1', delimiters: '#*~$@', application: 'LABX', facility: 'WEST', extra: 'ZLX' },
  {
    ...BASE,
    name: 'german-kis',
    version: '2.5',
    charset: '8859/1',
    application: 'KIS',
    facility: 'KLINIK',
    extra: 'ZBE',
    nested: true,
    locales: ['de-DE'],
  },
  {
    ...BASE,
    name: 'ihe-pam',
    version: '2.8',
    terminator: '\r\n',
    charset: 'UNICODE UTF-8',
    encoder: utf8,
    application: 'PAM',
    facility: 'IHE',
    nested: true,
    phone: 'both',
    extra: 'ZFU',
    precision: 'zone',
  },
  {
    ...BASE,
    name: 'japanese',
    version: '2.5',
    charset: 'ASCII~ISO IR87',
    encoder: isoIr87,
    application: 'HISJP',
    facility: 'TOKYO',
    extra: 'ZJP',
    locales: ['zh-US'],
    ideographs: [
      ['山田', '太郎'],
      ['佐藤', '花子'],
    ],
  },
];

const TEST: readonly Dialect[] = [
  {
    ...BASE,
    name: 'cerner',
    version: '2.3',
    application: 'HNAM',
    facility: 'CERN',
    upper: true,
    structure: false,
    recordType: 'MRN',
    phone: 'text',
    extra: 'ZVN',
    precision: 'second',
  },
  {
    ...BASE,
    name: 'ge-like',
    version: '2.6',
    terminator: '\r\n',
    application: 'CARESCAPE',
    facility: 'GW',
    charset: 'UNICODE UTF-8',
    encoder: utf8,
    extra: 'ZGE',
    precision: 'zone',
  },
  {
    ...BASE,
    name: 'pharmacy',
    version: '2.2',
    application: 'RXSYS',
    facility: 'PHARM',
    upper: true,
    structure: false,
    record: 'PID-4',
    recordType: '',
    extra: 'ZRX',
    precision: 'day',
  },
  {
    ...BASE,
    name: 'ambulatory',
    version: '2.5.1',
    application: 'CLINICEHR',
    facility: 'AMB',
    phone: 'parts',
    recordType: 'PI',
    extra: 'ZAM',
    precision: 'minute',
  },
  {
    ...BASE,
    name: 'percent-delimiters',
    version: '2.4',
    delimiters: '%!;?/',
    application: 'IFACE',
    facility: 'EAST',
    extra: 'ZIF',
  },
  {
    ...BASE,
    name: 'wide',
    version: '2.4',
    charset: 'UNICODE',
    encoder: utf16,
    application: 'RISW',
    facility: 'RAD',
    extra: 'ZRW',
  },
  {
    ...BASE,
    name: 'chinese-his',
    version: '2.4',
    charset: 'GB 18030-2000',
    encoder: gb18030,
    application: 'HIS-CN',
    facility: 'YY',
    extra: 'ZCN',
    locales: ['zh-US'],
    ideographs: [
      ['赵', '国强'],
      ['孙', '丽华'],
    ],
  },
  {
    ...BASE,
    name: 'nordic',
    version: '2.7',
    terminator: '\n',
    charset: '8859/1',
    application: 'COSMIC',
    facility: 'REGION',
    nested: true,
    phone: 'both',
    extra: 'ZNO',
    locales: ['da-DK', 'de-DE'],
  },
];

export function dialects(split: Split): readonly Dialect[] {
  return split === 'train' ? TRAIN : TEST;
}
