import { describe, expect, it } from 'vitest';
import { CordonError, reasonOf } from '../../src/core/errors.ts';

describe('CordonError', () => {
  it.each([
    ['ledger.unavailable', 'transient'],
    ['vault.quota', 'transient'],
    ['keyring.permissions', 'permanent'],
  ] as const)('%s is %s', (code, retry) => {
    expect(new CordonError(code, 'text').retry).toBe(retry);
  });

  it('gives the text of anything thrown', () => {
    expect(reasonOf(new CordonError('usage', 'say what'))).toBe('say what');
    expect(reasonOf(7)).toBe('7');
  });
});
