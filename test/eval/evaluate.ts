import type { CorpusFile, Kind } from './corpus/label.ts';
import type { Detector, Found } from './found.ts';
import { type Matched, matchFile } from './match.ts';
import { createScorer, type Score } from './score.ts';

/** One file with what a detector made of it. */
export interface Judged {
  readonly file: Pick<CorpusFile, 'name' | 'format' | 'style'>;
  readonly matched: Matched;
}

/** Runs a detector over files; `judged` is told of each. */
export async function evaluate(
  detector: Detector,
  files: Iterable<CorpusFile>,
  judged: (one: Judged) => void = () => {},
): Promise<Score> {
  const scorer = createScorer();
  for (const file of files) {
    const matched = matchFile(file.labels, await detector.find(file.bytes));
    scorer.add(matched, { format: file.format, style: file.style, kindOf });
    judged({ file, matched });
  }
  return scorer.score;
}

/** Rules that know a value by its place; all others read text. */
const BY_PLACE = /^(?:hipaa|dicom-ps3\.15|fhir|cda|csv|hl7v2)[.-]/;

/** A false alarm has no label, so its kind is that of the labels which its rule looks for. */
export function kindOf({ rule, path }: Pick<Found, 'rule' | 'path'>): Kind {
  if (path.includes('/')) return 'embedded';
  if (rule.startsWith('echo.')) return 'echo';
  return BY_PLACE.test(rule) ? 'structured' : 'text';
}
