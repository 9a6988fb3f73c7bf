import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formsOf, searchFolder } from './leak-search.ts';

const VALUE = 'Søndergaard';
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leak-search-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const search = async (content: Uint8Array | string, values: readonly string[] = [VALUE]): Promise<string[]> => {
  writeFileSync(join(folder, 'file'), content);
  return (await searchFolder(folder, values)).map(({ encoding }) => encoding);
};

const surround = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from('{"x":"'), bytes, Buffer.from('…"}')]);

describe('a value is found', () => {
  test.each(['utf8', 'latin1', 'utf16le'] as const)('as %s', async (encoding) => {
    expect(await search(surround(Buffer.from(VALUE, encoding)))).toHaveLength(1);
  });

  test('as utf-16be and in hex of either case', async () => {
    expect(await search(surround(Buffer.from(VALUE, 'utf16le').swap16()))).toEqual(['utf-16be']);
    expect(await search(Buffer.from(VALUE).toString('hex'))).toEqual(['hex']);
    expect(await search(Buffer.from(VALUE).toString('hex').toUpperCase())).toEqual(['HEX']);
  });

  test.each([0, 1, 2, 3, 4])('inside base64 after %i other bytes', async (before) => {
    const bytes = Buffer.from(`${'#'.repeat(before)}${VALUE} and more`);
    expect(await search(bytes.toString('base64'))).toEqual([`base64+${before % 3}`]);
    expect(await search(bytes.toString('base64url'))).toHaveLength(1);
  });

  test.each([0, 1, 5, 11, 12, 40])('across the border of two chunks, %i bytes before it', async (before) => {
    const content = Buffer.alloc((1 << 20) + 4096, 0x2e);
    content.write(VALUE, (1 << 20) - before, 'utf8');
    expect(await search(content)).toEqual(['utf-8']);
  });

  test('once, in a small file', async () => expect(await search(VALUE)).toEqual(['utf-8']));
});

describe('digits', () => {
  test.each([
    ['alone', 'born 19610421.', 1],
    ['as the head of a timestamp', '19610421093000', 1],
    ['between field separators', '|19610421|', 1],
    ['inside a digest', '3f9a19610421bc07d2e4', 0],
    ['inside a clock reading', '1719610421123', 0],
  ])('%s', async (_, text, count) => expect(await search(text, ['19610421'])).toHaveLength(count));
});

test('nothing is found where nothing is', async () => {
  expect(await search('Sondergaard, Sønderborg')).toEqual([]);
});

test('a value that chance finds anywhere is refused without being named', async () => {
  await expect(searchFolder(folder, ['Doe'])).rejects.toThrow('value 0 has fewer than 6 characters');
});

test('every form is at least a window long', () => {
  for (const { bytes } of formsOf('abcdef')) expect(bytes.length).toBeGreaterThanOrEqual(6);
});
