import type { EvidencePeriod } from '../../core/evidence.ts';
import type { IncidentAct, MessageCount } from '../../core/period.ts';
import type { About, PackEntry, PackFlow, PackIncident } from './data.ts';

/** What numbers and gaps are made of: sums where there are many rows, so that neither who makes a pack nor who checks it holds all of them. */
export interface PackFacts {
  readonly about: About;
  readonly messages: readonly MessageCount[];
  readonly flows: readonly PackFlow[];
  readonly incidents: { readonly total: number; readonly opened: number; readonly open: number };
  readonly acts: { readonly total: number; readonly closed: number };
  readonly standing: readonly Standing[];
  readonly reviews: number;
  /** Entries of the audit log that have only their leaf left. */
  readonly gone: number;
}

/** What counted of one check at the end of the period. */
export interface Standing {
  readonly target: string;
  readonly check: string;
  readonly profile: string | null;
  readonly outcome: string;
  readonly reason: string | null;
}

/** Takes rows in the order of their files. */
export interface Tally {
  act(row: IncidentAct): void;
  incident(row: PackIncident): void;
  evidence(row: EvidencePeriod): void;
  review(): void;
  entry(row: PackEntry): void;
  /** Of what it was given until now. */
  facts(): PackFacts;
}

const CLOSED = ['resolved', 'false-positive'];

export function tallyOf({ about, messages, flows }: Pick<PackFacts, 'about' | 'messages' | 'flows'>): Tally {
  const incidents = { total: 0, opened: 0, open: 0 };
  const closed = new Set<string>();
  const standing: Standing[] = [];
  const count = { acts: 0, reviews: 0, gone: 0 };
  return {
    act({ incident, from, to }) {
      count.acts++;
      if (CLOSED.includes(to) && from !== to) closed.add(incident);
    },
    incident({ firstSeen, state }) {
      incidents.total++;
      if (firstSeen >= about.from && firstSeen < about.to) incidents.opened++;
      if (!CLOSED.includes(state)) incidents.open++;
    },
    evidence(row) {
      const one = standingOf(row, knownUntil(about));
      if (one !== null) standing.push(one);
    },
    review() {
      count.reviews++;
    },
    entry({ entry }) {
      if (entry === null) count.gone++;
    },
    facts: () => ({
      about,
      messages,
      flows,
      incidents: { ...incidents },
      acts: { total: count.acts, closed: closed.size },
      standing,
      reviews: count.reviews,
      gone: count.gone,
    }),
  };
}

/** Until when the pack can know anything. */
export function knownUntil({ to, made }: About): number {
  return Math.min(to, made);
}

/** What counted of a period of evidence at an instant; null where it did not then. What had expired by then is unknown. */
function standingOf({ since, ended, expires, ...row }: EvidencePeriod, at: number): Standing | null {
  if (since > at || (ended !== null && ended <= at)) return null;
  const { target, check, profile, outcome, reason } = row;
  return outcome !== 'not_applicable' && expires <= at
    ? { target, check, profile, outcome: 'unknown', reason: 'the last answer had expired by then' }
    : { target, check, profile, outcome, reason };
}
