import { describe, expect, test } from 'vitest';
import { NO_CLAIMS, type Provenance } from '../../../src/core/provenance.ts';
import { element, writeDicom } from '../../../src/demo/dicom/write.ts';
import { compilePacks } from '../../../src/detect/compile.ts';
import { DEFAULT_BUDGET, detect } from '../../../src/detect/scan.ts';
import { EXPLICIT_LITTLE } from '../../../src/formats/dicom/transfer-syntax.ts';
import { parseBody } from '../../../src/formats/registry.ts';
import type { DeviceSighting } from '../../../src/lineage/devices/device.ts';
import { deviceSightings } from '../../../src/lineage/devices/sightings.ts';
import { demoContext } from '../../support/judge-hospital.ts';

const { ruleset } = demoContext();

const PEER: Provenance = {
  listener: 'mllp',
  protocol: 'mllp',
  peer: { address: '10.20.0.7', certificate: null, apiKey: null },
  tls: null,
  claims: NO_CLAIMS,
  receivedAt: 0,
};

function seenIn(bytes: Uint8Array, provenance: Partial<Provenance> = {}, rules = ruleset): readonly DeviceSighting[] {
  const parts = parseBody({ bytes, elided: [] }).map((parsed) => ({ parsed, detection: detect(parsed, rules, DEFAULT_BUDGET) }));
  return deviceSightings(parts, { ...PEER, ...provenance });
}

const MSH = 'MSH|^~\\&|GW|ICU|EHR|H|20261124120000||ORU^R01^ORU_R01|1|P|2.6';
const PID = 'PID|1||88412077^^^H^MR||WELLINGTON^HARRIET||19571203|F';
const hl7 = (...segments: string[]) => seenIn(Buffer.from([MSH, PID, ...segments].join('\r')));
const equipment = (sightings: readonly DeviceSighting[]) => sightings.filter(({ kind }) => kind === 'equipment');
const said = ({ values }: DeviceSighting) =>
  Object.fromEntries(values.map(({ name, value, source }) => [name, `${value} ${source}`]));
const obx = (code: string, equipmentField: string) => `OBX|1|NM|${code}||72|bpm|||||F|||||||${equipmentField}`;

describe('devices of HL7 v2', () => {
  const MONITOR = 'MON7^^0012210000001007^EUI-64';
  const MDC = '147842^MDC_ECG_HEART_RATE^MDC';

  test.each([
    ['an EUI-64', MONITOR, 'eui-64|0012210000001007'],
    ['an EUI-64 with hyphens', 'MON7^^00-12-21-00-00-00-10-07^EUI-64', 'eui-64|0012210000001007'],
    ['an EUI-64 as the identifier itself', '0012210000001007', 'eui-64|0012210000001007'],
    ['an identifier with its namespace', 'AN-31^COBAS^1.2.3^ISO', 'equipment|COBAS|AN-31'],
    ['an identifier of the sender', 'AN-31', 'equipment|ICU|AN-31'],
  ])('are known by %s', (_what, field, key) => {
    expect(equipment(hl7(obx(MDC, field))).map((each) => each.key)).toEqual([key]);
  });

  test('are one however many of its values a message holds, and two where two are named', () => {
    expect(equipment(hl7(obx(MDC, MONITOR), obx(MDC, MONITOR))).length).toBe(1);
    expect(equipment(hl7(obx(MDC, 'A1^GW2'), obx(MDC, 'B2^GW2~C3^GW2'))).map(({ key }) => key)).toEqual([
      'equipment|GW2|A1',
      'equipment|GW2|B2',
      'equipment|GW2|C3',
    ]);
  });

  test('take the UDI of the PRT that names them, and are known by it where nothing else is said', () => {
    const udi = '(01)09506000134352(21)SN70007';
    const [joined] = equipment(hl7(obx(MDC, MONITOR), `PRT||UC||EQUIP||||||${MONITOR}||||||${udi}`));
    expect(joined?.also).toEqual(['udi|09506000134352|SN70007']);
    const [alone] = equipment(hl7(`PRT||UC||EQUIP||||||||||||${udi}||||S-9||M200`));
    expect(alone?.key).toBe('udi|09506000134352|SN70007');
    expect(alone === undefined ? {} : said(alone)).toMatchObject({ serial: 'S-9 PRT-20', model: 'M200 PRT-22' });
    const two = equipment(hl7(`PRT||UC||EQUIP||||||A1^GW2||||||${udi}`, 'PRT||UC||EQUIP||||||B2^GW2'));
    expect(two.map(({ key, also }) => [key, ...also])).toEqual([['udi|09506000134352|SN70007'], ['equipment|GW2|B2']]);
  });

  test('are where the patient lies only where they are at the bedside', () => {
    const visit = 'PV1|1|I|ICU^7^1^NORTH';
    const [bedside] = equipment(hl7(visit, obx(MDC, MONITOR)));
    expect(bedside === undefined ? {} : said(bedside)).toMatchObject({ bed: 'ICU^7^1 PV1-3', department: 'ICU PV1-3.1' });
    const [analyser] = equipment(hl7(visit, obx('2345-7^Glucose^LN', 'AN-31^COBAS')));
    expect(Object.keys(analyser === undefined ? {} : said(analyser))).not.toContain('bed');
  });

  test('leave out implants, whose numbers are those of their patients', () => {
    expect(equipment(hl7(obx('720897^MDC_IDC_DEV_TYPE^MDC', 'PM-5520-771^MAKER')))).toEqual([]);
  });

  test.each(['WELLINGTON', 'HARRIET WELLINGTON', '88412077', '536-22-8147', 'h.wellington@mail.example', 'UNKNOWN', '00000000'])(
    'are never made of %s',
    (value) => {
      const found = hl7(obx(MDC, value), obx(MDC, `${value}^X`), `PRT||UC||EQUIP||||||${value}`);
      expect(JSON.stringify(equipment(found))).not.toContain(value);
      expect(equipment(found)).toEqual([]);
    },
  );

  test('echo no patient where no rule finds one', () => {
    const bytes = Buffer.from(
      `MSH|^~\\&|WELLINGTON|88412077|EHR|H|2026||ORU^R01|1|P|2.6\r${PID}\r${obx(MDC, 'WELLINGTON^88412077')}`,
    );
    expect(JSON.stringify(seenIn(bytes, {}, compilePacks([])))).not.toMatch(/WELLINGTON|88412077/);
  });
});

