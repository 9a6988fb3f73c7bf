import { compilePacks, type Ruleset } from '../../src/detect/compile.ts';
import { isLone } from '../../src/detect/lone.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { createElider } from '../../src/ingest/dicom/elide.ts';
import { shippedPacks } from '../support/rules.ts';
import type { Detector, Found } from './found.ts';

/** The packs that are shipped. */
export function shippedRuleset(): Ruleset {
  return compilePacks(shippedPacks());
}

const NO_LIMITS = { limit: Number.MAX_SAFE_INTEGER, hardLimit: Number.MAX_SAFE_INTEGER };

/** Takes in, parses and detects as `cordon scan` does, with the values still at hand. */
async function findIn(bytes: Uint8Array, ruleset: Ruleset): Promise<Found[]> {
  const elider = createElider(NO_LIMITS);
  elider.add(bytes);
  return parseBody(await elider.take()).flatMap((parsed) =>
    detect(parsed, ruleset).matches.map((match): Found => {
      const { leaves } = parsed;
      const span = leaves.spanOf(match.leaf, match.from, match.to);
      return {
        category: match.category,
        subject: match.subject,
        start: span?.start ?? null,
        end: span?.end ?? null,
        path: leaves.path(match.leaf),
        text: leaves.text(match.leaf).slice(match.from, match.to),
        rule: match.rule,
        lone: isLone(match),
      };
    }),
  );
}

export function cordon(ruleset: Ruleset = shippedRuleset()): Detector {
  return { name: 'cordon', find: (bytes) => findIn(bytes, ruleset) };
}
