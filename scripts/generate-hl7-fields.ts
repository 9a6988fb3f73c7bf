/**
 * Makes docs/hl7v2-fields.md: every field of HL7 v2.1 to 2.8 whose data type may hold an identifier, and which rule of the shipped packs claims it, or why none does.
 * `node scripts/generate-hl7-fields.ts` writes the file. Names and versions come from the dev package hl7v2-dictionary, types from the dictionary that ships, claims
 * from the compiled rules as a scan would ask for them, reasons from hl7-field-reasons.ts. Throws where a place has neither.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dictionaries } from 'hl7v2-dictionary';
import { compilePacks, type Plan, type Ruleset } from '../src/detect/compile.ts';
import type { CompiledRule } from '../src/detect/compile-rule.ts';
import type { Entry } from '../src/detect/entry.ts';
import { addressById } from '../src/formats/address-book.ts';
import { addressOf, segmentNode } from '../src/formats/hl7v2/addresses.ts';
import { dataTypeOf, fieldCount } from '../src/formats/hl7v2/dictionary.ts';
import { provenPacks } from '../src/proven-packs.ts';
import { reasonOf } from './hl7-field-reasons.ts';

const PACKS = fileURLToPath(new URL('../rules/packs', import.meta.url));

/** What the package lacks: its PRT ends at 15, and 2.8.2 added the parts of a UDI; the parameters of a query go on in successive fields (§5.5.4). */
const ADDED: ReadonlyMap<string, { readonly title: string; readonly version: string }> = new Map([
  ['PRT-16', { title: 'Participation Device Identifier (UDI)', version: '2.8.2' }],
  ['PRT-17', { title: 'Participation Device Manufacture Date', version: '2.8.2' }],
  ['PRT-18', { title: 'Participation Device Expiry Date', version: '2.8.2' }],
  ['PRT-19', { title: 'Participation Device Lot Number', version: '2.8.2' }],
  ['PRT-20', { title: 'Participation Device Serial Number', version: '2.8.2' }],
  ...[4, 5, 6, 7, 8, 9].map((number) => [`QPD-${number}`, { title: 'User Parameters, continued', version: '2.4–2.8' }] as const),
]);

/** The parts of a data type that may hold an identifier; the empty text is the whole value. Where the type is left open, those that rules look at. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  '': ['1', '2', '3', '5', '7', '9', '12'],
  AUI: ['1', '2'],
  CCD: ['2'],
  CX: ['1', '7', '8'],
  DIN: ['1'],
  DLD: ['2'],
  DLN: ['1', '3'],
  DR: ['1', '2'],
  DT: [''],
  DTM: [''],
  ED: ['5'],
  EI: ['1'],
  EIP: ['1.1', '2.1'],
  FC: ['2'],
  ICD: ['3'],
  JCC: ['3'],
  LA1: ['9.1', '9.2', '9.3', '9.5'],
  LA2: ['9', '10', '11', '13'],
  OCD: ['2'],
  OSP: ['2', '3'],
  PIP: ['3', '4'],
  PL: ['1'],
  PLN: ['1', '4'],
  PPN: ['1', '2', '3', '4', '15'],
  SPD: ['4'],
  TQ: ['4', '5'],
  XAD: ['1', '2', '3', '5', '8', '9', '10', '12', '13', '14', '19', '20'],
  XCN: ['1', '2', '3', '4'],
  XON: ['1', '3', '10'],
  XPN: ['1', '2', '3', '10', '12', '13', '15'],
  XTN: ['1', '4', '7', '9', '12', '13', '14'],
};

/** Primitives that people write into: they are read as text, and a row of their own they have where a rule claims them. */
const TEXTS: ReadonlySet<string> = new Set(['ST', 'TX', 'FT', 'NM', 'ID', 'IS', 'SI', 'TM']);

interface Field {
  readonly name: string;
  readonly title: string;
  readonly type: string;
  readonly versions: string;
}

/** What is said of a place, and how many there are of it. */
interface Row {
  readonly field: Field;
  readonly claims: readonly string[];
  readonly reasons: readonly string[];
}

