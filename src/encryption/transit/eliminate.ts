import type { Answer } from './exchange.ts';
import type { ServerFlight } from './server-hello.ts';

/** What a server takes of a list, found by taking out what it chose and asking again. */
export interface Elimination {
  /** In the order in which the server chose. */
  readonly accepted: readonly number[];
  readonly flights: readonly ServerFlight[];
  /** False where it ended other than by a refusal: there may be more. */
  readonly complete: boolean;
  readonly last: Answer;
}

/**
 * Asks with `offered`, then with what the server has not chosen yet, until it refuses. `chosen` says what an answer chose, null where
 * that is nothing of what was asked. Takes at most one question more than there are accepted ones.
 */
export async function eliminate(
  offered: readonly number[],
  ask: (left: readonly number[]) => Promise<Answer>,
  chosen: (flight: ServerFlight) => number | null,
): Promise<Elimination> {
  let left = [...offered];
  const accepted: number[] = [];
  const flights: ServerFlight[] = [];
  let last: Answer = { kind: 'closed' };
  while (left.length > 0) {
    last = await ask(left);
    if (last.kind !== 'flight') return { accepted, flights, complete: last.kind === 'alert' || last.kind === 'closed', last };
    const choice = chosen(last.flight);
    // A server that answers with another version, or with what was not offered, refuses in its own way.
    if (choice === null || !left.includes(choice)) break;
    accepted.push(choice);
    flights.push(last.flight);
    left = left.filter((each) => each !== choice);
  }
  return { accepted, flights, complete: true, last };
}
