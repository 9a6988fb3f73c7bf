import type { Socket } from 'node:net';
import type { Clock } from '../core/clock.ts';
import { CordonError, type ErrorCode } from '../core/errors.ts';
import {
  type Accept,
  type Association as AssociationFacts,
  NO_CLAIMS,
  type Peer,
  type Protocol,
  type TlsFacts,
} from '../core/provenance.ts';
import { createCommandCheck } from './dimse-commands.ts';
import { acceptedContexts, answerContexts } from './dimse-contexts.ts';
import { createStoredObject, type StoredObject } from './dimse-object.ts';
import {
  ASSOCIATE_RQ,
  abortPdu,
  createPduSplitter,
  INVALID_PARAMETER,
  inOrder,
  P_DATA_TF,
  type Pdv,
  ProtocolError,
  printable,
  readImplementation,
  readPdvs,
  UNEXPECTED_PDU,
} from './dimse-pdu.ts';
import { type Association, createScp, OUT_OF_RESOURCES, SUCCESS } from './dimse-scp.ts';
import type { Report } from './events.ts';
import type { InFlight, Limits } from './limits.ts';

export interface AssociationDeps {
  readonly name: string;
  readonly protocol: Protocol;
  readonly accept: Accept;
  readonly limits: Limits;
  readonly inFlight: InFlight;
  readonly report: Report;
  readonly clock: Clock;
  /** Milliseconds from the last byte of an object to its answer; past it the object is shed. */
  readonly deadline: number;
  /** Milliseconds without a whole PDU after which an association is aborted. */
  readonly idle: number;
  /** AE titles that are let in; empty: any. */
  readonly callingAEs: readonly string[];
  readonly calledAEs: readonly string[];
  /** Objects of one association; 0: any number. */
  readonly maxObjects: number;
}

/** Takes one of the places for associations and returns what gives it back; null when all are taken. */
export type Admit = () => (() => void) | null;

export interface AssociationConnection {
  /** Takes no more objects; one that is being stored gets its answer, then the association is aborted. */
  close(): void;
}

/** A peer that connects and asks for nothing is let go after so long (the ARTIM timer, PS3.8 §9.1.5). */
const REQUEST_WITHIN = 30_000;

/** A-ASSOCIATE-RJ: result, source, reason (PS3.8 §9.3.4). */
const CALLED_AE_UNKNOWN = [1, 1, 7] as const;
const CALLING_AE_UNKNOWN = [1, 1, 3] as const;
const LOCAL_LIMIT_EXCEEDED = [2, 3, 2] as const;

const USER = 0;
const PROVIDER = 2;

