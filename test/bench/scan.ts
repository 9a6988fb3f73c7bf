import { createRequire } from 'node:module';
import { FAMILY_NAMES, FEMALE_NAMES, STREETS } from '../../src/demo/names.ts';
import { createRandom } from '../../src/demo/random.ts';
import { compilePacks } from '../../src/detect/compile.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { oru } from '../support/oru.ts';
import { shippedPacks } from '../support/rules.ts';
import { compare, type Ratio } from './measure.ts';

const Hl7 = createRequire(import.meta.url)('hl7-standard');

/** More people than a thread remembers values of: of those only what laboratories write again and again is met twice. */
const PEOPLE = 2_000;

/** The same report of other people: names, numbers, dates, results and streets are everybody's own, codes and units are not. */
function reports(): Buffer[] {
  return Array.from({ length: PEOPLE }, (_, number) => {
    const random = createRandom(1, `bench/${number}`);
    const text = oru(`C${number}`, 20, [], number * 37)
      .toString('latin1')
      .replace('Quillfeather^Marisol', `${random.pick(FAMILY_NAMES)}^${random.pick(FEMALE_NAMES)}`)
      .replace('19620303', String(random.int(1930, 2010)) + String(random.int(101, 128)).padStart(4, '0'))
      .replace('418 Larkspur Ave', `${random.int(1, 9999)} ${random.pick(STREETS)}`)
      .replace('5550142', `555${String(random.int(0, 9999)).padStart(4, '0')}`)
      .replaceAll(/\|\d+\.\d\|/g, () => `|${(random.next() * 300).toFixed(1)}|`)
      .replaceAll('20261124', `2026${String(random.int(101, 128)).padStart(4, '0')}`);
    return Buffer.from(text, 'latin1');
  });
}

/** HL7 parse + detect with all packs, one thread, against hl7-standard's bare `transform` of the same 20-OBX ORU^R01. */
export function benchScan(): Ratio {
  const ruleset = compilePacks(shippedPacks());
  const messages = reports();
  const texts = messages.map((bytes) => bytes.toString('latin1'));
  let one = 0;
  let other = 0;
  const { a, b } = compare(
    () => {
      const bytes = messages[one++ % PEOPLE];
      if (bytes !== undefined) for (const parsed of parseBody({ bytes, elided: [] })) detect(parsed, ruleset);
    },
    () => {
      new Hl7(texts[other++ % PEOPLE]).transform();
    },
  );
  return {
    name: 'scan',
    of: "parse + detect ÷ hl7-standard's transform, 20-OBX ORU^R01 of 2,000 people by turns",
    ratio: a / b,
    bar: 6,
    ours: a,
    theirs: b,
    unit: 'messages/s',
  };
}
