/**
 * How names of accounts are compared: `Dana`, `ｄａｎａ` and `Da na` with other or more blanks are one person, and so is a name with characters in it
 * that nobody sees.
 */
export function nameKey(name: string): string {
  const seen = name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return seen.replace(/\s+/gu, ' ').toLowerCase().trim();
}

/**
 * How histories and the audit log name who came by a link and said who they are. No account can be called so: its name has no brackets
 * (src/review/auth.ts).
 */
export function claimedName(name: string): string {
  return `${name} (claimed)`;
}

/** The user of a session whose holder claims a name that no account has. */
export function guestOf(name: string): string {
  return `link:${nameKey(name)}`;
}
