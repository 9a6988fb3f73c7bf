import { parseBody } from '../formats/registry.ts';
import { compilePacks, type Ruleset } from './compile.ts';
import { claimsDeidentified } from './deidentified.ts';
import { sampleFile } from './dicom-sample.ts';
import type { RuleFault } from './lint.ts';
import type { Match } from './match.ts';
import type { Pack, Sample } from './pack.ts';
import { DEFAULT_BUDGET, detect } from './scan.ts';

const HEADER = 'MSH|^~\\&|SAMPLE|SAMPLE|SAMPLE|SAMPLE|20260102030405||ORU^R01|1|P|2.8\r';
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\E\\',
  '|': '\\F\\',
  '^': '\\S\\',
  '&': '\\T\\',
  '~': '\\R\\',
  '\n': '\\.br\\',
};

/** The message that a sample stands for: a DICOM file, a FHIR resource, a file of another format, or HL7 v2. */
export function sampleBody(sample: Sample): Uint8Array {
  if (typeof sample !== 'string' && 'dicom' in sample) return sampleFile(sample.dicom);
  if (typeof sample !== 'string' && 'file' in sample) return new TextEncoder().encode(sample.file);
  if (typeof sample !== 'string' && 'fhir' in sample) return new TextEncoder().encode(JSON.stringify(sample.fhir));
  return new TextEncoder().encode(hl7Message(typeof sample === 'string' ? sample : sample.hl7));
}

/** A bare text is an OBX-5 of type TX. */
function hl7Message(text: string): string {
  if (/^[A-Z][A-Z0-9]{2}\|/.test(text)) return HEADER + text.trim().replace(/\r?\n/g, '\r');
  return `${HEADER}OBX|1|TX|1^Note||${text.replace(/[\\|^&~\n]/g, (character) => ESCAPES[character] ?? character)}`;
}

/** A match of a sample, with its text: samples are synthetic, so unlike a message's values it may be shown. */
export interface SampleMatch {
  readonly match: Match;
  readonly text: string;
}

/**
 * What a rule finds in a sample, the other rules of the ruleset being at work too. A rule on what has to be free of identifiers is given a
 * sample that has to be.
 */
export function findInSample(sample: Sample, rule: string, ruleset: Ruleset): SampleMatch[] {
  const strict = ruleset.rules.some(({ id, deidentified }) => id === rule && deidentified);
  return parseBody({ bytes: sampleBody(sample), elided: [] }).flatMap((parsed) =>
    detect(parsed, ruleset, DEFAULT_BUDGET, strict || claimsDeidentified(parsed))
      .matches.filter((match) => match.rule === rule)
      .map((match) => ({ match, text: parsed.leaves.text(match.leaf).slice(match.from, match.to) })),
  );
}

/** Samples that do not behave, of all rules of a pack. `packs` are those it is loaded with: their tables may be what a rule refers to. */
export function sampleFaults(pack: Pack, packs: readonly Pack[] = []): RuleFault[] {
  const refers = pack.rules.some(({ scope }) => scope?.listed === true);
  const tables = refers ? packs.filter(({ name, attributes }) => name !== pack.name && attributes !== undefined) : [];
  // A sample shows a form, and says nothing else of anybody.
  const own = { ...pack, rules: pack.rules.map((rule) => ({ ...rule, alone: undefined })) };
  const ruleset = compilePacks([own, ...tables]);
  const faults: RuleFault[] = [];
  pack.rules.forEach(({ id, samples }, rule) => {
    samples.match.forEach((sample, index) => {
      const message = misses(sample, findInSample(sample, id, ruleset));
      if (message !== null) faults.push({ rule, path: ['samples', 'match', index], message });
    });
    samples.noMatch.forEach((sample, index) => {
      const [found] = findInSample(sample, id, ruleset);
      if (found !== undefined)
        faults.push({
          rule,
          path: ['samples', 'noMatch', index],
          message: `finds "${found.text}" in a sample that must not match`,
        });
    });
  });
  return faults;
}

/** Samples of labels that do not behave: `rule` is the label's index in the pack. */
export function labelFaults(pack: Pack): RuleFault[] {
  return (pack.labels ?? []).flatMap((label, rule): RuleFault[] => {
    const ruleset = compilePacks([{ ...pack, attributes: undefined, rules: [], labels: [label] }]);
    const isLabelled = (sample: Sample): boolean =>
      parseBody({ bytes: sampleBody(sample), elided: [] }).some((parsed) => detect(parsed, ruleset).sensitivities.length > 0);
    const wrong = (samples: readonly Sample[], wanted: boolean, key: string, message: string): RuleFault[] =>
      samples.flatMap((sample, index) =>
        isLabelled(sample) === wanted ? [] : [{ rule, path: ['samples', key, index], message }],
      );
    return [
      ...wrong(label.samples.match, true, 'match', 'does not label a sample that must match'),
      ...wrong(label.samples.noMatch, false, 'noMatch', 'labels a sample that must not match'),
    ];
  });
}

function misses(sample: Sample, found: readonly SampleMatch[]): string | null {
  if (found.length === 0) return 'finds nothing in a sample that must match';
  if (typeof sample === 'string') return null;
  const texts = found.map(({ text }) => text);
  if (sample.finds !== undefined && sample.finds.join('\n') !== texts.join('\n')) {
    return `finds ${texts.map((text) => `"${text}"`).join(', ')}, not ${sample.finds.map((text) => `"${text}"`).join(', ')}`;
  }
  const other = found.find(({ match }) => sample.subject !== undefined && match.subject !== sample.subject);
  return other === undefined ? null : `finds "${other.text}" of subject ${other.match.subject}, not ${sample.subject ?? ''}`;
}
