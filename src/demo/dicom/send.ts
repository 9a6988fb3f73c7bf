import dimse from 'dcmjs-dimse';
import { CordonError, reasonOf } from '../../core/errors.ts';
import { peekDicom } from '../../formats/dicom/peek.ts';
import type { DemoMessage } from '../message.ts';
import type { OnAnswer } from '../send.ts';

const { Client, Dataset, association, constants, log, requests } = dimse;

/** A listener on loopback that says nothing for so long will not. */
const PATIENCE = 30_000;
/** Objects of one STOW-RS request. */
const PER_REQUEST = 8;
const PREAMBLE = 132;

/**
 * Sends the objects of transport `dimse` by C-STORE, one association a flow, each object's data set byte for byte (PS3.7 §9.1.1). Throws
 * `listener.unavailable` where an association is refused or a status is not 0000H.
 */
export async function sendDimse(
  messages: readonly DemoMessage[],
  target: { readonly host: string; readonly port: number },
  onAnswer: OnAnswer,
): Promise<void> {
  log.setLevel('silent');
  const flows = Map.groupBy(
    messages.filter(({ transport }) => transport === 'dimse'),
    ({ flow }) => flow,
  );
  await Promise.all([...flows.values()].map((each) => sendOver(each, target, onAnswer)));
}

async function sendOver(
  messages: readonly DemoMessage[],
  { host, port }: { readonly host: string; readonly port: number },
  onAnswer: OnAnswer,
): Promise<void> {
  const { calling = 'DEMO', called = 'CORDON' } = messages[0]?.association ?? {};
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (text: string, cause?: unknown): void =>
    reject(new CordonError('listener.unavailable', `DIMSE ${host}:${port} (${calling} to ${called}): ${text}`, { cause }));
  const client = new Client();
  const proposed = new Set<string>();
  let answered = 0;
  for (const message of messages) {
    const { request, sopClass, transferSyntax } = storeRequest(message.bytes);
    // A context for each pair: the bytes go as they are, so no other transfer syntax would do (PS3.8 §7.1.1.13).
    if (!proposed.has(`${sopClass} ${transferSyntax}`)) {
      proposed.add(`${sopClass} ${transferSyntax}`);
      const context = new association.PresentationContext(1, sopClass);
      context.addTransferSyntaxUid(transferSyntax);
      client.addAdditionalPresentationContext(context, true);
    }
    request.on('response', (response) => {
      if (response.getStatus() !== constants.Status.Success) fail(`answered status ${response.getStatus().toString(16)}H`);
      answered++;
      onAnswer(message, null);
    });
    client.addRequest(request);
  }
  client.on('associationRejected', () => fail('the association was rejected'));
  client.on('networkError', (error) => fail(reasonOf(error), error));
  client.on('closed', () =>
    answered === messages.length ? resolve() : fail(`closed after ${answered} of ${messages.length} objects`),
  );
  client.send(host, port, calling, called, { connectTimeout: PATIENCE, associationTimeout: PATIENCE, pduTimeout: PATIENCE });
  await promise;
}

/** A request whose data set is the file's own bytes: the library would write its own, without private elements. */
function storeRequest(bytes: Uint8Array) {
  const file = peekDicom(bytes);
  if (file === null) throw new Error('the demo made an object that is none');
  const { sopClass, sopInstance, transferSyntax } = file;
  const dataset = new Dataset({ SOPClassUID: sopClass, SOPInstanceUID: sopInstance }, transferSyntax);
  const dataSet = Buffer.from(bytes.subarray(endOfMeta(bytes)));
  dataset.getDenaturalizedDataset = () => dataSet;
  return { request: new requests.CStoreRequest(dataset), sopClass, transferSyntax };
}

/** Where group 2 ends: (0002,0000) comes first and says how long it is (PS3.10 §7.1). */
function endOfMeta(bytes: Uint8Array): number {
  return PREAMBLE + 12 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(PREAMBLE + 8, true);
}

/** Posts the objects of transport `stow` as multipart/related (PS3.18 §10.5), some a request. Throws `listener.unavailable` on anything but a 200. */
export async function sendStow(
  messages: readonly DemoMessage[],
  target: { readonly url: string; readonly key: string },
  onAnswer: OnAnswer,
): Promise<void> {
  const flows = Map.groupBy(
    messages.filter(({ transport }) => transport === 'stow'),
    ({ flow }) => flow,
  );
  for (const objects of flows.values()) {
    for (let from = 0; from < objects.length; from += PER_REQUEST) {
      const batch = objects.slice(from, from + PER_REQUEST);
      await store(batch, target);
      for (const message of batch) onAnswer(message, null);
    }
  }
}

async function store(batch: readonly DemoMessage[], target: { readonly url: string; readonly key: string }): Promise<void> {
  const url = new URL('/v1/dicom-web/studies', target.url);
  const fail = (text: string, cause?: unknown): CordonError =>
    new CordonError('listener.unavailable', `POST ${url.href}: ${text}`, { cause });
  const boundary = 'demo-boundary-of-an-archive';
  const part = Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`);
  const body = Buffer.concat([
    ...batch.flatMap(({ bytes }) => [part, bytes, Buffer.from('\r\n')]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        ...batch[0]?.headers,
        Authorization: `Bearer ${target.key}`,
        'Content-Type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
      },
      body,
      signal: AbortSignal.timeout(PATIENCE),
    });
    await response.arrayBuffer();
  } catch (error) {
    throw fail(reasonOf(error), error);
  }
  if (response.status !== 200) throw fail(`answered ${response.status}`);
}
