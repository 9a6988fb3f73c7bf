import { z } from '@hono/zod-openapi';
import { isoTime } from '../core/clock.ts';
import { PROTOCOLS } from '../core/provenance.ts';
import { CATEGORIES, SUBJECTS, VERDICTS } from '../core/vocabulary.ts';
import type { Merge } from '../ledger/lineage/store.ts';
import type { EdgeChange, LineageEdge } from '../lineage/edges.ts';
import { IDENTIFIER_KINDS } from '../lineage/identifier.ts';
import { ALIAS_RULES, TRANSITS } from '../lineage/row.ts';
import type { System } from '../lineage/systems.ts';
import type { Trace, TraceEvent } from '../lineage/trace.ts';
import { time } from './api-schemas.ts';

/** What the API says of lineage; each schema with the function that makes it of what the ledger gives. */

const SystemName = z.object({ id: z.string(), title: z.string() });
const Outcomes = z.object({ proven: z.int(), claimed: z.int(), unknown: z.int(), failed: z.int() });
const categories = z.array(z.enum(CATEGORIES));

const HopBody = z.object({
  source: SystemName,
  destination: SystemName,
  flow: z.string(),
  policy: z.string().nullable(),
  protocol: z.enum(PROTOCOLS),
  entity: z.string().nullable().openapi({ description: 'What the receiver is to us, by the policy; null without one.' }),
  location: z.string().nullable().openapi({ description: 'Where the data comes to rest, by the policy.' }),
});

const EdgeBody = HopBody.extend({
  key: z.string(),
  categories: categories.openapi({
    description: 'Of patients and their relatives, employers and households, and of nobody known.',
  }),
  others: categories.openapi({ description: 'Of staff, facilities and equipment.' }),
  unpermitted: categories,
  subjects: z.array(z.enum(SUBJECTS)),
  transit: z.enum(TRANSITS).openapi({ description: 'Of the real leg on the latest day; the gravest of that day.' }),
  outcomes: Outcomes.openapi({ description: 'Messages by what was known of the leg when they went over it.' }),
  messages: z.int(),
  bytes: z.int(),
  patients: z.int().openapi({ description: 'Distinct, as far back as messages are kept.' }),
  firstSeen: time,
  lastSeen: time,
}).openapi('LineageEdge');

export const EdgesBody = z.object({ rows: z.array(EdgeBody), next: z.null() }).openapi('LineageEdges');

export function edgeBody(edge: LineageEdge): z.input<typeof EdgeBody> {
  const { categories: carried, others, unpermitted, subjects } = edge;
  const sets = { categories: [...carried], others: [...others], unpermitted: [...unpermitted], subjects: [...subjects] };
  return { ...edge, ...sets, firstSeen: isoTime(edge.firstSeen), lastSeen: isoTime(edge.lastSeen) };
}

export const ChangesBody = z
  .object({
    rows: z.array(
      z.object({
        change: z.enum(['new', 'gone', 'changed']),
        edge: EdgeBody,
        added: categories,
        removed: categories,
        transit: z.object({ from: z.enum(TRANSITS), to: z.enum(TRANSITS) }).nullable(),
      }),
    ),
    next: z.null(),
  })
  .openapi('LineageChanges');

export function changeBody({ edge, added, removed, ...change }: EdgeChange): z.input<typeof ChangesBody>['rows'][number] {
  return { ...change, edge: edgeBody(edge), added: [...added], removed: [...removed] };
}

const SystemBody = SystemName.extend({
  names: z
    .array(z.string())
    .openapi({ description: '`app:LIS^LAB` (MSH-3/4), `ae:CT1`, `cert:CN=lis`, `sys:registry` (of a policy), …' }),
  aliases: z.array(z.object({ name: z.string(), beside: z.string(), rule: z.enum([...ALIAS_RULES, 'hand']) })),
}).openapi('System');

const MergeBody = z
  .object({
    id: z.string(),
    name: z.string(),
    into: z.string(),
    actor: z.string(),
    note: z.string(),
    at: time,
    undoneBy: z.string().nullable(),
    undoneAt: time.nullable(),
  })
  .openapi('SystemMerge');

export const SystemsBody = z.object({ rows: z.array(SystemBody), merges: z.array(MergeBody), next: z.null() }).openapi('Systems');

