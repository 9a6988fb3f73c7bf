import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config-read.ts';
import { createIngestApp } from '../../src/ingest/http.ts';
import { createInFlight } from '../../src/ingest/limits.ts';
import { readHeader } from '../support/header.ts';
import { recordedAccept } from '../support/recorded-accept.ts';

const read = (path: string): string => readFileSync(new URL(`../../integrations/${path}`, import.meta.url), 'utf8');
const { config } = parseConfig({ env: {} });

/** The pieces of orthanc.json in the page, as one. */
function orthancJson(): Record<string, unknown> {
  const fences = [...read('orthanc/README.md').matchAll(/^ *```json\n([\s\S]*?)^ *```/gm)];
  return Object.assign({}, ...fences.map(([, text]) => JSON.parse(text ?? '')));
}

/** Paths that the HTTP listener takes something at. */
function posted(): string[] {
  const app = createIngestApp({
    name: 'http',
    accept: recordedAccept().accept,
    peek: readHeader,
    peekDicom: () => null,
    checkKey: async () => null,
    limits: { limit: 1, hardLimit: 1 },
    inFlight: createInFlight(1),
    report: () => undefined,
    clock: Date.now,
    deadline: 1,
  });
  return app.routes.filter(({ method }) => method === 'POST').map(({ path }) => path);
}

describe('the parts of orthanc.json', () => {
  test('name Cordon as the script does, at ports and paths where it listens', () => {
    const settings = orthancJson();
    expect(settings).toMatchObject({
      LuaScripts: ['/etc/orthanc/cordon.lua'],
      DicomModalities: { cordon: { Port: config.dimse.port, AllowStorageCommitment: false } },
      DicomWeb: { Servers: { cordon: { Url: expect.stringContaining(`:${config.http.port}/`) } } },
      OrthancPeers: { cordon: { Url: expect.stringContaining(`:${config.http.port}/`) } },
    });
    expect(read('orthanc/cordon.lua')).toContain("local TARGET = 'cordon'");
    // Orthanc puts these behind the URL.
    const urls = [...JSON.stringify(settings).matchAll(/"Url":"([^"]*)"/g)].map(([, url]) => url ?? '');
    const paths = urls.map((url, index) => new URL(['studies', 'instances'][index] ?? '', url).pathname);
    expect(posted()).toEqual(expect.arrayContaining(paths));
    expect(paths).toHaveLength(2);
  });
});

test.each(['modality', 'dicomweb', 'peer'])('the script has a way for %s, and the page a section', (route) => {
  expect(read('orthanc/cordon.lua')).toMatch(new RegExp(`^ {3}${route} = '/`, 'm'));
  expect(read('orthanc/README.md')).toContain(`\n## \`${route}\`\n`);
});

test.each(['orthanc/README.md', 'dicom/README.md', 'README.md', '../docs/dicom.md'])(
  '%s names only ports of the defaults',
  (page) => {
    const known = [config.http.port, config.mllp.port, config.mllpTls.port, config.dimse.port, config.dimseTls.port];
    const named = [...read(page).matchAll(/(?:cordon|localhost|\.example)[ :](\d{4,5})\b/g)].map(([, port]) => Number(port));
    expect(named.filter((port) => !known.includes(port))).toEqual([]);
  },
);
