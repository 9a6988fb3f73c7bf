import dimse from 'dcmjs-dimse';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { element, writeDataSet } from '../../src/demo/dicom/write.ts';
import { fileHeader } from '../../src/ingest/dicom/meta.ts';
import type { DimseOptions } from '../../src/ingest/dimse.ts';
import { createInFlight } from '../../src/ingest/limits.ts';
import { type StartedDimse, startDimse } from '../support/dimse-listener.ts';
import {
  associate,
  CT,
  commandSet,
  connectPeer,
  contextResults,
  data,
  EXPLICIT,
  echoCommand,
  IMPLICIT,
  ONE_CONTEXT,
  type Peer,
  pdu,
  pdv,
  RELEASE,
  statusOf,
  store,
  storeCommand,
  VERIFICATION,
} from '../support/dimse-peer.ts';

const started: StartedDimse[] = [];
const peers: Peer[] = [];
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.socket.destroy();
  await Promise.all(started.splice(0).map(({ listener }) => listener.close()));
});

async function start(more: Partial<DimseOptions> = {}): Promise<StartedDimse> {
  const one = await startDimse(more);
  started.push(one);
  return one;
}

function peerOf({ listener }: StartedDimse): Peer {
  const peer = connectPeer(listener.port);
  peers.push(peer);
  return peer;
}

/** A peer with an association of one CT context. */
async function associated(one: StartedDimse): Promise<Peer> {
  const peer = peerOf(one);
  expect(contextResults(await associate(peer, { contexts: ONE_CONTEXT }))).toEqual({ 1: `0 ${EXPLICIT}` });
  return peer;
}

function object(sopInstance: string, more = 0): Buffer {
  return writeDataSet(
    [
      element('(0008,0016)', 'UI', CT),
      element('(0008,0018)', 'UI', sopInstance),
      element('(0010,0010)', 'PN', 'DOE^JANE'),
      ...(more === 0 ? [] : [element('(0040,A160)', 'UT', 'x'.repeat(more))]),
    ],
    EXPLICIT,
  );
}

const asFile = (dataSet: Buffer, sopInstance: string, transferSyntax = EXPLICIT, sopClass = CT): string =>
  Buffer.concat([fileHeader({ sopClass, sopInstance, transferSyntax }), dataSet]).toString('latin1');

