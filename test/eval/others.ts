import nlp from 'compromise';
import { OpenRedaction } from 'openredaction';
import { SyncRedactor } from 'redact-pii';
import type { Category } from '../../src/core/vocabulary.ts';
import type { Detector, Found } from './found.ts';

/** A match in a text, in UTF-16 offsets. */
interface TextMatch {
  readonly category: Category | null;
  readonly from: number;
  readonly to: number;
  readonly rule: string;
}

/**
 * Other packages on the same bytes: each gets the file as text (UTF-16 by its mark, UTF-8 where it is that, else ISO 8859-1), as somebody would
 * hand it over who has no parser; what it finds is carried back to bytes.
 */
function onText(name: string, look: (text: string) => Promise<readonly TextMatch[]>): Detector {
  return {
    name,
    async find(bytes) {
      const { text, size } = decode(bytes);
      const offsets = byteOffsets(text, size, bytes);
      return (await look(text)).map(
        ({ category, from, to, rule }): Found => ({
          category,
          subject: 'unknown',
          start: offsets[from] ?? 0,
          end: offsets[to] ?? bytes.length,
          path: 'raw',
          text: text.slice(from, to),
          rule,
        }),
      );
    },
  };
}

type Size = (character: string) => number;

function decode(bytes: Uint8Array): { text: string; size: Size } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes), size: (each) => each.length * 2 };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, size: (each) => Buffer.byteLength(each) };
  } catch {
    // Not UTF-8: one byte a character.
    return { text: Buffer.from(bytes).toString('latin1'), size: () => 1 };
  }
}

/** Byte at which each UTF-16 unit of the text begins, and the end. */
function byteOffsets(text: string, size: Size, bytes: Uint8Array): Int32Array {
  const offsets = new Int32Array(text.length + 1).fill(bytes.length);
  let at = 0;
  let unit = 0;
  for (const character of text) {
    for (let each = 0; each < character.length; each++) offsets[unit++] = at;
    at += size(character);
  }
  return offsets;
}

/** Kinds of openredaction by what they are called; those that are none of ours (currencies, keys, job titles) count neither way. */
const KINDS: readonly (readonly [RegExp, Category])[] = [
  [/EMAIL/, 'email'],
  [/FAX/, 'fax'],
  [/PHONE|MOBILE|TELEPHONE/, 'phone'],
  [/SSN|SOCIAL_SECURITY/, 'ssn'],
  [/MRN|MEDICAL_RECORD|PATIENT|HOSPITAL/, 'mrn'],
  [/NHS|MEDICARE|MEDICAID|INSURANCE|MEMBER|HEALTH|POLICY/, 'health-plan'],
  [/DRIV|LICEN[CS]E/, 'license'],
  [/VIN|VEHICLE|PLATE/, 'vehicle'],
  [/DEVICE|SERIAL|IMEI|UDI|MAC_/, 'device-id'],
  [/BIOMETRIC|FINGERPRINT/, 'biometric'],
  [/ADDRESS_STREET|STREET|ADDRESS|PO_BOX/, 'street'],
  [/ZIP|POSTAL|POSTCODE|CITY|COORD/, 'geo'],
  [/^IP|IPV/, 'ip-address'],
  [/URL/, 'url'],
  [/DATE|DOB|BIRTH/, 'date'],
  [/^AGE/, 'age'],
  [/NAME/, 'name'],
  [/ACCOUNT|IBAN/, 'account'],
  [/NATIONAL|PASSPORT|TAX|TRIAL|STUDY/, 'unique-id'],
];

function kindOf(type: string): Category | null {
  if (type.includes('IP_ADDRESS')) return 'ip-address';
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? null;
}

export function openredaction(): Detector {
  const redactor = new OpenRedaction({});
  return onText('openredaction', async (text) => {
    const { detections } = await redactor.detect(text);
    return detections.map(({ type, position: [from, to] }) => ({ category: kindOf(type), from, to, rule: type }));
  });
}

/** The built-in redactors of redact-pii, each by itself, since the whole says only what is left. */
const REDACTORS = [
  ['names', 'name'],
  ['streetAddress', 'street'],
  ['zipcode', 'geo'],
  ['phoneNumber', 'phone'],
  ['ipAddress', 'ip-address'],
  ['usSocialSecurityNumber', 'ssn'],
  ['emailAddress', 'email'],
  ['url', 'url'],
  ['digits', null],
] as const satisfies readonly (readonly [string, Category | null])[];

const ALL = [...REDACTORS.map(([name]) => name), 'creditCardNumber', 'username', 'password', 'credentials'] as const;
/** Stands for what was taken out; no text of the corpus has it. */
const HOLE = '\uF000';

export function redactPii(): Detector {
  const redactors = REDACTORS.map(([name, category]) => {
    const builtInRedactors = Object.fromEntries(ALL.map((each) => [each, { enabled: each === name }]));
    return { name, category, redactor: new SyncRedactor({ globalReplaceWith: HOLE, builtInRedactors }) };
  });
  return onText('redact-pii', (text) =>
    Promise.resolve(
      redactors.flatMap(({ name, category, redactor }) =>
        holes(text, redactor.redact(text)).map(([from, to]) => ({ category, from, to, rule: name })),
      ),
    ),
  );
}

/** Where a text has something that the redacted one has a hole for: what stands between holes is looked for in order. */
function holes(text: string, redacted: string): [from: number, to: number][] {
  const pieces = redacted.split(HOLE);
  const found: [number, number][] = [];
  let at = pieces[0]?.length ?? 0;
  for (const [index, piece] of pieces.slice(1).entries()) {
    const last = index === pieces.length - 2;
    const next = piece === '' ? (last ? text.length : at) : last ? text.length - piece.length : text.indexOf(piece, at + 1);
    if (next < 0) break;
    if (next > at) found.push([at, next]);
    at = next + piece.length;
  }
  return found;
}

export function compromise(): Detector {
  return onText('compromise', (text) => {
    const document = nlp(text);
    const kinds = [
      [document.people(), 'name'],
      [document.places(), 'geo'],
      [document.emails(), 'email'],
      [document.urls(), 'url'],
      [document.phoneNumbers(), 'phone'],
    ] as const;
    return Promise.resolve(kinds.flatMap(([view, category]) => spansOf(view.json({ offset: true }), text, category)));
  });
}

/** What compromise gives as `[{offset: {start, length}}]`, without the space and the stop round it. */
function spansOf(json: unknown, text: string, category: Category): TextMatch[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null || !('offset' in each)) return [];
    const { offset } = each;
    if (typeof offset !== 'object' || offset === null || !('start' in offset) || !('length' in offset)) return [];
    const { start, length } = offset;
    if (typeof start !== 'number' || typeof length !== 'number') return [];
    const trimmed = text.slice(start, start + length).replace(/[\s.,;:]+$/, '');
    return [{ category, from: start, to: start + trimmed.length, rule: category }];
  });
}
