import type { Socket } from 'node:net';
import type { Clock } from '../core/clock.ts';
import { CordonError, type ErrorCode } from '../core/errors.ts';
import { type Accept, type Incoming, NO_CLAIMS, type Peer, type Protocol, type TlsFacts } from '../core/provenance.ts';
import type { Problem } from '../core/vocabulary.ts';
import { type AckHeader, acksFor, type ComposeAck, nackFor } from './ack.ts';
import type { Report } from './events.ts';
import type { InFlight, Limits } from './limits.ts';
import { CARRIAGE_RETURN, createFrameSplitter, END_BLOCK, type Frame, isBlank, START_BLOCK } from './mllp-frames.ts';

/** What a source gets when nothing durable happened: no answer and a closed connection, or a negative acknowledgment. */
export type Nack = 'close' | 'AR' | 'AE';

export interface ConnectionDeps {
  readonly name: string;
  readonly protocol: Protocol;
  readonly accept: Accept;
  readonly peek: (bytes: Uint8Array) => AckHeader;
  readonly compose: ComposeAck;
  readonly limits: Limits;
  readonly inFlight: InFlight;
  readonly nackOf: (peer: Peer) => Nack;
  readonly report: Report;
  readonly clock: Clock;
  /** Milliseconds from the last byte of a message to its answer; past it the message is shed. */
  readonly deadline: number;
  /** Milliseconds of silence after which a connection is closed; what it left unfinished is kept. */
  readonly idle: number;
}

export interface Connection {
  /** Reads no more, answers what was read, closes. */
  close(): void;
}

/** Messages of one connection that are on their way to the ledger; past it the socket is not read. */
export const MAX_PENDING = 128;

/** How long the carriage return after an end block may take before it counts as left out. */
const QUIET = 100;

/** One frame and its answer. Answers leave in the order of the frames; commits may overtake each other. */
interface Slot {
  frame: Frame | null;
  readonly since: number;
  started: boolean;
  /** Framed acknowledgments (empty: none is due); `close`: hang up instead of answering; null: not known yet. */
  answer: Uint8Array | 'close' | null;
}

const NO_ANSWER = new Uint8Array(0);
const NOTICED: Record<Frame['kind'], readonly Problem[]> = {
  message: [],
  junk: [{ code: 'frame.junk', detail: 'bytes outside of MLLP frames' }],
  unterminated: [{ code: 'frame.unterminated', detail: 'the MLLP frame has no end block' }],
};

function framed(ack: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.of(START_BLOCK), ack, Buffer.of(END_BLOCK, CARRIAGE_RETURN)]);
}

function incoming(frame: Frame): Incoming {
  const { bytes, total, restDigest, elided, kind } = frame;
  return { bytes, total, restDigest, elided, idempotencyKey: null, whole: kind === 'message', problems: NOTICED[kind] };
}

