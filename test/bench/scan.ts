import { createRequire } from 'node:module';
import { compilePacks } from '../../src/detect/compile.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { oru } from '../support/oru.ts';
import { shippedPacks } from '../support/rules.ts';
import { compare, type Ratio } from './measure.ts';

const Hl7 = createRequire(import.meta.url)('hl7-standard');

/** HL7 parse + detect with all packs, one thread, against hl7-standard's bare `transform` of the same 20-OBX ORU^R01. */
export function benchScan(): Ratio {
  const ruleset = compilePacks(shippedPacks());
  const bytes = oru('1', 20);
  const text = bytes.toString('latin1');
  const { a, b } = compare(
    () => {
      for (const parsed of parseBody({ bytes, elided: [] })) detect(parsed, ruleset);
    },
    () => {
      new Hl7(text).transform();
    },
  );
  return {
    name: 'scan',
    of: "parse + detect ÷ hl7-standard's transform, 20-OBX ORU^R01",
    ratio: a / b,
    bar: 3,
    ours: a,
    theirs: b,
    unit: 'messages/s',
  };
}
