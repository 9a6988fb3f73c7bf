import type { EvidenceStore } from '../src/ledger/evidence/store.ts';

/** Rows that are read at a time. */
const PAGE = 500;

export interface LeaveDeps {
  readonly evidence: Pick<EvidenceStore, 'asOf' | 'save'>;
  /** What evidence calls everything that policies and locations name now. */
  readonly named: ReadonlySet<string>;
}

/**
 * What was known of endpoints and places that nothing names any more does not apply once it has ended: nobody asks them again, so they would count
 * as unknown, and lower the coverage, for ever. What still holds stays until it ends. Returns how many statements that were.
 */
export async function letGo({ evidence, named }: LeaveDeps, now: number): Promise<number> {
  let gone = 0;
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await evidence.asOf({ at: now, outcome: 'unknown', limit: PAGE, ...(cursor === '' ? {} : { cursor }) });
    const left = page.rows.filter(({ target, expires }) => expires <= now && !named.has(target));
    await evidence.save(left.map(({ since: _since, ended: _ended, ...row }) => ({ ...row, ...LEFT, at: now, expires: now })));
    gone += left.length;
    cursor = page.next;
  }
  return gone;
}

const LEFT = { outcome: 'not_applicable', facts: {}, reason: 'no policy or location names it any more' } as const;
