import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { openTestLedger, settled } from '../support/ledger.ts';

/**
 * A server posts Bundles to a research partner that may have results with the names of patients and no more. What else a Bundle holds is an incident
 * for each kind of identifier and resource type.
 */
let folder = '';
let agent: RunningAgent;

const POLICY = `
id: fhir-research
title: Results to the research partner
owner: privacy@hospital.example
status: active
match: [{ listener: http, header: { Cordon-Destination: partner } }]
destination: { system: partner, entity: researcher }
basis: { purpose: research, dataset: phi, agreement: { kind: dua, ref: D1, expires: 2099-12-31 } }
permit: [{ types: [Bundle], subjects: [patient], categories: [name] }, { types: [Bundle], paths: [Observation.*], categories: [date] }]
expires: 2099-12-31
`;

const BUNDLE = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    {
      resource: {
        resourceType: 'Patient',
        id: 'a',
        name: [{ family: 'Quillfeather', given: ['Marisol'] }],
        birthDate: '1962-03-03',
        identifier: [{ value: 'MR40012345' }],
      },
    },
    { resource: { resourceType: 'Patient', id: 'b', name: [{ family: 'Ashgrove' }], identifier: [{ value: 'MR40055555' }] } },
    {
      resource: {
        resourceType: 'Observation',
        subject: { reference: 'Patient/a' },
        effectiveDateTime: '2024-01-05',
        note: [{ text: 'Marisol Quillfeather, chart MR40012345' }],
      },
    },
  ],
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-fhir-'));
  mkdirSync(join(folder, 'flows'));
  writeFileSync(join(folder, 'flows', 'fhir-research.yaml'), POLICY);
  agent = await startAgent({ data: join(folder, 'data'), env: { CORDON_FLOWS: join(folder, 'flows') } });
}, 120_000);
afterAll(async () => {
  await agent.stop();
  rmSync(folder, { recursive: true, force: true });
});

const Accepted = z.object({ id: z.string(), duplicate: z.boolean(), quarantined: z.boolean() });
it('judges a Bundle by the resources in it, and counts the patients of each', async () => {
  const answer = await fetch(`http://127.0.0.1:${portOf(agent, 'http')}/v1/messages`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${agent.apiKey}`,
      'Content-Type': 'application/fhir+json',
      'Cordon-Destination': 'partner',
    },
    body: JSON.stringify(BUNDLE),
  });
  expect(answer.status).toBe(202);
  expect(Accepted.parse(await answer.json())).toMatchObject({ duplicate: false, quarantined: false });
  await settled(agent.data);

  const ledger = await openTestLedger(agent.data);
  try {
    const [message] = (await ledger.messages.list({ limit: 1 })).rows;
    expect(message).toMatchObject({ format: 'fhir', type: 'Bundle', verdict: 'flagged' });
    const { rows } = await ledger.incidents.list({ limit: 100 });
    const found = rows.filter(({ reason }) => reason === 'content.category');
    // The date of the observation is permitted, and so are the names.
    expect(found.map(({ category, group }) => `${category} ${group}`).sort()).toEqual([
      'date Patient',
      'mrn Observation',
      'mrn Patient',
    ]);
    expect(found.map(({ patients }) => patients)).toEqual([2, 2, 2]);
  } finally {
    await ledger.close();
  }
});
