/**
 * OCSF 1.4.0, class 2006 with the profile `incident`, as far as Cordon uses it. Held on 2026-11-27 against
 * - schema_cache/schema-1.4.0.json of ocsf/ocsf-lib-py (b9c1d4e4), the compiled release: what every class takes from base_event;
 * - ocsf/schemas/v1_4_0.json of mcm/pydantic-ocsf (7895bfca), the release's files in one: data_security_finding, finding, dictionary, types and the objects
 *   _entity, _resource, data_classification, data_security, finding_info, metadata, network_endpoint, policy, product, resource_details, user;
 * - ocsf/ocsf-schema, at a later release: profiles/incident.json (139c8d62) and events/findings/data_security_finding.json (05e0f0b9).
 */

type Type = 'integer' | 'string' | 'boolean' | 'timestamp' | 'object' | 'string[]' | 'object[]';
interface Attribute {
  readonly type: Type;
  readonly required?: true;
  /** What it must be, where the release leaves one value. */
  readonly only?: string;
  /** `enum`: captions by number. */
  readonly captions?: Readonly<Record<number, string>>;
  /** `sibling`: the attribute that holds the caption; of `Other`, the source's own word. */
  readonly sibling?: string;
  readonly profile?: 'incident';
  readonly fields?: Readonly<Record<string, Attribute>>;
  /** `constraints.at_least_one` of the object, and of the one it extends. */
  readonly oneOf?: readonly (readonly string[])[];
}

const OTHER = 99;
const text: Attribute = { type: 'string' };
const number: Attribute = { type: 'integer' };
const time: Attribute = { type: 'timestamp' };
const flag: Attribute = { type: 'boolean' };
const needed = (attribute: Attribute): Attribute => ({ ...attribute, required: true });
const ofIncident = (attribute: Attribute): Attribute => ({ ...attribute, profile: 'incident' });
/** Captions from 0 on; 99 is `Other` in each. */
const coded = (sibling: string, ...captions: readonly string[]): Attribute => ({
  type: 'integer',
  sibling,
  captions: { ...captions, [OTHER]: 'Other' },
});
const constant = (sibling: string, value: number, caption: string): Attribute => ({
  type: 'integer',
  required: true,
  sibling,
  captions: { [value]: caption },
});
const LEVELS = ['Unknown', 'Low', 'Medium', 'High', 'Critical'];
const ENTITY = ['name', 'uid'];

const endpoint: Attribute = {
  type: 'object',
  fields: { name: text },
  oneOf: [['ip', 'uid', 'name', 'hostname', 'svc_name', 'instance_uid', 'interface_uid', 'interface_name', 'domain']],
};

