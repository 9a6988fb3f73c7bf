import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import { EDIT_ME, FlowSchema, flowJsonSchema, knownKeys } from '../../src/policy/flow.ts';
import { loadFlows } from '../../src/policy/load.ts';

const rules = new URL('../../rules/', import.meta.url);
const LAB = `id: lab
title: Lab to registry
owner: privacy@hospital.example
status: active
match:
  - listener: mllp
    msh: {3: LIS}
destination:
  system: registry
  entity: public-health
basis:
  purpose: public-health
  dataset: phi
  agreement: {kind: none}
permit:
  - types: [ORU^R01]
    categories: [name]
expires: 2027-10-31
`;

function errorsOf(text: string, more: { file: string; text: string }[] = []): string[] {
  try {
    loadFlows([{ file: 'flows/x.yaml', text }, ...more]);
    return [];
  } catch (error) {
    if (!(error instanceof CordonError) || error.code !== 'flows.invalid') throw error;
    return error.message.split('\n');
  }
}

describe('loadFlows', () => {
  it('reads a policy and fills in what is left out', () => {
    const [lab] = loadFlows([{ file: 'x.yaml', text: LAB }]);
    expect(lab).toMatchObject({
      id: 'lab',
      environment: 'prod',
      deny: [],
      cohorts: {},
      limits: { hours: '00:00-24:00', timezone: 'UTC' },
      require: { mtls: false },
      exceptions: [],
      permit: [{ types: ['ORU^R01'], sensitivity: [] }],
      match: [{ msh: { 3: 'LIS' } }],
      expires: '2027-10-31',
    });
  });

  it('reads several documents of a file, and nothing of an empty one', () => {
    const flows = loadFlows([
      { file: 'x.yaml', text: `${LAB}---\n${LAB.replace('id: lab', 'id: lab-2')}` },
      { file: 'empty.yaml', text: '# nothing\n' },
    ]);
    expect(flows.map((flow) => flow.id)).toEqual(['lab', 'lab-2']);
  });

  it('reads the example that is shipped', () => {
    const text = readFileSync(new URL('flows/lab-registry.yaml.example', rules), 'utf8');
    expect(loadFlows([{ file: 'lab-registry.yaml.example', text }])).toHaveLength(1);
  });

  test.each<[string, (text: string) => string, string]>([
    [
      'a value of a list',
      (t) => t.replace('entity: public-health', 'entity: vender'),
      'flows/x.yaml:10: flow "lab": destination.entity: "vender" is none of self, ce, ba, public-health, researcher, vendor',
    ],
    [
      'an unknown key',
      (t) => t.replace('    categories: [name]', '    catgories: [name]'),
      'flows/x.yaml:17: flow "lab": permit.0: unknown key "catgories" (known: types, subjects, categories, paths, sensitivity)',
    ],
    ['a missing key', (t) => t.replace('owner: privacy@hospital.example\n', ''), 'flows/x.yaml:1: flow "lab": owner: is missing'],
    [
      'a number where text belongs',
      (t) => t.replace('{3: LIS}', '{3: 17}'),
      'flows/x.yaml:7: flow "lab": match.0.msh.3: 17 must be text (quote it)',
    ],
    [
      'a field that MSH has not',
      (t) => t.replace('{3: LIS}', '{2: LIS}'),
      'flows/x.yaml:7: flow "lab": match.0.msh.2: is no field of MSH that says the way (3 4 5 6 9 11 12 24)',
    ],
    [
      'a day that is none',
      (t) => t.replace('2027-10-31', '2027-02-29'),
      'flows/x.yaml:18: flow "lab": expires: "2027-02-29" is no day of the calendar',
    ],
    [
      'a draft that nobody finished',
      (t) => t.replace('privacy@hospital.example', EDIT_ME),
      'flows/x.yaml:3: flow "lab": owner: "EDIT-ME" still says EDIT-ME: write what it is',
    ],
    [
      'a match of everything',
      (t) => t.replace('  - listener: mllp\n    msh: {3: LIS}', '  - {}'),
      'flows/x.yaml:6: flow "lab": match.0: must not be empty: it would match everything',
    ],
    [
      'an empty list that would permit nothing',
      (t) => t.replace('[ORU^R01]', '[]'),
      'flows/x.yaml:16: flow "lab": permit.0.types: must not be empty: leave it out for any type',
    ],
    [
      'a path with an index',
      (t) => t.replace('    categories: [name]', '    paths: ["OBX[3]-5"]'),
      'flows/x.yaml:17: flow "lab": permit.0.paths.0: "OBX[3]-5" paths are written without indices: OBX-5, not OBX[3]-5',
    ],
    [
      'an end before the start',
      (t) => `${t}validFrom: 2028-01-01\n`,
      'flows/x.yaml:18: flow "lab": expires: must not be before validFrom',
    ],
    [
      'no duration',
      (t) => `${t}limits: {silentAfter: 30m}\n`,
      'flows/x.yaml:19: flow "lab": limits.silentAfter: "30m" must be an ISO 8601 duration as PT30M or P1D',
    ],
    [
      'no time zone',
      (t) => `${t}limits: {timezone: Mars/Olympus}\n`,
      'flows/x.yaml:19: flow "lab": limits.timezone: "Mars/Olympus" is no IANA time zone that this runtime knows',
    ],
    [
      'no hours',
      (t) => `${t}limits: {hours: "9-17"}\n`,
      'flows/x.yaml:19: flow "lab": limits.hours: "9-17" must be opening hours as 07:00-19:00',
    ],
    [
      'no address',
      (t) => t.replace('listener: mllp', 'address: 10.20.0.0/33'),
      'flows/x.yaml:6: flow "lab": match.0.address: "10.20.0.0/33" is no IP address or CIDR range',
    ],
    [
      'no subject',
      (t) => t.replace('listener: mllp', 'certificate: lis'),
      'flows/x.yaml:6: flow "lab": match.0.certificate: "lis" is no certificate subject: write it as CN=lis,O=Hospital',
    ],
    ['text that is no policy', () => 'just text', 'flows/x.yaml:1: flow without an id: "just text" must be a group of keys'],
  ])('names line, flow, key and the way out: %s', (_, change, expected) => {
    expect(errorsOf(change(LAB))).toEqual([expected]);
  });

  it('says every error of every file at once', () => {
    const errors = errorsOf(LAB.replace('phi', 'everything').replace('active', 'on'), [
      { file: 'flows/y.yaml', text: 'a: [\n' },
      { file: 'flows/z.yaml', text: LAB },
      { file: 'flows/zz.yaml', text: LAB },
    ]);
    expect(errors).toHaveLength(4);
    expect(errors[2]).toMatch(/^flows\/y\.yaml:\d: is no YAML: /);
    expect(errors[3]).toBe('flows/zz.yaml:1: flow "lab": there is one of this id already, at flows/z.yaml:1');
  });

  test.each([
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefg'[i]}`)}]`).join('\n')}`,
    ],
    ['an alias to nothing', 'id: *nowhere'],
    ['a key twice', 'id: a\nid: b'],
    ['bytes', '\u0000\u0001\ufffd'],
    ['a tag', 'id: !!js/function "x"'],
    ['a prototype', '__proto__: {id: x}'],
  ])('survives %s', (_, text) => {
    expect(errorsOf(text).length).toBeGreaterThan(0);
  });
});

describe('the JSON Schema for editors', () => {
  it('is current (node scripts/flow-schema.ts writes it)', () => {
    expect(JSON.parse(readFileSync(new URL('flows.schema.json', rules), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(flowJsonSchema())),
    );
  });

  it('lists the keys that the schema has', () => {
    expect(knownKeys([])).toEqual(Object.keys(FlowSchema.shape));
    expect(knownKeys(['match', 0, 'header'])).toEqual(['Cordon-Flow', 'Cordon-Source', 'Cordon-Destination']);
    expect(knownKeys(['nowhere'])).toEqual([]);
  });
});
