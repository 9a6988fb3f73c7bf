import { createHmac, type KeyObject } from 'node:crypto';
import { canonical, fold } from '../core/canonical.ts';
import { type Identity, ownLeaves, type Parsed } from '../core/format.ts';
import { byAddress } from './by-address.ts';
import { recordOf, resourceVersions } from './resource-versions.ts';
import { eventOf, type Statement, statementsOf } from './statements.ts';

/** Fingerprints of one message, at most: each is a row of the ledger. */
const PRINTS = 3;
/** Text that is shorter is like any other. */
const SHORTEST_TEXT = 32;
/** Text past this is digested in part: reading megabytes twice would cost more than it tells. */
const LONGEST_TEXT = 64 * 1024;

/**
 * Keyed fingerprints of what a message says, by which its copies are known on other flows (docs/adr/0032-lineage.md): one that is shared is enough.
 *
 * - HL7 v2: of all statements the two of the lowest hash with their order's number and without codes (what an engine translates), and the one of the lowest
 *   hash with the person and without that number (what an engine replaces). The same statements have the same lowest ones whatever
 *   their order, and few of a changed set differ: dropping or adding some leaves a shared one.
 * - HL7 v2 that states nothing (ADT): its trigger, when it was recorded, and whom or which visit it is about.
 * - DICOM: the SOP Instance UID (PS3.3 C.12.1).
 * - FHIR: type, id and version of its resources, those of the lowest hash; without versions the folded text of what they say.
 * - Anything else: the folded text.
 */
export function fingerprints(parsed: Parsed, key: KeyObject): string[] {
  const contents = [...new Set(contentsOf(parsed))].slice(0, PRINTS);
  return contents.map((content) =>
    createHmac('sha256', key).update(`lineage\0${parsed.format}\0${content}`, 'utf8').digest('base64url').slice(0, 22),
  );
}

function contentsOf(parsed: Parsed): string[] {
  if (parsed.format === 'hl7v2') {
    const statements = statementsOf(parsed);
    const found = statements.length > 0 ? stated(statements, parsed.identity) : happened(parsed);
    return found.length > 0 ? found : wholeText(parsed);
  }
  if (parsed.format === 'dicom') return instanceOf(parsed);
  if (parsed.format === 'fhir') {
    const versions = lowest(resourceVersions(parsed), PRINTS);
    return versions.length > 0 ? versions : wholeText(parsed);
  }
  return parsed.format === 'raw' ? [] : wholeText(parsed);
}

function stated(statements: readonly Statement[], identity: Identity): string[] {
  const person = personOf(identity);
  const byOrder = statements.flatMap(({ order, time, status, value }) =>
    order === '' ? [] : [['o', order, time, status, value]],
  );
  const byPerson = statements.flatMap(({ time, status, code, value }) =>
    person === '' || time === '' ? [] : [['p', person, time, status, code, value]],
  );
  const orders = lowest(byOrder, byPerson.length > 0 ? PRINTS - 1 : PRINTS);
  return [...orders, ...lowest(byPerson, PRINTS - orders.length)];
}

/** An event is one where it was recorded at the same second: without a time nothing tells it from the next. */
function happened(parsed: Parsed): string[] {
  const { trigger, recorded, visit } = eventOf(parsed);
  if (recorded.length < 12) return [];
  const own = parsed.identity.values.filter(({ subject }) => subject === 'patient');
  const record = own.find(({ category }) => category === 'mrn')?.parts.join('') ?? '';
  const person = personOf(parsed.identity);
  return [
    record === '' ? '' : join('e', trigger, recorded, 'mrn', canonical('number', record)),
    person === '' ? '' : join('e', trigger, recorded, 'person', person),
    visit === '' ? '' : join('e', trigger, recorded, 'visit', visit),
  ].filter((content) => content !== '');
}

/** Name and birth date: what record numbers of two systems have in common. */
function personOf(identity: Identity): string {
  const own = identity.values.filter(({ subject }) => subject === 'patient');
  const name = own.find(({ kind }) => kind === 'name');
  if (name === undefined) return '';
  const born = own.find(({ kind }) => kind === 'date');
  return canonical('name', [...name.parts.slice(0, 2), ...(born?.parts ?? [])].join(' '));
}

const isInstance = byAddress(({ path }) => (path === '(0008,0018)' ? 1 : 0));
function instanceOf({ leaves }: Parsed): string[] {
  for (let leaf = 0; leaf < ownLeaves(leaves); leaf++) {
    if (isInstance(leaves, leaf) === 0) continue;
    const uid = leaves.text(leaf).trim();
    return uid === '' ? [] : [`sop|${uid}`];
  }
  return [];
}

/** All of a text but its header (of FHIR: ids and meta), which engines rewrite. */
function wholeText({ leaves }: Parsed): string[] {
  const texts: string[] = [];
  let size = 0;
  for (let leaf = 0; leaf < ownLeaves(leaves) && size < LONGEST_TEXT; leaf++) {
    const { group } = leaves.addressOf(leaf);
    if (group === 'MSH' || group.startsWith('Z') || recordOf(leaves, leaf) !== 0) continue;
    const text = fold(leaves.text(leaf)).trim().replace(/\s+/g, ' ');
    texts.push(text);
    size += text.length;
  }
  return size < SHORTEST_TEXT ? [] : [`text|${texts.join('|')}`];
}

function join(...parts: readonly string[]): string {
  return parts.join('\0');
}

/** Those of the lowest hash, each once; of equal hashes the first in order. Few are chosen, so no other is put together. */
function lowest(contents: readonly (readonly string[])[], count: number): string[] {
  const chosen: { readonly hash: number; readonly content: string }[] = [];
  for (const parts of contents) {
    const hash = hashOf(parts);
    if (hash > (chosen[count - 1]?.hash ?? Infinity)) continue;
    const content = join(...parts);
    if (chosen.some((other) => other.content === content)) continue;
    const at = chosen.findIndex((other) => hash < other.hash || (hash === other.hash && content < other.content));
    chosen.splice(at < 0 ? chosen.length : at, 0, { hash, content });
    chosen.length = Math.min(chosen.length, count);
  }
  return chosen.map(({ content }) => content);
}

/** FNV-1a and the finish of MurmurHash3 of the parts as `join` puts them together: spread enough to choose by. It is no secret and is kept nowhere. */
function hashOf(parts: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (let part = 0; part < parts.length; part++) {
    if (part > 0) hash = Math.imul(hash, 0x01000193);
    const text = parts[part] ?? '';
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
