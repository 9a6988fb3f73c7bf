/**
 * What a device is known by. Equipment, systems and what connects are inventory (DESIGN §1.1): their identifiers are kept in clear, and no
 * value of a patient is ever among them (values.ts).
 */
export const DEVICE_ATTRIBUTES = [
  'udi',
  'serial',
  'eui-64',
  'manufacturer',
  'model',
  'software',
  'station',
  'equipment-id',
  'ae-title',
  'implementation',
  'implementation-version',
  'certificate',
  'certificate-serial',
  'application',
  'source',
  'address',
  'facility',
  'department',
  'bed',
] as const;
export type DeviceAttributeName = (typeof DEVICE_ATTRIBUTES)[number];

/** What makes or measures; a program that sends messages under its own name (MSH-3); what connects, an engine or an archive. */
export const DEVICE_KINDS = ['equipment', 'application', 'node'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** One value that a message or a connection said of a device, and where: a path without indices (`OBX-18.3`), or `connection`. */
export interface DeviceValue {
  readonly name: DeviceAttributeName;
  readonly value: string;
  readonly source: string;
}

/** What one message says of one device. */
export interface DeviceSighting {
  readonly kind: DeviceKind;
  /** `eui-64|0012210000001001`: the strongest thing that it is known by here; the same device gives the same key. */
  readonly key: string;
  /** Keys that the message shows to be the same device's. */
  readonly also: readonly string[];
  readonly values: readonly DeviceValue[];
}

/** A value of a device with when it was said. Milliseconds, to the hour: a message that says nothing new writes nothing. */
export interface DeviceAttribute extends DeviceValue {
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** A flow that a device's data went over, by policy id where registered and observed key otherwise, with the kind of message. */
export interface DeviceFlow {
  readonly flow: string;
  /** MSH-9 as `ORU^R01`, or the SOP Class UID. */
  readonly type: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** What contradicts itself: a serial with two models, an AE title with two certificates, a device at two facilities at once. */
export const CONFLICT_KINDS = ['model', 'certificate', 'facility'] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

export interface DeviceConflict {
  readonly kind: ConflictKind;
  readonly values: readonly [string, string];
  /** Milliseconds: when it was noticed. */
  readonly at: number;
}

/** A device as lists and pages show it: everything that is held to be one. */
export interface Device {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** By name, then the latest first. */
  readonly attributes: readonly DeviceAttribute[];
  /** The latest first. */
  readonly flows: readonly DeviceFlow[];
  readonly conflicts: readonly DeviceConflict[];
  /** What is held to be the same device, itself left out: each can be split off again. */
  readonly parts: readonly DevicePart[];
}

/** Something that is held to be part of a device, by what it is known by. */
export interface DevicePart {
  readonly id: string;
  readonly key: string;
}

/** The value that was said last under a name; null where none was. */
export function latest({ attributes }: Pick<Device, 'attributes'>, name: DeviceAttributeName): string | null {
  let found: DeviceAttribute | null = null;
  for (const attribute of attributes) {
    if (attribute.name === name && (found === null || attribute.lastSeen > found.lastSeen)) found = attribute;
  }
  return found?.value ?? null;
}

/** What people call it: model and serial of equipment, the name of an application or a node. Never empty. */
export function labelOf(device: Pick<Device, 'attributes' | 'id'>): string {
  const named = ['equipment-id', 'station', 'application', 'ae-title', 'source'] as const;
  const name = named.map((each) => latest(device, each)).find((value) => value !== null);
  const made = [latest(device, 'manufacturer'), latest(device, 'model'), latest(device, 'serial')].filter(
    (part) => part !== null,
  );
  if (name === undefined && made.length > 0) return made.join(' ');
  return name ?? latest(device, 'eui-64') ?? latest(device, 'udi') ?? latest(device, 'certificate') ?? device.id;
}
