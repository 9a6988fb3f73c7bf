import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { noticeKeys } from './config-notices.ts';
import { oidcKeys } from './config-oidc.ts';
import { revealKeys } from './config-reveal.ts';
import {
  aeTitles,
  choice,
  duration,
  keyMeta,
  namePatterns,
  networkText,
  origin,
  path,
  port,
  portNumber,
  serviceUrl,
  size,
  whole,
} from './config-values.ts';

/**
 * Everything that can be configured, in one strict schema: cordon.yaml, the environment, `config show`, cordon.example.yaml's test
 * and docs/configuration.md all come from it. A key's `kind` (in its metadata) is how its type reads in the reference page.
 */

/** What the rules and flows of a clone are, wherever it is started from. */
const INSTALLED = resolve(import.meta.dirname, '..');

const NACKS = ['close', 'AR', 'AE'] as const;

/** One source that gets another answer than the rest. What is given must all fit; the first that fits is taken. */
const Source = z
  .strictObject({
    listener: z.string().min(1).optional(),
    address: networkText.optional(),
    certificate: z.string().min(1).optional(),
    nack: z.enum(NACKS, { error: `must be one of ${NACKS.join(', ')}` }),
  })
  .refine(
    (source) => source.listener ?? source.address ?? source.certificate,
    'says of no source: give listener, address or certificate',
  );

const NAME = 'must be a name of lower-case letters, digits and hyphens, other than mllp, mllp-tls, http, dimse, dimse-tls';

/** One more MLLP listener, under a name of its own that flows can match on. */
const NamedListener = z
  .strictObject({
    name: z
      .string({ error: NAME })
      .regex(/^[a-z][a-z0-9-]{0,39}$/, NAME)
      .refine((name) => !['mllp', 'mllp-tls', 'http', 'dimse', 'dimse-tls'].includes(name), NAME),
    host: z.string().min(1).optional(),
    port: portNumber(),
    certificate: z.string().min(1).optional(),
    key: z.string().min(1).optional(),
    ca: z.string().min(1).optional(),
  })
  .superRefine(needsPair);

function needsPair(
  tls: { certificate?: string | undefined; key?: string | undefined; ca?: string | undefined },
  context: z.RefinementCtx,
): void {
  const { certificate, key, ca } = tls;
  if (certificate !== undefined && key === undefined)
    context.addIssue({ code: 'custom', path: ['key'], message: 'is needed with certificate' });
  if (certificate === undefined && (key ?? ca) !== undefined) {
    context.addIssue({ code: 'custom', path: ['certificate'], message: 'is needed with key and ca' });
  }
}

const tlsKeys = (who: string) => ({
  certificate: path(`PEM file with the certificate of ${who}, its chain after it.`).optional(),
  key: path('PEM file with the private key.').optional(),
  ca: path('PEM file with the authorities whose client certificates are let in. Given, every client needs one.').optional(),
});

const publicUrl = origin(
  'Where browsers reach the pages, where a proxy stands in front: forms come from there alone, and links of notices and sign-ins, cookies and the way back from an OpenID provider follow it.',
  'as each request says; notices have no links',
).optional();

export const RedisUrl = serviceUrl(
  ['redis', 'rediss'],
  'REDIS_URL',
  'Redis that carries the queue (`rediss://` for TLS), which then needs its append-only file and the policy noeviction. Unset: the queue is in this process.',
);

export const DatabaseUrl = serviceUrl(
  ['postgres', 'postgresql'],
  'DATABASE_URL',
  'PostgreSQL that holds the ledger and the vault (`?sslmode=verify-full` for TLS, `&sslrootcert=FILE` with the authorities that it is trusted by), for several processes. Unset: a SQLite file in data.',
);

