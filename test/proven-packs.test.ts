import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { provenPacks } from '../src/proven-packs.ts';
import { PACKS } from './support/rules.ts';

const PACK = `
name: site
version: 1.0.0
title: Numbers of the site
status: stable
references: [https://example.org]
rules:
  - id: site.badge
    title: Badge of the staff
    category: unique-id
    subject: provider
    severity: low
    confidence: 0.9
    scope: {text: true}
    pattern: 'BADGE-\\d{4}'
    samples:
      match: ['seen by BADGE-1234']
      noMatch: ['BADGE-12']
attributes:
  - {tag: '(0010,0010)', name: Patient's Name, action: Z, subject: patient, category: name}
`;

let folder: string;
let kept: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-packs-'));
  kept = join(folder, 'kept');
  writeFileSync(join(folder, 'site.yaml'), PACK);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('packs that were proven', () => {
  it('are read back as they were, and what says the same is not proven twice', () => {
    const first = provenPacks(folder, kept);
    expect(readdirSync(kept)).toHaveLength(1);
    const [name = ''] = readdirSync(kept);
    // Something that no proof would make: it is seen to come from what was kept.
    writeFileSync(join(kept, name), readFileSync(join(kept, name), 'utf8').replace('Badge of the staff', 'Kept'));
    expect(first[0]?.rules[0]?.title).toBe('Badge of the staff');
    expect(provenPacks(folder, kept)).toEqual([
      { ...first[0], rules: [{ ...first[0]?.rules[0], title: 'Kept' }, first[0]?.rules[1]] },
    ]);
  });

  it('are the shipped ones too, whole', () => {
    const packs = provenPacks(PACKS, kept);
    const [name = ''] = readdirSync(kept);
    const written = readFileSync(join(kept, name), 'utf8');
    writeFileSync(join(kept, name), written.replace('"title":"', '"title":"Kept '));
    const [first, ...others] = provenPacks(PACKS, kept);
    expect(first?.title.startsWith('Kept ')).toBe(true);
    expect(others).toEqual(packs.slice(1));
  });

  it('are proven again where a byte of them changed', () => {
    provenPacks(folder, kept);
    writeFileSync(join(folder, 'site.yaml'), PACK.replace("match: ['seen by BADGE-1234']", "match: ['seen by nobody']"));
    expect(() => provenPacks(folder, kept)).toThrow('finds nothing in a sample that must match');
    expect(readdirSync(kept)).toHaveLength(1);
  });

  it.each(['', '{', '[{"name": "site"}]', '{}'])('are proven again where %j is kept', (text) => {
    const packs = provenPacks(folder, kept);
    const [name = ''] = readdirSync(kept);
    writeFileSync(join(kept, name), text);
    expect(provenPacks(folder, kept)).toEqual(packs);
    expect(readFileSync(join(kept, name), 'utf8')).not.toBe(text);
    expect(provenPacks(folder, kept)).toEqual(packs);
  });

  it('are proven where nothing can be kept', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(provenPacks(folder, join(folder, 'file', 'kept'))).toHaveLength(1);
    mkdirSync(kept);
    expect(readdirSync(kept)).toEqual([]);
  });

  it('do not pile up: sets that were tried go, oldest first', () => {
    for (let number = 0; number < 12; number++) {
      writeFileSync(join(folder, 'site.yaml'), `${PACK}# ${number}\n`);
      provenPacks(folder, kept);
    }
    expect(readdirSync(kept)).toHaveLength(8);
  });

  it('stay while they are used, however many sets are tried', () => {
    provenPacks(folder, kept);
    const [used = ''] = readdirSync(kept);
    const long = new Date('2026-01-02T00:00:00Z');
    for (let number = 0; number < 12; number++) {
      writeFileSync(join(folder, 'site.yaml'), PACK);
      utimesSync(join(kept, used), long, long);
      provenPacks(folder, kept);
      writeFileSync(join(folder, 'site.yaml'), `${PACK}# ${number}\n`);
      provenPacks(folder, kept);
    }
    expect(readdirSync(kept)).toContain(used);
  });
});