describe('devices of DICOM', () => {
  const object = (elements: Record<string, string>) =>
    new Uint8Array(
      writeDicom({
        transferSyntax: EXPLICIT_LITTLE,
        elements: Object.entries({ '(0008,0016)': '1.2.840.10008.5.1.4.1.1.2', '(0010,0010)': 'WELLINGTON^HARRIET', ...elements })
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([tag, value]) => element(tag, tag === '(0010,0010)' ? 'PN' : tag === '(0008,0016)' ? 'UI' : 'LO', value)),
      }),
    );
  const association = { calling: 'CT1', called: 'PACS', implementation: '1.2.3.4', version: 'ACME_1' };
  const over = { listener: 'dimse', protocol: 'dimse', association } as const;

  test('are known by maker and serial, never by a model alone', () => {
    const full = { '(0008,0070)': 'Acme', '(0008,1090)': 'M64', '(0018,1000)': 'S-1', '(0008,1010)': 'CT1' };
    expect(equipment(seenIn(object(full))).map(({ key }) => key)).toEqual(['serial|ACME|S-1']);
    expect(equipment(seenIn(object({ '(0008,0070)': 'Acme', '(0008,1090)': 'M64' })))).toEqual([]);
    expect(equipment(seenIn(object({ ...full, '(0018,1000)': '' }))).map(({ key }) => key)).toEqual(['station|ACME|M64|CT1']);
  });

  test('are one with the AE that they send as, and not with an archive that forwards them', () => {
    const made = object({ '(0008,0070)': 'Acme', '(0018,1000)': 'S-1', '(0008,1010)': 'CT1' });
    expect(equipment(seenIn(made, over))[0]?.also).toEqual(['ae-title|CT1']);
    const forwarded = seenIn(made, { ...over, association: { ...association, calling: 'PACS' } });
    expect(equipment(forwarded)[0]?.also).toEqual([]);
    expect(forwarded.find(({ kind }) => kind === 'node')?.key).toBe('ae-title|PACS');
  });

  test('connect with what they say and show', () => {
    const facts = { issuer: 'CN=ca', fingerprint: 'ab', validFrom: 0, validTo: 1 };
    const peer = { address: '10.0.0.9', certificate: 'CN=ct1,O=North', apiKey: null };
    const shown = { subject: 'CN=ct1,O=North', serial: '0A', ...facts };
    const tls = {
      version: 'TLSv1.3',
      cipher: 'TLS_AES_128_GCM_SHA256',
      group: null,
      alpn: null,
      serverName: null,
      own: null,
      peer: shown,
    };
    const node = seenIn(object({}), { ...over, protocol: 'dimse-tls', peer, tls }).find(({ kind }) => kind === 'node');
    expect(node?.key).toBe('ae-title|CT1');
    expect(node?.values.map(({ name, value }) => [name, value])).toEqual([
      ['ae-title', 'CT1'],
      ['implementation', '1.2.3.4'],
      ['implementation-version', 'ACME_1'],
      ['certificate', 'CN=ct1,O=North'],
      ['certificate-serial', '0A'],
      ['address', '10.0.0.9'],
    ]);
  });

  test('are never made of the patient', () => {
    const misused = object({ '(0008,0070)': 'Acme', '(0018,1000)': 'WELLINGTON HARRIET', '(0008,1010)': 'WELLINGTON' });
    const found = seenIn(misused, { ...over, association: { ...association, calling: 'WELLINGTON' } });
    expect(JSON.stringify(found)).not.toContain('WELLINGTON');
  });
});
