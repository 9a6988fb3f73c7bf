import { charsetOf, compose, pathOf, segment } from './compose.ts';
import { createImaging } from './dicom/imaging.ts';
import type { Draft, Feed, Kind } from './draft.ts';
import { createFeeds, SILENT_FLOWS } from './feeds.ts';
import type { DemoMessage, Plant } from './message.ts';
import { createPeople, type Patient } from './people.ts';
import { createRandom } from './random.ts';
import { timestamp } from './segments.ts';

/** What the demo is made from unless it is told otherwise: the same seed and start give the same bytes. */
export const SEED = 164_514;

/** How much time the traffic pretends to span. Nothing waits: only the times inside the messages tell. */
const DAY = 8 * 3_600_000;

export interface Hospital {
  /** In the order of the pretended day; each flow's in the order in which it has to be sent. */
  readonly messages: readonly DemoMessage[];
  readonly plants: readonly Plant[];
  readonly patients: readonly Patient[];
}

/** A draft with its place in the day. */
interface Placed {
  readonly feed: Feed;
  readonly draft: Draft;
  readonly at: number;
}

/** The synthetic hospital's day of about 3,000 messages and 80 DICOM objects. `start` is its first instant, in milliseconds since the epoch. */
export function createHospital(options: { readonly start: number; readonly seed?: number }): Hospital {
  const seed = options.seed ?? SEED;
  const people = createPeople(seed);
  const placed: Placed[] = [];
  for (const feed of createFeeds()) {
    const random = createRandom(seed, feed.flow);
    const spacing = (DAY * feed.until) / feed.count;
    const every = Math.floor(feed.count / (feed.plants.length + 1));
    for (let index = 0; index < feed.count; index++) {
      const at = options.start + Math.floor(index * spacing + random.next() * spacing);
      // The n-th plant sits at the end of the n-th part of the feed: regular messages before it and after it.
      const plant = every > 0 && (index + 1) % every === 0 ? feed.plants[(index + 1) / every - 1] : undefined;
      placed.push({ feed, draft: (plant ?? feed.make)({ random, people, at, index }), at });
    }
  }
  placed.sort((one, other) => one.at - other.at);

  const messages: DemoMessage[] = [];
  const plants: Plant[] = [];
  for (const [index, { feed, draft, at }] of placed.entries()) {
    const id = `NL${String(index + 1).padStart(6, '0')}`;
    messages.push(toMessage(feed, draft, id, at));
    if (draft.planted !== undefined) plants.push(toPlant(feed, draft, draft.planted, id));
  }
  const imaging = createImaging(people, options.start, seed);
  return {
    messages: [...messages, ...imaging.messages],
    plants: [...plants, ...imaging.plants, ...SILENT_FLOWS.map(silence)],
    patients: people.patients,
  };
}

function toMessage(feed: Feed, draft: Draft, id: string, at: number): DemoMessage {
  const rest = compose(draft.segments);
  const charset = charsetOf(rest, draft.charset);
  const { header } = draft;
  const [accept, application] = header.acknowledge ?? ['', ''];
  const msh = segment('MSH', {
    2: '^~\\&',
    3: header.application,
    4: header.facility,
    5: header.receivingApplication,
    6: header.receivingFacility,
    7: timestamp(at),
    9: header.type,
    10: id,
    11: header.processing,
    12: header.version,
    ...(accept === '' ? {} : { 15: accept, 16: application }),
    ...(charset.name === '' ? {} : { 18: charset.name }),
    ...(header.profile === undefined ? {} : { 21: header.profile }),
  });
  return {
    id,
    flow: feed.flow,
    transport: feed.transport,
    headers: feed.headers,
    bytes: new Uint8Array(Buffer.from(compose([msh]) + rest, charset.encoding)),
    expected: draft.expected,
  };
}

function toPlant(feed: Feed, draft: Draft, planted: NonNullable<Draft['planted']>, id: string): Plant {
  const { kind, values, reason, category, place, alsoCategories = [] } = planted;
  const path = place === null ? null : pathOf(draft.segments, place.segment, place.field);
  const group = place === null ? null : place.segment.name;
  const flow = reason === 'flow.unregistered' ? null : feed.flow;
  const destination = new Map(Object.entries(feed.headers)).get('Cordon-Destination') ?? draft.header.receivingApplication;
  return {
    kind,
    message: id,
    flow: feed.flow,
    values,
    expect: { incident: reason, category, path },
    causes: [category, ...alsoCategories].map((each) => ({ reason, flow, destination, category: each, group })),
  };
}

function silence(flow: string): Plant {
  return {
    kind: 'silent-feed',
    message: null,
    flow,
    values: [],
    expect: { incident: 'flow.silent', category: null, path: null },
    causes: [{ reason: 'flow.silent', flow, destination: 'EHR', category: null, group: null }],
  };
}

/** One line of `cordon demo --labels`. */
export interface Label {
  readonly kind: Kind;
  readonly message: string | null;
  readonly values: readonly string[];
  readonly expect: Plant['expect'];
}

/** What is planted, one leak a line; the same for every start. */
export function labelsOf(plants: readonly Plant[]): Label[] {
  return plants.map(({ kind, message, values, expect }) => ({ kind, message, values, expect }));
}
