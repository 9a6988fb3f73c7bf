import dimse from 'dcmjs-dimse';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCommandCheck, readCommandHead, storeResponse } from '../../src/ingest/dimse-commands.ts';
import {
  createPduSplitter,
  inOrder,
  type Pdv,
  ProtocolError,
  printable,
  readImplementation,
  readPdvs,
} from '../../src/ingest/dimse-pdu.ts';
import {
  associateRequest,
  commandSet,
  data,
  echoCommand,
  ONE_CONTEXT,
  pdu,
  pdv,
  RELEASE,
  storeCommand,
} from '../support/dimse-peer.ts';

describe('the splitter', () => {
  const pdus = fc.array(
    fc
      .record({ type: fc.constantFrom(0x01, 0x04), body: fc.uint8Array({ maxLength: 300 }) })
      .map(({ type, body }) => pdu(type, Buffer.from(body))),
    { maxLength: 8 },
  );

  test('finds the same PDUs however the stream is cut', () => {
    fc.assert(
      fc.property(pdus, fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 }), (sent, sizes) => {
        const splitter = createPduSplitter();
        const stream = Buffer.concat(sent);
        const found: Buffer[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          splitter.push(Buffer.from(stream.subarray(at, at + size)));
          at += size;
          // Sometimes one is left for later, as while an object is being stored.
          for (let next = splitter.next(); next !== null; next = turn % 3 === 0 ? null : splitter.next()) found.push(next);
        }
        for (let next = splitter.next(); next !== null; next = splitter.next()) found.push(next);
        expect(Buffer.concat(found)).toEqual(stream);
        expect(found.map(({ length }) => length)).toEqual(sent.map(({ length }) => length));
      }),
    );
  });

  test('what was handed over does not change', () => {
    const splitter = createPduSplitter();
    const all = Array.from({ length: 200 }, (_, index) => pdu(0x04, Buffer.alloc(1000, index)));
    const stream = Buffer.concat(all);
    const found: Buffer[] = [];
    for (let at = 0; at < stream.length; at += 777) {
      splitter.push(Buffer.from(stream.subarray(at, at + 777)));
      for (let next = splitter.next(); next !== null; next = splitter.next()) found.push(next);
    }
    expect(Buffer.concat(found).equals(stream)).toBe(true);
  });

  test.each([
    ['a length of 4 GB', Buffer.of(0x04, 0, 0xff, 0xff, 0xff, 0xff)],
    ['data over 1 MiB', Buffer.of(0x04, 0, 0, 0x10, 0, 1)],
    ['a request over 256 KiB', Buffer.of(0x01, 0, 0, 4, 0, 1)],
    ['a release with a body', Buffer.of(0x05, 0, 0, 0, 0, 5)],
    ['an acceptance', pdu(0x02, Buffer.alloc(4))],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n')],
    ['TLS', Buffer.of(0x16, 3, 1, 2, 0, 1)],
  ])('refuses %s at its header', (_, bytes) => {
    const splitter = createPduSplitter();
    splitter.push(bytes);
    expect(() => splitter.next()).toThrow(ProtocolError);
  });
});

describe('values of a P-DATA-TF', () => {
  test('are read apart, each with a PDU of its own', () => {
    const [first, second] = [pdv(1, 3, Buffer.from('command!')), pdv(3, 0, Buffer.from('data'))];
    const values = readPdvs(pdu(0x04, Buffer.concat([first, second])));
    expect(values.map(({ context, command, last, value }) => [context, command, last, value.toString()])).toEqual([
      [1, true, true, 'command!'],
      [3, false, false, 'data'],
    ]);
    expect(values.map((each) => each.pdu)).toEqual([pdu(0x04, first), pdu(0x04, second)]);
    expect(readPdvs(pdu(0x04, Buffer.alloc(0)))).toEqual([]);
  });

  test.each([
    ['shorter than its own header', Buffer.of(0, 0, 0, 1, 1, 3)],
    ['longer than the PDU', Buffer.of(0, 0, 1, 0, 1, 3)],
    ['cut off', Buffer.of(0, 0, 0)],
  ])('%s are refused', (_, body) => {
    expect(() => readPdvs(pdu(0x04, body))).toThrow(ProtocolError);
  });

  test('never read out of bounds, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (body) => {
        const bytes = pdu(0x04, Buffer.from(body));
        try {
          const values = readPdvs(bytes);
          expect(values.reduce((sum, { value }) => sum + value.length + 6, 6)).toBe(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
    );
  });
});

