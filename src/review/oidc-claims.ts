import type { DeskRole } from '../core/vocabulary.ts';

/** Who has `value` in the claim of roles has `role`. */
export interface RoleMapping {
  readonly value: string;
  readonly role: DeskRole;
}

type Claims = Readonly<Record<string, unknown>>;

/** The role of the first mapping whose value is in the claim; null where none is: nobody comes in by default. */
export function roleOf(
  claims: Claims,
  { roleClaim, roles }: { readonly roleClaim: string; readonly roles: readonly RoleMapping[] },
): DeskRole | null {
  const values = valuesOf(claims, roleClaim);
  return roles.find(({ value }) => values.includes(value))?.role ?? null;
}

/** The texts of a claim, one or a list; `realm_access.roles` looks into an object where no claim has that whole name. */
function valuesOf(claims: Claims, path: string): readonly string[] {
  let here: unknown = claims[path];
  if (here === undefined) {
    here = claims;
    for (const part of path.split('.')) here = isRecord(here) && Object.hasOwn(here, part) ? here[part] : undefined;
  }
  return (Array.isArray(here) ? here : [here]).filter((value) => typeof value === 'string');
}

/** A claim that is a text with something in it. */
export function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim.trim() : null;
}

function isRecord(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
