import { stringify } from 'yaml';
import { CATEGORIES, PERSON_SUBJECTS, SUBJECTS } from '../core/vocabulary.ts';
import { dateAt } from './days.ts';
import { EDIT_ME } from './flow.ts';
import { readObserved } from './observed-names.ts';

/** A flow as the ledger keeps it (`FlowRow` fits). */
export interface SeenFlow {
  readonly key: string;
  readonly listener: string;
  readonly source: string;
  readonly destination: string;
  readonly policy: string | null;
  readonly messages: number;
}

/** What a flow carried (`FlowKind` fits): that messages of one type held one category of one subject. */
export interface SeenKind {
  readonly key: string;
  readonly type: string;
  readonly category: string;
  readonly subject: string;
}

/** The same, and how many such messages (`FlowUse` fits). */
export interface SeenUse extends SeenKind {
  readonly messages: number;
}

export interface Suggestion {
  readonly id: string;
  /** YAML of the policy, with `EDIT-ME` where a person decides; `loadFlows` refuses it until that is done. */
  readonly yaml: string;
}

const YEAR = 365 * 24 * 60 * 60 * 1000;

/**
 * Drafts a policy for each observed flow that has none. It is in shadow and permits what was seen, type by type; whether that may
 * be so is what its reader decides. Who answers for it, what the receiver is and why it gets the data cannot be observed.
 * `now` in milliseconds since the epoch; `taken` are ids of policies that exist.
 */
export function suggestFlows(
  flows: readonly SeenFlow[],
  kinds: readonly SeenKind[],
  now: number,
  taken: readonly string[] = [],
): Suggestion[] {
  const ids = new Set(taken);
  const byFlow = Map.groupBy(kinds, ({ key }) => key);
  return unregistered(flows).map((flow) => {
    const id = freeId(slug(`${plain(flow.source)}-${plain(flow.destination)}`), ids);
    ids.add(id);
    return { id, yaml: draft(id, flow, byFlow.get(flow.key) ?? [], now) };
  });
}

/** Those that need a draft: what they carried is all that `suggestFlows` asks for. */
export function unregistered<Flow extends SeenFlow>(flows: readonly Flow[]): Flow[] {
  return flows.filter(({ policy }) => policy === null);
}

function draft(id: string, flow: SeenFlow, kinds: readonly SeenKind[], now: number): string {
  const match = matchOf(flow);
  const policy = {
    id,
    title: `${plain(flow.source)} to ${plain(flow.destination)}`.slice(0, 200),
    owner: EDIT_ME,
    status: 'shadow',
    environment: 'prod',
    match: [match],
    destination: { system: plain(flow.destination), entity: EDIT_ME },
    basis: { purpose: EDIT_ME, dataset: 'phi', agreement: { kind: 'none' } },
    permit: permitsOf(kinds),
    expires: dateAt(now + YEAR, 'UTC'),
  };
  const head = [
    `Drafted from ${flow.messages} messages observed on ${flow.listener}.`,
    `Required before it loads: every ${EDIT_ME} (owner; destination.entity: self ce ba public-health researcher vendor;`,
    'basis.purpose). Permit only what the receiver needs; then set status: active.',
    ...(Object.keys(match).length > 1
      ? []
      : ['Nothing but the listener tells this flow apart: add a key to match, or it takes all of it.']),
  ];
  return `${head.map((line) => `# ${line}\n`).join('')}${stringify(policy, { lineWidth: 120, defaultStringType: 'PLAIN' })}`;
}

function matchOf(flow: SeenFlow): Record<string, unknown> {
  const names = readObserved(flow);
  const msh = Object.fromEntries(Object.entries(names.msh).filter(([, name]) => !looksMasked(name)));
  const named = (name: string | undefined): name is string => name !== undefined && !looksMasked(name);
  return {
    listener: flow.listener,
    ...(names.certificate === undefined ? {} : { certificate: names.certificate }),
    ...(named(names.calling) ? { callingAE: names.calling } : {}),
    ...(named(names.called) ? { calledAE: names.called } : {}),
    ...(named(names.claimedSource) ? { source: names.claimedSource } : {}),
    ...(named(names.claimedDestination) ? { header: { 'Cordon-Destination': names.claimedDestination } } : {}),
    ...(Object.keys(msh).length === 0 ? {} : { msh }),
    ...(names.address === undefined ? {} : { address: names.address }),
  };
}

/** A mask matches nothing: the name was an identifier of the message. */
const looksMasked = (name: string): boolean => name === '***' || !/[b-zB-Z0-8]/.test(name);

/** One item a type; items of types that held the same are one. Staff, facilities and equipment need no permit. */
function permitsOf(kinds: readonly SeenKind[]): { types?: string[]; subjects: string[]; categories: string[] }[] {
  const permits = new Map<string, { types: string[]; subjects: string[]; categories: string[] }>();
  const persons = kinds.filter((kind) => SUBJECTS.some((subject) => subject === kind.subject && PERSON_SUBJECTS.has(subject)));
  for (const [type, ofType] of Map.groupBy(persons, (kind) => kind.type)) {
    const categories = CATEGORIES.filter((category) => ofType.some((kind) => kind.category === category));
    const subjects = SUBJECTS.filter((subject) => ofType.some((kind) => kind.subject === subject));
    if (categories.length === 0) continue;
    const key = `${subjects.join()}|${categories.join()}|${type === ''}`;
    const same = permits.get(key);
    if (same === undefined) permits.set(key, { types: [type], subjects, categories });
    else same.types.push(type);
  }
  return [...permits.values()].map(({ types, ...rest }) => (types.includes('') ? rest : { types, ...rest }));
}

const plain = (name: string): string => name.replace(/ \(claimed\)|AE |key /g, '').replace(/; /g, ' ');

function slug(text: string): string {
  const made = text
    .toLowerCase()
    .replace(/[a-z]+=/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 56)
    .replace(/-+$/, '');
  return made === '' ? 'flow' : made;
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number++;
  return `${wanted}-${number}`;
}
