import { randomUUIDv7 } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import { isoTime, systemClock } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { ledgerPlace } from '../data-folder.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openLedger } from '../ledger/open.ts';
import type { Rescan, RescanFilter } from '../ledger/rescan/store.ts';
import { configOf } from './load-config.ts';
import { operator } from './operator.ts';

interface Asked {
  readonly since?: number;
  readonly until?: number;
  readonly flow?: string;
  readonly dryRun?: boolean;
  readonly status?: boolean;
  readonly stop?: boolean;
}

/** `rescan`: asks the running agent to judge anew what the vault still holds, by the rules in force. */
export function rescanCommand(): Command {
  return new Command('rescan')
    .description(
      'Asks the agent to judge anew, by the rules in force, the messages whose bodies the vault still holds: flagged ones, and those that could not be scanned. It does so while it runs, beside new messages.',
    )
    .option('--since <time>', 'accepted then or later: a day or a time, as 2026-11-24T08:00Z', time)
    .option('--until <time>', 'accepted before', time)
    .option('--flow <id>', "a policy's id, or the key of a flow that has none")
    .option('--dry-run', 'only say how many there are')
    .option('--status', 'say how far the last one is')
    .option('--stop', 'end the one under way; what it judged stays')
    .action(async (asked: Asked, self: Command) => {
      const ledger = await openLedger({ ...ledgerPlace(configOf(self).config), migrate: false });
      try {
        for (const line of await answer(ledger, asked, systemClock())) process.stdout.write(`${line}\n`);
      } finally {
        await ledger.close();
      }
    });
}

function time(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('a day (2026-11-24) or a time (2026-11-24T08:00Z) is needed');
  return at;
}

async function answer(ledger: Ledger, asked: Asked, now: number): Promise<readonly string[]> {
  if (asked.status === true) return [stateOf(await ledger.rescans.current())];
  if (asked.stop === true) return [await stop(ledger, now)];
  const { since = 0, until = now, flow = null } = asked;
  const filter = { since, until: Math.min(until, now), flow };
  const counts = await ledger.rescans.count(filter);
  const total = counts.reduce((sum, { messages }) => sum + messages, 0);
  if (asked.dryRun === true) {
    const lines = counts.map(
      ({ flow: of, ruleset, messages }) => `${messages}  ${of}  judged by ${ruleset?.slice(0, 12) ?? 'nothing'}`,
    );
    return [...lines, `${total} messages would be judged anew`];
  }
  await ask(ledger, filter, now);
  return [`${total} messages are to be judged anew: the running agent does so; cordon rescan --status says how far it is`];
}

async function ask(ledger: Ledger, filter: RescanFilter, now: number): Promise<void> {
  const before = await ledger.rescans.current();
  if (before?.state === 'running')
    throw new CordonError('ledger.conflict', `${stateOf(before)}: wait for it, or end it with --stop`);
  const none = { judged: 0, changed: 0, unsupported: 0, failed: 0 };
  const rescan: Rescan = { id: randomUUIDv7(), askedAt: now, state: 'running', ...filter, ...none, place: null, holder: null };
  const detail = { since: filter.since, until: filter.until, flow: filter.flow };
  const entry = { at: now, ...operator(), action: 'rescan.ask', object: `rescan:${rescan.id}`, detail };
  if (!(await ledger.logged(entry).rescans.swap(before, rescan)))
    throw new CordonError('ledger.conflict', 'somebody else asked for a rescan at this moment: see cordon rescan --status');
}

/** A worker writes the state too, batch by batch: tried again where it was first. */
async function stop(ledger: Ledger, now: number): Promise<string> {
  for (let tries = 0; tries < 10; tries++) {
    const before = await ledger.rescans.current();
    if (before?.state !== 'running') return `nothing to stop: ${stateOf(before)}`;
    const entry = {
      at: now,
      ...operator(),
      action: 'rescan.stop',
      object: `rescan:${before.id}`,
      detail: { judged: before.judged },
    };
    const after: Rescan = { ...before, state: 'stopped', holder: null };
    if (await ledger.logged(entry).rescans.swap(before, after)) return stateOf(after);
  }
  throw new CordonError('ledger.conflict', 'the rescan goes on too fast to be stopped: try again');
}

function stateOf(rescan: Rescan | null): string {
  if (rescan === null) return 'no rescan was asked for';
  const { state, askedAt, judged, changed, unsupported, failed } = rescan;
  return `rescan of ${isoTime(askedAt)}: ${state}, ${judged} judged anew, ${changed} with another verdict, ${unsupported} facts of incidents no rule supports now, ${failed} could not be judged`;
}
