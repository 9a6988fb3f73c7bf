import { EXTENSION, encodeClientHello } from './client-hello.ts';
import { converseInClear } from './converse.ts';
import { createDialogue } from './dialogues.ts';
import { eliminate } from './eliminate.ts';
import { type Address, type Answer, type ClearProtocol, clearProtocol, exchangeHello } from './exchange.ts';
import { groupsOf } from './groups.ts';
import { fullHandshake, type Handshake } from './handshake.ts';
import { createPacer, type Pacer } from './pacer.ts';
import type { ServerFlight } from './server-hello.ts';
import { SUITES, suitesOf } from './suites.ts';
import { VERSIONS, type Version, versionCode } from './versions.ts';

/** Bounds of a probe, so that it is not felt: connections are made one after another. */
export interface ProbeLimits {
  /** Milliseconds for each connection. */
  readonly timeout: number;
  readonly perSecond: number;
  /** In all. */
  readonly connections: number;
}

export const GENTLE: ProbeLimits = { timeout: 5000, perSecond: 25, connections: 300 };

export type Support = 'accepted' | 'refused' | 'unknown';

/** What an endpoint was seen to do. Null is what was not seen. */
export interface TransitFacts {
  readonly versions: Readonly<Record<Version, Support>>;
  /** Codes of the suites accepted, by version, in the order in which the server chose. */
  readonly suites: Readonly<Partial<Record<Version, readonly number[]>>>;
  /** Whether every list was asked to its end. */
  readonly complete: boolean;
  /** Whose order counts where both sides share several suites (TLS 1.2 and below). */
  readonly preference: 'server' | 'client' | null;
  readonly groups: readonly number[];
  /** Sizes of the primes of DHE in bits. */
  readonly primeBits: readonly number[];
  readonly extensions: SeenExtensions;
  /** `requested`: it goes on without; `not-demanded`: no refusal was seen. */
  readonly clientCertificate: 'demanded' | 'requested' | 'not-demanded' | 'unknown';
  /** DER, each leaf first, each leaf once: a server may show another certificate for each kind of signature. */
  readonly chains: readonly (readonly Buffer[])[];
  readonly connections: number;
}

/** Of handshakes up to TLS 1.2: TLS 1.3 has what they are for built in. */
export interface SeenExtensions {
  readonly renegotiationInfo: boolean | null;
  readonly extendedMasterSecret: boolean | null;
  /** With CBC suites; null where none is accepted. */
  readonly encryptThenMac: boolean | null;
  readonly truncatedHmac: boolean | null;
  readonly compression: boolean | null;
}

export type ProbeResult =
  | { readonly kind: 'tls'; readonly facts: TransitFacts }
  | { readonly kind: 'clear'; readonly protocol: ClearProtocol }
  /** No statement can be made; `reason` is a sentence for people. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** ClientHellos with more suites were seen to be refused by old stacks. */
const CHUNK = 64;
/** What most servers speak is asked first: the first answer tells whether it is TLS at all. */
const ORDER: readonly Version[] = ['TLSv1.2', 'TLSv1.3', 'TLSv1.1', 'TLSv1', 'SSLv3'];
const PROTOCOL_VERSION = 70;

type Ask = (version: Version, suites: readonly number[], groups?: readonly number[]) => Promise<Answer>;

/**
 * Asks an endpoint what it accepts, by ClientHellos that end before any secret is made and by one full handshake without application
 * data. Never rejects for what the endpoint does.
 */
export async function probeTransit(
  address: Address,
  serverName: string | null,
  signal: AbortSignal,
  limits: ProbeLimits = GENTLE,
  pacer: Pacer = createPacer(limits),
): Promise<ProbeResult> {
  const ask: Ask = async (version, suites, groups = groupsOf(versionCode(version))) => {
    if (!(await pacer.next(signal))) return { kind: 'stopped' };
    const hello = encodeClientHello({ version: versionCode(version), suites, groups, serverName, compressions: [1, 0] });
    return exchangeHello(address, hello, limits.timeout, signal);
  };
  const asked = new Map<Version, AskedVersion>();
  for (const version of ORDER) {
    const result = await askVersion(version, ask);
    if (result.first.kind === 'clear') return { kind: 'clear', protocol: clearProtocol(result.first.first) };
    asked.set(version, result);
    if (asked.size === 1 && ENDS.has(result.first.kind)) break;
  }
  if (![...asked.values()].some(({ suites }) => suites.length > 0)) {
    const answers = [...asked.values()].map(({ first }) => first);
    // Who answered with an alert speaks TLS; who could not be reached is not asked again.
    const mayBeClear = answers.every(({ kind }) => kind === 'closed' || kind === 'silent') && (await pacer.next(signal));
    // Some DICOM peers hang up on a ClientHello without a word.
    const dicom = mayBeClear
      ? await converseInClear(address, createDialogue('dicom', address.host), limits.timeout, signal)
      : null;
    if (dicom?.kind === 'spoken') return { kind: 'clear', protocol: 'dicom' };
    return { kind: 'unknown', reason: whyNothing(answers) };
  }
  const ephemeral = await askGroups(asked, ask);
  const preference = await askPreference(asked, ask);
  const handshake = (await pacer.next(signal)) ? await fullHandshake(address, serverName, limits.timeout, signal) : null;
  return { kind: 'tls', facts: factsOf(asked, ephemeral, preference, handshake, pacer.used) };
}

