import { z } from '@hono/zod-openapi';
import { isoTime } from '../core/clock.ts';
import type { Evidence } from '../core/evidence.ts';
import { CONFLICT_KINDS, DEVICE_ATTRIBUTES, DEVICE_KINDS } from '../lineage/devices/device.ts';
import type { DeviceView } from '../lineage/devices/view.ts';
import type { PlaceView } from '../lineage/places/places.ts';
import { placeOutcome } from '../policy/evidence.ts';
import { LocationFields } from '../policy/location.ts';
import { time } from './api-schemas.ts';

/** Devices and locations as the API says them. */

export const DeviceBody = z
  .object({
    id: z.string(),
    kind: z.enum(DEVICE_KINDS).openapi({ description: 'What measures, a program under its own name, or what connects.' }),
    label: z.string(),
    confidence: z.number().min(0).lt(1).openapi({
      description:
        'How sure it is that this is one device, and the one it says it is: below 0.9 without a certificate; it falls with time.',
    }),
    vendor: z.string().nullable().openapi({ description: 'Whom the OUI of its EUI-64 was given to.' }),
    place: z.object({
      facility: z.string().nullable(),
      department: z.string().nullable(),
      bed: z.string().nullable(),
      site: z.string().nullable().openapi({ description: 'The location whose addresses it connects from.' }),
    }),
    firstSeen: time,
    lastSeen: time,
    attributes: z.array(
      z.object({
        name: z.enum(DEVICE_ATTRIBUTES),
        value: z.string(),
        source: z.string().openapi({ description: 'Where it was said: `OBX-18.3`, `(0018,1000)`, `connection`.' }),
        firstSeen: time,
        lastSeen: time,
      }),
    ),
    flows: z.array(z.object({ flow: z.string(), type: z.string(), firstSeen: time, lastSeen: time })),
    conflicts: z.array(z.object({ kind: z.enum(CONFLICT_KINDS), values: z.array(z.string()), at: time })),
    parts: z
      .array(z.object({ id: z.string(), key: z.string() }))
      .openapi({ description: 'What is held to be the same device; each can be split off.' }),
  })
  .openapi('Device');

const seen = <Row extends { readonly firstSeen: number; readonly lastSeen: number }>(row: Row) => ({
  ...row,
  firstSeen: isoTime(row.firstSeen),
  lastSeen: isoTime(row.lastSeen),
});

export function deviceBody({ device, label, confidence, vendor, place }: DeviceView): z.input<typeof DeviceBody> {
  const { id, kind, attributes, flows, conflicts, parts } = device;
  return {
    ...{ id, kind, label, confidence: Math.round(confidence * 1000) / 1000, vendor, place },
    firstSeen: isoTime(device.firstSeen),
    lastSeen: isoTime(device.lastSeen),
    attributes: attributes.map(seen),
    flows: flows.map(seen),
    conflicts: conflicts.map(({ kind: of, values, at }) => ({ kind: of, values: [...values], at: isoTime(at) })),
    parts: [...parts],
  };
}

/** Made anew, since what was made before the API's own zod was loaded can't be named in its document. */
export const NewLocation = z.strictObject(LocationFields.shape).openapi('NewLocation');

export const LocationBody = z
  .object({
    id: z.string(),
    origin: z.enum(['file', 'api', 'policy', 'observed']).openapi({
      description: 'Described in a file or over the API; else a policy names it, or it is a destination that was observed.',
    }),
    known: z.boolean().openapi({ description: 'Whether somebody described it.' }),
    outcome: z.enum(['proven', 'failed', 'unknown', 'claimed']).openapi({ description: 'Encryption at rest, now.' }),
    title: z.string().nullable(),
    type: z.string().nullable(),
    country: z.string().nullable(),
    region: z.string().nullable(),
    owner: z.string().nullable(),
    key: z.string().nullable(),
    retention: z.string().nullable(),
    addresses: z.array(z.string()),
    made: z.object({ by: z.string(), at: time }).nullable(),
    deliveries: z.array(
      z.object({
        flow: z.string(),
        source: z.string(),
        destination: z.string(),
        messages: z.int(),
        lastSeen: time.nullable(),
      }),
    ),
  })
  .openapi('Location');

/** `rowsOf` has the evidence of each target at rest. */
export function locationBody(
  { id, origin, location, made, deliveries }: PlaceView,
  rowsOf: (target: string) => readonly Evidence[],
  now: number,
): z.input<typeof LocationBody> {
  const { title = null, type = null, country = null, region = null, owner = null, key = null, retention = null } = location ?? {};
  return {
    ...{ id, origin, known: location !== null, title, type, country, region, owner, key, retention },
    outcome: location === null ? 'unknown' : placeOutcome(location, rowsOf, now),
    addresses: [...(location?.addresses ?? [])],
    made: made === null ? null : { by: made.by, at: isoTime(made.at) },
    deliveries: deliveries.map((delivery) => ({
      ...delivery,
      lastSeen: delivery.lastSeen === null ? null : isoTime(delivery.lastSeen),
    })),
  };
}
