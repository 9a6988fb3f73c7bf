import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import dimse from 'dcmjs-dimse';
import { type FileMeta, IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION } from './dicom/meta.ts';
import { storeResponse } from './dimse-commands.ts';
import { MAX_PDU } from './dimse-pdu.ts';

export type Association = InstanceType<typeof dimse.association.Association>;
type PresentationContext = InstanceType<typeof dimse.association.PresentationContext>;
type StoreRequest = InstanceType<typeof dimse.requests.CStoreRequest>;
type EchoRequest = InstanceType<typeof dimse.requests.CEchoRequest>;
type StoreResponse = InstanceType<typeof dimse.responses.CStoreResponse>;
type EchoResponse = InstanceType<typeof dimse.responses.CEchoResponse>;

/** C-STORE statuses that we answer with (PS3.4 table B.2-1). */
export const SUCCESS = 0x0000;
export const OUT_OF_RESOURCES = 0xa700;
export const CANNOT_UNDERSTAND = 0xc000;

/** What happens on an association. Called while `deliver` runs. */
export interface ScpHooks {
  requested(association: Association): void;
  /** A data set begins (names that the request does not say are empty); its bytes go to what is returned, as they come. */
  begin(meta: FileMeta): (chunk: Buffer) => void;
  /** The data set is whole; its answer may come later, and need not come at all. */
  whole(answer: (status: number) => void): void;
  released(): void;
  aborted(): void;
  /** The library could not read or write something. */
  failed(): void;
}

export interface Scp {
  /** Takes one whole, checked PDU, and is done with it when it returns. */
  deliver(pdu: Buffer): void;
  accept(): void;
  reject(result: number, source: number, reason: number): void;
  release(): void;
}

/**
 * Reads and answers one association with dcmjs-dimse, which is kept to what it does well: the items of an association, and
 * commands. Its own reader of the socket is taken off: that one believes any length, gathers by copying all again for each
 * chunk, and has no states. Data sets are not parsed. Its timers stay still as long as it does not believe to be connected.
 */
export function createScp(socket: Socket, hooks: ScpHooks): Scp {
  prepare();
  const scp = new StoreScp(socket, hooks);
  const [read] = socket.listeners('data');
  if (read === undefined) throw new Error('dcmjs-dimse does not read its socket: is it another version?');
  socket.removeAllListeners('data');
  socket.setTimeout(0);
  scp.on('networkError', () => hooks.failed());
  return {
    deliver(pdu) {
      read.call(socket, pdu);
    },
    accept: () => scp.sendAssociationAccept(),
    reject: (result, source, reason) => scp.sendAssociationReject(result, source, reason),
    release: () => scp.sendAssociationReleaseResponse(),
  };
}

/** Never full, so that the library goes on in the same turn and PDUs stay in order: how much is taken is decided at the socket. */
const NEVER_FULL = Number.MAX_SAFE_INTEGER;

class StoreScp extends dimse.Scp {
  readonly #socket: Socket;
  readonly #hooks: ScpHooks;
  /** Presentation context of the data set that is coming. */
  #context = 0;

  constructor(socket: Socket, hooks: ScpHooks) {
    super(socket);
    this.#socket = socket;
    this.#hooks = hooks;
  }

  override associationRequested(association: Association): void {
    // The library would repeat what the sender said as what we said.
    association.setMaxPduLength(MAX_PDU);
    association.setNegotiateAsyncOps(false);
    try {
      this.#hooks.requested(association);
    } catch {
      // The library's emitter would lose it, and the association would hang.
      this.#hooks.failed();
    }
  }

  override createStoreWritableStream(context: PresentationContext, request: StoreRequest): Writable {
    this.#context = context.getPresentationContextId();
    const add = this.#hooks.begin({
      sopClass: text(request.getAffectedSopClassUid()),
      sopInstance: text(request.getAffectedSopInstanceUid()),
      transferSyntax: text(context.getAcceptedTransferSyntaxUid()),
    });
    return new Writable({
      highWaterMark: NEVER_FULL,
      write(chunk: Buffer, _encoding, done) {
        add(chunk);
        done();
      },
    });
  }

  override createDatasetFromStoreWritableStream(
    _stream: Writable,
    _context: PresentationContext,
    callback: (dataset: InstanceType<typeof dimse.Dataset>) => void,
  ): void {
    // Parsing is the scan's business. Before this returns, or the library takes the next command for more of this data set.
    callback(new dimse.Dataset());
  }

  override cStoreRequest(request: StoreRequest, callback: (response: StoreResponse) => void): void {
    this.#forgetCommand();
    if (request.getDataset() === undefined) {
      const response = dimse.responses.CStoreResponse.fromRequest(request);
      response.setStatus(CANNOT_UNDERSTAND);
      callback(response);
      return;
    }
    const to = {
      context: this.#context,
      messageId: request.getMessageId(),
      sopClass: text(request.getAffectedSopClassUid()),
      sopInstance: text(request.getAffectedSopInstanceUid()),
    };
    this.#hooks.whole((status) => this.#socket.write(storeResponse({ ...to, status })));
  }

  override cEchoRequest(request: EchoRequest, callback: (response: EchoResponse) => void): void {
    this.#forgetCommand();
    const response = dimse.responses.CEchoResponse.fromRequest(request);
    response.setStatus(SUCCESS);
    callback(response);
  }

  override cCancelRequest(): void {
    // Nothing that we do can be cancelled (PS3.7 §9.3.2.3).
    this.#forgetCommand();
  }

  override associationReleaseRequested(): void {
    this.#hooks.released();
  }

  override abort(): void {
    this.#hooks.aborted();
  }

  /** The library keeps a command that has no data set, and reads the next one with it in front: without end, and ever slower. */
  #forgetCommand(): void {
    Reflect.set(this, 'dimseStream', undefined);
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

let prepared = false;

/**
 * No log of a library may print what a peer sent: dcmjs, which reads commands for dcmjs-dimse, prints values that it finds wrong. It
 * is asked for from where dcmjs-dimse is, since an import of ours would get another build of it, with a log of its own.
 */
function prepare(): void {
  if (prepared) return;
  prepared = true;
  dimse.log.setLevel('silent');
  dimse.Implementation.setImplementationClassUid(IMPLEMENTATION_CLASS_UID);
  dimse.Implementation.setImplementationVersion(IMPLEMENTATION_VERSION);
  dimse.Implementation.setMaxPduLength(MAX_PDU);
  const { log } = createRequire(import.meta.resolve('dcmjs-dimse'))('dcmjs');
  log.setLevel('silent');
}
