/**
 * Makes src/formats/hl7v2/dictionary.generated.ts from the dev package hl7v2-dictionary (0.9 s and 180 MB when loaded at run
 * time). `node scripts/generate-hl7-dictionary.ts` writes the file; the same input always gives the same text.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dictionaries } from 'hl7v2-dictionary';
import { normaliseType } from '../src/formats/hl7v2/data-types.ts';

type Slots = Map<string, Map<number, Set<string>>>;

/** Fields that the package lacks: PRT ends at 15 there; 2.8.2 added the parts of a UDI. */
const ADDED: readonly (readonly [segment: string, field: number, type: string])[] = [
  ['PRT', 16, 'EI'],
  ['PRT', 17, 'DTM'],
  ['PRT', 18, 'DTM'],
  ['PRT', 19, 'ST'],
  ['PRT', 20, 'ST'],
];

/** Primitives from the one that says most of its values to the one that says least; decides where versions disagree. */
const PRIMITIVES = ['DTM', 'DT', 'TM', 'FT', 'TX', 'ST', 'NM', 'SI', 'IS', 'ID'];

function slot(slots: Slots, owner: string, index: number): Set<string> {
  const owned = slots.get(owner) ?? new Map<number, Set<string>>();
  slots.set(owner, owned);
  const types = owned.get(index) ?? new Set<string>();
  owned.set(index, types);
  return types;
}

function collect(): { segments: Slots; types: Slots } {
  const segments: Slots = new Map();
  const types: Slots = new Map();
  for (const dictionary of Object.values(dictionaries)) {
    for (const [name, segment] of Object.entries(dictionary.segments)) {
      for (const [index, field] of Object.entries(segment.fields)) slot(segments, name, Number(index)).add(field.type);
    }
    for (const [name, type] of Object.entries(dictionary.types)) {
      // Only a type's own definitions count: those of the types it replaced differ past their common components.
      if (normaliseType(name) !== name || PRIMITIVES.includes(name)) continue;
      for (const [index, part] of Object.entries(type.fields ?? {})) {
        // A TN was a primitive; as a component (XTN.1) it still is, only as a field it became an XTN.
        slot(types, name, Number(index)).add(part.type === 'TN' ? 'ST' : part.type);
      }
    }
  }
  for (const [segment, field, type] of ADDED) slot(segments, segment, field).add(type);
  return { segments, types };
}

/** The richest of the types that the versions give one place: the composite with most components, else the most telling primitive. */
function richest(candidates: ReadonlySet<string>, types: Slots): string {
  const names = [...new Set([...candidates].map(normaliseType))].filter((name) => name !== 'CM').sort();
  // What another field decides stays open, whatever a version that had not yet opened it said.
  if ([...candidates].includes('VARIES')) return '';
  // `CM_x` is the package's name for a composite that had none before 2.5: a named type wins over it.
  const named = names.filter((name) => !name.startsWith('CM_'));
  const pool = named.some((name) => types.has(name)) || names.every((name) => !types.has(name)) ? named : names;
  const rank = (name: string): number => types.get(name)?.size ?? -1 - PRIMITIVES.indexOf(name);
  return pool.reduce((best, name) => (best === '' || rank(name) > rank(best) ? name : best), '');
}

function line(owner: string, slots: ReadonlyMap<number, ReadonlySet<string>>, types: Slots): string {
  const last = Math.max(...slots.keys());
  const row = Array.from({ length: last }, (_, index) => {
    const candidates = slots.get(index + 1);
    return candidates === undefined ? '' : richest(candidates, types);
  });
  return `${owner}:${row.join(',')}`;
}

/** Types that no segment and no OBX-2 can reach are left out. */
function reachable(segmentLines: readonly string[], typeLines: ReadonlyMap<string, string>): string[] {
  const keep = new Set<string>();
  const visit = (row: string): void => {
    for (const name of row.slice(row.indexOf(':') + 1).split(',')) {
      const next = typeLines.get(name);
      if (next === undefined || keep.has(name)) continue;
      keep.add(name);
      visit(next);
    }
  };
  for (const row of segmentLines) visit(row);
  for (const [name, row] of typeLines) if (!name.startsWith('CM_')) visit(`:${name},${row.slice(row.indexOf(':') + 1)}`);
  return [...keep].sort().map((name) => typeLines.get(name) ?? '');
}

/** The text of dictionary.generated.ts. */
export function generateDictionary(): string {
  const { segments, types } = collect();
  const rows = [...segments].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, slots]) => line(name, slots, types));
  const typeRows = new Map([...types].map(([name, slots]) => [name, line(name, slots, types)]));
  return [
    '// Made by scripts/generate-hl7-dictionary.ts from hl7v2-dictionary (MIT); do not edit.',
    '',
    '/** `segment:type of field 1,type of field 2,…`, one segment a line; empty where no type is known. */',
    `export const SEGMENTS = \`${rows.join('\n')}\`;`,
    '',
    '/** `composite:type of component 1,…`, one composite data type a line; what is not here is primitive. */',
    `export const COMPOSITES = \`${reachable(rows, typeRows).join('\n')}\`;`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../src/formats/hl7v2/dictionary.generated.ts', import.meta.url), generateDictionary());
}
