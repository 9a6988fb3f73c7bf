import { fold } from '../core/canonical.ts';
import { type Leaves, ownLeaves, type Parsed } from '../core/format.ts';
import { byAddress } from './by-address.ts';

/**
 * What a message of HL7 v2 states, one statement a result, order, charge, dose or appointment: the part of it that engines carry on. Names of
 * applications, control ids, delimiters, set ids, Z segments and layout are not in it.
 */
export interface Statement {
  /** Filler's number of the order, else the placer's; empty where there is none. */
  readonly order: string;
  /** Digits of the time it is about, to the minute, and of when its status changed. */
  readonly time: string;
  readonly status: string;
  /** What was observed, as its sender codes it. */
  readonly code: string;
  readonly value: string;
}

/** What a statement is read from, or what the statements after it are about. */
const READ = ['EVN', 'ORC', 'OBR', 'OBX', 'RXA', 'RXE', 'FT1', 'SCH', 'TXA', 'PV1'] as const;
type SegmentName = (typeof READ)[number];
/** Numbers of segments: from 1, in the order of READ. */
const NUMBERS: ReadonlyMap<string, number> = new Map(READ.map((name, index) => [name, index + 1]));

/** Bits of a field's and of a component's number in a place; a higher number counts as the highest. */
const BITS = 12;
const HIGHEST = (1 << BITS) - 1;

/** `OBX-5.1` as one number: segment (its number in READ plus one), field, component; 0 for what no statement is read from. */
const placeOf = byAddress(({ path }) => {
  const [, name, field, component = '1'] = /^([A-Z][A-Z0-9]{2})-(\d+)(?:\.(\d+))?/.exec(path) ?? [];
  const segment = NUMBERS.get(name ?? '') ?? 0;
  const [fieldNumber, componentNumber] = [field, component].map((digits) => Math.min(Number(digits), HIGHEST));
  return segment === 0 ? 0 : (((segment << BITS) | (fieldNumber ?? 0)) << BITS) | (componentNumber ?? 0);
});

/** One segment: its leaves from `from` on, before `to`, among which those of other segments may be. */
interface Segment {
  readonly leaves: Leaves;
  readonly name: SegmentName;
  /** Its number in READ, plus one. */
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

/** Segments in order. A field number that falls begins the next segment of the same name. */
function segmentsOf({ leaves }: Parsed): Segment[] {
  const segments: Segment[] = [];
  let number = 0;
  let from = 0;
  let last = 0;
  const end = (to: number): void => {
    const name = READ[number - 1];
    if (name !== undefined) segments.push({ leaves, name, number, from, to });
  };
  for (let leaf = 0; leaf < ownLeaves(leaves); leaf++) {
    const place = placeOf(leaves, leaf);
    if (place === 0) continue;
    const field = place >> BITS;
    if (field >> BITS !== number || field < last) {
      end(leaf);
      [number, from] = [field >> BITS, leaf];
    }
    last = field;
  }
  end(ownLeaves(leaves));
  return segments;
}

/** The first value of a component, as it is; empty where there is none. */
function componentOf({ leaves, number, from, to }: Segment, field: number, component: number): string {
  const wanted = (((number << BITS) | field) << BITS) | component;
  for (let leaf = from; leaf < to; leaf++) if (placeOf(leaves, leaf) === wanted) return leaves.text(leaf);
  return '';
}

/** All values of a field, with blanks between. */
function fieldOf({ leaves, number, from, to }: Segment, field: number): string {
  const wanted = (number << BITS) | field;
  let whole: string | null = null;
  for (let leaf = from; leaf < to; leaf++) {
    if (placeOf(leaves, leaf) >> BITS !== wanted) continue;
    whole = whole === null ? leaves.text(leaf) : `${whole} ${leaves.text(leaf)}`;
  }
  return whole ?? '';
}

const DIGITS = /^\d+/;
/** `20261124090000-0500` → `202611240900`. Engines cut seconds and zones off, and add them. */
function minuteOf(text: string): string {
  return text === '' ? '' : (DIGITS.exec(text.trim())?.[0] ?? '').slice(0, 12);
}

/** Capitals, digits and signs with single blanks between: nothing to fold. */
const FOLDED = /^[!-`{-~]*(?: [!-`{-~]+)*$/;
function plain(text: string): string {
  if (FOLDED.test(text) && !text.startsWith(' ')) return text;
  return fold(text).trim().replace(/\s+/g, ' ');
}

/** What is known of the order that the segments after it belong to. */
interface Order {
  readonly order: string;
  readonly time: string;
  readonly status: string;
}

const NO_ORDER: Order = { order: '', time: '', status: '' };

/** The statements of a message, in order; none where it states nothing beside who somebody is and where (ADT). */
export function statementsOf(parsed: Parsed): Statement[] {
  const statements: Statement[] = [];
  const orders: Statement[] = [];
  let order = NO_ORDER;
  for (const segment of segmentsOf(parsed)) {
    const { name } = segment;
    const first = (field: number): string => plain(componentOf(segment, field, 1));
    const minute = (field: number, component = 1): string => minuteOf(componentOf(segment, field, component));
    if (name === 'ORC') {
      order = { order: first(3) || first(2), time: minute(9), status: first(1) };
      orders.push({ ...order, code: '', value: `ORC|${first(1)}|${first(2)}` });
    } else if (name === 'OBR') {
      const about = [minute(7) || minute(6), minute(22)];
      order = { order: first(3) || first(2) || order.order, time: about.join('/'), status: first(25) };
      orders.push({ ...order, code: first(4), value: `OBR|${first(4)}` });
    } else if (name === 'OBX') {
      const value = plain(fieldOf(segment, 5));
      const time = order.time.replace('/', '') === '' ? minute(14) : order.time;
      const status = `${order.status}|${first(11)}`;
      if (value !== '') statements.push({ order: order.order, time, status, code: `${first(3)}|${first(4)}`, value });
    } else if (name === 'RXA') {
      statements.push({ ...order, time: minute(3), code: first(5), value: `RXA|${first(5)}|${plain(fieldOf(segment, 6))}` });
    } else if (name === 'RXE') {
      statements.push({ ...order, code: first(2), value: `RXE|${first(2)}|${plain(fieldOf(segment, 3))}` });
    } else if (name === 'FT1') {
      const time = minute(4);
      statements.push({
        order: first(2),
        time,
        status: first(6),
        code: first(7),
        value: `FT1|${first(7)}|${plain(fieldOf(segment, 10))}`,
      });
    } else if (name === 'SCH') {
      const status = parsed.type;
      statements.push({
        order: first(2) || first(1),
        time: minute(11, 4),
        status,
        code: '',
        value: `SCH|${plain(fieldOf(segment, 11))}`,
      });
    } else if (name === 'TXA') {
      statements.push({ order: first(12), time: minute(4), status: first(17), code: first(2), value: 'TXA' });
    }
  }
  return statements.length > 0 ? statements : orders;
}

/** What an event message (ADT) is known by: its trigger, when it was recorded, and the visit. */
export function eventOf(parsed: Parsed): { trigger: string; recorded: string; visit: string } {
  let recorded = '';
  let visit = '';
  for (const segment of segmentsOf(parsed)) {
    if (segment.name === 'EVN') recorded = DIGITS.exec(componentOf(segment, 2, 1).trim())?.[0] ?? '';
    if (segment.name === 'PV1') visit = plain(componentOf(segment, 19, 1));
  }
  return { trigger: parsed.type.split('^')[1] ?? parsed.type, recorded, visit };
}
