import { createRequire } from 'node:module';
import { compilePacks } from '../../src/detect/compile.ts';
import { loadPacks } from '../../src/detect/load.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { readRuleFiles } from '../../src/rule-files.ts';
import { ct } from '../support/ct.ts';
import { compare, type Ratio } from './measure.ts';

const dcmjs = createRequire(import.meta.url)('dcmjs');

/** Header parse + detect with all packs, one thread, against dcmjs' parse alone of the same CT slice of some 270 elements. */
export function benchDicom(): Ratio {
  const packs = new URL('../../rules/packs', import.meta.url).pathname;
  const ruleset = compilePacks(loadPacks(readRuleFiles(packs, 'rule packs')));
  const bytes = new Uint8Array(ct(1));
  dcmjs.log.setLevel('silent');
  const { a, b } = compare(
    () => {
      for (const parsed of parseBody({ bytes, elided: [] })) detect(parsed, ruleset);
    },
    () => {
      dcmjs.data.DicomMessage.readFile(bytes.buffer);
    },
  );
  return {
    name: 'dicom',
    of: 'header parse + detect, all packs ÷ dcmjs parse alone, CT slice of some 270 elements',
    ratio: a / b,
    bar: 3,
    ours: a,
    theirs: b,
    unit: 'objects/s',
  };
}
