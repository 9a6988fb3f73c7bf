/**
 * Makes src/formats/dicom/dictionary.generated.ts from the dictionary of the dev package dcmjs (PS3.6, and what is known of private
 * elements). `node scripts/generate-dicom-dictionary.ts` writes the file; the same input always gives the same text.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The package comes without types. */
const require = createRequire(import.meta.url);
const entries = z.record(z.string(), z.object({ tag: z.string(), vr: z.string().optional() }));

/** What the dictionary leaves to other elements (PS3.6 §6: "US or SS", "OB or OW", offsets) as the VR of the same size that says less. */
const UNDECIDED: Readonly<Record<string, string>> = { xs: 'US', ox: 'OW', px: 'OW', lt: 'OW', up: 'UL' };

const SINGLE_TAG = /^\(([0-9A-F]{4}),([0-9A-F]{4})\)$/;
/** Overlays and curves, one group for each of up to 128 of them (PS3.5 §7.6). */
const REPEATING = /^\((5000|6000)-(?:50|60)FF,([0-9A-F]{4})\)$/;
const PRIVATE_TAG = /^\(([0-9A-F]{4}),"(.+)",([0-9A-F]{2})\)$/;

type Rows = Map<string, Map<string, string>>;

function put(rows: Rows, owner: string, place: string, vr: string): void {
  const row = rows.get(owner) ?? new Map<string, string>();
  rows.set(owner, row);
  row.set(place, vr);
}

const compare = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

const rowsOf = (rows: Rows): string[] =>
  [...rows].sort(compare).map(
    ([owner, row]) =>
      `${owner}:${[...row]
        .sort(compare)
        .map((pair) => pair.join(''))
        .join('')}`,
  );

function collect(dictionary: z.infer<typeof entries>): { standard: Rows; others: Rows } {
  const standard: Rows = new Map();
  const others: Rows = new Map();
  for (const entry of Object.values(dictionary)) {
    const vr = UNDECIDED[entry.vr ?? ''] ?? entry.vr;
    if (vr === undefined || vr === 'na') continue;
    const upper = entry.tag.replace(/^\([0-9a-f]{4}|[0-9a-f]{2,4}\)$/gi, (hex) => hex.toUpperCase());
    const own = SINGLE_TAG.exec(upper) ?? REPEATING.exec(upper);
    if (own !== null) put(standard, own[1] ?? '', own[2] ?? '', vr);
    const foreign = PRIVATE_TAG.exec(upper);
    if (foreign !== null && vr !== 'UN') put(others, foreign[2] ?? '', `${foreign[1]}${foreign[3]}`, vr);
  }
  return { standard, others };
}

/** The text of dictionary.generated.ts. */
export function generateDicomDictionary(): string {
  const { dictionary } = z.object({ dictionary: entries }).parse(require('dcmjs/dictionary'));
  const { standard, others } = collect(dictionary);
  return [
    '// Made by scripts/generate-dicom-dictionary.ts from dcmjs (MIT); do not edit.',
    '',
    '/** `gggg:eeeeVReeeeVR…`, one group a line; 5000 and 6000 stand for all groups of curves and overlays. */',
    `export const ELEMENTS = \`${rowsOf(standard).join('\n')}\`;`,
    '',
    '/** `private creator:ggggeeVRggggeeVR…`, one creator a line: group, element within the reserved block, VR. */',
    `export const PRIVATE_ELEMENTS = \`${rowsOf(others).join('\n')}\`;`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../src/formats/dicom/dictionary.generated.ts', import.meta.url), generateDicomDictionary());
}
