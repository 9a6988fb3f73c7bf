import type { ObservedFlow } from '../policy/decision.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { readObserved } from '../policy/observed-names.ts';
import type { NamePair } from './row.ts';

/**
 * Names that systems go by. Each is a kind, a colon and the name as the flow register has it, which never is an identifier of a patient
 * (`observeFlow` masks those): `app:LIS^LAB` (MSH-3/4, MSH-5/6), `ae:CT1`, `cert:CN=lis`, `name:lis` (claimed by the sender), `key:k1`,
 * `addr:10.0.0.7`, `sys:registry` (a policy's destination), `unknown:`.
 */
export const NAME_KINDS = ['sys', 'name', 'app', 'ae', 'cert', 'key', 'addr', 'unknown'] as const;
export type NameKind = (typeof NAME_KINDS)[number];

export interface NamesOfFlow {
  readonly source: string;
  readonly destination: string;
  readonly pairs: readonly NamePair[];
}

/** `app:LIS^LAB` → `LIS^LAB`. */
export function titleOfName(name: string): string {
  const title = name.slice(name.indexOf(':') + 1);
  return title === '' ? 'unknown' : title;
}

export function kindOfName(name: string): NameKind {
  const kind = name.slice(0, name.indexOf(':'));
  return NAME_KINDS.find((known) => known === kind) ?? 'unknown';
}

/** Whom a flow is from and to, by the best name that it has of each, and what other names stood beside. */
export function namesOf(flow: ObservedFlow, policy: FlowPolicy | null): NamesOfFlow {
  const names = readObserved(flow);
  const spoken = names.claimedSource === undefined ? appName(names.msh, 3) : `name:${names.claimedSource}`;
  const carriers = [
    names.calling === undefined ? null : `ae:${names.calling}`,
    names.certificate === undefined ? null : `cert:${names.certificate}`,
  ].filter((carrier) => carrier !== null);
  const peer = names.apiKey === undefined ? addressName(names.address) : `key:${names.apiKey}`;
  const source = spoken ?? carriers[0] ?? peer ?? 'unknown:';
  const called = names.called === undefined ? null : `ae:${names.called}`;
  const claimed = names.claimedDestination === undefined ? null : `name:${names.claimedDestination}`;
  const observed = called ?? claimed ?? appName(names.msh, 5) ?? 'unknown:';
  const system = policy === null ? null : `sys:${policy.destination.system}`;
  const pairs: NamePair[] = carriers
    .filter((carrier) => carrier !== source)
    .map((carrier) => ({ name: carrier, beside: source, rule: 'carrier' }));
  if (system !== null && observed !== 'unknown:') pairs.push({ name: observed, beside: system, rule: 'policy' });
  return { source, destination: system ?? observed, pairs };
}

function appName(msh: Readonly<Record<string, string>>, field: number): string | null {
  const [application, facility] = [msh[field] ?? '', msh[field + 1] ?? ''];
  if (application === '' && facility === '') return null;
  return facility === '' ? `app:${application}` : `app:${application}^${facility}`;
}

function addressName(address: string | undefined): string | null {
  return address === undefined || address === '' ? null : `addr:${address}`;
}
