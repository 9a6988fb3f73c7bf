import { isoTime } from '../core/clock.ts';
import type { ExposedHop } from '../lineage/trace.ts';
import type { CsvCell } from './csv.ts';

/** The columns of what each hop saw of a person, as a file. */
export const HOP_COLUMNS = [
  'source',
  'destination',
  'flow',
  'policy',
  'protocol',
  'receiver',
  'location',
  'messages',
  'proven',
  'claimed',
  'unknown',
  'failed',
  'categories',
  'first_seen',
  'last_seen',
] as const;

export function hopRow({ source, destination, outcomes, ...hop }: ExposedHop): readonly CsvCell[] {
  const { proven, claimed, unknown, failed } = outcomes;
  return [
    source.id,
    destination.id,
    hop.flow,
    hop.policy,
    hop.protocol,
    hop.entity,
    hop.location,
    hop.messages,
    proven,
    claimed,
    unknown,
    failed,
    hop.categories.join(' '),
    isoTime(hop.firstSeen),
    isoTime(hop.lastSeen),
  ];
}
