import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileVerifier } from '../../../src/encryption/rest/file.ts';
import { thisMachine } from '../../../src/encryption/rest/machine.ts';
import { checkSample } from '../../../src/encryption/rest/sample.ts';
import { recordedMachine } from './recorded-machine.ts';

const HL7 = 'MSH|^~\\&|LIS|SYN|REGISTRY|SYN|20260101||ORU^R01|1|P|2.5.1\rPID|1||999^^^SYN||SYNTHETIC^PATIENT\r';
const random = randomBytes(4096).fill(0x91, 0, 4);
const never = new AbortController().signal;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-sample-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

describe('a sample of files', () => {
  it.each([
    ['failed', 'failed'],
    ['unknown', 'unknown'],
    ['proven', 'not_applicable'],
  ] as const)('in clear on a volume that is %s is %s', async (volume, outcome) => {
    put('a.hl7', HL7);
    put('deep/er/b.gz', gzipSync(HL7));
    put('c.bin', random);
    expect(await checkSample(folder, volume, never)).toMatchObject({
      check: 'sample',
      outcome,
      facts: { files: 3, clear: 2, formats: ['HL7', 'gzip'], notRead: 0 },
    });
  });

  it.each(['failed', 'unknown', 'proven'] as const)('that shows nothing in clear proves nothing (volume %s)', async (volume) => {
    put('c.bin', random);
    expect(await checkSample(folder, volume, never)).toMatchObject({ outcome: 'unknown', facts: { files: 1, clear: 0 } });
  });

  it.each(['failed', 'unknown', 'proven'] as const)('contradicts a name that claims encryption (volume %s)', async (volume) => {
    const path = put('backup.hl7.gpg', HL7);
    expect(await checkSample(path, volume, never)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('contradiction'),
    });
  });

  it('reads no link, and no more than it has to', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'cordon-sample-outside-'));
    writeFileSync(join(outside, 'x.hl7'), HL7);
    symlinkSync(outside, join(folder, 'folder'));
    symlinkSync(join(outside, 'x.hl7'), join(folder, 'file'));
    for (let i = 0; i < 80; i++) put(`${i}.bin`, random);
    expect(await checkSample(folder, 'unknown', never)).toMatchObject({ outcome: 'unknown', facts: { files: 50, clear: 0 } });
    rmSync(outside, { recursive: true });
  });

  it.each(['no/such', ''])('of nothing is unknown', async (name) => {
    expect(await checkSample(join(folder, name), 'failed', never)).toMatchObject({ outcome: 'unknown' });
  });

  it('ends when it is told to', async () => {
    put('a.hl7', HL7);
    expect(await checkSample(folder, 'failed', AbortSignal.abort())).toMatchObject({ outcome: 'unknown', facts: { files: 0 } });
  });

  it('names no file in evidence: it may be named after a person', async () => {
    put('SYNTHETIC^PATIENT/SYNTHETIC^PATIENT.hl7', HL7);
    expect(JSON.stringify(await checkSample(folder, 'failed', never))).not.toContain('SYNTHETIC');
  });
});

describe('file:/path', () => {
  it('has evidence of volume, swap and sample', async () => {
    const path = put('a.hl7', HL7);
    const rows = await fileVerifier({ clock: () => 7 }).check(`file:${path}`, never);
    expect(rows.map((row) => row.check)).toEqual(['volume', 'swap', 'sample']);
    expect(rows.every((row) => row.target === `file:${path}` && row.at === 7 && row.expires > 7)).toBe(true);
  });

  it('on a bare disk is failed in both', async () => {
    const bare = recordedMachine({
      mounts: ['8:0 / / rw - ext4 /dev/sda rw'],
      devices: [{ number: '8:0', at: 'pci0000:00/ata1/host0/target0:0:0/0:0:0:0/block/sda' }],
    });
    const rows = await fileVerifier({ machine: { ...bare, real: (path) => bare.real(path) ?? thisMachine.real(path) } }).check(
      `file:${put('a.hl7', HL7)}`,
      never,
    );
    expect(rows.map((row) => [row.check, row.outcome])).toEqual([
      ['volume', 'failed'],
      ['swap', 'not_applicable'],
      ['sample', 'failed'],
    ]);
  });
});
