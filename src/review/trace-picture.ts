import { z } from 'zod';
import { kindOfName } from '../lineage/names.ts';
import { TRANSITS, type Transit } from '../lineage/row.ts';
import type { ExposedHop, Trace } from '../lineage/trace.ts';
import { mapId, NAME_KIND_WORDS } from './map-edges.ts';
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

/** The map of one person's data: its hops. */
export function tracePicture({ hops }: Pick<Trace, 'hops'>): Picture {
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
