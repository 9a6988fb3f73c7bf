import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type GrantListEntry,
  type KeyMetadata,
  type KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
} from '@aws-sdk/client-kms';
import { type Clock, systemClock } from '../../core/clock.ts';
import type { Verifier } from '../../core/evidence.ts';
import { type Answer, ask, type KmsClients, kmsClients, regionOf } from './aws.ts';
import { evidenceOf, type Finding, failed, notApplicable, proven, unknown } from './evidence-row.ts';
import { judgePolicy } from './key-policy.ts';
import { judgeKey, noRotationReason } from './key-state.ts';

/** Pages of grants or aliases that are read; a key with more has `complete: false`. */
const PAGES = 20;

interface KmsOptions {
  readonly clients?: KmsClients;
  readonly clock?: Clock;
  /** Milliseconds for one call, the SDK's own attempts included. */
  readonly timeout?: number;
}

/**
 * Verifies `kms:KEY_OR_ALIAS` (key id, key ARN, `alias/name` or alias ARN): checks `key`, `rotation`, `policy`, `grants` and `aliases`. What is
 * denied, throttled, late or unreachable is `unknown` and names the permission; only what KMS says of the key can be `failed`.
 */
export function kmsVerifier({ clients = kmsClients(), clock = systemClock, timeout }: KmsOptions = {}): Verifier<string> {
  return {
    name: 'kms',
    async check(target, signal) {
      const name = target.replace(/^kms:/, '');
      const client = clients(regionOf(name));
      const described = await describe(client, name, signal, timeout);
      if (!described.ok) return evidenceOf(target, [unknown('key', described.reason)], clock());
      const key = described.value;
      const id = key.Arn ?? key.KeyId ?? name;
      const findings = await Promise.all([
        judgeKey(key),
        rotation(client, key, id, signal, timeout),
        policy(client, id, signal, timeout),
        grants(client, key, id, signal, timeout),
        aliases(client, name, id, signal, timeout),
      ]);
      return evidenceOf(target, findings, clock());
    },
  };
}

/** Check `key` alone: for the key that an object says it is encrypted under. */
export async function checkKey(clients: KmsClients, name: string, signal: AbortSignal, timeout?: number): Promise<Finding> {
  const described = await describe(clients(regionOf(name)), name, signal, timeout);
  return described.ok ? judgeKey(described.value) : unknown('key', described.reason, { key: name });
}

async function describe(client: KMSClient, name: string, signal: AbortSignal, timeout?: number): Promise<Answer<KeyMetadata>> {
  const answer = await ask(
    'kms:DescribeKey',
    signal,
    (abortSignal) => client.send(new DescribeKeyCommand({ KeyId: name }), { abortSignal }),
    timeout,
  );
  if (!answer.ok) return answer;
  const { KeyMetadata: key } = answer.value;
  if (key !== undefined) return { ok: true, value: key };
  return { ok: false, code: 'Empty', status: null, reason: 'kms:DescribeKey answered without a key' };
}

async function rotation(
  client: KMSClient,
  key: KeyMetadata,
  id: string,
  signal: AbortSignal,
  timeout?: number,
): Promise<Finding> {
  const none = noRotationReason(key);
  if (none !== null) return notApplicable('rotation', none);
  const command = new GetKeyRotationStatusCommand({ KeyId: id });
  const answer = await ask('kms:GetKeyRotationStatus', signal, (abortSignal) => client.send(command, { abortSignal }), timeout);
  if (!answer.ok) return unknown('rotation', answer.reason);
  const { KeyRotationEnabled: enabled, RotationPeriodInDays: days = null } = answer.value;
  if (enabled === true) return proven('rotation', { enabled, days });
  return failed('rotation', 'the key is not rotated. Turn rotation on (kms:EnableKeyRotation)', { enabled: enabled ?? null });
}

async function policy(client: KMSClient, id: string, signal: AbortSignal, timeout?: number): Promise<Finding> {
  const command = new GetKeyPolicyCommand({ KeyId: id, PolicyName: 'default' });
  const answer = await ask('kms:GetKeyPolicy', signal, (abortSignal) => client.send(command, { abortSignal }), timeout);
  if (!answer.ok) return unknown('policy', answer.reason);
  return judgePolicy(answer.value.Policy ?? '');
}

/** A grant to another account may be meant; who meant it is not to be seen here. */
async function grants(client: KMSClient, key: KeyMetadata, id: string, signal: AbortSignal, timeout?: number): Promise<Finding> {
  const list = (marker: string | undefined, abortSignal: AbortSignal) =>
    client.send(new ListGrantsCommand({ KeyId: id, ...(marker === undefined ? {} : { Marker: marker }) }), { abortSignal });
  const answer = await allPages('kms:ListGrants', signal, list, (page) => page.Grants ?? [], timeout);
  if (!answer.ok) return unknown('grants', answer.reason);
  const { rows, complete } = answer.value;
  const foreign = rows.filter((grant) => isForeign(grant, key.AWSAccountId)).length;
  const facts = { grants: rows.length, otherAccounts: foreign, complete };
  if (foreign > 0)
    return unknown('grants', `${foreign} of ${rows.length} grants are to other accounts: confirm or revoke them`, facts);
  if (!complete) return unknown('grants', `more than ${rows.length} grants: the rest was not read`, facts);
  return proven('grants', facts);
}

function isForeign({ GranteePrincipal: grantee = '' }: GrantListEntry, account: string | undefined): boolean {
  const owner = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):/.exec(grantee)?.[1];
  return owner !== undefined && owner !== account;
}

/** Proves that an alias that was asked for leads to the key that was described; asked by key, aliases are inventory. */
async function aliases(client: KMSClient, name: string, id: string, signal: AbortSignal, timeout?: number): Promise<Finding> {
  const list = (marker: string | undefined, abortSignal: AbortSignal) =>
    client.send(new ListAliasesCommand({ KeyId: id, ...(marker === undefined ? {} : { Marker: marker }) }), { abortSignal });
  const answer = await allPages('kms:ListAliases', signal, list, (page) => page.Aliases ?? [], timeout);
  if (!answer.ok) return unknown('aliases', answer.reason);
  const { rows, complete } = answer.value;
  const facts = { aliases: rows.map((row) => row.AliasName ?? ''), complete };
  if (!/(^|:)alias\//.test(name)) return notApplicable('aliases', 'the key was not asked for by an alias', facts);
  if (rows.some((row) => row.AliasName === name || row.AliasArn === name)) return proven('aliases', facts);
  if (!complete) return unknown('aliases', 'the alias is not among those that were read', facts);
  return failed('aliases', 'contradiction: the alias leads to this key, and is not among its aliases. Look at it in KMS', facts);
}

interface Page {
  readonly NextMarker?: string | undefined;
  readonly Truncated?: boolean | undefined;
}

async function allPages<P extends Page, R>(
  permission: string,
  signal: AbortSignal,
  list: (marker: string | undefined, signal: AbortSignal) => Promise<P>,
  rowsOf: (page: P) => readonly R[],
  timeout?: number,
): Promise<Answer<{ rows: R[]; complete: boolean }>> {
  const rows: R[] = [];
  let marker: string | undefined;
  for (let count = 0; count < PAGES; count++) {
    const from = marker;
    const answer = await ask(permission, signal, (abortSignal) => list(from, abortSignal), timeout);
    if (!answer.ok) return answer;
    rows.push(...rowsOf(answer.value));
    marker = answer.value.NextMarker;
    if (answer.value.Truncated !== true || marker === undefined) return { ok: true, value: { rows, complete: true } };
  }
  return { ok: true, value: { rows, complete: false } };
}
