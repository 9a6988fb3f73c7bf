import type { Outcome } from '../../core/evidence.ts';
import { type Finding, failed, notApplicable, unknown } from './evidence-row.ts';

/** A value that was sampled: of it only what format it is in clear, null where none was recognised. */
export interface Cell {
  /** Whether the name of its column or key says that it is encrypted. */
  readonly claims: boolean;
  readonly format: string | null;
}

/** Names that say that what is below them is encrypted: `ssn_encrypted`, `ciphertext`. Not `enc`: in a hospital that is an encounter. */
export function claimsEncryption(name: string): boolean {
  return /(^|[^a-z])(encrypted|encr|cipher|ciphertext|sealed|crypt)([^a-z]|$)/i.test(name.replaceAll(/([a-z])([A-Z])/g, '$1_$2'));
}

/**
 * Check `sample` of what a server hands out. It decrypts what its volume encrypts, so that a value in clear says nothing of the disk below; it
 * disproves only a name that claims otherwise, and shows what lies on a volume that is known not to encrypt.
 */
export function judgeCells(cells: readonly Cell[], base: Finding['facts'], volume: Outcome): Finding {
  const clear = cells.filter(({ format }) => format !== null);
  const lies = clear.filter(({ claims }) => claims).length;
  const formats = [...new Set(clear.flatMap(({ format }) => (format === null ? [] : [format])))].sort();
  const facts = { ...base, cells: cells.length, clear: clear.length, formats };
  if (lies > 0) return failed('sample', `contradiction: ${lies} values under a name that claims encryption are in clear`, facts);
  if (clear.length > 0 && volume === 'failed') {
    const text = `${clear.length} of ${cells.length} values are in clear (${formats.join(', ')})`;
    return failed('sample', `${text}, on a volume that does not encrypt. Put it on LUKS, or encrypt the values`, facts);
  }
  if (clear.length > 0 && volume === 'proven')
    return notApplicable('sample', 'values are read through the server and its volume, which decrypts them', facts);
  if (clear.length > 0)
    return unknown('sample', 'values are in clear, and whether the volume below encrypts them is not known', facts);
  if (cells.length === 0) return unknown('sample', 'no value is there to look at, or none may be read', facts);
  return unknown('sample', 'nothing in clear was recognised, which proves no encryption', facts);
}
