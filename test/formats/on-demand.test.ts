import { expect, it } from 'vitest';
import { ParsedOnDemand } from '../../src/formats/on-demand.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { oru } from '../support/oru.ts';

it('makes identity and routing once, and only when asked', () => {
  const [plain] = parseBody({ bytes: oru('1', 1), elided: [] });
  if (plain === undefined) throw new Error('no message');
  let made = 0;
  const parsed = new ParsedOnDemand(plain, {
    identity: () => ({ values: [{ ...(plain.identity.values[0] ?? expect.fail()), leaf: made++ }] }),
    routing: () => ({ fields: {}, processing: String(made++) }),
  });
  expect(made).toBe(0);
  expect(parsed.identity).toBe(parsed.identity);
  expect(parsed.routing).toBe(parsed.routing);
  expect(made).toBe(2);
});

it('has no accessors of its own, which would give every message a hidden class that keeps it alive', () => {
  for (const parsed of parseBody({ bytes: oru('1', 1), elided: [] })) {
    for (const property of Object.values(Object.getOwnPropertyDescriptors(parsed))) expect(property.get).toBeUndefined();
  }
});

it('keeps what is made on demand where something was left out of the body', () => {
  const bytes = oru('1', 1);
  const [whole] = parseBody({ bytes, elided: [] });
  const [cut] = parseBody({ bytes, elided: [{ start: bytes.length, end: bytes.length + 9, reason: 'limit' }] });
  expect(cut?.identity).toEqual(whole?.identity);
  expect(cut?.routing).toEqual(whole?.routing);
  expect(cut?.coverage.bytes).toBe(bytes.length + 9);
});
