import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readBody } from '../../src/cli/read-file.ts';
import { element, writeDicom } from '../../src/demo/dicom/write.ts';

const folder = mkdtempSync(join(tmpdir(), 'cordon-read-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('reads a file whole, whatever its size', async () => {
  for (const size of [0, 1000, 4 * 2 ** 20, 9 * 2 ** 20 + 1]) {
    const file = join(folder, 'a.hl7');
    const bytes = Buffer.alloc(size, 'MSH|');
    writeFileSync(file, bytes);
    const body = await readBody(file);
    expect(body).toMatchObject({ total: size, elided: [], restDigest: null });
    expect(Buffer.compare(body.bytes, bytes)).toBe(0);
  }
});

test('reads an object without its pixel data', async () => {
  const file = join(folder, 'a.dcm');
  const size = 40 * 2 ** 20;
  const header = writeDicom({
    elements: [element('(0008,0018)', 'UI', '2.25.1'), element('(7FE0,0010)', 'OW', Buffer.alloc(2))],
  });
  header.writeUInt32LE(size, header.length - 6);
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, header.subarray(0, -2));
  for (let written = 0; written < size; written += 2 ** 20) writeSync(descriptor, Buffer.alloc(2 ** 20, 9));
  closeSync(descriptor);
  const start = header.length - 2;
  expect(await readBody(file)).toMatchObject({
    bytes: { length: start },
    total: start + size,
    elided: [{ start, end: start + size, reason: 'pixel-data' }],
    restDigest: createHash('sha256').update(Buffer.alloc(size, 9)).digest('hex'),
  });
});

test('rejects for what is no file', async () => {
  await expect(readBody(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(readBody(folder)).rejects.toMatchObject({ code: 'EISDIR' });
});
