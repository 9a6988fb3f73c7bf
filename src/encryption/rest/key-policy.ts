import { z } from 'zod';
import { type Finding, failed, proven, unknown } from './evidence-row.ts';

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const statement = z.object({
  Sid: z.string().optional(),
  Effect: z.string(),
  Principal: z.union([z.string(), z.record(z.string(), oneOrMore)]).optional(),
  NotPrincipal: z.unknown().optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
const POLICY = z.object({ Statement: z.union([statement, z.array(statement)]) });
type Statement = z.infer<typeof statement>;

/** Conditions that say who asks. `kms:ViaService` alone does not: every account has that service. */
const WHO = new Set(
  [
    'kms:CallerAccount',
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:SourceAccount',
  ].map((key) => key.toLowerCase()),
);
const POSITIVE = /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like))$/;

/** Check `policy`: whether the key's own policy lets everybody in. What IAM grants beside it cannot be seen here. */
export function judgePolicy(text: string): Finding {
  const policy = POLICY.safeParse(jsonOf(text));
  if (!policy.success) return unknown('policy', 'the key policy could not be read as one');
  const statements = [policy.data.Statement].flat();
  const wide = statements.filter((one) => one.Effect === 'Allow' && letsEverybody(one));
  const facts = { statements: statements.length, wildcards: wide.length };
  const open = wide.filter((one) => Object.keys(one.Condition ?? {}).length === 0);
  if (open.length > 0) {
    return failed(
      'policy',
      `the key policy lets every principal use the key without a condition (${open.map(nameOf).join(', ')}). Name the principals`,
      facts,
    );
  }
  const vague = wide.filter((one) => !saysWho(one.Condition ?? {}));
  if (vague.length > 0) {
    return unknown(
      'policy',
      `the key policy lets every principal in under a condition that does not say who (${vague.map(nameOf).join(', ')}). Add kms:CallerAccount or aws:PrincipalOrgID`,
      facts,
    );
  }
  return proven('policy', facts);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `NotPrincipal` with Allow is everybody but a few. */
function letsEverybody({ Principal, NotPrincipal }: Statement): boolean {
  if (NotPrincipal !== undefined) return true;
  if (Principal === undefined) return false;
  const names = typeof Principal === 'string' ? [Principal] : [Principal.AWS ?? []].flat();
  return names.includes('*');
}

function saysWho(condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>): boolean {
  return Object.entries(condition).some(
    ([operator, keys]) =>
      POSITIVE.test(operator) &&
      Object.entries(keys).some(
        ([key, value]) => WHO.has(key.toLowerCase()) && ![value].flat().some((one) => /^[*?]*$/.test(String(one))),
      ),
  );
}

function nameOf({ Sid }: Statement): string {
  return Sid === undefined || Sid === '' ? 'a statement without Sid' : `statement "${Sid}"`;
}
