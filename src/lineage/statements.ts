import { fold } from '../core/canonical.ts';
import type { Parsed } from '../core/format.ts';

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

/** The fields of one segment: first components by number, and whole fields where a value may be in any component. */
type Segment = Map<string, string>;

/** A place as an address names it: `OBX-5.1` → OBX, 5, 1. */
interface Place {
  readonly segment: string;
  readonly field: number;
  readonly component: number;
}

const places = new Map<number, Place | null>();
/** Addresses are interned and bounded by their book; what a sender makes up shares addresses there. */
function placeOf(parsed: Parsed, leaf: number): Place | null {
  const address = parsed.leaves.addressOf(leaf);
  const known = places.get(address.id);
  if (known !== undefined) return known;
  const [, segment, field, component] = /^([A-Z][A-Z0-9]{2})-(\d+)(?:\.(\d+))?/.exec(address.path) ?? [];
  const place =
    segment === undefined ? null : { segment, field: Number(field), component: component === undefined ? 1 : Number(component) };
  places.set(address.id, place);
  return place;
}

/** What a statement is read from, or what the statements after it are about. */
const READ = new Set(['EVN', 'ORC', 'OBR', 'OBX', 'RXA', 'RXE', 'FT1', 'SCH', 'TXA', 'PV1']);

/** Segments in order, each with the texts that statements are made of. A field number that falls begins the next segment of the same name. */
function* segmentsOf(parsed: Parsed): Generator<readonly [string, Segment]> {
  let name = '';
  let last = 0;
  let fields: Segment = new Map();
  for (let leaf = 0; leaf < parsed.leaves.count; leaf++) {
    const place = placeOf(parsed, leaf);
    if (place === null || !READ.has(place.segment)) continue;
    if (place.segment !== name || place.field < last) {
      if (name !== '') yield [name, fields];
      [name, fields] = [place.segment, new Map()];
    }
    last = place.field;
    const text = parsed.leaves.text(leaf);
    const whole = String(place.field);
    fields.set(whole, fields.has(whole) ? `${fields.get(whole)} ${text}` : text);
    const component = `${place.field}.${place.component}`;
    if (!fields.has(component)) fields.set(component, text);
  }
  if (name !== '') yield [name, fields];
}

const DIGITS = /^\d+/;
/** `20261124090000-0500` → `202611240900`. Engines cut seconds and zones off, and add them. */
function minuteOf(text: string | undefined): string {
  return (DIGITS.exec((text ?? '').trim())?.[0] ?? '').slice(0, 12);
}

function plain(text: string | undefined): string {
  return fold(text ?? '')
    .trim()
    .replace(/\s+/g, ' ');
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
  for (const [name, fields] of segmentsOf(parsed)) {
    const first = (field: number): string => plain(fields.get(`${field}.1`));
    const all = (...numbers: number[]): string => numbers.map((field) => plain(fields.get(String(field)))).join('|');
    if (name === 'ORC') {
      order = { order: first(3) || first(2), time: minuteOf(fields.get('9.1')), status: first(1) };
      orders.push({ ...order, code: '', value: `ORC|${first(1)}|${first(2)}` });
    } else if (name === 'OBR') {
      const about = [minuteOf(fields.get('7.1')) || minuteOf(fields.get('6.1')), minuteOf(fields.get('22.1'))];
      order = { order: first(3) || first(2) || order.order, time: about.join('/'), status: first(25) };
      orders.push({ ...order, code: first(4), value: `OBR|${first(4)}` });
    } else if (name === 'OBX') {
      const value = plain(fields.get('5'));
      const time = order.time.replace('/', '') === '' ? minuteOf(fields.get('14.1')) : order.time;
      const status = `${order.status}|${first(11)}`;
      if (value !== '') statements.push({ order: order.order, time, status, code: `${first(3)}|${first(4)}`, value });
    } else if (name === 'RXA') {
      statements.push({ ...order, time: minuteOf(fields.get('3.1')), code: first(5), value: `RXA|${first(5)}|${all(6)}` });
    } else if (name === 'RXE') {
      statements.push({ ...order, code: first(2), value: `RXE|${first(2)}|${all(3)}` });
    } else if (name === 'FT1') {
      const time = minuteOf(fields.get('4.1'));
      statements.push({ order: first(2), time, status: first(6), code: first(7), value: `FT1|${first(7)}|${all(10)}` });
    } else if (name === 'SCH') {
      const status = parsed.type;
      statements.push({
        order: first(2) || first(1),
        time: minuteOf(fields.get('11.4')),
        status,
        code: '',
        value: `SCH|${all(11)}`,
      });
    } else if (name === 'TXA') {
      statements.push({ order: first(12), time: minuteOf(fields.get('4.1')), status: first(17), code: first(2), value: 'TXA' });
    }
  }
  return statements.length > 0 ? statements : orders;
}

/** What an event message (ADT) is known by: its trigger, when it was recorded, and the visit. */
export function eventOf(parsed: Parsed): { trigger: string; recorded: string; visit: string } {
  let recorded = '';
  let visit = '';
  for (const [name, fields] of segmentsOf(parsed)) {
    if (name === 'EVN') recorded = DIGITS.exec(fields.get('2.1')?.trim() ?? '')?.[0] ?? '';
    if (name === 'PV1') visit = plain(fields.get('19.1'));
  }
  return { trigger: parsed.type.split('^')[1] ?? parsed.type, recorded, visit };
}
