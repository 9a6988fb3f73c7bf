import type { Claims } from '../core/provenance.ts';
import type { Problem } from '../core/vocabulary.ts';

/** What the request headers of a message say. A header that breaks the rules is left out and named in `problems`. */
export interface MessageHeaders {
  readonly claims: Claims;
  readonly idempotencyKey: string | null;
  readonly problems: readonly Problem[];
}

const PRINTABLE = /^[\x20-\x7e]{1,128}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Reads the optional headers of DESIGN §6.2: printable ASCII of at most 128 characters, a time as RFC 3339. Never refuses. */
export function messageHeaders(header: (name: string) => string | undefined): MessageHeaders {
  const problems: Problem[] = [];
  const invalid = (name: string, rule: string): null => {
    problems.push({ code: 'header.invalid', detail: `${name} was ignored: ${rule}` });
    return null;
  };

  function text(name: string): string | null {
    const value = header(name);
    if (value === undefined || value === '') return null;
    return PRINTABLE.test(value) ? value : invalid(name, 'it must be printable ASCII of at most 128 characters');
  }

  function time(name: string): number | null {
    const value = header(name);
    if (value === undefined || value === '') return null;
    const milliseconds = TIME.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isNaN(milliseconds) ? invalid(name, 'it must be a time with a zone, as 2026-11-24T16:51:13Z') : milliseconds;
  }

  const idempotencyKey = text('Idempotency-Key');
  const claims: Claims = {
    flow: text('Cordon-Flow'),
    source: text('Cordon-Source'),
    destination: text('Cordon-Destination'),
    observedAt: time('Cordon-Observed-At'),
    leg: text('Cordon-Leg'),
  };
  return { claims, idempotencyKey, problems };
}