describe('an association', () => {
  test('verifies, stores and releases; the object is kept as a file, byte for byte, with where it came from', async () => {
    const one = await start();
    const peer = peerOf(one);
    const contexts = [
      { id: 1, abstract: VERIFICATION, transfer: [IMPLICIT] },
      { id: 3, abstract: CT, transfer: [EXPLICIT, IMPLICIT] },
    ];
    expect(contextResults(await associate(peer, { contexts, calling: 'CT 1', called: 'ARCHIVE' }))).toEqual({
      1: `0 ${IMPLICIT}`,
      3: `0 ${EXPLICIT}`,
    });
    peer.send(data(1, 3, echoCommand()));
    expect(statusOf(await peer.next())).toBe(0);
    expect(await store(peer, '1.2.3.1', object('1.2.3.1'), { context: 3 })).toBe(0);
    peer.send(RELEASE);
    expect((await peer.next())?.[0]).toBe(0x06);
    expect(await peer.next()).toBeNull();

    expect(one.bodies()).toEqual([asFile(object('1.2.3.1'), '1.2.3.1')]);
    expect(one.rows[0]).toMatchObject({
      bytes: one.bodies()[0]?.length,
      elided: [],
      problems: [],
      provenance: {
        listener: 'dimse',
        protocol: 'dimse',
        peer: { address: '127.0.0.1', certificate: null, apiKey: null },
        tls: null,
        association: { calling: 'CT 1', called: 'ARCHIVE', implementation: '1.2.3.4', version: 'PEER_1' },
      },
    });
    expect(one.events.map(({ kind }) => kind)).toEqual(['accepted']);
    expect(one.inFlight.bytes).toBe(0);
  });

  test('carries many objects, echoes between them, each in parts of any size', async () => {
    const one = await start();
    const peer = await associated(one);
    const sent: string[] = [];
    for (let index = 0; index < 12; index++) {
      const sopInstance = `1.2.3.${index}`;
      const dataSet = object(sopInstance, index * 1000 + 1);
      for (let echo = 0; echo < index % 3; echo++) {
        peer.send(data(1, 3, echoCommand(echo)));
        expect(statusOf(await peer.next())).toBe(0);
      }
      expect(await store(peer, sopInstance, dataSet, { size: 1 + index * 97 })).toBe(0);
      sent.push(asFile(dataSet, sopInstance));
    }
    expect(one.bodies()).toEqual(sent);
  });

  test('takes all that a sender sends without waiting for answers, in order', async () => {
    const one = await start();
    const peer = await associated(one);
    const parts: Buffer[] = [];
    for (const sopInstance of ['1.2.1', '1.2.2', '1.2.3']) {
      // The command and its data set as two values of one PDU.
      parts.push(pdu(0x04, Buffer.concat([pdv(1, 3, storeCommand(sopInstance)), pdv(1, 2, object(sopInstance))])));
    }
    peer.send(Buffer.concat([...parts, RELEASE]));
    for (let index = 0; index < 3; index++) expect(statusOf(await peer.next())).toBe(0);
    expect((await peer.next())?.[0]).toBe(0x06);
    expect(one.bodies()).toEqual(['1.2.1', '1.2.2', '1.2.3'].map((uid) => asFile(object(uid), uid)));
    expect(one.saving.most).toBe(1);
  });

  test('is open to private SOP classes and transfer syntaxes, and takes the first that the sender names', async () => {
    const one = await start();
    const peer = peerOf(one);
    const [sopClass, transferSyntax] = ['1.3.12.2.1107.5.9.1', '1.2.826.0.1.3680043.9.7.1'];
    const contexts = [{ id: 5, abstract: sopClass, transfer: [transferSyntax, EXPLICIT] }];
    expect(contextResults(await associate(peer, { contexts }))).toEqual({ 5: `0 ${transferSyntax}` });
    const bytes = Buffer.from('not anything that we could read');
    expect(await store(peer, '1.2.9', bytes, { context: 5, sopClass })).toBe(0);
    expect(one.bodies()).toEqual([asFile(bytes, '1.2.9', transferSyntax, sopClass)]);
    expect(one.rows[0]?.quarantined).toBe(true);
  });

  test('keeps the ids of contexts in whatever order they come', async () => {
    const one = await start();
    const peer = peerOf(one);
    const contexts = [7, 3, 5].map((id) => ({ id, abstract: `1.2.${id}`, transfer: [EXPLICIT] }));
    expect(contextResults(await associate(peer, { contexts }))).toEqual({
      3: `0 ${EXPLICIT}`,
      5: `0 ${EXPLICIT}`,
      7: `0 ${EXPLICIT}`,
    });
    expect(await store(peer, '1.2.9', object('1.2.9'), { context: 7 })).toBe(0);
  });

  test('is refused each context that is not storage, storage commitment first of all', async () => {
    const one = await start();
    const peer = peerOf(one);
    const abstracts = [
      '1.2.840.10008.1.20.1',
      '1.2.840.10008.5.1.4.1.2.1.1',
      '1.2.840.10008.5.1.4.1.2.2.2',
      '1.2.840.10008.5.1.4.31',
      CT,
    ];
    const contexts = abstracts.map((abstract, index) => ({ id: index * 2 + 1, abstract, transfer: [IMPLICIT] }));
    const answer = contextResults(await associate(peer, { contexts: [...contexts, { id: 11, abstract: CT, transfer: [] }] }));
    expect(answer).toEqual({ 1: '3', 3: '3', 5: '3', 7: '3', 9: `0 ${IMPLICIT}`, 11: '4' });
    // One that was refused is not used either.
    peer.send(data(1, 3, storeCommand('1.2.3')));
    expect((await peer.next())?.[0]).toBe(0x07);
    expect(await one.event('connection')).toMatchObject({ code: 'dimse.protocol' });
    expect(one.rows).toEqual([]);
  });
});

