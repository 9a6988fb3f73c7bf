import { ownLeaves, type Parsed } from '../../core/format.ts';
import { byAddress } from '../by-address.ts';
import type { DeviceAttributeName, DeviceSighting } from './device.ts';
import { eui64, readUdi } from './identifiers.ts';
import { createValues, type ReadValue, type Values } from './values.ts';

/** A place that says something of a device, from its path: `OBX-18.3` is component 3 of field 18. Without components it is component 1. */
interface Place {
  readonly segment: string;
  readonly field: number;
  readonly component: number;
}

/** The fields that count; those before them tell where a segment begins. */
const FIELDS: Readonly<Record<string, readonly number[]>> = {
  MSH: [3, 4],
  OBX: [1, 2, 3, 18],
  PRT: [1, 2, 4, 10, 16, 20, 22],
  PV1: [3],
};

const places: Place[] = [];
/** The index of a place, plus one; 0: none. */
const numberOf = byAddress(({ path }) => {
  const place = readPlace(path);
  return place === null ? 0 : places.push(place);
});

function readPlace(path: string): Place | null {
  const [, segment = '', field = '', component = '1', subcomponent = '1'] =
    /^([A-Z][A-Z0-9]{2})-(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(path) ?? [];
  const counts = FIELDS[segment]?.includes(Number(field)) === true && subcomponent === '1';
  return counts ? { segment, field: Number(field), component: Number(component) } : null;
}

/** An entity identifier (EI) that names equipment, or what a PRT says beside: by component. */
interface Entity {
  readonly field: 'OBX-18' | 'PRT-10';
  readonly values: Values;
  readonly parts: string[];
}

/** What one message says, gathered in the order of its leaves. */
interface Gathered {
  readonly header: Map<string, string>;
  readonly location: string[];
  readonly entities: Entity[];
  /** A code of ISO/IEEE 11073 in OBX-3: a device at a patient observed it (IHE PCD TF-2). */
  bedside: boolean;
  /** A code of an implant (MDC_IDC, IHE IDCO): its numbers are its patient's (45 CFR 164.514(b)(2)(i)(M)), and no inventory. */
  implant: boolean;
}

/**
 * The equipment and the application of an HL7 v2 message. Equipment is known by its EUI-64, else by the UDI with a serial that its PRT
 * gives, else by its identifier and what gave that out. A place (PV1-3) is the patient's: only a device at the bedside is there too.
 */
export function hl7Devices(parsed: Parsed, read: ReadValue): DeviceSighting[] {
  const gathered = gather(parsed, read);
  const found = new Map<string, DeviceSighting>();
  const application = applicationOf(gathered.header);
  if (application !== null) found.set(application.key, application);
  if (gathered.implant) return [...found.values()];
  const named = new Set<string>();
  for (const entity of gathered.entities) {
    // Of the same words the first says all; a PRT may say more of the same device.
    const words = `${entity.field} ${entity.parts.join('^')}`;
    if (entity.values.list().length === 0 && named.has(words)) continue;
    named.add(words);
    const sighting = equipmentOf(entity, gathered);
    if (sighting === null) continue;
    // A monitor is named with each of its values; what a PRT says beside is another entity of the same key.
    const known = found.get(sighting.key);
    found.set(sighting.key, known === undefined ? sighting : join(known, sighting));
  }
  return [...found.values()];
}

function join(one: DeviceSighting, other: DeviceSighting): DeviceSighting {
  const fresh = other.values.filter(({ name, value }) => !one.values.some((had) => had.name === name && had.value === value));
  return { ...one, also: [...new Set([...one.also, ...other.also])], values: [...one.values, ...fresh] };
}

function gather(parsed: Parsed, read: ReadValue): Gathered {
  const gathered: Gathered = { header: new Map(), location: [], entities: [], bedside: false, implant: false };
  const { leaves } = parsed;
  const codes: number[] = [];
  const location: { leaf: number; component: number }[] = [];
  let previous: Place | null = null;
  let previousLeaf = -2;
  let entity: Entity | null = null;
  for (let leaf = 0; leaf < ownLeaves(leaves); leaf++) {
    const number = numberOf(leaves, leaf);
    // Asked before the look-up: an array has no fast way to say that it has nothing at -1.
    if (number === 0) continue;
    const place = places[number - 1];
    if (place === undefined) continue;
    const { segment, field, component } = place;
    if (segment === 'MSH') gathered.header.set(`${field}.${component}`, read(leaf, field === 3 ? 'application' : 'facility'));
    else if (segment === 'PV1') location.push({ leaf, component });
    else if (segment === 'OBX' && field === 3) codes.push(leaf);
    else if (field === 18 || field === 10) {
      const follows = previous !== null && previous.segment === segment && previous.field === field;
      const begins = !follows || component <= (previous?.component ?? 0) || previousLeaf !== leaf - 1;
      if (begins || entity === null) {
        entity = { field: segment === 'OBX' ? 'OBX-18' : 'PRT-10', values: createValues(), parts: [] };
        gathered.entities.push(entity);
      }
      entity.parts[component] = read(leaf, component === 1 ? 'equipment-id' : 'eui-64');
    } else if (segment === 'PRT' && component === 1 && field >= 16) {
      // PRT-16 to 22 speak of the device in PRT-10 of the same segment, or are all that is said of one.
      if (entity?.field !== 'PRT-10' || (previous !== null && field < previous.field)) {
        entity = { field: 'PRT-10', values: createValues(), parts: [] };
        gathered.entities.push(entity);
      }
      const name: DeviceAttributeName = field === 16 ? 'udi' : field === 20 ? 'serial' : 'model';
      entity.values.add(name, read(leaf, name), `PRT-${field}`);
    } else if (segment === 'PRT') entity = null;
    previous = place;
    previousLeaf = leaf;
  }
  // Codes and places say something of equipment alone.
  if (gathered.entities.length === 0) return gathered;
  for (const leaf of codes) note(gathered, places[numberOf(leaves, leaf) - 1]?.component ?? 0, leaves.text(leaf));
  for (const { leaf, component } of location) {
    gathered.location[component] ??= read(leaf, component === 4 ? 'facility' : 'bed');
  }
  return gathered;
}

function note(gathered: Gathered, component: number, text: string): void {
  if (component === 2 && text.startsWith('MDC_IDC')) gathered.implant = true;
  if (component === 3 && text === 'MDC') gathered.bedside = true;
}

/** MSH-3 as a program under its own name at a facility; where it gives its EUI-64 (HD.2, HD.3), that is what it is known by. */
function applicationOf(header: ReadonlyMap<string, string>): DeviceSighting | null {
  const part = (place: string): string => header.get(place) ?? '';
  const values = createValues();
  values.add('application', part('3.1'), 'MSH-3');
  values.add('facility', part('4.1'), 'MSH-4');
  const unique = part('3.3') === 'EUI-64' ? eui64(part('3.2')) : null;
  values.add('eui-64', unique ?? '', 'MSH-3.2');
  if (part('3.1') === '') return null;
  const key = unique === null ? `application|${part('3.1')}|${part('4.1')}` : `eui-64|${unique}`;
  return { kind: 'application', key, also: [], values: values.list() };
}

function equipmentOf({ field, values, parts }: Entity, { location, header, bedside }: Gathered): DeviceSighting | null {
  const part = (list: readonly (string | undefined)[], component: number): string => list[component] ?? '';
  const [id, space] = [part(parts, 1), part(parts, 2)];
  const unique = eui64(part(parts, 4) === 'EUI-64' ? part(parts, 3) : '') ?? eui64(id.length >= 16 ? id : '');
  values.add('equipment-id', id, `${field}.1`);
  values.add('eui-64', unique ?? '', `${field}.3`);
  const udi = readUdi(values.of('udi'));
  const keys = [
    ...(unique === null ? [] : [`eui-64|${unique}`]),
    ...(udi?.serial == null ? [] : [`udi|${udi.product}|${udi.serial}`]),
  ];
  // An identifier without what gave it out is one of the sender's own.
  if (keys.length === 0 && id !== '') keys.push(`equipment|${space === '' ? (header.get('4.1') ?? '') : space}|${id}`);
  const [key, ...also] = keys;
  if (key === undefined) return null;
  if (bedside) {
    values.add('department', part(location, 1), 'PV1-3.1');
    values.add(
      'bed',
      [1, 2, 3]
        .map((component) => part(location, component))
        .join('^')
        .replace(/\^+$/, ''),
      'PV1-3',
    );
    values.add('facility', part(location, 4), 'PV1-3.4');
  }
  values.add('facility', header.get('4.1') ?? '', 'MSH-4');
  return { kind: 'equipment', key, also, values: values.list() };
}
