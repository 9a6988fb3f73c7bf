import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { jsonLines, runCli } from '../support/cli.ts';

const Line = z.object({
  index: z.number(),
  format: z.string(),
  type: z.string(),
  bytes: z.number(),
  examined: z.number(),
  verdict: z.string(),
  findings: z.array(z.object({ path: z.string(), start: z.number().nullable(), end: z.number().nullable(), mask: z.string() })),
});

it('scans a bulk export: a line for each resource, spans in the file as given, no value of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-fhir-'));
  try {
    const text = [
      String.raw`{"resourceType":"Patient","name":[{"family":"M\u00fcllerson"}],"birthDate":"1962-03-03"}`,
      'no resource',
      '{"resourceType":"Observation","status":"final","valueQuantity":{"value":72}}',
      '',
    ].join('\r\n');
    const body = Buffer.from(text);
    writeFileSync(join(folder, 'export.ndjson'), body);
    const { code, out } = await runCli(['scan', join(folder, 'export.ndjson'), '--format', 'ndjson']);
    expect(code).toBe(0);
    const lines = jsonLines(out).map((line) => Line.parse(line));
    expect(lines.map(({ index, format, type, verdict }) => `${index} ${format} ${type} ${verdict}`)).toEqual([
      '0 fhir Patient flagged',
      '1 raw  clean',
      '2 fhir Observation clean',
    ]);
    expect(lines.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(body.length);
    expect(lines.every(({ bytes, examined }) => bytes === examined)).toBe(true);
    expect(lines[0]?.findings.map(({ path, start, end }) => `${path} ${body.subarray(start ?? 0, end ?? 0).toString()}`)).toEqual(
      [String.raw`Patient.name[0].family M\u00fcllerson`, 'Patient.birthDate 1962-03-03'],
    );
    expect(out).not.toMatch(/llerson|1962/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
