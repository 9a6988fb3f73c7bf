import { readSync } from 'node:fs';
import { CordonError } from '../core/errors.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { createTokensOf, type IdentifierKind } from '../lineage/identifier.ts';

const STANDARD_INPUT = 0;
const LONGEST = 64 * 1024;
const MOST = 100;

/** Lines of standard input: identifiers are never arguments, which every user of the machine can read. Throws `usage` where there is none, or too much. */
export function readIdentifiers(): string[] {
  const buffer = Buffer.alloc(LONGEST + 1);
  let size = 0;
  for (let read = -1; read !== 0 && size < buffer.length; size += read)
    read = readSync(STANDARD_INPUT, buffer, size, buffer.length - size, null);
  const lines = buffer.toString('utf8', 0, size).split(/\r?\n/);
  buffer.fill(0);
  const identifiers = lines.map((line) => line.trim()).filter((line) => line !== '');
  if (size > LONGEST || identifiers.length > MOST)
    throw new CordonError('usage', `standard input: at most ${MOST} identifiers, one a line`);
  if (identifiers.length === 0)
    throw new CordonError('usage', 'standard input: no identifier; give one a line, e.g. cordon trace < identifier.txt');
  return identifiers;
}

/** Tokens of all of them under every token key of the keyring. Throws `usage` where one can be no identifier; its text is not in the error. */
export function tokensOf(
  identifiers: readonly string[],
  kind: IdentifierKind | null,
  keyring: Pick<Keyring, 'tokenKeys'>,
): string[] {
  const tokensOfOne = createTokensOf(keyring.tokenKeys);
  return identifiers.flatMap((identifier, index) => {
    const tokens = tokensOfOne(identifier, kind);
    if (tokens.length === 0) {
      throw new CordonError('usage', `line ${index + 1}: neither a name nor a number nor an address; say with --kind what it is`);
    }
    return tokens;
  });
}