const FINDING: Readonly<Record<string, Attribute>> = {
  // 4, Suppressed, is deprecated since 1.4.0 for status_id.
  activity_id: needed(coded('activity_name', 'Unknown', 'Create', 'Update', 'Close')),
  activity_name: text,
  category_uid: constant('category_name', 2, 'Findings'),
  category_name: text,
  class_uid: constant('class_name', 2006, 'Data Security Finding'),
  class_name: text,
  type_uid: needed(number),
  type_name: text,
  severity_id: needed(coded('severity', 'Unknown', 'Informational', 'Low', 'Medium', 'High', 'Critical', 'Fatal')),
  severity: text,
  status_id: coded('status', 'Unknown', 'New', 'In Progress', 'Suppressed', 'Resolved', 'Archived'),
  status: text,
  time: needed(time),
  start_time: time,
  end_time: time,
  count: number,
  is_alert: flag,
  metadata: {
    type: 'object',
    required: true,
    fields: {
      version: { type: 'string', required: true, only: '1.4.0' },
      profiles: { type: 'string[]' },
      product: { type: 'object', required: true, fields: { name: text, vendor_name: text, version: text }, oneOf: [ENTITY] },
      uid: text,
    },
  },
  finding_info: {
    type: 'object',
    required: true,
    fields: {
      uid: needed(text),
      title: text,
      types: { type: 'string[]' },
      first_seen_time: time,
      last_seen_time: time,
      related_events_count: number,
    },
  },
  data_security: {
    type: 'object',
    // The second is data_classification's, which it extends: whether a compiler merges or replaces them, both hold.
    oneOf: [
      ['data_lifecycle_state_id', 'detection_pattern', 'detection_system_id', 'policy'],
      ['category_id', 'confidentiality_id'],
    ],
    fields: {
      category_id: coded(
        'category',
        'Unknown',
        'Personal',
        'Governmental',
        'Financial',
        'Business',
        'Military and Law Enforcement',
        'Security',
      ),
      category: text,
      data_lifecycle_state_id: coded('data_lifecycle_state', 'Unknown', 'Data at-Rest', 'Data in-Transit', 'Data in-Use'),
      data_lifecycle_state: text,
      detection_pattern: text,
      detection_system_id: coded(
        'detection_system',
        'Unknown',
        'Endpoint',
        'DLP Gateway',
        'Mobile Device Management',
        'Data Discovery & Classification',
        'Secure Web Gateway',
        'Secure Email Gateway',
        'Digital Rights Management',
        'Cloud Access Security Broker',
        'Database Activity Monitoring',
        'Application-Level DLP',
        'Developer Security',
        'Data Security Posture Management',
      ),
      detection_system: text,
      policy: { type: 'object', fields: { uid: text, name: text }, oneOf: [ENTITY] },
    },
  },
  src_endpoint: endpoint,
  dst_endpoint: endpoint,
  resources: { type: 'object[]', fields: { type: text, uid: text, name: text }, oneOf: [ENTITY] },
  // Impact is of the class as well as of the profile.
  impact_id: coded('impact', ...LEVELS),
  impact: text,
  confidence_id: coded('confidence', 'Unknown', 'Low', 'Medium', 'High'),
  confidence: text,
  assignee: ofIncident({ type: 'object', fields: { name: text }, oneOf: [['account', 'name', 'uid']] }),
  is_suspected_breach: ofIncident(flag),
  priority_id: ofIncident(coded('priority', ...LEVELS)),
  priority: ofIncident(text),
  verdict_id: ofIncident(
    coded(
      'verdict',
      'Unknown',
      'False Positive',
      'True Positive',
      'Disregard',
      'Suspicious',
      'Benign',
      'Test',
      'Insufficient Data',
      'Security Risk',
      'Managed Externally',
      'Duplicate',
    ),
  ),
  verdict: ofIncident(text),
  // An object of no attributes of its own: the source's names and values.
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

/** A number is of its enum, and what stands beside it is the number's caption. */
function codeProblems(all: Record<string, unknown>, name: string, { captions, sibling }: Attribute): string[] {
  if (captions === undefined || sibling === undefined) return [];
  const [code, said] = [Number(all[name]), all[sibling]];
  const caption = captions[code];
  if (caption === undefined) return [`${name}: ${code} is not in its enum`];
  if (code === OTHER) return typeof said === 'string' && said !== '' ? [] : [`${sibling}: says nothing of Other`];
  return said === undefined || said === caption ? [] : [`${sibling}: is not "${caption}"`];
}

function problems(all: Record<string, unknown>, attributes: Readonly<Record<string, Attribute>>, place = ''): string[] {
  const found = Object.keys(all)
    .filter((name) => !(name in attributes))
    .map((name) => `${place}${name}: is none of its attributes`);
  for (const [name, attribute] of Object.entries(attributes)) {
    const { type, required, only, fields, oneOf = [] } = attribute;
    const own = all[name];
    if (own === undefined) {
      if (required === true) found.push(`${place}${name}: is missing`);
      continue;
    }
    if (!fits(own, type)) {
      found.push(`${place}${name}: is no ${type}`);
      continue;
    }
    if (only !== undefined && own !== only) found.push(`${place}${name}: is not ${only}`);
    found.push(...codeProblems(all, name, attribute).map((problem) => `${place}${problem}`));
    if (fields === undefined) continue;
    const objects = isRecord(own) ? [[`${place}${name}`, own] as const] : [];
    const listed = Array.isArray(own)
      ? own.filter(isRecord).map((each, index) => [`${place}${name}.${index}`, each] as const)
      : [];
    for (const [at, each] of [...objects, ...listed]) {
      for (const names of oneOf) {
        if (!names.some((one) => one in each)) found.push(`${at}: has none of ${names.join(', ')}`);
      }
      found.push(...problems(each, fields, `${at}.`));
    }
  }
  return found;
}

/** What is wrong with a finding; empty where nothing is. */
export function findingProblems(finding: unknown): string[] {
  if (!isRecord(finding)) return ['is no object'];
  const found = problems(finding, FINDING);
  if (finding.type_uid !== Number(finding.class_uid) * 100 + Number(finding.activity_id))
    found.push('type_uid: is not class × 100 + activity');
  if (finding.type_name !== `${String(finding.class_name)}: ${String(finding.activity_name)}`)
    found.push('type_name: is not class: activity');
  const profiles = isRecord(finding.metadata) && Array.isArray(finding.metadata.profiles) ? finding.metadata.profiles : [];
  for (const [name, { profile }] of Object.entries(FINDING)) {
    if (profile !== undefined && name in finding && !profiles.includes(profile))
      found.push(`${name}: is of the profile ${profile}`);
  }
  return found;
}
