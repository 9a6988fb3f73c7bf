import type { IncidentAct } from '../../core/period.ts';
import type { Review } from '../../core/review.ts';
import { SEVERITIES } from '../../core/vocabulary.ts';
import type { About, PackEntry, PackIncident } from './data.ts';

/** Rows of one list that the report shows; all of them are in the data. */
export const SHOWN = 60;

/** The rows of long lists that a report shows. */
export interface ReportRows {
  /** The gravest, the latest first. */
  readonly incidents: readonly PackIncident[];
  /** The first of what people did with incidents, and how many there are. */
  readonly history: readonly IncidentAct[];
  readonly historyTotal: number;
  readonly reviews: readonly Review[];
  /** What people and keys did, by who and what. */
  readonly done: readonly Done[];
}

interface Done {
  readonly actor: string;
  readonly action: string;
  readonly count: number;
  readonly last: number;
}

/** Takes rows as they go by and keeps those that will be shown. */
export function reportRowsOf({ from, to }: About) {
  const incidents: PackIncident[] = [];
  const history: IncidentAct[] = [];
  const done = new Map<string, Done>();
  let historyTotal = 0;
  return {
    incident(row: PackIncident): void {
      incidents.push(row);
      if (incidents.length >= 10 * SHOWN) incidents.splice(0, incidents.length, ...gravest(incidents));
    },
    act(row: IncidentAct): void {
      if (row.action === 'opened') return;
      historyTotal++;
      if (history.length < SHOWN) history.push(row);
    },
    entry({ entry }: PackEntry): void {
      if (entry === null || entry.at < from || entry.at >= to) return;
      const { actor, action, at } = entry;
      const key = `${actor}\0${action}`;
      const before = done.get(key);
      done.set(key, { actor, action, count: (before?.count ?? 0) + 1, last: Math.max(at, before?.last ?? at) });
    },
    rows: (reviews: readonly Review[]): ReportRows => ({
      incidents: gravest(incidents),
      history,
      historyTotal,
      reviews,
      done: [...done.values()].toSorted((a, b) => inWords(a.actor, b.actor) || inWords(a.action, b.action)),
    }),
  };
}

/** Of those that are as grave and as late, the one that came first. */
function gravest(rows: readonly PackIncident[]): PackIncident[] {
  const rank = ({ severity }: PackIncident): number => SEVERITIES.indexOf(severity);
  return rows.toSorted((a, b) => rank(b) - rank(a) || b.lastSeen - a.lastSeen).slice(0, SHOWN);
}

function inWords(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