test('a client of a library delivers', async () => {
  const one = await start();
  const client = new dimse.Client();
  const dataset = new dimse.Dataset({ SOPClassUID: CT, SOPInstanceUID: '1.2.77', PatientName: 'DOE^JANE', PatientID: '4711' });
  const request = new dimse.requests.CStoreRequest(dataset);
  const statuses: number[] = [];
  request.on('response', (response) => statuses.push(response.getStatus()));
  const echo = new dimse.requests.CEchoRequest();
  echo.on('response', (response) => statuses.push(response.getStatus()));
  for (const each of [echo, request]) client.addRequest(each);
  await new Promise<void>((resolve) => {
    client.on('closed', resolve);
    client.send('127.0.0.1', one.listener.port, 'LIB', 'CORDON');
  });
  expect(statuses).toEqual([0, 0]);
  expect(one.bodies()[0]).toContain('DOE^JANE');
  expect(one.rows[0]?.provenance.association).toMatchObject({ calling: 'LIB', called: 'CORDON' });
});

describe('who is let in', () => {
  test.each([
    ['a calling AE title', { callingAEs: ['CT2'] }, [1, 1, 3]],
    ['a called AE title', { calledAEs: ['ARCHIVE'] }, [1, 1, 7]],
  ])('%s that is not listed is rejected and told', async (_, more, rejection) => {
    const one = await start(more);
    const peer = peerOf(one);
    const answer = await associate(peer, { contexts: ONE_CONTEXT });
    expect([...(answer ?? [])].slice(7)).toEqual(rejection);
    expect(await peer.next()).toBeNull();
    expect(one.events).toEqual([{ kind: 'credentials', listener: 'dimse', address: '127.0.0.1', reason: 'ae-title' }]);
  });

  test('a rejected peer cannot go on', async () => {
    const one = await start({ calledAEs: ['ARCHIVE'] });
    const peer = peerOf(one);
    expect((await associate(peer, { contexts: ONE_CONTEXT }))?.[0]).toBe(0x03);
    expect(await store(peer, '1.2.3', object('1.2.3'))).toBeNull();
    expect(one.rows).toEqual([]);
  });

  test('those that are listed come in', async () => {
    const one = await start({ callingAEs: ['X', 'CT1'], calledAEs: ['CORDON'] });
    const peer = await associated(one);
    expect(await store(peer, '1.2.3', object('1.2.3'))).toBe(0);
  });

  test('one association too many is asked to come again, and comes in when another has ended', async () => {
    const one = await start({ maxAssociations: 1 });
    const first = await associated(one);
    const second = peerOf(one);
    expect([...((await associate(second, { contexts: ONE_CONTEXT })) ?? [])].slice(7)).toEqual([2, 3, 2]);
    expect(await one.event('shed')).toMatchObject({ code: 'ingest.overloaded' });
    first.send(RELEASE);
    while ((await first.next()) !== null);
    await vi.waitFor(async () => {
      expect((await associate(peerOf(one), { contexts: ONE_CONTEXT }))?.[0]).toBe(0x02);
    });
  });
});

