/**
 * Makes the table in rules/packs/dicom-ps3.15.yaml anew: `node scripts/generate-ps315-pack.ts TABLE.json`, where TABLE.json is PS3.15 Table E.1-1
 * as innolitics' dicom-standard publishes it (confidentiality_profile_attributes.json). Facts come from there, what each row is from
 * ps315-decisions.ts. What stands above the table is written by hand and kept.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { OPTIONS } from '../src/detect/attribute.ts';
import { type Column, decide, type Row } from './ps315-decisions.ts';

/** The source's name of each option column. */
const COLUMNS: Readonly<Record<(typeof OPTIONS)[number], Column>> = {
  'retain-safe-private': 'rtnSafePrivOpt',
  'retain-uids': 'rtnUIDsOpt',
  'retain-device': 'rtnDevIdOpt',
  'retain-institution': 'rtnInstIdOpt',
  'retain-patient': 'rtnPatCharsOpt',
  'retain-full-dates': 'rtnLongFullDatesOpt',
  'modify-dates': 'rtnLongModifDatesOpt',
  'clean-descriptors': 'cleanDescOpt',
  'clean-structured-content': 'cleanStructContOpt',
  'clean-graphics': 'cleanGraphOpt',
};

const PACK = new URL('../rules/packs/dicom-ps3.15.yaml', import.meta.url);
const MARK = '\nattributes:\n';

/** `(50XX,XXXX)` → `(50xx,xxxx)`; the row of all private elements → `(odd,xxxx)`. */
function tagOf({ tag }: Row): string {
  return tag.startsWith('(GGGG') ? '(odd,xxxx)' : tag.replace(/X/g, 'x');
}

function lineOf(row: Row): string {
  const tag = tagOf(row);
  const { category, subject, finds, severity } = decide(tag, row);
  const options = OPTIONS.flatMap((option) => {
    const value = row[COLUMNS[option]];
    return value === undefined ? [] : [`${option}: ${value}`];
  });
  const name = row.name
    .replace(/\s*\(see Note \d+\)/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const parts = [
    `tag: '${tag}'`,
    `name: ${/['"/:()]/.test(name) ? JSON.stringify(name) : name}`,
    `action: ${row.basicProfile}`,
    ...(options.length === 0 ? [] : [`options: {${options.join(', ')}}`]),
    `subject: ${subject}`,
    `category: ${category}`,
    ...(severity === undefined ? [] : [`severity: ${severity}`]),
    ...(finds === 'always' ? [] : [`finds: ${finds}`]),
  ];
  return `  - {${parts.join(', ')}}`;
}

function isRows(value: unknown): value is Row[] {
  return (
    Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null && 'tag' in row && 'basicProfile' in row)
  );
}

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('say which file holds the table');
const rows: unknown = JSON.parse(readFileSync(source, 'utf8'));
if (!isRows(rows)) throw new Error(`${source} is no list of rows with tag and basicProfile`);
const text = readFileSync(PACK, 'utf8');
const head = text.slice(0, text.indexOf(MARK) + MARK.length);
const lines = rows.map((row) => ({ tag: tagOf(row), line: lineOf(row) })).sort((a, b) => (a.tag < b.tag ? -1 : 1));
writeFileSync(PACK, `${head}${lines.map(({ line }) => line).join('\n')}\n`);