/** The fields of a segment, with the versions that have them in the order of the package. */
function fieldsOf(segment: string): Field[] {
  const added = [...ADDED.keys()]
    .filter((name) => name.startsWith(`${segment}-`))
    .map((name) => Number(name.slice(segment.length + 1)));
  return Array.from({ length: Math.max(fieldCount(segment), ...added) }, (_, index) => {
    const name = `${segment}-${index + 1}`;
    const found = Object.entries(dictionaries).flatMap(([version, { segments }]) => {
      const field = segments[segment]?.fields[index + 1];
      return field === undefined ? [] : [{ version, title: field.desc }];
    });
    const first = found[0]?.version ?? ADDED.get(name)?.version ?? '';
    const last = found.at(-1)?.version ?? first;
    return {
      name,
      title: (found.at(-1)?.title ?? ADDED.get(name)?.title ?? '').replace(/[|*+\s]+/g, ' ').trim(),
      type: dataTypeOf(segment, index + 1),
      versions: first === last ? first : `${first}–${last}`,
    };
  });
}

/** The plan of a place: `12.1` is the first subcomponent of the twelfth component. */
function planOf(ruleset: Ruleset, field: string, part: string): Plan {
  const [segment = '', number = ''] = field.split('-');
  const [component = 0, subcomponent = 0] = part === '' ? [] : part.split('.').map(Number);
  const code = [...segment].reduce((sum, letter) => sum * 256 + letter.charCodeAt(0), 0);
  return ruleset.forAddress(addressById(addressOf(segmentNode(code), Number(number), component, subcomponent)));
}

/** Rules that go by the place: claims, and patterns that name places rather than text of any kind. */
function entriesOf(ruleset: Ruleset, field: string, part: string): Entry[] {
  const { claims, patterns } = planOf(ruleset, field, part);
  return [...claims, ...patterns.patterns.filter(({ rule: { rule } }) => namesPlaces(rule.scope))];
}

function namesPlaces(scope: CompiledRule['rule']['scope']): boolean {
  return scope?.text !== true && scope?.any !== true && (scope?.paths !== undefined || scope?.types !== undefined);
}

/** A rule at some parts of a field, what it asks for beside them, and whose the value is then. */
interface Claim {
  readonly parts: readonly string[];
  readonly beside: string;
  readonly whose: string;
  readonly rules: readonly string[];
}

/** `.5`, `PRT-4`: where the conditions of a rule, or of whose a value is, look. */
function besideOf({ rule }: Entry): string {
  return [...new Set((rule.rule.when ?? []).map(({ at }) => at))].join(', ');
}

function whoseOf({ subjects }: Entry): string {
  return [...new Set(subjects.map(({ subject }) => subject))].join(' or ');
}

/** Leaves out claims that never come to a word, because one before them has whatever they would. */
function reached(entries: readonly Entry[]): Entry[] {
  return entries.filter(
    ({ rule }, index) =>
      rule.kind === 'pattern' ||
      !entries
        .slice(0, index)
        .some(
          ({ rule: before }) =>
            before.kind === 'claim' &&
            before.conditions.length + before.validators.length + before.excludedPatterns.length === 0 &&
            before.gate.minLength <= rule.gate.minLength,
        ),
  );
}

/** Rules that claim the same parts, on the same condition and for the same people, are one line. */
function claimsOf(found: ReadonlyMap<string, readonly Entry[]>): Claim[] {
  const byRule = new Map<string, { entry: Entry; parts: string[] }>();
  for (const [part, entries] of found) {
    for (const entry of entries) {
      const key = `${entry.rule.id} ${whoseOf(entry)}`;
      const known = byRule.get(key) ?? { entry, parts: [] };
      byRule.set(key, { entry, parts: [...known.parts, part] });
    }
  }
  const claims = new Map<string, Claim>();
  for (const { entry, parts } of byRule.values()) {
    const beside = besideOf(entry);
    const whose = whoseOf(entry);
    const key = [parts.join(','), beside, whose].join(' ');
    const rules = [...(claims.get(key)?.rules ?? []), `\`${entry.rule.id}\``];
    claims.set(key, { parts, beside, whose, rules });
  }
  return [...claims.values()];
}

