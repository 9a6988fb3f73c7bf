import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messageHeaders } from '../../src/ingest/headers.ts';

const xml = readFileSync(new URL('../../integrations/mirth/cordon-copy.xml', import.meta.url), 'utf8');
const destination = xml.slice(xml.indexOf('<destinationConnectors>'));
const source = xml.slice(0, xml.indexOf('<destinationConnectors>'));

test('the Mirth channel is well-formed', () => {
  const open: string[] = [];
  for (const [, closing, name, rest] of xml.matchAll(/<(\/?)([\w.]+)([^>]*)>/g)) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else if (!rest?.endsWith('/')) open.push(name ?? '');
  }
  expect(open).toEqual([]);
});

test.each([
  ['its own chain', destination, '<waitForPrevious>false</waitForPrevious>'],
  ['queue on', destination, '<queueEnabled>true</queueEnabled>'],
  ['queue always, never inline', destination, '<sendFirst>false</sendFirst>'],
  ['no end to retries', destination, '<retryCount>0</retryCount>'],
  ['no validation of the answer', destination, '<validateResponse>false</validateResponse>'],
  ['the key as password', destination, '<usePreemptiveAuthentication>true</usePreemptiveAuthentication>'],
  ['to the path that takes messages', destination, ':8480/v1/messages</host>'],
  ['the answer is given to nobody', source, '<responseVariable>None</responseVariable>'],
  ['the caller does not wait', source, '<respondAfterProcessing>false</respondAfterProcessing>'],
  ['the queue is encrypted', xml, '<encryptData>true</encryptData>'],
  ['nothing stays behind', xml, '<removeContentOnCompletion>true</removeContentOnCompletion>'],
])('the Mirth channel: %s', (_, part, setting) => {
  expect(part).toContain(setting);
});

test('the headers of the Mirth channel are ones that Cordon reads', () => {
  const entries = [...destination.matchAll(/<entry>\s*<string>([\w-]+)<\/string>\s*<list>\s*<string>([^<]*)<\/string>/g)];
  const headers = new Map(entries.map(([, name, value]) => [name, value]));
  const { claims, idempotencyKey, problems } = messageHeaders((name) => headers.get(name));
  expect(problems).toEqual([]);
  expect([claims.flow, claims.source, claims.destination].every((claim) => claim?.startsWith('REPLACE-'))).toBe(true);
  expect(idempotencyKey).toContain('messageId');
});
