import { describe, expect, it } from 'vitest';
import { ocsfReporter } from '../../src/exports/ocsf.ts';
import type { ExportRecord } from '../../src/exports/record.ts';
import { incident, linesOf, written } from './make.ts';
import { findingProblems } from './ocsf-rules.ts';

const findingOf = async (record: ExportRecord) => JSON.parse(linesOf(await written(ocsfReporter, [record]))[0] ?? '');

/** An incident that fills every attribute that a finding of ours has. */
const full = (unconfirmed = true) =>
  incident({ incident: { title: 't', state: 'resolved', severity: 'high', group: 'NTE', unconfirmed, assignee: 'kim' } });

/** Sets what a path names; `undefined` takes it away. */
function changed(finding: Record<string, unknown>, path: string, value: unknown): unknown {
  const copy = structuredClone(finding);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at: Record<string, unknown> = copy;
  for (const step of steps) at = at[step] as Record<string, unknown>;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

describe('the rules of OCSF 1.4.0 refuse', () => {
  it.each<[what: string, path: string, value: unknown, problem: string]>([
    ['what base_event requires', 'time', undefined, 'time: is missing'],
    ['what base_event requires', 'severity_id', undefined, 'severity_id: is missing'],
    ['what base_event requires', 'metadata', undefined, 'metadata: is missing'],
    ['what finding requires', 'finding_info', undefined, 'finding_info: is missing'],
    ['what an object requires', 'metadata.version', undefined, 'metadata.version: is missing'],
    ['what an object requires', 'metadata.product', undefined, 'metadata.product: is missing'],
    ['what an object requires', 'finding_info.uid', undefined, 'finding_info.uid: is missing'],
    ['what the class has not', 'patient', 'x', 'patient: is none of its attributes'],
    ['what an object has not', 'finding_info.patient', 'x', 'finding_info.patient: is none of its attributes'],
    ['what an object of a list has not', 'resources.0.patient', 'x', 'resources.0.patient: is none of its attributes'],
    ['another release', 'metadata.version', '1.5.0', 'metadata.version: is not 1.4.0'],
    ['the profile’s attributes without its name', 'metadata.profiles', [], 'verdict_id: is of the profile incident'],
    ['another class', 'class_uid', 2004, 'class_uid: 2004 is not in its enum'],
    // Deprecated in 1.4.0 for status_id.
    ['an activity that is no more', 'activity_id', 4, 'activity_id: 4 is not in its enum'],
    // A finding ends at Archived; Deleted came later.
    ['a status of a later release', 'status_id', 6, 'status_id: 6 is not in its enum'],
    ['a lifecycle state that is none', 'data_security.data_lifecycle_state_id', 4, 'data_security.data_lifecycle_state_id: 4'],
    ['a name that is not its number’s', 'severity', 'Low', 'severity: is not "High"'],
    ['a name that is not its number’s', 'priority', 'Low', 'priority: is not "High"'],
    ['a name that is not its number’s', 'class_name', 'Finding', 'class_name: is not "Data Security Finding"'],
    ['a name that is not its number’s', 'data_security.category', 'Health', 'data_security.category: is not "Personal"'],
    [
      'Other without a name',
      'data_security.detection_system',
      undefined,
      'data_security.detection_system: says nothing of Other',
    ],
    ['a name that is not its number’s', 'confidence', 'High', 'confidence: is not "Low"'],
    ['a type that is not its class and activity', 'type_uid', 200601, 'type_uid: is not class × 100 + activity'],
    ['a type’s name that is not both', 'type_name', 'Close', 'type_name: is not class: activity'],
    ['a time in seconds', 'time', 1_764_000_000, 'time: is no timestamp'],
    ['text for a number', 'count', '3', 'count: is no integer'],
    ['nothing for an object', 'src_endpoint', null, 'src_endpoint: is no object'],
    ['an endpoint that nothing names', 'src_endpoint', {}, 'src_endpoint: has none of'],
    ['a product that nothing names', 'metadata.product', { vendor_name: 'Cordon' }, 'metadata.product: has none of'],
    ['a resource that nothing names', 'resources', [{ type: 'flow' }], 'resources.0: has none of'],
    ['an assignee that nothing names', 'assignee', {}, 'assignee: has none of'],
    ['a policy that nothing names', 'data_security.policy', {}, 'data_security.policy: has none of'],
    ['data security that says nothing', 'data_security', { category_id: 1 }, 'data_security: has none of'],
    ['data security of no class', 'data_security', { detection_pattern: 'x' }, 'data_security: has none of'],
  ])('%s: %s', async (_what, path, value, problem) => {
    const finding = await findingOf(full());
    expect(findingProblems(finding)).toEqual([]);
    expect(findingProblems(changed(finding, path, value))).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });
});

describe('a finding', () => {
  it('has priority and impact as words too', async () => {
    const { priority, impact } = await findingOf(full());
    expect([priority, impact]).toEqual(['High', 'High']);
  });

  it('comes of no gateway: that is in line with a store (detection_system_id 2), and Cordon is given copies', async () => {
    const { detection_system_id, detection_system } = (await findingOf(full())).data_security;
    expect([detection_system_id, detection_system]).toEqual([99, 'Network DLP']);
  });

  it('says that it is a guess where words of texts alone speak for it, and nothing of how sure it is elsewhere', async () => {
    const { confidence_id, confidence } = await findingOf(full());
    expect([confidence_id, confidence]).toEqual([1, 'Low']);
    expect(await findingOf(full(false))).not.toHaveProperty('confidence_id');
  });

  it('has a pattern only where one was found', async () => {
    expect((await findingOf(incident())).data_security.detection_pattern).toBe('content.category name mrn');
    expect((await findingOf(incident({ reasons: [], categories: [] }))).data_security).not.toHaveProperty('detection_pattern');
  });
});