/** Serves one MLLP connection until it closes. The socket must be half-open capable, verified, and not read from before. */
export function serveConnection(socket: Socket, peer: Peer, tls: TlsFacts | null, deps: ConnectionDeps): Connection {
  const { accept, peek, compose, inFlight, report } = deps;
  const splitter = createFrameSplitter(deps.limits);
  const at = { listener: deps.name, address: peer.address };
  /** In order of arrival. Those before `next` have been started. */
  const slots: Slot[] = [];
  let next = 0;
  let running = 0;
  /** Bytes of the unfinished frame that are accounted in `inFlight`. */
  let taken = 0;
  /** No more frames will come; close when all are answered. */
  let ended = false;
  /** A step comes at the end of this turn. */
  let due = false;
  let quiet: NodeJS.Timeout | null = null;
  let late: NodeJS.Timeout | null = null;

  function release(slot: Slot): void {
    if (slot.frame !== null) inFlight.give(slot.frame.bytes.length);
    slot.frame = null;
  }

  /** Hangs up; what was not started is forgotten, since its sender got no answer and comes again. */
  function hangUp(): void {
    ended = true;
    for (const slot of slots) if (!slot.started) release(slot);
    slots.length = 0;
    next = 0;
    inFlight.give(taken);
    taken = 0;
    socket.destroySoon();
  }

  function shed(code: ErrorCode | 'unknown'): void {
    report({ kind: 'shed', ...at, code });
  }

  /** The answer when nothing durable happened. */
  function refuse(frame: Frame): Uint8Array | 'close' {
    const nack = deps.nackOf(peer);
    if (frame.kind !== 'message') return NO_ANSWER;
    if (nack === 'close') return 'close';
    const header = peek(frame.bytes);
    const code = nackFor(header, nack);
    return code === null ? 'close' : framed(compose(code, header));
  }

  async function handle(slot: Slot, frame: Frame): Promise<void> {
    let answer: Uint8Array | 'close';
    try {
      const receipt = await accept(incoming(frame), {
        listener: deps.name,
        protocol: deps.protocol,
        peer,
        tls,
        claims: NO_CLAIMS,
        receivedAt: deps.clock(),
      });
      const { duplicate, quarantined } = receipt;
      const seconds = (performance.now() - slot.since) / 1000;
      report({ kind: 'accepted', listener: deps.name, bytes: frame.total, duplicate, quarantined, seconds });
      if (frame.kind === 'message') {
        const header = peek(frame.bytes);
        answer = Buffer.concat(acksFor(header).map((code) => framed(compose(code, header))));
      } else {
        answer = NO_ANSWER;
      }
    } catch (error) {
      shed(error instanceof CordonError ? error.code : 'unknown');
      answer = refuse(frame);
    }
    slot.answer ??= answer;
    release(slot);
    running--;
    stepSoon();
  }

  /** A commit answers many messages in one turn of the loop: their answers leave in one write. */
  function stepSoon(): void {
    if (due) return;
    due = true;
    process.nextTick(() => {
      due = false;
      step();
    });
  }

  /** Starts what may start, writes what may be written, and reads on or not. */
  function step(): void {
    while (running < MAX_PENDING && next < slots.length) {
      const slot = slots[next++];
      if (slot === undefined || slot.frame === null) continue;
      slot.started = true;
      running++;
      void handle(slot, slot.frame);
    }
    if (!write()) hangUp();
    else if (ended && slots.length === 0) socket.destroySoon();
    else if (slots.length >= MAX_PENDING || socket.writableNeedDrain || ended) socket.pause();
    else socket.resume();
    watchDeadline();
  }

  /** Writes the answers that are known, up to the first that is not; false when the connection must be hung up after them. */
  function write(): boolean {
    let known = 0;
    const answers: Uint8Array[] = [];
    let open = true;
    for (const { answer } of slots) {
      if (answer === null) break;
      known++;
      if (answer === 'close') {
        open = false;
        break;
      }
      if (answer.length > 0) answers.push(answer);
    }
    slots.splice(0, known);
    next = Math.max(0, next - known);
    if (answers.length > 0 && socket.writable) socket.write(Buffer.concat(answers));
    return open;
  }

  function watchDeadline(): void {
    const oldest = slots[0];
    if (late !== null || oldest === undefined) return;
    late = setTimeout(
      () => {
        late = null;
        const head = slots[0];
        if (head !== undefined && head.answer === null && performance.now() - head.since >= deps.deadline) {
          shed('ingest.late');
          head.answer = head.frame === null ? 'close' : refuse(head.frame);
          if (!head.started) release(head);
        }
        step();
      },
      Math.max(1, oldest.since + deps.deadline - performance.now()),
    );
    late.unref();
  }

  /** False when there was no room for what came, and the connection was hung up. */
  function enqueue(frames: readonly Frame[]): boolean {
    const kept = frames.filter((frame) => {
      const blank = frame.kind === 'junk' && isBlank(frame);
      if (frame.kind === 'junk') report({ kind: 'junk', ...at, bytes: frame.total, kept: !blank });
      if (frame.kind === 'unterminated') report({ kind: 'unterminated', ...at, bytes: frame.total });
      return !blank;
    });
    const bytes = kept.reduce((sum, frame) => sum + frame.bytes.length, 0);
    const more = bytes + splitter.held - taken;
    if (more > 0 && !inFlight.take(more)) {
      shed('ingest.overloaded');
      hangUp();
      return false;
    }
    if (more < 0) inFlight.give(-more);
    taken = splitter.held;
    const since = performance.now();
    for (const frame of kept) slots.push({ frame, since, started: false, answer: null });
    return true;
  }

  /** No more will come: what the sender left unfinished is kept too. */
  function finish(): void {
    if (ended) return;
    if (!enqueue(splitter.end())) return;
    ended = true;
    step();
  }

  socket.on('data', (chunk: Buffer) => {
    if (ended) return;
    if (quiet !== null) clearTimeout(quiet);
    quiet = null;
    if (!enqueue(splitter.push(chunk))) return;
    if (splitter.awaiting) {
      quiet = setTimeout(() => {
        if (!ended && enqueue(splitter.settle())) step();
      }, QUIET);
    }
    step();
  });
  socket.on('drain', step);
  socket.on('end', finish);
  socket.on('timeout', finish);
  socket.on('error', (error: Error) => {
    report({ kind: 'connection', ...at, code: 'code' in error ? String(error.code) : 'unknown' });
  });
  socket.on('close', () => {
    if (quiet !== null) clearTimeout(quiet);
    finish();
    inFlight.give(taken);
    taken = 0;
  });
  socket.setTimeout(deps.idle);

  return {
    close() {
      if (ended) return;
      // An unfinished frame is dropped: it gets no answer, and its sender comes again.
      ended = true;
      inFlight.give(taken);
      taken = 0;
      step();
    },
  };
}
