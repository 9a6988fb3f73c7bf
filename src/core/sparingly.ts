import type { Clock } from './clock.ts';

/** Milliseconds in which what comes with each message is told once. */
const EACH = 10_000;

/** Tells of what may come with each message, as while Redis is away: at once, and then every ten seconds at most, with how often it came since it was told last. */
export function sparingly(clock: Clock, tell: (reason: string, times: number) => void): (reason: string) => void {
  let told = Number.NEGATIVE_INFINITY;
  let times = 0;
  return (reason) => {
    times++;
    const now = clock();
    if (now - told < EACH) return;
    tell(reason, times);
    told = now;
    times = 0;
  };
}
