import { createSecretKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { createTokenizer } from '../../src/core/token.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { listedPerson } from '../../src/lineage/people.ts';
import { identities } from '../../src/lineage/persons.ts';

const tokenizer = createTokenizer({ kid: 'k1', key: createSecretKey(Buffer.alloc(32, 7)) });
const patient = (id: string, family: string): object => ({
  resource: {
    resourceType: 'Patient',
    id,
    name: [{ family, given: ['Ann'] }],
    birthDate: '1962-03-03',
    identifier: [{ value: `7841${id}` }],
  },
});
const listed = (...entry: object[]): (string[] | undefined)[] =>
  parseBody({ bytes: Buffer.from(JSON.stringify({ resourceType: 'Bundle', entry })), elided: [] })
    .flatMap(({ identity }) => identities(identity))
    .map((one) => listedPerson(one, tokenizer)?.tokens.map(({ token }) => token));

it('the patients of a Bundle are listed one by one, each under the tokens of its own', () => {
  const [roe, berg, ...more] = listed(patient('1001', 'Roe'), patient('1002', 'Berg'));
  expect(more).toEqual([]);
  expect(roe).toEqual(listed(patient('1001', 'Roe'))[0]);
  expect(berg).toEqual(listed(patient('1002', 'Berg'))[0]);
});

it('a message of one patient is that patient', () => {
  expect(
    listed(patient('1001', 'Roe'), { resource: { resourceType: 'Observation', subject: { display: 'Ann Roe' } } }),
  ).toHaveLength(1);
});