export function systemBody({ names, aliases, ...system }: System): z.input<typeof SystemBody> {
  return { ...system, names: [...names], aliases: [...aliases] };
}

export function mergeBody({ at, undoneAt, ...merge }: Merge): z.input<typeof MergeBody> {
  return { ...merge, at: isoTime(at), undoneAt: undoneAt === null ? null : isoTime(undoneAt) };
}

/** Names of systems as lineage writes them; what is not one of its kinds names nothing. */
const systemName = z
  .string()
  .regex(/^(?:sys|name|app|ae|cert|key|addr):.{1,512}$/, { error: 'must be a name that GET /v1/lineage/systems lists' });

export const NewMergeBody = z
  .strictObject({ name: systemName, into: systemName, note: z.string().max(1000).default('') })
  .refine(({ name, into }) => name !== into, { error: 'a name is the same as itself' })
  .openapi('NewSystemMerge');

export const TraceBody = z
  .strictObject({
    identifiers: z
      .array(z.string().min(1).max(256))
      .min(1)
      .max(20)
      .openapi({ description: 'Of one person. Never logged, and kept nowhere.' }),
    kind: z.enum(IDENTIFIER_KINDS).optional().openapi({ description: 'What they are; whatever fits where it is left out.' }),
    at: z.iso.datetime({ offset: true }).optional().openapi({ description: 'What was known by then.' }),
    limit: z.int().min(1).max(200).default(50),
    cursor: z.string().min(1).max(1024).optional(),
  })
  .openapi('TraceQuestion');

const DeviceName = z.object({ id: z.string(), title: z.string() });

const EventBody = HopBody.extend({
  message: z.string(),
  at: time,
  type: z.string(),
  bytes: z.int(),
  verdict: z.enum(VERDICTS).nullable(),
  transit: z.enum(TRANSITS),
  devices: z.array(DeviceName).openapi({
    description: 'What the message itself and its connection identified, eight of them at most; GET /v1/devices/{id} has more.',
  }),
});

export const TraceAnswer = z
  .object({
    persons: z.int(),
    exposure: z.object({
      messages: z.int(),
      recipients: z.int(),
      entities: z.record(z.string(), z.int()),
      outcomes: Outcomes,
      categories,
      locations: z.array(z.string()),
      firstSeen: time.nullable(),
      lastSeen: time.nullable(),
    }),
    hops: z.array(HopBody.extend({ messages: z.int(), outcomes: Outcomes, categories, firstSeen: time, lastSeen: time })),
    devices: z
      .array(DeviceName.extend({ messages: z.int(), firstSeen: time, lastSeen: time }))
      .openapi({ description: 'Each once, by when it was first seen; not of this page alone.' }),
    devicesOf: z.int().openapi({
      description:
        'Of how many messages the devices are known: not of those that were scanned before they were kept with messages, nor past the first 2,000.',
    }),
    rows: z.array(EventBody.extend({ path: z.int().nullable().openapi({ description: 'Index into `paths`.' }) })),
    paths: z.array(z.array(EventBody)).openapi({ description: 'The same content from hop to hop, in time order.' }),
    next: z.string().nullable(),
  })
  .openapi('Trace');

const when = (at: number | null): string | null => (at === null ? null : isoTime(at));
const eventBody = <Event extends Omit<TraceEvent, 'path'>>(event: Event) => ({
  ...event,
  at: isoTime(event.at),
  devices: [...event.devices],
});

export function traceBody({ persons, exposure, hops, devices, timeline }: Trace): z.input<typeof TraceAnswer> {
  const { firstSeen, lastSeen, locations, categories: carried } = exposure;
  return {
    persons,
    exposure: {
      ...exposure,
      categories: [...carried],
      locations: [...locations],
      firstSeen: when(firstSeen),
      lastSeen: when(lastSeen),
    },
    hops: hops.map((hop) => ({
      ...hop,
      categories: [...hop.categories],
      firstSeen: isoTime(hop.firstSeen),
      lastSeen: isoTime(hop.lastSeen),
    })),
    devices: devices.rows.map((device) => ({
      ...device,
      firstSeen: isoTime(device.firstSeen),
      lastSeen: isoTime(device.lastSeen),
    })),
    devicesOf: devices.messages,
    rows: timeline.rows.map(eventBody),
    paths: timeline.paths.map((path) => path.map(eventBody)),
    next: timeline.next,
  };
}
