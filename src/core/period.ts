/** What a period came to, as the ledger counts it; nothing in it is of one patient. */

/** Messages of one day (UTC) and one flow that came to the same. */
export interface MessageCount {
  /** `2026-11-24` */
  readonly day: string;
  /** The policy's id where registered, the observed key otherwise; null where no scan has said yet. */
  readonly flow: string | null;
  readonly state: string;
  readonly verdict: string | null;
  readonly quarantined: boolean;
  /** Not all of their bytes were examined. */
  readonly partly: boolean;
  readonly messages: number;
  readonly bytes: number;
  readonly examined: number;
}

/** One thing that happened to an incident. */
export interface IncidentAct {
  readonly incident: string;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly from: string | null;
  readonly to: string;
  readonly note: string;
}

/** How much of what came was looked at. */
export interface Coverage {
  readonly messages: number;
  /** Scanned, whatever was found. */
  readonly scanned: number;
  /** Waiting for their scan, and given up. */
  readonly pending: number;
  readonly failed: number;
  readonly flagged: number;
  readonly quarantined: number;
  readonly partlyExamined: number;
  readonly bytes: number;
  readonly bytesExamined: number;
}

/** The sums of a period's counts. */
export function coverageOf(counts: readonly MessageCount[]): Coverage {
  const sum = (of: (count: MessageCount) => number): number => counts.reduce((total, count) => total + of(count), 0);
  const those = (is: (count: MessageCount) => boolean): number => sum((count) => (is(count) ? count.messages : 0));
  return {
    messages: those(() => true),
    scanned: those(({ state }) => state === 'done'),
    pending: those(({ state }) => state === 'pending'),
    failed: those(({ state }) => state === 'failed'),
    flagged: those(({ verdict }) => verdict === 'flagged'),
    quarantined: those(({ quarantined }) => quarantined),
    partlyExamined: those(({ partly }) => partly),
    bytes: sum(({ bytes }) => bytes),
    bytesExamined: sum(({ examined }) => examined),
  };
}
