import type { Leaves, Parsed } from '../core/format.ts';
import { SENSITIVITIES, type Sensitivity } from '../core/vocabulary.ts';
import { type CompiledLabel, codeOf, type PlacedLabels } from './label.ts';
import { plainText } from './plain.ts';
import { conditionsHold, type Scan } from './scan-state.ts';
import { bytesOf } from './value-set.ts';

/** A coded value is short; a sentence in its place is none. */
const LONGEST = 256;

/** Notes what a leaf says that makes the message sensitive. */
export function markLabels(scan: Scan, placed: PlacedLabels, leaf: number): void {
  const { leaves } = scan.parsed;
  if ((leaves.end[leaf] ?? 0) - (leaves.start[leaf] ?? 0) > LONGEST) return;
  for (const label of saidAt(scan, placed, leaf)) {
    if ((scan.labels & label.bit) !== 0) continue;
    if (label.youngerThan !== null && !isYounger(scan, leaves.text(leaf), label.youngerThan)) continue;
    if (conditionsHold(scan, label.conditions, leaf)) scan.labels |= label.bit;
  }
}

function saidAt({ parsed: { leaves }, ruleset }: Scan, placed: PlacedLabels, leaf: number): readonly CompiledLabel[] {
  const memory = ruleset.remembered.labels;
  const bytes = bytesOf(leaves, leaf);
  if (bytes === null) return saidBy(placed, leaves.text(leaf));
  const known = memory.find(placed, bytes, leaves, leaf);
  if (known !== undefined) return known;
  const said = saidBy(placed, leaves.text(leaf));
  memory.keep(placed, bytes, leaves, leaf, said);
  return said;
}

function saidBy(placed: PlacedLabels, text: string): readonly CompiledLabel[] {
  if (text.length > LONGEST) return NONE_SAID;
  const code = codeOf(text);
  return placed.filter((label) => says(label, text, code));
}

const NONE_SAID: readonly CompiledLabel[] = [];

/** All that a label asks of the value by itself. */
function says({ values, beginnings, words }: CompiledLabel, text: string, code: string): boolean {
  if (
    values !== null &&
    !values.has(code) &&
    beginnings?.lengths.some((length) => beginnings.of.has(code.slice(0, length))) !== true
  )
    return false;
  return words === null || words.test(plainText(text));
}

export function sensitivitiesOf(bits: number): readonly Sensitivity[] {
  return bits === 0 ? NONE : SENSITIVITIES.filter((_, index) => (bits & (1 << index)) !== 0);
}

const NONE: readonly Sensitivity[] = [];

/** Where messages say when they were made: HL7 v2 §2.14.9.7, the study (PS3.3 C.7.2.1), a Bundle or resource, the document. */
const MADE: readonly string[] = [
  'MSH-7',
  'MSH-7.1',
  '(0008,0020)',
  '(0008,0012)',
  'Bundle.timestamp',
  'Bundle.meta.lastUpdated',
  'Patient.meta.lastUpdated',
  'ClinicalDocument.effectiveTime.@value',
];

/** Leaves looked at to find it: it stands at the beginning. */
const FARTHEST = 512;

/** Whether somebody born then was younger at the day of the message. No clock is asked, so the same message always gets the same label. */
function isYounger(scan: Scan, born: string, years: number): boolean {
  const birth = dayOf(born);
  if (birth === '') return false;
  scan.day ??= madeOf(scan.parsed);
  const limit = String(Number(birth.slice(0, 4)) + years).padStart(4, '0') + birth.slice(4);
  return scan.day !== '' && scan.day >= birth && scan.day < limit;
}

function madeOf({ leaves }: Parsed): string {
  const last = Math.min(leaves.count, FARTHEST);
  for (let leaf = 0; leaf < last; leaf++) {
    const day = isMade(leaves, leaf) ? dayOf(leaves.text(leaf)) : '';
    if (day !== '') return day;
  }
  return '';
}

function isMade(leaves: Leaves, leaf: number): boolean {
  return MADE.includes(leaves.addressOf(leaf).path);
}

/** `20240105103000-0500`, `2024-01-05T10:30:00Z` → `20240105`; a month or a year alone is its first day. Empty where it is no date. */
function dayOf(text: string): string {
  const [, year, month = '01', day = '01'] = /^((?:18|19|20|21)\d{2})(?:-?(\d{2})(?:-?(\d{2}))?)?/.exec(text.trim()) ?? [];
  return year === undefined ? '' : `${year}${month}${day}`;
}
