import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { sendDimse, sendStow } from '../../../src/demo/dicom/send.ts';
import { createHospital } from '../../../src/demo/hospital.ts';
import { type StartedDimse, startDimse } from '../../support/dimse-listener.ts';

const HOST = '127.0.0.1';
const { messages } = createHospital({ start: Date.UTC(2026, 10, 24, 6) });

const started: StartedDimse[] = [];
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map(({ listener }) => listener.close()));
  for (const server of servers.splice(0)) server.close();
});

/** The data set of a file: what follows group 2. */
const dataSetOf = (bytes: Uint8Array): Buffer => {
  const file = Buffer.from(bytes);
  return file.subarray(144 + file.readUInt32LE(140));
};

describe('over associations', () => {
  test('every data set arrives byte for byte but for its pixels, one association a flow', async () => {
    const one = await startDimse();
    started.push(one);
    const answered: string[] = [];
    await sendDimse(messages, { host: HOST, port: one.listener.port }, ({ id }) => answered.push(id));
    const sent = messages.filter(({ transport }) => transport === 'dimse');
    expect(answered.sort()).toEqual(sent.map(({ id }) => id).sort());
    expect(one.rows).toHaveLength(sent.length);
    for (const { chunks, bytes: total, elided } of one.rows) {
      const bytes = Buffer.concat(chunks.map(({ data }) => data));
      const kept = dataSetOf(bytes);
      const whole = sent.find(({ bytes: each }) => dataSetOf(each).subarray(0, 200).equals(kept.subarray(0, 200)));
      expect(whole).toBeDefined();
      expect(elided.map(({ reason }) => reason)).toEqual(['pixel-data']);
      const left = elided.reduce((sum, { start, end }) => sum + end - start, 0);
      expect(kept.length + left).toBe(dataSetOf(whole?.bytes ?? Buffer.alloc(0)).length);
      expect(bytes.length + left).toBe(total);
    }
    expect(new Set(one.rows.map(({ provenance }) => provenance.association?.calling))).toEqual(new Set(['CT1', 'US1']));
  });

  test('says what was refused', async () => {
    const one = await startDimse({ callingAEs: ['NOBODY'] });
    started.push(one);
    await expect(sendDimse(messages, { host: HOST, port: one.listener.port }, () => {})).rejects.toMatchObject({
      code: 'listener.unavailable',
      message: expect.stringContaining('the association was rejected'),
    });
  });
});

describe('over STOW-RS', () => {
  async function answering(status: number): Promise<{ url: string; bodies: Buffer[] }> {
    const bodies: Buffer[] = [];
    const server = createServer(async (request, response) => {
      bodies.push(Buffer.concat(await request.toArray()));
      response.writeHead(status).end();
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the server does not listen');
    return { url: `http://${HOST}:${address.port}`, bodies };
  }

  test('every object goes as a part, whole', async () => {
    const { url, bodies } = await answering(200);
    const answered: string[] = [];
    await sendStow(messages, { url, key: 'k' }, ({ id }) => answered.push(id));
    const sent = messages.filter(({ transport }) => transport === 'stow');
    expect(answered).toEqual(sent.map(({ id }) => id));
    for (const { bytes } of sent) expect(bodies.some((body) => body.includes(Buffer.from(bytes)))).toBe(true);
  });

  test('anything but 200 is an error that names the address', async () => {
    const { url } = await answering(503);
    await expect(sendStow(messages, { url, key: 'k' }, () => {})).rejects.toThrow(
      `POST ${url}/v1/dicom-web/studies: answered 503`,
    );
  });
});