/** After these at the very first question the next would only wait as long again. */
const ENDS: ReadonlySet<Answer['kind']> = new Set(['silent', 'unreachable', 'stopped']);

interface AskedVersion {
  readonly suites: readonly number[];
  readonly flights: readonly ServerFlight[];
  readonly complete: boolean;
  readonly first: Answer;
}

async function askVersion(version: Version, ask: Ask): Promise<AskedVersion> {
  const code = versionCode(version);
  const offered = suitesOf(code);
  const suites: number[] = [];
  const flights: ServerFlight[] = [];
  let first: Answer | null = null;
  for (let at = 0; at < offered.length; at += CHUNK) {
    const found = await eliminate(
      offered.slice(at, at + CHUNK),
      async (left) => {
        const answer = await ask(version, left);
        first ??= answer;
        return answer;
      },
      ({ hello }) => (hello.version === code ? hello.suite : null),
    );
    suites.push(...found.accepted);
    flights.push(...found.flights);
    if (!found.complete) return { suites, flights, complete: false, first: first ?? found.last };
    if (suites.length === 0 && refusesVersion(found.last, code)) break;
  }
  return { suites, flights, complete: true, first: first ?? { kind: 'closed' } };
}

/** The whole version is refused, not only these suites: the rest need not be asked. */
function refusesVersion(answer: Answer, code: number): boolean {
  if (answer.kind === 'flight') return answer.flight.hello.version !== code;
  return answer.kind === 'alert' && answer.description === PROTOCOL_VERSION;
}

function whyNothing(answers: readonly Answer[]): string {
  const [first] = answers;
  if (first?.kind === 'unreachable') return `no connection: ${first.code}`;
  if (first?.kind === 'silent') return 'it took the connection and did not answer a ClientHello in time; it may speak in clear';
  if (first?.kind === 'stopped') return 'the probe was stopped before the first answer';
  if (answers.some(({ kind }) => kind === 'alert')) return 'it speaks TLS, but refused every version and suite that was offered';
  return 'it ended each connection without an answer to a ClientHello; it may speak in clear';
}

interface Ephemeral {
  readonly groups: readonly number[];
  readonly complete: boolean;
}

/** Groups that are accepted, for the highest version up to 1.2 that has ephemeral curves, and for TLS 1.3. */
async function askGroups(asked: ReadonlyMap<Version, AskedVersion>, ask: Ask): Promise<Ephemeral> {
  const groups = new Set<number>();
  let complete = true;
  const old = (['TLSv1.2', 'TLSv1.1', 'TLSv1'] as const).find((version) => curveSuites(asked.get(version)).length > 0);
  const versions: Version[] = [...(old === undefined ? [] : [old]), 'TLSv1.3'];
  for (const version of versions) {
    const suites = version === 'TLSv1.3' ? (asked.get(version)?.suites ?? []) : curveSuites(asked.get(version));
    if (suites.length === 0) continue;
    // The weakest first: with an EC certificate, TLS 1.2 ends when the certificate's own curve is no longer offered.
    const weakestFirst = groupsOf(versionCode(version)).reverse();
    const found = await eliminate(
      weakestFirst,
      (left) => ask(version, suites, left),
      ({ hello, ephemeral }) => (version === 'TLSv1.3' ? hello.group : (ephemeral?.group ?? null)),
    );
    for (const group of found.accepted) groups.add(group);
    complete &&= found.complete;
  }
  return { groups: [...groups], complete };
}

function curveSuites(asked: AskedVersion | undefined): number[] {
  return (asked?.suites ?? []).filter((code) => SUITES.get(code)?.keyExchange === 'ECDHE');
}