/** Serves one DICOM association until it ends. The socket must be half-open capable, verified, and not read from before. */
export function serveAssociation(
  socket: Socket,
  peer: Peer,
  tls: TlsFacts | null,
  admit: Admit,
  deps: AssociationDeps,
): AssociationConnection {
  const { report, inFlight, limits } = deps;
  const at = { listener: deps.name, address: peer.address };
  const splitter = createPduSplitter();
  const commands = createCommandCheck();
  /** Values of the last P-DATA-TF that were not handed over yet. */
  const values: Pdv[] = [];
  let facts: AssociationFacts | null = null;
  let contexts: ReadonlySet<number> = new Set();
  let leave: (() => void) | null = null;
  let object: StoredObject | null = null;
  let objects = 0;
  /** An object is being committed: nothing more is read until it is answered. */
  let busy = false;
  /** Nothing more is wanted, by the sender or by us; what is being stored is answered. */
  let closing = false;
  let ended = false;
  let quiet: NodeJS.Timeout | null = null;
  let implementation = { implementation: '', version: '' };

  function end(): void {
    if (ended) return;
    ended = true;
    socket.destroySoon();
  }

  function abort(source: 0 | 2, reason: number): void {
    if (ended) return;
    if (socket.writable) socket.write(abortPdu(source, reason));
    end();
  }

  function violated(reason: number): void {
    if (!ended) report({ kind: 'connection', ...at, code: 'dimse.protocol' });
    abort(PROVIDER, reason);
  }

  /** Lets go of a peer that brings nothing whole for so long, however many bytes it drips. */
  function watch(milliseconds: number): void {
    clearTimeout(quiet ?? undefined);
    quiet = setTimeout(() => {
      if (busy) {
        quiet?.refresh();
        return;
      }
      report({ kind: 'connection', ...at, code: 'ETIMEDOUT' });
      abort(PROVIDER, 0);
    }, milliseconds);
  }

  function shed(code: ErrorCode | 'unknown'): void {
    report({ kind: 'shed', ...at, code });
  }

  function refuse(answer: readonly [number, number, number]): void {
    scp.reject(...answer);
    end();
  }

  function requested(association: Association): void {
    const calling = printable(association.getCallingAeTitle());
    const called = printable(association.getCalledAeTitle());
    const unknown = !isListed(deps.callingAEs, calling)
      ? CALLING_AE_UNKNOWN
      : !isListed(deps.calledAEs, called)
        ? CALLED_AE_UNKNOWN
        : null;
    if (unknown !== null) {
      report({ kind: 'credentials', ...at, reason: 'ae-title' });
      refuse(unknown);
      return;
    }
    leave = admit();
    if (leave === null) {
      shed('ingest.overloaded');
      refuse(LOCAL_LIMIT_EXCEEDED);
      return;
    }
    answerContexts(association);
    contexts = acceptedContexts(association);
    facts = { calling, called, ...implementation };
    scp.accept();
    watch(deps.idle);
  }

  /** Commits the object and answers: at the latest when the deadline passes, though it may still be stored then. */
  async function store(stored: StoredObject, answer: (status: number) => void): Promise<void> {
    const since = performance.now();
    busy = true;
    let answered = false;
    const settle = (status: number, code: ErrorCode | 'unknown' | null): void => {
      if (answered) return;
      answered = true;
      clearTimeout(late);
      if (code !== null) shed(code);
      busy = false;
      if (!ended && socket.writable) answer(status);
      if (closing) abort(USER, 0);
      else pump();
    };
    const late = setTimeout(() => settle(OUT_OF_RESOURCES, 'ingest.late'), deps.deadline);
    try {
      const message = await stored.take();
      if (message === null || facts === null) return settle(OUT_OF_RESOURCES, 'ingest.overloaded');
      const { duplicate, quarantined } = await deps.accept(message, {
        listener: deps.name,
        protocol: deps.protocol,
        peer,
        tls,
        claims: NO_CLAIMS,
        association: facts,
        receivedAt: deps.clock(),
      });
      const seconds = (performance.now() - since) / 1000;
      report({ kind: 'accepted', listener: deps.name, bytes: message.total, duplicate, quarantined, seconds });
      settle(SUCCESS, null);
    } catch (error) {
      settle(OUT_OF_RESOURCES, error instanceof CordonError ? error.code : 'unknown');
    } finally {
      stored.release();
    }
  }

  const scp = createScp(socket, {
    requested,
    begin(meta) {
      const stored = createStoredObject(meta, limits, inFlight);
      if (deps.maxObjects > 0 && ++objects > deps.maxObjects) stored.release();
      object = stored;
      return stored.add;
    },
    whole(answer) {
      const stored = object;
      object = null;
      if (stored !== null) void store(stored, answer);
    },
    released() {
      scp.release();
      end();
    },
    aborted: end,
    failed: () => violated(INVALID_PARAMETER),
  });

  function handle(pdu: Buffer): void {
    const type = pdu[0];
    if ((type === ASSOCIATE_RQ) !== (facts === null)) throw new ProtocolError('a PDU out of turn', UNEXPECTED_PDU);
    if (type === P_DATA_TF) {
      values.push(...readPdvs(pdu));
      return;
    }
    if (type === ASSOCIATE_RQ) implementation = readImplementation(pdu);
    scp.deliver(type === ASSOCIATE_RQ ? inOrder(pdu) : pdu);
  }

  function handleValue(value: Pdv): void {
    if (!contexts.has(value.context)) throw new ProtocolError('a presentation context that was not accepted', INVALID_PARAMETER);
    commands.check(value);
    scp.deliver(value.pdu);
  }

  /** Does what came, one after the other, up to an object that is being stored. */
  function pump(): void {
    try {
      while (!busy && !ended) {
        const value = values.shift();
        if (value !== undefined) {
          handleValue(value);
          continue;
        }
        const pdu = splitter.next();
        if (pdu === null) break;
        quiet?.refresh();
        handle(pdu);
      }
    } catch (error) {
      violated(error instanceof ProtocolError ? error.reason : 0);
    }
    if (busy || ended || socket.writableNeedDrain) socket.pause();
    else socket.resume();
  }

  watch(Math.min(deps.idle, REQUEST_WITHIN));

  socket.on('data', (chunk: Buffer) => {
    if (ended) return;
    splitter.push(chunk);
    pump();
  });
  socket.on('drain', pump);
  socket.on('end', () => {
    closing = true;
    if (!busy) end();
  });
  socket.on('error', (error: Error) => {
    report({ kind: 'connection', ...at, code: 'code' in error ? String(error.code) : 'unknown' });
  });
  socket.on('close', () => {
    ended = true;
    clearTimeout(quiet ?? undefined);
    leave?.();
    if (object === null) return;
    // It got no answer: its sender comes again.
    shed('ingest.aborted');
    object.release();
    object = null;
  });

  return {
    close() {
      closing = true;
      if (!busy && object === null) abort(USER, 0);
      else setTimeout(() => abort(USER, 0), deps.deadline).unref();
    },
  };
}

const isListed = (titles: readonly string[], title: string): boolean => titles.length === 0 || titles.includes(title);
