import { createSecretKey } from 'node:crypto';
import { NO_CLAIMS, type Provenance } from '../../../src/core/provenance.ts';
import { createTokenizer } from '../../../src/core/token.ts';
import { createRandom } from '../../../src/demo/random.ts';
import type { Ruleset } from '../../../src/detect/compile.ts';
import { judge } from '../../../workers/judge.ts';
import type { Split } from '../corpus/label.ts';
import { cleanFlows } from './flows.ts';

export const DAY = 1_000_000;
export const FLOWS = 200;

/** What a day of clean traffic raised. */
export interface Day {
  readonly messages: number;
  /** Messages with a cause for an incident. */
  readonly alarmed: number;
  /** Incidents: causes of different key. */
  readonly incidents: number;
  /** Messages whose causes words of texts alone speak for: all of them are one row of the desk (docs/adr/0069-what-nothing-confirms.md). */
  readonly unconfirmed: number;
  /** How many incidents a whole day would have if these were not one. */
  readonly apart: number;
  /** Of each cause's category and field group by kind of flow: messages that had it, and messages of that kind. */
  readonly patterns: ReadonlyMap<
    string,
    { readonly hits: number; readonly of: number; readonly flows: number; readonly unconfirmed: boolean }
  >;
  /** How many incidents a whole day would have, by the patterns that were seen. */
  readonly expected: number;
  /** The share of messages that could raise an alarm of a pattern nobody saw yet is below this with 95 % confidence (rule of three). */
  readonly unseen: number;
}

const PROVENANCE: Provenance = {
  listener: 'mllp',
  protocol: 'mllp',
  peer: { address: '127.0.0.1', certificate: null, apiKey: null },
  tls: null,
  claims: NO_CLAIMS,
  receivedAt: 0,
};

/**
 * Judges so many clean messages over 200 registered flows as the workers do, and says what a day of a million would raise. A pattern that a
 * share p of a kind's messages has is met in a flow's day of n messages with 1 − (1 − p)^n, and is one incident in each flow that meets it; what nothing
 * confirms is one row of the desk, however many flows meet it.
 */
export function cleanDay(
  ruleset: Ruleset,
  split: Split,
  seed: number,
  messages: number,
  told: (cause: string, example: string) => void = () => {},
): Day {
  const { flows, register } = cleanFlows(split, FLOWS);
  const tokenizer = createTokenizer({ kid: 'k1', key: createSecretKey(Buffer.alloc(32, 7)) });
  const context = { ruleset, register, tokenizer, retention: 1 };
  const now = Date.UTC(2026, 10, 26);
  const keys = new Set<string>();
  const hits = new Map<string, { archetype: string; hits: number; unconfirmed: boolean }>();
  const sizes = new Map<string, { messages: number; flows: number }>();
  let alarmed = 0;
  let unconfirmed = 0;
  for (const { archetype } of flows) sizes.set(archetype, { messages: 0, flows: (sizes.get(archetype)?.flows ?? 0) + 1 });
  for (let index = 0; index < messages; index++) {
    const flow = flows[index % flows.length];
    if (flow === undefined) break;
    const size = sizes.get(flow.archetype);
    if (size !== undefined) size.messages++;
    const bytes = flow.message(createRandom(seed, `clean/${split}/${index}`));
    const row = judge(
      { id: String(index), body: { bytes, elided: [] }, provenance: { ...PROVENANCE, receivedAt: now }, quarantined: false },
      context,
      now,
    );
    const { causes } = row.decision;
    if (causes.length > 0) alarmed++;
    if (causes.some((cause) => cause.unconfirmed)) unconfirmed++;
    for (const cause of causes) {
      const doubted = cause.unconfirmed === true;
      keys.add(doubted ? 'unconfirmed' : cause.key);
      const pattern =
        `${flow.archetype}: ${cause.reason} ${cause.category ?? ''} ${cause.group ?? ''}`.trimEnd() +
        (doubted ? ', unconfirmed' : '');
      const known = hits.get(pattern) ?? { archetype: flow.archetype, hits: 0, unconfirmed: doubted };
      hits.set(pattern, { ...known, hits: known.hits + 1 });
      const finding = row.findings[cause.matches[0] ?? -1];
      told(
        pattern,
        finding === undefined
          ? ''
          : `${finding.rule} ${finding.path} ${JSON.stringify(Buffer.from(bytes.subarray(finding.start ?? 0, finding.end ?? 0)).toString())}`,
      );
    }
  }
  const patterns = new Map(
    [...hits].map(([pattern, { archetype, hits: count, unconfirmed: doubted }]) => [
      pattern,
      { hits: count, of: sizes.get(archetype)?.messages ?? 1, flows: sizes.get(archetype)?.flows ?? 1, unconfirmed: doubted },
    ]),
  );
  const met = (share: number, times: number): number => 1 - (1 - share) ** times;
  let expected = met(unconfirmed / Math.max(1, messages), DAY);
  let apart = 0;
  for (const { hits: count, of, flows: among, unconfirmed: doubted } of patterns.values()) {
    const own = among * met(count / of, DAY / FLOWS);
    apart += own;
    if (!doubted) expected += own;
  }
  return { messages, alarmed, incidents: keys.size, unconfirmed, apart, patterns, expected, unseen: 3 / Math.max(1, messages) };
}