async function askPreference(asked: ReadonlyMap<Version, AskedVersion>, ask: Ask): Promise<TransitFacts['preference']> {
  const version = (['TLSv1.2', 'TLSv1.1', 'TLSv1'] as const).find((each) => (asked.get(each)?.suites.length ?? 0) > 1);
  const suites = version === undefined ? [] : (asked.get(version)?.suites ?? []).slice(0, CHUNK);
  if (version === undefined) return null;
  const forth = await ask(version, suites);
  const back = await ask(version, [...suites].reverse());
  if (forth.kind !== 'flight' || back.kind !== 'flight') return null;
  return forth.flight.hello.suite === back.flight.hello.suite ? 'server' : 'client';
}

function factsOf(
  asked: ReadonlyMap<Version, AskedVersion>,
  ephemeral: Ephemeral,
  preference: TransitFacts['preference'],
  handshake: Handshake | null,
  connections: number,
): TransitFacts {
  const flights = [...asked.values()].flatMap((version) => version.flights);
  const primes = flights.flatMap((flight) => flight.ephemeral?.primeBits ?? []);
  return {
    versions: {
      SSLv3: supportOf(asked.get('SSLv3')),
      TLSv1: supportOf(asked.get('TLSv1')),
      'TLSv1.1': supportOf(asked.get('TLSv1.1')),
      'TLSv1.2': supportOf(asked.get('TLSv1.2')),
      'TLSv1.3': supportOf(asked.get('TLSv1.3')),
    },
    suites: Object.fromEntries(VERSIONS.flatMap((version) => suitesOfVersion(version, asked.get(version)))),
    complete: VERSIONS.every((version) => asked.get(version)?.complete === true) && ephemeral.complete,
    preference,
    groups: ephemeral.groups,
    primeBits: [...new Set(primes)].sort((one, other) => one - other),
    extensions: extensionsOf(flights),
    clientCertificate: clientCertificateOf(flights, handshake),
    chains: chainsOf([...flights, ...(handshake === null ? [] : [handshake])]),
    connections,
  };
}

function chainsOf(shown: readonly { readonly certificates: readonly Buffer[] }[]): Buffer[][] {
  const chains = new Map<string, Buffer[]>();
  for (const { certificates } of shown) {
    const leaf = certificates[0]?.toString('latin1');
    if (leaf !== undefined && !chains.has(leaf)) chains.set(leaf, [...certificates]);
  }
  return [...chains.values()];
}

function suitesOfVersion(version: Version, asked: AskedVersion | undefined): [Version, readonly number[]][] {
  return asked === undefined || asked.suites.length === 0 ? [] : [[version, asked.suites]];
}

function supportOf(asked: AskedVersion | undefined): Support {
  if (asked === undefined) return 'unknown';
  if (asked.suites.length > 0) return 'accepted';
  return asked.complete ? 'refused' : 'unknown';
}

function extensionsOf(flights: readonly ServerFlight[]): SeenExtensions {
  const hellos = flights.map(({ hello }) => hello).filter(({ version }) => version > 0x0300 && version < 0x0304);
  const withCbc = hellos.filter(({ suite }) => SUITES.get(suite)?.mode === 'CBC');
  const all = (among: typeof hellos, type: number): boolean | null =>
    among.length === 0 ? null : among.every(({ extensions }) => extensions.includes(type));
  const some = hellos.length === 0 ? null : hellos.some(({ extensions }) => extensions.includes(EXTENSION.truncatedHmac));
  return {
    renegotiationInfo: all(hellos, EXTENSION.renegotiationInfo),
    extendedMasterSecret: all(hellos, EXTENSION.extendedMasterSecret),
    encryptThenMac: all(withCbc, EXTENSION.encryptThenMac),
    truncatedHmac: some,
    compression: hellos.length === 0 ? null : hellos.some(({ compression }) => compression !== 0),
  };
}

function clientCertificateOf(flights: readonly ServerFlight[], handshake: Handshake | null): TransitFacts['clientCertificate'] {
  const isRequested = flights.some(({ wantsClientCertificate }) => wantsClientCertificate);
  // An anonymous server must not ask for one (RFC 5246 section 7.4.4), so only flights with a certificate tell.
  const wasVisible = flights.some(({ certificates }) => certificates.length > 0);
  switch (handshake?.end) {
    case 'open':
      return isRequested ? 'requested' : 'not-demanded';
    case 'refused':
      // Before a certificate was asked for or ours was read, a failed handshake has another cause.
      if (isRequested || handshake.certificates.length > 0) return 'demanded';
      break;
    case 'closed':
      if (isRequested) return 'demanded';
      break;
    default:
      if (isRequested) return 'requested';
  }
  return wasVisible ? 'not-demanded' : 'unknown';
}