describe('commands', () => {
  const parts = (bytes: Buffer): Pdv[] => readPdvs(bytes);
  const check = (...sent: Buffer[]): string => {
    const commands = createCommandCheck();
    try {
      for (const value of sent.flatMap(parts)) commands.check(value);
      return 'ok';
    } catch (error) {
      return error instanceof ProtocolError ? error.message : 'crashed';
    }
  };
  const store = storeCommand('1.2.3');
  const find = commandSet({ 2: '1.2.840.10008.5.1.4.1.2.1.1', 256: 0x0020, 272: 1, 2048: 1 });

  test.each<[string, Buffer[], string]>([
    [
      'two objects and an echo',
      [
        data(1, 3, store),
        data(1, 2, Buffer.alloc(2)),
        data(1, 3, store),
        data(1, 0, Buffer.alloc(2)),
        data(1, 2, Buffer.alloc(2)),
        data(3, 3, echoCommand()),
      ],
      'ok',
    ],
    [
      'a command in two parts',
      [data(1, 1, store.subarray(0, 20)), data(1, 3, store.subarray(20)), data(1, 2, Buffer.alloc(2))],
      'ok',
    ],
    ['a cancel', [data(1, 3, commandSet({ 256: 0x0fff, 288: 1, 2048: 0x0101 }))], 'ok'],
    ['a data set first', [data(1, 2, Buffer.alloc(2))], 'a value out of turn'],
    ['a command within a data set', [data(1, 3, store), data(1, 3, store)], 'a value out of turn'],
    ['a data set of another context', [data(1, 3, store), data(3, 2, Buffer.alloc(2))], 'a data set of another context'],
    ['a query', [data(1, 3, find)], 'an operation that was not negotiated'],
    ['an echo with a data set', [data(1, 3, commandSet({ 256: 0x0030, 2048: 1 }))], 'an operation that was not negotiated'],
    ['no command at all', [data(1, 3, Buffer.from('junk'))], 'an operation that was not negotiated'],
    ['an endless command', Array.from({ length: 3 }, () => data(1, 1, Buffer.alloc(8000))), 'a command over its length'],
  ])('%s', (_, sent, outcome) => {
    expect(check(...sent)).toBe(outcome);
  });

  test('heads are read from any bytes', () => {
    expect(readCommandHead(store)).toEqual({ field: 1, dataSet: true });
    expect(readCommandHead(echoCommand())).toEqual({ field: 0x30, dataSet: false });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(() => readCommandHead(Buffer.from(bytes))).not.toThrow();
      }),
    );
  });
});

test('an answer to a C-STORE is what the library writes', () => {
  const uids = { sopClass: '1.2.840.10008.5.1.4.1.1.2', sopInstance: '1.2.3.45' };
  const response = new dimse.responses.CStoreResponse(0xa700, '');
  const elements = response.getCommandDataset();
  elements.setElement('AffectedSOPClassUID', uids.sopClass);
  elements.setElement('AffectedSOPInstanceUID', uids.sopInstance);
  response.setMessageIdBeingRespondedTo(77);
  Reflect.deleteProperty(elements.getElements(), 'ErrorComment');
  const written = storeResponse({ context: 9, messageId: 77, status: 0xa700, ...uids });
  expect(readPdvs(written).map(({ context, command, last }) => [context, command, last])).toEqual([[9, true, true]]);
  expect(readPdvs(written)[0]?.value).toEqual(elements.getDenaturalizedCommandDataset());
});

test('presentation contexts are put in the order of their ids, and nothing else changes', () => {
  const context = (id: number) => ({ id, abstract: `1.2.${id}`, transfer: ['1.2'] });
  const sent = associateRequest({ contexts: [5, 1, 255, 3].map(context) });
  expect(inOrder(sent)).toEqual(associateRequest({ contexts: [1, 3, 5, 255].map(context) }));
  expect(() => inOrder(associateRequest({ contexts: [context(1), context(1)] }))).toThrow(ProtocolError);
  expect(inOrder(sent.subarray(0, -1))).toHaveLength(sent.length - 1);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        expect(inOrder(pdu(0x01, Buffer.from(bytes)))).toHaveLength(6 + bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
  );
});

test('who made the software is read from the request, and only what it says', () => {
  expect(readImplementation(associateRequest({ contexts: ONE_CONTEXT }))).toEqual({
    implementation: '1.2.3.4',
    version: 'PEER_1',
  });
  expect(readImplementation(associateRequest({ contexts: ONE_CONTEXT, version: null }))).toEqual({
    implementation: '1.2.3.4',
    version: '',
  });
  expect(readImplementation(RELEASE)).toEqual({ implementation: '', version: '' });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => readImplementation(Buffer.from(bytes))).not.toThrow();
    }),
  );
});

test.each([
  ['  CT 1 \0', 'CT 1'],
  ['A\nB\u00e9\x7f', 'A?B??'],
  ['', ''],
])('printable(%j) is %j', (text, expected) => {
  expect(printable(text)).toBe(expected);
});