function rowOf(ruleset: Ruleset, field: Field): Row | null {
  const isText = TEXTS.has(field.type);
  const parts = PARTS[field.type] ?? (isText ? [''] : []);
  const found = new Map(parts.map((part) => [part, reached(entriesOf(ruleset, field.name, part))]));
  const reasons = new Map<string, string[]>();
  const open = field.type === '' ? reasonOf(field.name, '', 0) : null;
  if (open !== null) reasons.set(open, parts.slice());
  for (const [part, entries] of found) {
    if (isText || open !== null || entries.some(({ rule }) => rule.conditions.length === 0)) continue;
    const reason = reasonOf(field.name, field.type, Number(part.split('.')[0] ?? ''));
    if (reason !== null) reasons.set(reason, [...(reasons.get(reason) ?? []), part]);
    else if (entries.length === 0)
      throw new Error(`${placeOf(field, part)} has neither a rule nor a reason; give one (hl7-field-reasons.ts)`);
  }
  const claims = claimsOf(found);
  if (claims.length === 0 && reasons.size === 0) return null;
  const at = (those: readonly string[]): string => (those.length === parts.length ? '' : `${those.join(', ')}: `);
  return {
    field,
    claims: claims.map(
      ({ parts: those, beside, whose, rules }) =>
        `${at(those)}${rules.join(', ')} ${whose}${beside === '' ? '' : ` by ${beside}`}`,
    ),
    reasons: [...reasons].map(([reason, those]) => `${at(those)}*${reason}*`),
  };
}

function placeOf({ name, type }: Field, part: string): string {
  return `${name} (${type}${part === '' ? '' : `.${part}`})`;
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ field: { name, title, type, versions }, claims, reasons }) =>
      `| ${name} | ${title} | ${type} | ${versions} | ${[...claims, ...reasons].join('; ')} |`,
  );
  return ['| field | name | type | versions | claimed by, or *why not* |', '|---|---|---|---|---|', ...lines].join('\n');
}

function segmentsOf(): string[] {
  return [...new Set(Object.values(dictionaries).flatMap(({ segments }) => Object.keys(segments)))].sort();
}

/** docs/hl7v2-fields.md */
export function fieldsPage(): string {
  const ruleset = compilePacks(provenPacks(PACKS));
  const fields = segmentsOf().flatMap((segment) => fieldsOf(segment));
  const rows = fields.flatMap((field) => rowOf(ruleset, field) ?? []);
  const claimed = rows.filter(({ claims }) => claims.length > 0).length;
  const texts = fields.filter(({ type }) => ['ST', 'TX', 'FT'].includes(type)).length;
  return `# Identifiers in the fields of HL7 v2

<!-- Made by scripts/generate-hl7-fields.ts from rules/packs and scripts/hl7-field-reasons.ts. Edit those, then run: node scripts/generate-hl7-fields.ts -->

Every field of HL7 v2.1 to 2.8 whose data type may hold an identifier of a person, an order or a device, and the rule that claims it by its place, with whose it is; or why none
does. That a rule claims a field says what is in it and not that it is a leak: the flow's policy decides, and providers, facilities and equipment are nobody at risk.

- Types are those of [ADR 0004](adr/0004-one-dictionary-for-all-versions.md): the richest of all versions under its newest name. \`PID-3\` is a CX though 2.1 calls it ST.
- Numbers before a rule are components; without them it claims all parts of the field that may identify. \`by .5\` means: where the fifth component says so.
- Rules named \`hipaa.…\` are of pack \`hipaa-safe-harbor\`, \`hl7.…\` of \`hl7v2-phi-fields\`, \`device.…\` of \`devices\`. Of several the first that holds has the value.
- Fields of text (${texts} of type ST, TX or FT) are read by \`free-text\`, \`names\`, \`echo\` and the packs of national numbers, whether or not they have a row. OBX-5 has the type that OBX-2
  names and is claimed by that type's rules.

${fields.length} fields; ${rows.length} may identify; ${claimed} are claimed, ${rows.length - claimed} are not, for the reason given.

${table(rows)}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL('../docs/hl7v2-fields.md', import.meta.url), fieldsPage());
