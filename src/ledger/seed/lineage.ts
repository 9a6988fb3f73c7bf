import { createHash } from 'node:crypto';
import { CATEGORIES, type Category, SUBJECTS } from '../../core/vocabulary.ts';
import { hopOf } from '../../lineage/hop.ts';
import { maskOf } from '../../lineage/masks.ts';
import { type LineageRow, TRANSITS } from '../../lineage/row.ts';
import type { ObservedFlow } from '../../policy/decision.ts';

interface Seeded {
  readonly number: number;
  readonly flow: ObservedFlow;
  readonly bytes: number;
  readonly category: Category;
  readonly permitted: boolean;
  /** Token of the made-up patient. */
  readonly patient: string;
}

/** What a made-up message adds to lineage: two that follow each other are the same content, as if an engine had passed it on. */
export function seedLineage({ number, flow, bytes, category, permitted, patient }: Seeded): LineageRow {
  const categories = maskOf(CATEGORIES, [category]);
  const print = (of: string): string => createHash('sha256').update(of).digest('base64url').slice(0, 22);
  return {
    ...hopOf(flow, null, 'mllp'),
    transit: TRANSITS[number % 17 === 0 ? 3 : number % 3] ?? 'unknown',
    bytes,
    categories,
    others: 0,
    unpermitted: permitted ? 0 : categories,
    subjects: maskOf(SUBJECTS, ['patient']),
    tokens: [{ token: patient, person: patient, strong: true }],
    trail: [{ key: patient, patient: true }],
    prints: [print(`pair ${number >> 1}`), print(`own ${number}`)],
  };
}
