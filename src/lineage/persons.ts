import type { Identity, IdentityValue } from '../core/format.ts';

/** What a message says of each of its patients: a Bundle may have many, and what is told of one is nothing of the next. */
export function identities(identity: Identity): Identity[] {
  if (identity.values.every(({ person }) => person === undefined)) return [identity];
  const persons = new Map<number, IdentityValue[]>();
  for (const value of identity.values) {
    const person = value.person ?? 0;
    const values = persons.get(person);
    if (values === undefined) persons.set(person, [value]);
    else values.push(value);
  }
  return [...persons.values()].map((values) => ({ values }));
}
