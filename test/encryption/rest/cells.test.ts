import { describe, expect, it } from 'vitest';
import { claimsEncryption } from '../../../src/encryption/rest/cells.ts';

describe('a name', () => {
  it.each(['ssn_encrypted', 'bodyEncrypted', 'note-cipher', 'patient:7:ciphertext', 'mrn_encr'])(
    '%s claims encryption',
    (name) => {
      expect(claimsEncryption(name)).toBe(true);
    },
  );

  // `enc` is what databases of hospitals call an encounter.
  it.each(['enc_note', 'pat_enc', 'PatEnc', 'encounter', 'description', 'decipherment'])('%s claims none', (name) => {
    expect(claimsEncryption(name)).toBe(false);
  });
});