/** The schema of the file; the environment is laid over it before it is read. */
export const ConfigSchema = z
  .strictObject({
    data: path('Folder of the ledger, with the vault, and of the keyring. Made 0700 at the first start.').default('./data'),
    keyring: path(
      'Keyring file. Put it on another disk than the ledger to part the keys from what they open.',
      'keyring.json in data',
    ).optional(),
    kmsKey: z
      .string({ error: 'must be the id, ARN or alias of a KMS key' })
      .min(1, 'must be the id, ARN or alias of a KMS key')
      .register(keyMeta, {
        kind: 'text',
        about:
          'AWS KMS key that wraps the keys of a keyring that is made (symmetric; id, ARN or alias). Region and credentials are those of the AWS SDK.',
        shown: 'the keyring is a key file',
      })
      .optional(),
    host: z
      .string({ error: 'must be an address or a host name' })
      .min(1, 'must be an address or a host name')
      .register(keyMeta, {
        kind: 'text',
        about: 'Address that all listeners bind to. Nothing but this machine can reach the default.',
      })
      .default('127.0.0.1'),
    flows: path('Folder of flow policies.', 'rules/flows of the clone').default(resolve(INSTALLED, 'rules/flows')),
    locations: path('Folder of descriptions of the places that policies name.', 'rules/locations of the clone').default(
      resolve(INSTALLED, 'rules/locations'),
    ),
    packs: path('Folder of rule packs.', 'rules/packs of the clone').default(resolve(INSTALLED, 'rules/packs')),
    overlays: path(
      'Folder of overlays: what the site changes of the rules, and rules of its own (docs/tuning.md). It may be empty.',
      'rules/overlays of the clone',
    ).default(resolve(INSTALLED, 'rules/overlays')),
    limit: size('1KiB', 'What is kept of a message; the rest is counted, digested and reported as unexamined.').prefault('64MiB'),
    hardLimit: size('1KiB', 'Past this the rest of a message is read and thrown away.').prefault('2GiB'),
    inFlight: size(
      '1MiB',
      'Bytes of messages in memory between socket and ledger, over all listeners; past it senders are asked to come again.',
    ).prefault('256MiB'),
    ackDeadline: duration('From the last byte of a message to its answer; past it the sender is asked to come again.').prefault(
      'PT4S',
    ),
    idle: duration(
      'MLLP connections that say nothing for so long, and DICOM associations that bring nothing whole, are closed.',
    ).prefault('PT1H'),
    nack: choice(
      NACKS,
      'What an MLLP sender gets when nothing could be stored: a closed connection (engines send again), or a negative answer.',
    ).default('close'),
    sources: z
      .array(Source, { error: 'must be a list' })
      .register(keyMeta, {
        kind: 'list',
        about:
          'Senders with a `nack` of their own: `{listener, address, certificate, nack}`; what is given must fit, the first that fits is taken.',
      })
      .default([]),
    http: z
      .strictObject({ port: port('API and pages.').default(8480), publicUrl, ...tlsKeys('the HTTP listener') })
      .superRefine(needsPair)
      .prefault({}),
    oidc: oidcKeys,
    mllp: z.strictObject({ port: port('HL7 v2 over MLLP.').default(2575) }).prefault({}),
    mllpTls: z
      .strictObject({
        port: port('HL7 v2 over MLLP over TLS; off until a certificate is given.').default(2576),
        ...tlsKeys('this listener'),
      })
      .superRefine(needsPair)
      .prefault({}),
    dimse: z
      .strictObject({
        port: port('DICOM associations: C-ECHO and C-STORE.').default(11112),
        callingAEs: aeTitles('Calling AE titles that are let in, on both DICOM listeners. Empty: any.'),
        calledAEs: aeTitles('Called AE titles that Cordon answers to, on both DICOM listeners. Empty: any.'),
        maxAssociations: whole(
          1,
          1000,
          'Associations at once on each DICOM listener; more are asked to come again (local limit exceeded).',
        ).default(64),
        maxObjects: whole(
          0,
          1_000_000,
          'Objects of one association; more of them are asked to come again (A700H). 0: any number.',
        ).default(0),
      })
      .prefault({}),
    dimseTls: z
      .strictObject({
        port: port('DICOM associations over TLS; off until a certificate is given.').default(2762),
        ...tlsKeys('this listener'),
      })
      .superRefine(needsPair)
      .prefault({}),
    listeners: z
      .array(NamedListener, { error: 'must be a list' })
      .register(keyMeta, {
        kind: 'list',
        about:
          'More MLLP listeners, each with a name that flows can match: `{name, port, host, certificate, key, ca}`; with a certificate it speaks TLS.',
      })
      .default([]),
    vault: z
      .strictObject({
        quota: size(
          '1MiB',
          'Sealed bodies at rest; when it is reached senders are asked to come again until bodies were dropped.',
        ).prefault('10GiB'),
        retention: duration('How long the body of a flagged message is kept. Others are dropped after the scan.').prefault(
          'P30D',
        ),
      })
      .prefault({}),
    ledger: z
      .strictObject({
        retention: duration(
          'How long rows of messages, their findings, closed incidents, former evidence and devices not heard of are kept; they go by the month (UTC). 45 CFR 164.316(b)(2)(i) and 164.528 ask for six years.',
        ).prefault('P6Y'),
        groupCommit: whole(1, 10_000, 'Most writes that share one transaction, and so one flush to the disk.').default(512),
      })
      .prefault({}),
    registry: z
      .strictObject({
        keep: duration(
          'How long the registry knows an identifier of a patient that no flow which teaches (`teaches` of its policy) shows any more.',
        ).prefault('P2Y'),
      })
      .prefault({}),
    cohorts: z
      .strictObject({
        testNames: namePatterns(
          'Words in the names of patients who are none, beside those that `cordon cohorts add test` says: `ZZ*` is every word that begins so. They are of the cohort `test`.',
          ['ZZ*', 'TEST', 'TESTPATIENT'],
        ),
      })
      .prefault({}),
    database: z
      .strictObject({
        url: DatabaseUrl.optional(),
        urlFile: path(
          'File with that URL, read where url is not given: for a password that should not stand in the environment.',
          undefined,
          'DATABASE_URL_FILE',
        ).optional(),
      })
      .prefault({}),
    redis: z
      .strictObject({
        url: RedisUrl.optional(),
        urlFile: path(
          'File with that URL, read where url is not given: for a password that should not stand in the environment.',
          undefined,
          'REDIS_URL_FILE',
        ).optional(),
        ca: path('PEM file with the authorities that this Redis is trusted by, over `rediss://`.', 'the public ones').optional(),
      })
      .prefault({}),
    endpoints: z
      .strictObject({
        ca: path(
          'PEM file with the authorities that the endpoints of policies (`destination.endpoint`) are trusted by.',
          'the public ones',
        ).optional(),
      })
      .prefault({}),
    reveal: revealKeys,
    notices: noticeKeys,
    scan: z
      .strictObject({
        threads: whole(1, 256, 'Threads that open, parse and judge messages.', 'cores less one').default(
          Math.max(1, cpus().length - 1),
        ),
        timeLimit: duration(
          'For one message; past it its thread is ended and the message is tried again, then quarantined.',
        ).prefault('PT10S'),
        memoryLimit: size('32MiB', 'Heap of one thread.').prefault('256MiB'),
      })
      .prefault({}),
    log: z
      .strictObject({
        level: choice(['debug', 'info', 'warn', 'error'], 'The least that is logged. No level prints a body.').default('info'),
        format: choice(['text', 'json'], 'For people, or one JSON object a line.').default('text'),
      })
      .prefault({}),
  })
  .superRefine((config, context) => {
    const wrong = (at: (string | number)[], message: string) => context.addIssue({ code: 'custom', path: at, message });
    if (config.hardLimit < config.limit) wrong(['hardLimit'], 'is under limit: raise it or lower limit');
    if (config.inFlight < config.limit)
      wrong(['inFlight'], 'is under limit, so that no message of that size could come in: raise it or lower limit');
    const names = new Set<string>();
    const ports = new Map<number, string>([[config.http.port, 'http.port']]);
    const claim = (number: number, name: string, at: (string | number)[]) => {
      const other = ports.get(number);
      if (number !== 0 && other !== undefined) wrong(at, `is the port of ${other} too: give each its own`);
      ports.set(number, name);
    };
    claim(config.mllp.port, 'mllp.port', ['mllp', 'port']);
    if (config.mllpTls.certificate !== undefined) claim(config.mllpTls.port, 'mllpTls.port', ['mllpTls', 'port']);
    claim(config.dimse.port, 'dimse.port', ['dimse', 'port']);
    // A TLS port shall differ from the clear one (PS3.15 B.1).
    if (config.dimseTls.certificate !== undefined) claim(config.dimseTls.port, 'dimseTls.port', ['dimseTls', 'port']);
    for (const [index, listener] of config.listeners.entries()) {
      if (names.has(listener.name)) wrong(['listeners', index, 'name'], 'is the name of another listener too');
      names.add(listener.name);
      claim(listener.port, `listener ${listener.name}`, ['listeners', index, 'port']);
    }
  });

/** The effective configuration. Sizes are bytes, durations milliseconds. */
export type Config = z.output<typeof ConfigSchema>;

/** Where the keyring is. */
export function keyringPath(config: Config): string {
  return config.keyring ?? resolve(config.data, 'keyring.json');
}

/** Where the keyring is, and what wraps the keys of one that is made. */
export function keyringPlace(config: Config): { readonly path: string; readonly kmsKey: string | null } {
  return { path: keyringPath(config), kmsKey: config.kmsKey ?? null };
}

/** Where the ledger is. */
export function ledgerPath(config: Config): string {
  return resolve(config.data, 'ledger.db');
}
