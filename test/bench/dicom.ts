import { createRequire } from 'node:module';
import { compilePacks } from '../../src/detect/compile.ts';
import { loadPacks } from '../../src/detect/load.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { readRuleFiles } from '../../src/rule-files.ts';
import { ct } from '../support/ct.ts';
import { compare, type Ratio } from './measure.ts';

const dcmjs = createRequire(import.meta.url)('dcmjs');

/** A series: what its slices say of the patient and the scanner is the same in all of them. */
const SLICES = 256;

/** Header parse + detect with all packs, one thread, against dcmjs' parse alone of the same CT slice of some 270 elements. */
export function benchDicom(): Ratio {
  const packs = new URL('../../rules/packs', import.meta.url).pathname;
  const ruleset = compilePacks(loadPacks(readRuleFiles(packs, 'rule packs')));
  const slices = Array.from({ length: SLICES }, (_, number) => new Uint8Array(ct(number)));
  let one = 0;
  let other = 0;
  dcmjs.log.setLevel('silent');
  const { a, b } = compare(
    () => {
      const bytes = slices[one++ % SLICES];
      if (bytes !== undefined) for (const parsed of parseBody({ bytes, elided: [] })) detect(parsed, ruleset);
    },
    () => {
      dcmjs.data.DicomMessage.readFile(slices[other++ % SLICES]?.buffer);
    },
  );
  return {
    name: 'dicom',
    of: 'header parse + detect, all packs ÷ dcmjs parse alone, slices of one CT series, some 270 elements each',
    ratio: a / b,
    bar: 3,
    ours: a,
    theirs: b,
    unit: 'objects/s',
  };
}
