import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCollector } from '../../src/ingest/collect.ts';

test('keeps, digests and counts the same however the body is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 40 })),
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 0, max: 100 }),
      (chunks, limit, more) => {
        const body = Buffer.concat(chunks);
        const hardLimit = limit + more;
        const collector = createCollector({ limit, hardLimit });
        for (const chunk of chunks) collector.add(chunk);
        expect(collector.held).toBe(Math.min(body.length, limit));
        const rest = body.subarray(limit, hardLimit);
        const taken = collector.take();
        expect({ ...taken, bytes: Buffer.from(taken.bytes) }).toEqual({
          bytes: body.subarray(0, limit),
          total: body.length,
          restDigest: rest.length === 0 ? null : createHash('sha256').update(rest).digest('hex'),
          elided: body.length > limit ? [{ start: limit, end: body.length, reason: 'over-limit' }] : [],
        });
        expect([collector.held, collector.total]).toEqual([0, 0]);
      },
    ),
  );
});

test('never writes to a chunk it was given, and keeps what it handed over', () => {
  const collector = createCollector({ limit: 100, hardLimit: 100 });
  const chunk = Buffer.from('abcdef');
  collector.add(chunk.subarray(0, 3));
  collector.add(Buffer.from('XYZ'));
  const first = collector.take();
  collector.add(Buffer.from('123456'));
  expect(chunk.toString()).toBe('abcdef');
  expect(Buffer.from(first.bytes).toString()).toBe('abcXYZ');
});
