import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Report } from './events.ts';
import type { InFlight } from './limits.ts';

/** Counts what listeners report. Labels are names of listeners, reasons and error codes; never an address or an id. */
export function createIngestMetrics(registry: Registry, inFlight: InFlight): Report {
  const registers = [registry];
  const accepted = new Counter({
    name: 'cordon_accepted_total',
    help: 'Messages made durable.',
    labelNames: ['listener', 'outcome'],
    registers,
  });
  const bytes = new Counter({
    name: 'cordon_accepted_bytes_total',
    help: 'Bytes of messages, as sent.',
    labelNames: ['listener'],
    registers,
  });
  const seconds = new Histogram({
    name: 'cordon_accept_seconds',
    help: 'From the last byte of a message to its answer.',
    labelNames: ['listener'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const shed = new Counter({
    name: 'cordon_shed_total',
    help: 'Messages not taken, to come again.',
    labelNames: ['listener', 'code'],
    registers,
  });
  const refused = new Counter({
    name: 'cordon_refused_total',
    help: 'Senders with wrong credentials.',
    labelNames: ['listener', 'reason'],
    registers,
  });
  const junk = new Counter({
    name: 'cordon_junk_bytes_total',
    help: 'Bytes outside of frames, and of frames without an end.',
    labelNames: ['listener'],
    registers,
  });
  const broken = new Counter({
    name: 'cordon_connection_errors_total',
    help: 'Connections that failed.',
    labelNames: ['listener', 'code'],
    registers,
  });
  new Gauge({
    name: 'cordon_in_flight_bytes',
    help: 'Bytes of messages between a socket and the ledger.',
    registers,
    collect() {
      this.set(inFlight.bytes);
    },
  });

  return (event) => {
    const { listener } = event;
    switch (event.kind) {
      case 'accepted':
        accepted.inc({ listener, outcome: event.duplicate ? 'duplicate' : event.quarantined ? 'quarantined' : 'stored' });
        bytes.inc({ listener }, event.bytes);
        seconds.observe({ listener }, event.seconds);
        break;
      case 'shed':
        shed.inc({ listener, code: event.code });
        break;
      case 'credentials':
        refused.inc({ listener, reason: event.reason });
        break;
      case 'junk':
      case 'unterminated':
        junk.inc({ listener }, event.bytes);
        break;
      case 'connection':
        broken.inc({ listener, code: event.code });
    }
  };
}
