import { expect, it } from 'vitest';
import type { IdentityValue } from '../../src/core/format.ts';
import { createSeen } from '../../src/formats/seen-values.ts';

type Value = Pick<IdentityValue, 'kind' | 'parts'>;

const name = (...parts: string[]): Value => ({ kind: 'name', parts });

/** What is kept of values that come one after the other. */
function kept(values: readonly Value[]): Value[] {
  const isNew = createSeen();
  const list: Value[] = [];
  for (const value of values) if (isNew(value, list)) list.push(value);
  return list;
}

it.each<[Value, Value, boolean]>([
  [name('DOE', 'JANE'), name('Doe', 'Jane'), true],
  [name('DOE', 'JANE'), name('DOE'), false],
  [name('DOE', 'JANE'), name('DOE', 'JOHN'), false],
  [name('STRAßE'), name('strasse'), true],
  [name('[X'), name('{X'), false],
  [name('DOE'), { kind: 'number', parts: ['DOE'] }, false],
  [name('', 'JANE'), name('', 'jane'), true],
])('%j and %j are one value: %s', (one, other, same) => {
  expect(kept([one, other])).toEqual(same ? [one] : [one, other]);
  const many = Array.from({ length: 40 }, (_, number) => name(`N${number}`));
  expect(kept([...many, one, ...many, other])).toEqual(same ? [...many, one] : [...many, one, other]);
});
