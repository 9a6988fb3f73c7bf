import { CordonError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { faultsOf } from '../detect/lint.ts';
import type { Pack } from '../detect/pack.ts';
import { explainIssues, type IssueWords, named, type Place, readYaml } from '../detect/read-yaml.ts';
import { sampleFaults } from '../detect/samples.ts';
import { endOfDay } from '../policy/days.ts';
import { LONGEST_ACCEPTANCE } from '../policy/transitions.ts';
import { type Overlay, overlaySchema } from './schema.ts';

/** An overlay as text, and what errors call it. */
export interface OverlayFile {
  /** `rules/overlays/st-anna.yaml` */
  readonly file: string;
  readonly text: string;
}

/** What overlays are proven against. */
export interface Surroundings {
  /** The packs that they lie over. */
  readonly packs: readonly Pack[];
  /** Ids of the flows in the register; null where nobody knows them. */
  readonly flows: ReadonlySet<string> | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Overlays that were proven. */
export interface LoadedOverlays {
  readonly overlays: readonly Overlay[];
  /** Their own rules, a pack for each overlay that has some. */
  readonly packs: readonly Pack[];
  /** Entries that do nothing since their rule is gone, one a line with its place: an update of packs is not to stop a start. */
  readonly warnings: readonly string[];
}

interface Located {
  readonly overlay: Overlay;
  readonly pack: Pack;
  readonly place: Place;
}

/**
 * Reads overlays and proves them: the schema, what it can't say (names and ids used once, flows that exist, ends within a year), then their
 * rules as those of a pack, samples included. Throws CordonError `rules.invalid` with all errors found, one a line:
 * `rules/overlays/x.yaml:12: entry "no-fax": expires: is missing: …`.
 */
export function loadOverlays(files: readonly OverlayFile[], around: Surroundings): LoadedOverlays {
  const errors: string[] = [];
  const warnings: string[] = [];
  const located = files.flatMap((file) => readOverlay(file, errors));
  findDuplicates(located, around.packs, errors);
  for (const { pack, place } of located) {
    for (const { rule, path, message } of faultsOf(pack))
      errors.push(`${place(['rules', rule, ...path])}: rule "${pack.rules[rule]?.id ?? rule}": ${message}`);
  }
  const known = new Set([...around.packs, ...located.map(({ pack }) => pack)].flatMap(({ rules }) => rules.map(({ id }) => id)));
  for (const each of located) checkEntries(each, around, known, errors, warnings);
  if (errors.length === 0) {
    for (const { pack, place } of located) {
      for (const { rule, path, message } of sampleFaults(pack, around.packs))
        errors.push(`${place(['rules', rule, ...path])}: rule "${pack.rules[rule]?.id ?? rule}": ${message}`);
    }
  }
  if (errors.length > 0) throw new CordonError('rules.invalid', errors.join('\n'));
  const packs = located.flatMap(({ pack }) => (pack.rules.length === 0 ? [] : [pack]));
  return { overlays: located.map(({ overlay }) => overlay), packs, warnings };
}

const WORDS: IssueWords = {
  subject(value, path) {
    const [list, index] = path;
    if (typeof index !== 'number') return 'overlay';
    return list === 'rules' ? `rule ${named(value, path)}` : `entry ${named(value, path)}`;
  },
  lists: ['rules', 'changes', 'allow'],
  keys: 'the keys are in docs/tuning.md',
};

function readOverlay(file: OverlayFile, errors: string[]): Located[] {
  const read = readYaml(file, errors);
  if (read === null) return [];
  const { value, place } = read;
  // All of it commented out, as in an example.
  if (value === null) return [];
  const parsed = overlaySchema.safeParse(value, { reportInput: true });
  if (parsed.success) return [{ overlay: parsed.data, pack: packOf(parsed.data), place }];
  errors.push(...explainIssues(parsed.error.issues, value, place, WORDS));
  return [];
}

/** The pack that an overlay's own rules are. */
function packOf({ name, version, title, rules }: Overlay): Pack {
  return { name, version, title, status: 'stable', references: [`overlay ${name}`], applies: 'always', engine: 're2', rules };
}

/** Rules of a name that a shipped pack has too would be told apart by nobody. */
function findDuplicates(located: readonly Located[], packs: readonly Pack[], errors: string[]): void {
  const names = new Map(packs.map(({ name }) => [name, 'a pack that is shipped']));
  const rules = new Map(packs.flatMap(({ name, rules: own }) => own.map(({ id }) => [id, `pack ${name}`] as const)));
  for (const { overlay, place } of located) {
    const taken = (seen: Map<string, string>, id: string, path: readonly PropertyKey[], what: string): void => {
      const where = place(path);
      const before = seen.get(id);
      if (before === undefined) seen.set(id, where);
      else errors.push(`${where}: ${what} "${id}": there is one of this name already, at ${before}; rename one`);
    };
    taken(names, overlay.name, ['name'], 'overlay');
    overlay.rules.forEach(({ id }, index) => {
      taken(rules, id, ['rules', index, 'id'], 'rule');
    });
    const entries = new Map<string, string>();
    for (const list of ['changes', 'allow'] as const) {
      overlay[list].forEach(({ id }, index) => {
        taken(entries, id, [list, index, 'id'], 'entry');
      });
    }
  }
}

function checkEntries(
  { overlay, place }: Located,
  { flows, now }: Surroundings,
  known: ReadonlySet<string>,
  errors: string[],
  warnings: string[],
): void {
  for (const list of ['changes', 'allow'] as const) {
    overlay[list].forEach((entry, index) => {
      const at = (...path: PropertyKey[]): string => `${place([list, index, ...path])}: entry "${entry.id}":`;
      entry.flows?.forEach((flow, number) => {
        if (flows !== null && !flows.has(flow)) errors.push(`${at('flows', number)} ${unknown('flow', flow, flows)}`);
      });
      const rules = 'rule' in entry ? [entry.rule] : (entry.rules ?? []);
      for (const rule of rules) {
        if (!known.has(rule))
          warnings.push(`${at('rule' in entry ? 'rule' : 'rules')} ${unknown('rule', rule, known)}: it does nothing`);
      }
      // A change of severity hides nothing, so it may stay.
      const hides = !('severity' in entry) || entry.severity === undefined;
      if (hides && entry.expires !== undefined && endOfDay(entry.expires, overlay.timezone) - now > LONGEST_ACCEPTANCE)
        errors.push(`${at('expires')} is more than a year away: a risk is accepted for a year at most`);
    });
  }
}

function unknown(what: string, id: string, known: ReadonlySet<string>): string {
  const near = nearest(id, known);
  return `there is no ${what} "${id}"${near === null ? '' : `, did you mean "${near}"?`}`;
}