describe('what cannot be stored is to come again', () => {
  test('a ledger that is away', async () => {
    const one = await start();
    const peer = await associated(one);
    one.down(true);
    expect(await store(peer, '1.2.3', object('1.2.3'))).toBe(0xa700);
    expect(await one.event('shed')).toMatchObject({ code: 'ledger.unavailable' });
    one.down(false);
    expect(await store(peer, '1.2.3', object('1.2.3'))).toBe(0);
    expect(one.inFlight.bytes).toBe(0);
  });

  test('no room in memory: the object is read to its end, and the next one has its room', async () => {
    const one = await start({ inFlight: createInFlight(20_000) });
    const peer = await associated(one);
    expect(await store(peer, '1.2.3', object('1.2.3', 100_000))).toBe(0xa700);
    expect(await one.event('shed')).toMatchObject({ code: 'ingest.overloaded' });
    expect(one.inFlight.bytes).toBe(0);
    expect(await store(peer, '1.2.4', object('1.2.4'))).toBe(0);
    expect(one.bodies()).toEqual([asFile(object('1.2.4'), '1.2.4')]);
  });

  test('an answer that would be late; what is stored meanwhile keeps its room until it is', async () => {
    const one = await start({ deadline: 20 });
    const letGo = one.hold();
    const peer = await associated(one);
    expect(await store(peer, '1.2.3', object('1.2.3'))).toBe(0xa700);
    expect(await one.event('shed')).toMatchObject({ code: 'ingest.late' });
    expect(one.inFlight.bytes).toBeGreaterThan(0);
    letGo();
    await one.event('accepted');
    await vi.waitFor(() => expect(one.inFlight.bytes).toBe(0));
  });

  test('more objects than one association may bring', async () => {
    const one = await start({ maxObjects: 2 });
    const peer = await associated(one);
    const statuses: (number | null)[] = [];
    for (const uid of ['1.1', '1.2', '1.3']) statuses.push(await store(peer, uid, object(uid)));
    expect(statuses).toEqual([0, 0, 0xa700]);
    const next = await associated(one);
    expect(await store(next, '1.3', object('1.3'))).toBe(0);
  });

  test('an object that breaks off gets no answer and leaves nothing behind', async () => {
    const one = await start();
    const peer = await associated(one);
    peer.send(data(1, 3, storeCommand('1.2.3')));
    peer.send(data(1, 0, object('1.2.3', 5000)));
    await vi.waitFor(() => expect(one.inFlight.bytes).toBeGreaterThan(5000));
    peer.socket.end();
    expect(await one.event('shed')).toMatchObject({ code: 'ingest.aborted' });
    expect(one.inFlight.bytes).toBe(0);
    expect(one.rows).toEqual([]);
  });
});

