import { z } from 'zod';
import { kindOfName } from '../lineage/names.ts';
import { TRANSITS, type Transit } from '../lineage/row.ts';
import type { ExposedHop, Trace } from '../lineage/trace.ts';
import { MOST_NODES, mapId, NAME_KIND_WORDS } from './map-edges.ts';
import type { Picture } from './map-picture.ts';
import { counted } from './words.ts';

/** What is shown of an answer: `/trace/…?at=2026-11-24&message=…`. */
export const AnswerFiltersSchema = z.object({
  /** As known by the end of a day (UTC). */
  at: z
    .union([z.literal(''), z.iso.date()])
    .optional()
    .transform((text) => (text === '' ? undefined : text)),
  cursor: z.string().min(1).max(1024).optional(),
  /** The message that is open. */
  message: z.uuid().optional(),
});

type Read = z.output<typeof AnswerFiltersSchema>;
export type AnswerFilters = { readonly [Name in keyof Read]?: Read[Name] };

/** The address of an answer: a random id, days and places in a list, and nothing of a person. */
export function traceAddress(question: string, filters: AnswerFilters): string {
  const query = new URLSearchParams();
  for (const name of ['at', 'cursor', 'message'] as const) {
    const value = filters[name];
    if (value !== undefined) query.set(name, value);
  }
  return `/trace/${question}${query.size === 0 ? '' : `?${query}`}`;
}

/** The hops that a picture has room for: those that carried the most, while they join no more than sixty systems. */
export function drawnHops(hops: readonly ExposedHop[]): readonly ExposedHop[] {
  const systems = new Set<string>();
  return hops
    .toSorted((one, other) => other.messages - one.messages)
    .filter(({ source, destination }) => {
      const more = new Set([...systems, source.id, destination.id]);
      if (more.size > MOST_NODES) return false;
      for (const id of more) systems.add(id);
      return true;
    });
}

/** The map of one person's data. */
export function tracePicture(trace: Pick<Trace, 'hops'>): Picture {
  const hops = drawnHops(trace.hops);
  const systems = new Map(hops.flatMap(({ source, destination }) => [source, destination]).map((system) => [system.id, system]));
  return {
    label: `${counted(systems.size, 'system')} that it went between`,
    nodes: [...systems.values()].map(({ id, title }) => ({
      id: mapId(id),
      title,
      sub: NAME_KIND_WORDS[kindOfName(id)],
      href: `/map?system=${mapId(id)}#map`,
      current: false,
    })),
    lines: hops.map((hop, at) => ({
      id: `${at}`,
      source: mapId(hop.source.id),
      target: mapId(hop.destination.id),
      verdict: hop.policy === null ? 'flagged' : null,
      transit: gravestOf(hop),
      messages: hop.messages,
      label: `${hop.source.title} to ${hop.destination.title}, ${counted(hop.messages, 'message')}, encryption ${gravestOf(hop)}${hop.policy === null ? ', no policy' : ''}`,
      href: '#rows',
      current: false,
    })),
  };
}

/** The gravest that any of its messages had. */
function gravestOf({ outcomes }: ExposedHop): Transit {
  return TRANSITS.findLast((transit) => outcomes[transit] > 0) ?? 'unknown';
}
