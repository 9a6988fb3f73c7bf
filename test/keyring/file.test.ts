import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openFileKeyring, rotateTokenKey } from '../../src/keyring/file.ts';
import { keyringConformance } from '../conformance/keyring.ts';

const folders: string[] = [];
function freshPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-keyring-'));
  folders.push(folder);
  return join(folder, 'data', 'keyring.json');
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

keyringConformance('file', async () => {
  const path = freshPath();
  return { keyring: openFileKeyring(path, true), reopen: async () => openFileKeyring(path, false) };
});

describe('keyring.json', () => {
  it('is made 0600 in a 0700 folder, and leaves no draft behind', () => {
    const path = freshPath();
    openFileKeyring(path, true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(path, '..'))).toEqual(['keyring.json']);
  });

  it('is never made anew beside a ledger that needs the old one', () => {
    const path = freshPath();
    expect(() => openFileKeyring(path, false)).toThrow(expect.objectContaining({ code: 'keyring.missing' }));
    expect(() => statSync(path)).toThrow();
  });

  it('is not replaced where it is there', () => {
    const path = freshPath();
    const { id } = openFileKeyring(path, true);
    expect(openFileKeyring(path, true).id).toBe(id);
  });

  it.each([0o644, 0o640, 0o660, 0o604, 0o601])('is refused with wider permissions (%o), and says what to run', (mode) => {
    const path = freshPath();
    openFileKeyring(path, true);
    chmodSync(path, mode);
    expect(() => openFileKeyring(path, false)).toThrow(
      expect.objectContaining({ code: 'keyring.permissions', message: expect.stringContaining(`chmod 600 ${path}`) }),
    );
  });

  it('is refused as a link', () => {
    const path = freshPath();
    openFileKeyring(path, true);
    const link = join(path, '..', 'link.json');
    symlinkSync(path, link);
    expect(() => openFileKeyring(link, false)).toThrow(expect.objectContaining({ code: 'keyring.permissions' }));
  });

  const damage: [string, (text: string) => string][] = [
    ['empty', () => ''],
    ['cut off', (text) => text.slice(0, 200)],
    ['no JSON', () => 'keys'],
    ['another JSON', () => '{"version":1}'],
    ['a key too short', (text) => text.replace(/("wrapping": ")[^"]{8}/, '$1')],
    [
      'one letter of a key changed',
      (text) => text.replace(/("wrapping": ")(.)/, (_all, head, letter) => head + (letter === 'A' ? 'B' : 'A')),
    ],
    ['a token key taken out', (text) => text.replace('"token": "k1"', '"token": "k9"')],
  ];
  it.each(damage)('is refused when it is damaged: %s; the error shows no key', (_name, change) => {
    const path = freshPath();
    openFileKeyring(path, true);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, change(text));
    let message = '';
    try {
      openFileKeyring(path, false);
    } catch (error) {
      expect(error).toMatchObject({ code: 'keyring.invalid' });
      message = String(error);
    }
    expect(message).toContain(path);
    for (const [key] of text.matchAll(/[A-Za-z0-9_-]{40,}/g)) expect(message).not.toContain(key.slice(0, 12));
  });

  it('gets a new token key by rotation; the old one stays, and so does everything else', async () => {
    const path = freshPath();
    const before = openFileKeyring(path, true);
    const wrapped = await before.wrap(Buffer.alloc(32, 7));
    expect(rotateTokenKey(path)).toBe('k2');
    const after = openFileKeyring(path, false);
    expect(after.tokenKey.kid).toBe('k2');
    expect([...after.tokenKeys.keys()]).toEqual(['k1', 'k2']);
    expect(after.tokenKeys.get('k1')?.key.equals(before.tokenKey.key)).toBe(true);
    expect(after.tokenKey.key.equals(before.tokenKey.key)).toBe(false);
    expect(Buffer.from(await after.unwrap(wrapped))).toEqual(Buffer.alloc(32, 7));
    expect(after.id).toBe(before.id);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
