import { createInterface } from 'node:readline';
import { CordonError } from '../core/errors.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { createTokensOf, type IdentifierKind } from '../lineage/identifier.ts';

const LONGEST = 64 * 1024;
const MOST = 100;
const LONGEST_LINE = 1024;

/** Lines of standard input: identifiers are never arguments, which every user of the machine can read. Rejects with `usage` where there is none, or too much. */
export async function readIdentifiers(input: AsyncIterable<Uint8Array | string> = process.stdin): Promise<string[]> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of input) {
    text += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    if (text.length > LONGEST) break;
  }
  const identifiers = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (text.length > LONGEST || identifiers.length > MOST) {
    throw new CordonError('usage', `standard input: at most ${MOST} identifiers, one a line`);
  }
  if (identifiers.length === 0) {
    throw new CordonError('usage', 'standard input: no identifier; give one a line, e.g. cordon trace < identifier.txt');
  }
  return identifiers;
}

/** Lines of a list of any length, without blank ones. Rejects with `usage` where one is too long to be an identifier. */
export async function* identifierLines(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.length > LONGEST_LINE) throw new CordonError('usage', `line ${number}: at most ${LONGEST_LINE} characters`);
    const text = line.trim();
    if (text !== '') yield text;
  }
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
      throw new CordonError(
        'usage',
        `line ${index + 1}: neither a name nor a number nor an address; say what it is (--kind, of an export --person KIND)`,
      );
    }
    return tokens;
  });
}
