import type { Config } from './config.ts';
import type { Clock } from './core/clock.ts';
import type { Evidence, Verifier } from './core/evidence.ts';
import { restTargetName } from './core/rest-target.ts';
import { restVerifierOf } from './encryption/rest/targets.ts';
import { vaultVerifier } from './encryption/rest/vault.ts';
import { loadProfiles } from './encryption/transit/profiles.ts';
import { createTransitVerifier, type TransitTarget } from './encryption/transit/verifier.ts';
import type { Keyring } from './keyring/keyring.ts';
import type { Ledger } from './ledger/ledger.ts';
import { ownVault, restingBodies } from './own-vault.ts';
import { attestationRows, attestationTarget, legTarget } from './policy/evidence.ts';
import type { FlowPolicy } from './policy/flow.ts';
import type { Locations } from './policy/location.ts';
import type { Register } from './policy/register.ts';
import { readRuleFiles, TRANSIT_PROFILES } from './rule-files.ts';
import { readAuthorities } from './trust-anchors.ts';

/** What is asked again and again, and how. */
export interface Checks {
  /** What evidence calls them, each once. */
  readonly targets: readonly string[];
  readonly check: Check;
  readonly limits: Limits;
}

type Check = (target: string, signal: AbortSignal) => Promise<readonly Evidence[]>;

/** Checks at once, those that begin in a second, and milliseconds for one. */
interface Limits {
  readonly lanes: number;
  readonly perSecond: number;
  readonly timeout: number;
}

/** An endpoint takes 36 connections or more, one after another; a thousand of them are asked within five minutes. */
const TRANSIT_LIMITS: Limits = { lanes: 8, perSecond: 4, timeout: 120_000 };
/** AWS lets an account list the grants of 100 keys a second, and others ask too. Ten thousand places are asked within nine minutes of their hour. */
const REST_LIMITS: Limits = { lanes: 8, perSecond: 20, timeout: 60_000 };

/** The endpoints that policies name. */
export function transitChecks(register: Register, verifier: Verifier<TransitTarget>): Checks {
  const endpoints = new Map<string, TransitTarget>();
  for (const { policy } of register.flows.values()) {
    const { endpoint } = policy.destination;
    if (endpoint === undefined) continue;
    const protocol = endpoints.get(legTarget(endpoint))?.protocol ?? protocolOf(policy.match);
    endpoints.set(legTarget(endpoint), { ...addressOf(endpoint), ...(protocol === undefined ? {} : { protocol }) });
  }
  return {
    targets: [...endpoints.keys()],
    check: byName(endpoints, (target, signal) => verifier.check(target, signal)),
    limits: TRANSIT_LIMITS,
  };
}

/** `pacs.example:2762`, `[::1]:2762`: the schema of policies lets nothing else through. */
function addressOf(endpoint: string): Omit<TransitTarget, 'protocol'> {
  const colon = endpoint.lastIndexOf(':');
  const host = endpoint.slice(0, colon).replace(/^\[|\]$/g, '');
  return { host, port: Number(endpoint.slice(colon + 1)), serverName: null };
}

/**
 * What the real leg speaks, as far as its copy tells: an engine that sends the copy as MLLP or DICOM speaks that on the leg too. Over HTTP it
 * sends copies of anything.
 */
function protocolOf(match: FlowPolicy['match']): TransitTarget['protocol'] {
  const spoken = new Set(
    match.map(({ listener, calledAE, callingAE }) => {
      if (listener?.startsWith('dimse') === true || (calledAE ?? callingAE) !== undefined) return 'dicom' as const;
      return listener === 'mllp' || listener === 'mllp-tls' ? ('mllp' as const) : undefined;
    }),
  );
  return spoken.size === 1 ? [...spoken][0] : undefined;
}

/** What locations name, what is attested of them, and always Cordon's own store. */
export function restChecks(locations: Locations, vault: Verifier<string>, clock: Clock): Checks {
  const checks = new Map<string, Check>([['vault', (target, signal) => vault.check(target, signal)]]);
  for (const location of locations.values()) {
    for (const target of location.verify) checks.set(restTargetName(target), (_, signal) => checkRest(target, signal));
    if (location.attested.length > 0) checks.set(attestationTarget(location.id), async () => attestationRows(location, clock()));
  }
  return {
    targets: [...checks.keys()],
    check: byName(checks, (check, signal, name) => check(name, signal)),
    limits: REST_LIMITS,
  };
}

const checkRest: Check = async (target, signal) => {
  const verifier = await restVerifierOf(target);
  if (verifier === null) throw new RangeError(`${restTargetName(target)} is nothing that can be verified at rest`);
  return verifier.check(target, signal);
};

function byName<T>(known: ReadonlyMap<string, T>, run: (one: T, signal: AbortSignal, name: string) => ReturnType<Check>): Check {
  return async (name, signal) => {
    const one = known.get(name);
    if (one === undefined) throw new RangeError(`${name} is not among what is asked`);
    return run(one, signal, name);
  };
}

function transitVerifier({ endpoints }: Config, clock: Clock): Verifier<TransitTarget> {
  return createTransitVerifier({
    profiles: loadProfiles(readRuleFiles(TRANSIT_PROFILES, 'transit profiles')),
    anchors: endpoints.ca === undefined ? null : readAuthorities(endpoints.ca),
    clock,
  });
}

interface CheckParts {
  readonly config: Config;
  readonly register: Register;
  readonly ledger: Ledger;
  readonly keyring: Keyring;
  readonly clock: Clock;
}

/** What an agent has evidence of: the endpoints of its policies, places, its own store. */
export function checksOf({ config, register, ledger, keyring, clock }: CheckParts): {
  transit: Checks;
  rest: (places: Locations) => Checks;
} {
  const vault = vaultVerifier(
    ownVault(config, () => restingBodies(ledger, keyring)),
    { clock },
  );
  return {
    transit: transitChecks(register, transitVerifier(config, clock)),
    rest: (places) => restChecks(places, vault, clock),
  };
}
