/**
 * OCSF 1.4.0, class 2006 with the profile `incident`, as far as Cordon uses it: resolved by hand from events/findings/data_security_finding.json, its parents
 * finding.json and base_event.json, profiles/incident.json, and the objects that are named at their attributes.
 */

type Type = 'integer' | 'string' | 'boolean' | 'timestamp' | 'object' | 'string[]' | 'object[]';
interface Attribute {
  readonly type: Type;
  readonly required?: true;
  readonly values?: readonly number[];
  readonly fields?: Readonly<Record<string, Attribute>>;
  /** `constraints.at_least_one` of the object. */
  readonly oneOf?: readonly string[];
}

const text: Attribute = { type: 'string' };
const number: Attribute = { type: 'integer' };
const time: Attribute = { type: 'timestamp' };
const upTo = (last: number): readonly number[] => [...Array.from({ length: last + 1 }, (_, index) => index), 99];

const FINDING: Readonly<Record<string, Attribute>> = {
  activity_id: { type: 'integer', required: true, values: [0, 1, 2, 3, 99] },
  activity_name: text,
  category_uid: { type: 'integer', required: true, values: [2] },
  category_name: text,
  class_uid: { type: 'integer', required: true, values: [2006] },
  class_name: text,
  type_uid: { type: 'integer', required: true },
  type_name: text,
  severity_id: { type: 'integer', required: true, values: upTo(6) },
  severity: text,
  status_id: { type: 'integer', values: upTo(6) },
  status: text,
  time: { type: 'timestamp', required: true },
  start_time: time,
  end_time: time,
  count: number,
  is_alert: { type: 'boolean' },
  metadata: {
    type: 'object',
    required: true,
    fields: {
      version: { type: 'string', required: true },
      profiles: { type: 'string[]' },
      product: {
        type: 'object',
        required: true,
        fields: { name: text, vendor_name: { type: 'string', required: true }, version: text },
      },
      uid: text,
    },
  },
  finding_info: {
    type: 'object',
    required: true,
    fields: {
      uid: { type: 'string', required: true },
      title: text,
      types: { type: 'string[]' },
      first_seen_time: time,
      last_seen_time: time,
      related_events_count: number,
    },
  },
  // objects/data_security.json extends data_classification.json.
  data_security: {
    type: 'object',
    oneOf: ['category_id', 'confidentiality_id'],
    fields: {
      category_id: { type: 'integer', values: upTo(6) },
      category: text,
      data_lifecycle_state_id: { type: 'integer', values: upTo(3) },
      data_lifecycle_state: text,
      detection_pattern: text,
      detection_system_id: { type: 'integer', values: upTo(12) },
      detection_system: text,
      policy: { type: 'object', fields: { uid: text, name: text }, oneOf: ['name', 'uid'] },
    },
  },
  src_endpoint: { type: 'object', fields: { name: text }, oneOf: ['ip', 'uid', 'name', 'hostname', 'instance_uid'] },
  dst_endpoint: { type: 'object', fields: { name: text }, oneOf: ['ip', 'uid', 'name', 'hostname', 'instance_uid'] },
  resources: { type: 'object[]', fields: { type: text, uid: text, name: text } },
  assignee: { type: 'object', fields: { name: text }, oneOf: ['account', 'name', 'uid'] },
  verdict_id: { type: 'integer', values: upTo(10) },
  verdict: text,
  priority_id: { type: 'integer', values: upTo(4) },
  impact_id: { type: 'integer', values: upTo(4) },
  is_suspected_breach: { type: 'boolean' },
  unmapped: { type: 'object' },
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fits(value: unknown, type: Type): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'timestamp') return Number.isInteger(value) && Number(value) > 1e12;
  if (type === 'object') return isRecord(value);
  if (type === 'string[]') return Array.isArray(value) && value.every((one) => typeof one === 'string');
  if (type === 'object[]') return Array.isArray(value) && value.every(isRecord);
  return typeof value === type;
}

function problems(value: Record<string, unknown>, attributes: Readonly<Record<string, Attribute>>, place: string): string[] {
  const found = Object.keys(value)
    .filter((name) => !(name in attributes))
    .map((name) => `${place}${name}: is none of the class`);
  for (const [name, { type, required, values, fields, oneOf }] of Object.entries(attributes)) {
    const own = value[name];
    if (own === undefined) {
      if (required === true) found.push(`${place}${name}: is missing`);
      continue;
    }
    if (!fits(own, type)) found.push(`${place}${name}: is no ${type}`);
    if (values !== undefined && !values.some((one) => one === own))
      found.push(`${place}${name}: ${String(own)} is not in its enum`);
    if (oneOf !== undefined && isRecord(own) && !oneOf.some((each) => each in own))
      found.push(`${place}${name}: has none of ${oneOf.join(', ')}`);
    if (fields === undefined) continue;
    for (const each of Array.isArray(own) ? own : [own])
      if (isRecord(each)) found.push(...problems(each, fields, `${place}${name}.`));
  }
  return found;
}

/** What is wrong with a finding; empty where nothing is. */
export function findingProblems(finding: unknown): string[] {
  if (!isRecord(finding)) return ['is no object'];
  const found = problems(finding, FINDING, '');
  if (finding.type_uid !== Number(finding.class_uid) * 100 + Number(finding.activity_id))
    found.push('type_uid: is not class × 100 + activity');
  return found;
}
