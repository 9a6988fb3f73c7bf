import { createHash } from 'node:crypto';
import type { Parsed } from '../core/format.ts';
import { type Tokenizer, tokenKindOf } from '../core/token.ts';
import type { Severity } from '../core/vocabulary.ts';
import type { Detection, Match } from '../detect/match.ts';
import { endOfDay } from '../policy/days.ts';
import { compilePathGlob, type Glob } from '../policy/names.ts';
import type { Suppression } from '../policy/suppression.ts';
import type { Allow, Change, Overlay } from './schema.ts';

/** One entry of an overlay, made ready. Null: any. */
export interface Entry extends Suppression {
  readonly overlay: string;
  readonly id: string;
  readonly author: string;
  readonly reason: string;
  /** The last day, as the file says it; null: none. */
  readonly expires: string | null;
  /** Null: it suppresses. */
  readonly severity: Severity | null;
  readonly flows: ReadonlySet<string> | null;
  readonly rules: ReadonlySet<string> | null;
  readonly categories: ReadonlySet<string> | null;
  readonly paths: readonly Glob[] | null;
  /** Those paths as the file writes them. */
  readonly places: readonly string[] | null;
  readonly tokens: ReadonlySet<string> | null;
  /** Key ids of those tokens: a value's token is made by each. */
  readonly kids: readonly string[];
}

/** All entries of all overlays, made ready. */
export interface Tuning {
  readonly entries: readonly Entry[];
}

/** Makes overlays ready; null where no entry changes anything, so that a scan need not ask. */
export function compileTuning(overlays: readonly Overlay[]): Tuning | null {
  const entries = overlays.flatMap((overlay) => [
    ...overlay.changes.map((change) => compileChange(overlay, change)),
    ...overlay.allow.map((allow) => compileAllow(overlay, allow)),
  ]);
  return entries.length === 0 ? null : { entries };
}

/** SHA-256 (hex) of the rules that judge a message: that of the packs, and of what overlays change of them where they do. */
export function tunedDigest(packs: string, overlays: readonly Overlay[]): string {
  const changing = overlays
    .filter(({ changes, allow }) => changes.length + allow.length > 0)
    .map(({ name, version, timezone, changes, allow }) => ({ name, version, timezone, changes, allow }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (changing.length === 0) return packs;
  // The schema gives keys an order of its own, so that spelling in YAML does not matter.
  return createHash('sha256')
    .update(`${packs}\n${JSON.stringify(changing)}`)
    .digest('hex');
}

function compileChange(overlay: Overlay, change: Change): Entry {
  return { ...entryOf(overlay, change), severity: change.severity ?? null, rules: new Set([change.rule]) };
}

function compileAllow(overlay: Overlay, { tokens, paths, rules, categories, ...entry }: Allow): Entry {
  return {
    ...entryOf(overlay, entry),
    ...(rules === undefined ? {} : { rules: new Set(rules) }),
    ...(categories === undefined ? {} : { categories: new Set<string>(categories) }),
    ...(paths === undefined ? {} : { paths: paths.map(compilePathGlob), places: paths }),
    ...(tokens === undefined ? {} : { tokens: new Set(tokens), kids: [...new Set(tokens.map(kidOf))] }),
  };
}

function entryOf(
  { name, timezone }: Overlay,
  { id, author, reason, flows, expires }: Pick<Change, 'id' | 'author' | 'reason' | 'flows' | 'expires'>,
): Entry {
  return {
    overlay: name,
    id,
    author,
    reason,
    entry: `${name}/${id}`,
    note: `overlay ${name}, entry ${id} by ${author}: ${reason}`,
    expires: expires ?? null,
    until: expires === undefined ? Number.POSITIVE_INFINITY : endOfDay(expires, timezone),
    severity: null,
    flows: flows === undefined ? null : new Set(flows),
    rules: null,
    categories: null,
    paths: null,
    places: null,
    tokens: null,
    kids: [],
  };
}

function kidOf(token: string): string {
  return token.slice(0, token.indexOf('.'));
}

/** What a match is looked at with. */
export interface TuneInput {
  readonly parsed: Parsed;
  /** Id of the policy that the message is judged by; null: none. Undefined: whatever it is, as where a person asks which entries there are. */
  readonly flow: string | null | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Those of all token keys, retired ones included, by key id: an entry keeps the token that its author saw. */
  readonly tokenizers: ReadonlyMap<string, Tokenizer>;
}

/** A detection under overlays. */
export interface Tuned {
  /** With the severities that overlays give. */
  readonly detection: Detection;
  /** Matches that count for nothing, by their index in the detection. */
  readonly suppressed: ReadonlyMap<number, Suppression>;
}

/**
 * What overlays make of a detection. Pure. An entry is known by the rule's id alone, so that it holds whatever a later version of the pack
 * makes of the rule's confidence. Of several entries that suppress one match, the one that holds longest does.
 */
export function tune(tuning: Tuning, detection: Detection, input: TuneInput): Tuned {
  const suppressed = new Map<number, Suppression>();
  const matches = detection.matches.map((match, index) => {
    let severity = match.severity;
    let longest: Entry | null = null;
    for (const entry of entriesFor(tuning, match, input)) {
      if (entry.severity !== null) severity = entry.severity;
      else if (longest === null || entry.until > longest.until) longest = entry;
    }
    if (longest !== null) suppressed.set(index, longest);
    return severity === match.severity ? match : { ...match, severity };
  });
  return { detection: { ...detection, matches }, suppressed };
}

/** The entries in force that a match falls under. */
export function entriesFor({ entries }: Tuning, match: Match, input: TuneInput): readonly Entry[] {
  return entries.filter((entry) => isInForce(entry, input.now) && holds(entry, match, input));
}

/** What expired has no effect. */
export function isInForce({ until }: Pick<Entry, 'until'>, now: number): boolean {
  return now < until;
}

/** The cheap conditions first: an HMAC is dearer than all the others. */
function holds(entry: Entry, match: Match, { parsed, flow, tokenizers }: TuneInput): boolean {
  const { rules, categories, flows, paths, tokens, kids } = entry;
  if (rules !== null && !rules.has(match.rule)) return false;
  if (categories !== null && !categories.has(match.category)) return false;
  if (flows !== null && flow !== undefined && (flow === null || !flows.has(flow))) return false;
  if (paths !== null) {
    const { path } = parsed.leaves.addressOf(match.leaf);
    if (!paths.some((glob) => glob(path))) return false;
  }
  if (tokens === null) return true;
  const value = parsed.leaves.text(match.leaf).slice(match.from, match.to);
  return kids.some((kid) => {
    const made = tokenizers.get(kid)?.(tokenKindOf(match.category), value);
    return made !== undefined && tokens.has(made);
  });
}

/** How an entry stands, for who lists them. */
export function standingOf(entry: Entry, known: ReadonlySet<string>, now: number): 'in force' | 'expired' | 'rule unknown' {
  if (!isInForce(entry, now)) return 'expired';
  return entry.rules === null || [...entry.rules].some((rule) => known.has(rule)) ? 'in force' : 'rule unknown';
}
