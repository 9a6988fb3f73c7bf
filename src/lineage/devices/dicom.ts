import { ownLeaves, type Parsed } from '../../core/format.ts';
import { byAddress } from '../by-address.ts';
import { aeKey } from './connection.ts';
import type { DeviceAttributeName, DeviceSighting } from './device.ts';
import { readUdi } from './identifiers.ts';
import { createValues, type ReadValue, type Values } from './values.ts';

/** General Equipment and General Series (PS3.3 C.7.5.1), the UDI Sequence (0018,100A), and of the file meta information who wrote the file. */
const PLACES: ReadonlyMap<string, DeviceAttributeName> = new Map([
  ['(0008,0070)', 'manufacturer'],
  ['(0008,1090)', 'model'],
  ['(0018,1000)', 'serial'],
  ['(0018,1020)', 'software'],
  ['(0008,1010)', 'station'],
  ['(0018,1002)', 'equipment-id'],
  ['(0018,100A).(0018,1009)', 'udi'],
  ['(0008,0080)', 'facility'],
  ['(0008,1040)', 'department'],
]);

const NAMES = [...PLACES.values()];
const PATHS = [...PLACES.keys()];
/** The index of a place, plus one; 0: none. */
const placeOf = byAddress(({ path }) => PATHS.indexOf(path) + 1);

/**
 * The equipment that made an object: known by manufacturer and serial, by its UDI with a serial, else by its device UID, or its station
 * name with manufacturer and model. A model alone is no device. Where the station is named as the AE that sent the object (`calling`), the two are one.
 */
export function equipmentOf(parsed: Parsed, read: ReadValue, calling: string | null): DeviceSighting | null {
  const values = createValues();
  for (let leaf = 0; leaf < ownLeaves(parsed.leaves); leaf++) {
    const number = placeOf(parsed.leaves, leaf);
    if (number === 0) continue;
    const name = NAMES[number - 1];
    if (name !== undefined) values.add(name, read(leaf, name), PATHS[number - 1] ?? '');
  }
  const keys = keysOf(values);
  const [key, ...also] = keys;
  if (key === undefined) return null;
  const station = values.of('station');
  if (calling !== null && station !== '' && station.toUpperCase() === calling.toUpperCase()) also.push(aeKey(calling));
  return { kind: 'equipment', key, also, values: values.list() };
}

/** The strongest first. */
function keysOf(values: Values): string[] {
  const [maker, model, serial, station] = [
    values.of('manufacturer'),
    values.of('model'),
    values.of('serial'),
    values.of('station'),
  ];
  const udi = readUdi(values.of('udi'));
  const keys: string[] = [];
  if (maker !== '' && serial !== '') keys.push(`serial|${maker.toUpperCase()}|${serial}`);
  if (udi?.serial != null) keys.push(`udi|${udi.product}|${udi.serial}`);
  if (values.of('equipment-id') !== '') keys.push(`uid|${values.of('equipment-id')}`);
  if (keys.length === 0 && station !== '' && maker !== '') keys.push(`station|${maker.toUpperCase()}|${model}|${station}`);
  return keys;
}
