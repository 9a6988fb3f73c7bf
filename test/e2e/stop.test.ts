import { describe, expect, it } from 'vitest';
import { portOf } from '../support/agent.ts';
import { PAIRS, useEngines } from '../support/engines.ts';
import { mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

const COUNT = 400;

describe.each(PAIRS)('an agent that is stopped in mid-scan, on %s', (pair) => {
  const engines = useEngines(pair);

  it('counts what it leaves as no failed attempt, and the next one scans it', { timeout: 120_000 }, async () => {
    const agent = await engines.start();
    const client = await mllpClient(portOf(agent, 'mllp'));
    await Promise.all(Array.from({ length: COUNT }, (_, index) => client.send(oru(`S${index}`, 20))));
    client.end();
    expect(await agent.stop()).toBe(0);
    expect(agent.lines.filter((line) => line.includes('"event":"scan failed"'))).toEqual([]);
    const ledger = await engines.ledger(agent.data);
    const { rows } = await ledger.messages.list({ limit: COUNT + 1 });
    await ledger.close();
    expect(rows).toHaveLength(COUNT);
    expect(rows.filter(({ problems }) => problems.length > 0)).toEqual([]);
    await engines.start({ data: agent.data });
    expect(await engines.settled(agent.data)).toMatchObject({ total: COUNT, done: COUNT, failed: 0 });
  });
});