describe('limits', () => {
  test('what is over the limit is counted and digested, and the object is accepted', async () => {
    const one = await start({ limits: { limit: 4000, hardLimit: 6000 } });
    const peer = await associated(one);
    const dataSet = object('1.2.3', 9000);
    expect(await store(peer, '1.2.3', dataSet)).toBe(0);
    const file = asFile(dataSet, '1.2.3');
    expect(one.bodies()).toEqual([file.slice(0, 4000)]);
    expect(one.rows[0]).toMatchObject({
      bytes: file.length,
      quarantined: true,
      elided: [{ start: 4000, end: file.length, reason: 'over-limit' }],
    });
  });

  test('pixel data is not kept', async () => {
    const one = await start();
    const peer = await associated(one);
    const head = object('1.2.3');
    const pixels = writeDataSet([element('(7FE0,0010)', 'OW', Buffer.alloc(50_000, 7))], EXPLICIT);
    expect(await store(peer, '1.2.3', Buffer.concat([head, pixels]))).toBe(0);
    const whole = asFile(Buffer.concat([head, pixels]), '1.2.3');
    expect(one.rows[0]?.elided).toEqual([{ start: whole.length - 50_000, end: whole.length, reason: 'pixel-data' }]);
    expect(one.bodies()).toEqual([whole.slice(0, -50_000)]);
  });

  test.each<[string, Buffer]>([
    ['a length of 4 GB', Buffer.of(0x04, 0, 0xff, 0xff, 0xff, 0xff)],
    ['a PDU that there is none of', Buffer.of(0x44, 0, 0, 0, 0, 0)],
    ['a second request for an association', pdu(0x01, Buffer.alloc(68))],
    ['a data set without a command', data(1, 2, Buffer.alloc(2))],
    ['a context that was not proposed', data(99, 3, storeCommand('1.2.3'))],
    ['a query', data(1, 3, commandSet({ 2: CT, 256: 0x0020, 272: 1, 2048: 1 }))],
  ])('%s ends the association', async (_, bytes) => {
    const one = await start();
    const peer = await associated(one);
    peer.send(bytes);
    expect((await peer.next())?.[0]).toBe(0x07);
    expect(await peer.next()).toBeNull();
    expect(one.rows).toEqual([]);
  });

  test.each<[string, Buffer]>([
    ['data before an association', data(1, 3, storeCommand('1.2.3'))],
    ['a request that is cut short', pdu(0x01, Buffer.alloc(20))],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ])('%s ends the connection', async (_, bytes) => {
    const one = await start();
    const peer = peerOf(one);
    peer.send(bytes);
    expect((await peer.next())?.[0]).toBe(0x07);
    expect(await one.event('connection')).toMatchObject({ code: 'dimse.protocol' });
  });

  test('a peer that drips, and one that says nothing, are let go', async () => {
    const one = await start({ idle: 60 });
    const silent = peerOf(one);
    const dripping = await associated(one);
    const drip = setInterval(() => dripping.send(Buffer.of(0x04)), 10);
    const first = Buffer.of(0x04, 0, 0, 1, 0, 0);
    dripping.send(first);
    for (const peer of [silent, dripping]) expect((await peer.next())?.[0]).toBe(0x07);
    clearInterval(drip);
    expect(await one.event('connection')).toMatchObject({ code: 'ETIMEDOUT' });
  });

  test('a store without a data set is not understood, and the association goes on', async () => {
    const one = await start();
    const peer = await associated(one);
    const command = storeCommand('1.2.3');
    command.writeUInt16LE(0x0101, command.indexOf(Buffer.of(0, 0, 0, 8, 2, 0, 0, 0)) + 8);
    peer.send(data(1, 3, command));
    expect(statusOf(await peer.next())).toBe(0xc000);
    expect(await store(peer, '1.2.4', object('1.2.4'))).toBe(0);
  });

  test('names that are no UIDs do no harm', async () => {
    const one = await start();
    const peer = await associated(one);
    for (const name of ['DOE^JANE', 'DOE\\JANE', '9'.repeat(300), ''])
      expect(await store(peer, name, object('1.2.3'), { sopClass: name })).toBe(0);
    expect(one.rows).toHaveLength(4);
  });
});

describe('close', () => {
  test('answers what is being stored, and aborts the rest', async () => {
    const one = await start();
    const idle = await associated(one);
    const busy = await associated(one);
    const letGo = one.hold();
    const status = store(busy, '1.2.3', object('1.2.3'));
    await vi.waitFor(() => expect(one.saving.now).toBe(1));
    const closed = one.listener.close();
    expect((await idle.next())?.[0]).toBe(0x07);
    letGo();
    expect(await status).toBe(0);
    expect((await busy.next())?.[0]).toBe(0x07);
    await closed;
    expect(one.rows).toHaveLength(1);
  });

  test('waits for an object that is on its way, but not for ever', async () => {
    const one = await start({ deadline: 50 });
    const peer = await associated(one);
    peer.send(data(1, 3, storeCommand('1.2.3')));
    peer.send(data(1, 0, object('1.2.3')));
    await vi.waitFor(() =>
      expect(one.inFlight.bytes).toBeGreaterThan(
        fileHeader({ sopClass: CT, sopInstance: '1.2.3', transferSyntax: EXPLICIT }).length,
      ),
    );
    await one.listener.close();
    expect((await peer.next())?.[0]).toBe(0x07);
    expect(one.inFlight.bytes).toBe(0);
  });
});

test('a port that is taken is a clear error', async () => {
  const one = await start();
  await expect(startDimse({ port: one.listener.port })).rejects.toMatchObject({
    code: 'listener.unavailable',
    message: expect.stringContaining('dimse cannot listen on 127.0.0.1'),
  });
});
