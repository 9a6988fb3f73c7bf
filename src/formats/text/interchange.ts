/** What an exchange that is read as text says of itself. */
export interface Interchange {
  /** `X12 837`, `EDIFACT MEDRPT`, `ASTM E1394`: the first of its transactions. */
  readonly type: string;
  /** Whether it ends as it has to. */
  readonly isWhole: boolean;
}

/** Envelopes are short; the first transaction begins right behind them. */
const HEAD = 2048;
const TAIL = 512;

/** Elements of ISA are of fixed length (ASC X12.5): the separator behind its name stands before its last element again, and the terminator behind that. */
const ISA = { separator: 3, again: 103, length: 106 } as const;

/**
 * X12 (ISA to IEA), EDIFACT (ISO 9735: UNA or UNB to UNZ) and records of analysers (ASTM E1394: H to L); null for any other text. Looks at the beginning and the end alone. Their values
 * are found by rules on text (docs/adr/0070-interchange-as-text.md).
 */
export function interchangeOf(bytes: Uint8Array): Interchange | null {
  const head = textOf(bytes.subarray(0, HEAD)).replace(/^(?:\u00ef\u00bb\u00bf)?\s{0,16}/, '');
  if (head.startsWith('ISA')) return x12(head, bytes);
  if (/^(?:UNA.{4,6}\s{0,4})?UNB\+/.test(head)) {
    const message = /[^A-Z]UNH\+[^+']{1,20}\+([A-Z]{6})/.exec(head)?.[1] ?? '';
    return { type: `EDIFACT ${message}`.trimEnd(), isWhole: /[^A-Z]UNZ\+/.test(tailOf(bytes)) };
  }
  if (/^\u0002?\d?H\|\\\^&/.test(head)) return { type: 'ASTM E1394', isWhole: /[\r\n\u0002]\d?L\|/.test(tailOf(bytes)) };
  return null;
}

function x12(head: string, bytes: Uint8Array): Interchange | null {
  const separator = head.charAt(ISA.separator);
  if (head.length < ISA.length || /[\w\s]/.test(separator) || head.charAt(ISA.again) !== separator) return null;
  const within = (name: string, text: string): number => text.search(new RegExp(`[^A-Z0-9]${name}\\${separator}`));
  const begins = within('ST', head);
  const set = begins < 0 ? '' : head.slice(begins + 4, begins + 7);
  return { type: /^\d{3}$/.test(set) ? `X12 ${set}` : 'X12', isWhole: within('IEA', tailOf(bytes)) >= 0 };
}

/** Bytes as the rules for exchanges know them. */
const KNOWN = {
  x12: { element: 0x2a, component: 0x3a, segment: 0x7e },
  edifact: { element: 0x2b, component: 0x3a, segment: 0x27 },
} as const;

interface Separators {
  readonly element: number;
  readonly component: number;
  readonly segment: number;
}

/**
 * The bytes of an exchange that declares other separators than everybody has, with those that everybody has in their places, so that one set of rules reads both; null where it has these, or is none.
 * Segments that end with their line go on ending so.
 */
export function withUsualSeparators(buffer: Buffer): Buffer | null {
  const head = textOf(buffer.subarray(0, HEAD));
  const own = separatorsOf(head);
  if (own === null) return null;
  const [from, to] = [own, head.includes('UNA') ? KNOWN.edifact : KNOWN.x12];
  if (from.element === to.element && from.component === to.component && from.segment === to.segment) return null;
  const out = Buffer.from(buffer);
  for (let at = head.search(/ISA|UNA/) + 3; at < out.length; at++) {
    const byte = out[at];
    if (byte === from.element) out[at] = to.element;
    else if (byte === from.component) out[at] = to.component;
    else if (byte === from.segment && byte >= 0x20) out[at] = to.segment;
  }
  return out;
}

/** Those of ISA, whose sixteen elements are of any length here, and of UNA (ISO 9735-1 §7). */
function separatorsOf(head: string): Separators | null {
  const advice = /^\s{0,16}UNA(.)(.)...(.)\s{0,4}UNB/s.exec(head);
  if (advice !== null) return codesOf(advice[2], advice[1], advice[3]);
  const begins = /^\s{0,16}ISA([^\w\s])\d\d\1/.exec(head);
  if (begins === null) return null;
  const [component, segment] = head.trimStart().split(begins[1] ?? '')[ISA_ELEMENTS] ?? '';
  return codesOf(begins[1], component, segment);
}

const ISA_ELEMENTS = 16;

function codesOf(element = '', component = '', segment = ''): Separators | null {
  const codes = { element: element.charCodeAt(0), component: component.charCodeAt(0), segment: segment.charCodeAt(0) };
  // A letter or a blank separates nothing.
  return [element, component, segment].some((char) => char === '' || /[\w ]/.test(char)) ? null : codes;
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
const tailOf = (bytes: Uint8Array): string => textOf(bytes.subarray(Math.max(0, bytes.length - TAIL)));
