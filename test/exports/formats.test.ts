import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvReporter } from '../../src/exports/csv.ts';
import { dicomAuditReporter } from '../../src/exports/dicom-audit.ts';
import { disclosuresReporter } from '../../src/exports/disclosures.ts';
import { fhirAuditReporter } from '../../src/exports/fhir-audit.ts';
import { ocsfReporter } from '../../src/exports/ocsf.ts';
import { openlineageReporter } from '../../src/exports/openlineage.ts';
import type { ExportRecord } from '../../src/exports/record.ts';
import { toolPath } from '../setup/tools.ts';
import { auditEventProblems } from './fhir-rules.ts';
import { anyRecord, incident, linesOf, readCsv, transfer, written } from './make.ts';
import { findingProblems } from './ocsf-rules.ts';

const REPORTERS = [csvReporter, ocsfReporter, disclosuresReporter, openlineageReporter, fhirAuditReporter, dicomAuditReporter];
const SCHEMA = new URL('schemas/dicom-audit-message.rng', import.meta.url).pathname;
const FACETS = ['transfer-run', 'protection-dataset'].map(
  (name) => new URL(`../../docs/schemas/openlineage-${name}-facet-1-0-0.json`, import.meta.url).pathname,
);

function xmlProblems(message: string): string {
  const { status, stderr } = spawnSync(toolPath('xmllint'), ['--noout', '--relaxng', SCHEMA, '-'], {
    input: message,
    encoding: 'utf8',
  });
  return status === 0 ? '' : stderr;
}

/**
 * RunEvent 2-0-2 by the required fields of spec/OpenLineage.json and facets/1-0-0/TagsDatasetFacet.json, and our facets by their own schemas. Held on
 * 2026-11-27 against OpenLineage/OpenLineage: website/static/spec/2-0-0/OpenLineage.json (35b61fb1; no copy of 2-0-2 was at hand), and
 * spec/facets/TagsDatasetFacet.json (7ae27b63).
 */
function eventValidator() {
  const ajv = new Ajv2020({ allowUnionTypes: true });
  addFormats.default(ajv);
  for (const path of FACETS) ajv.addSchema(JSON.parse(readFileSync(path, 'utf8')));
  const facet = {
    type: 'object',
    required: ['_producer', '_schemaURL'],
    properties: { _producer: { type: 'string', format: 'uri' }, _schemaURL: { type: 'string', format: 'uri' } },
  };
  const tag = {
    type: 'object',
    required: ['key', 'value'],
    properties: { key: { type: 'string' }, value: { type: 'string' }, source: { type: 'string' }, field: { type: 'string' } },
  };
  const tags = { allOf: [facet, { type: 'object', properties: { tags: { type: 'array', items: tag } } }] };
  const dataset = (own: object) => ({
    type: 'object',
    required: ['namespace', 'name'],
    properties: {
      namespace: { type: 'string' },
      name: { type: 'string' },
      facets: { type: 'object', properties: { tags, ...own }, additionalProperties: facet },
    },
  });
  return ajv.compile({
    type: 'object',
    required: ['eventTime', 'producer', 'schemaURL', 'run', 'job'],
    properties: {
      eventType: { enum: ['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER'] },
      eventTime: { type: 'string', format: 'date-time' },
      producer: { type: 'string', format: 'uri' },
      schemaURL: { const: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent' },
      run: {
        type: 'object',
        required: ['runId'],
        properties: {
          runId: { type: 'string', format: 'uuid' },
          facets: {
            type: 'object',
            required: ['cordon_transfer'],
            properties: { cordon_transfer: { $ref: 'urn:cordon:schema:openlineage:transfer-run-facet:1-0-0' } },
            additionalProperties: facet,
          },
        },
      },
      job: {
        type: 'object',
        required: ['namespace', 'name'],
        properties: { namespace: { type: 'string' }, name: { type: 'string', minLength: 1 } },
      },
      inputs: { type: 'array', items: dataset({}) },
      outputs: {
        type: 'array',
        items: dataset({ cordon_protection: { $ref: 'urn:cordon:schema:openlineage:protection-dataset-facet:1-0-0' } }),
      },
    },
  });
}

describe('each format is valid', () => {
  it('OCSF: Data Security Finding with the incident profile', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecord, async (record) => {
        for (const line of linesOf(await written(ocsfReporter, [record]))) expect(findingProblems(JSON.parse(line))).toEqual([]);
      }),
    );
  });

  it('OCSF: what a state means', async () => {
    const states = ['open', 'acknowledged', 'escalated', 'resolved', 'false-positive', 'accepted-risk'];
    const about = (state: string) =>
      incident({
        incident: {
          title: 't',
          state,
          severity: 'critical',
          group: null,
          unconfirmed: false,
          assignee: state === 'open' ? null : 'kim',
        },
      });
    const findings = linesOf(await written(ocsfReporter, states.map(about))).map((line) => JSON.parse(line));
    expect(
      findings.map((one) => [one.type_uid, one.status_id, one.verdict_id, one.is_suspected_breach, one.assignee?.name]),
    ).toEqual([
      [200601, 1, 0, true, undefined],
      [200602, 2, 0, true, 'kim'],
      [200602, 2, 0, true, 'kim'],
      // Settled is not shown to be no breach: that is the assessment's to say (45 CFR 164.402(2)).
      [200603, 4, 2, true, 'kim'],
      [200603, 3, 1, false, 'kim'],
      [200602, 3, 8, true, 'kim'],
    ]);
  });

  it('FHIR: AuditEvent of the profile PrivacyDisclosure.Source', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecord, async (record) => {
        for (const line of linesOf(await written(fhirAuditReporter, [record])))
          expect(auditEventProblems(JSON.parse(line))).toEqual([]);
      }),
    );
  });

  it('OpenLineage: a START and a COMPLETE of each run', async () => {
    const validate = eventValidator();
    await fc.assert(
      fc.asyncProperty(anyRecord, async (record) => {
        const events = linesOf(await written(openlineageReporter, [record])).map((line) => JSON.parse(line));
        for (const event of events) expect(validate(event), JSON.stringify(validate.errors)).toBe(true);
        if (record.kind === 'transfer') {
          expect(events.map((event) => [event.run.runId, event.eventType])).toEqual([
            [record.id, 'START'],
            [record.id, 'COMPLETE'],
          ]);
        } else expect(events).toEqual([]);
      }),
    );
    expect(
      validate({ ...JSON.parse(linesOf(await written(openlineageReporter, [transfer()]))[0] ?? ''), run: { runId: 'x' } }),
    ).toBe(false);
  });

  it('DICOM: audit message by the schema of PS3.15 A.5.1', async () => {
    const sample = fc.sample(anyRecord, { numRuns: 40, seed: 6 });
    for (const message of linesOf(await written(dicomAuditReporter, [transfer(), ...sample])))
      expect(xmlProblems(message)).toBe('');
    expect(xmlProblems('<AuditMessage/>')).not.toBe('');
  });

  it('DICOM: says "encrypted" only where it is known', async () => {
    const said = async (transit: ExportRecord['transit']) =>
      /<Encrypted>(\w+)<\/Encrypted>/.exec(await written(dicomAuditReporter, [transfer({ transit })]))?.[1] ?? null;
    expect([await said('proven'), await said('failed'), await said('claimed'), await said('unknown')]).toEqual([
      'true',
      'false',
      null,
      null,
    ]);
  });

  it('CSV: no cell starts as a formula does', async () => {
    const records = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'].map((source) => transfer({ source }));
    const rows = readCsv(await written(csvReporter, records));
    expect(rows.map(({ source }) => source)).toEqual(["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'\rx"]);
  });
});

describe('all formats agree', () => {
  it('on how many, who, what, when, where and encrypted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anyRecord, { maxLength: 12, selector: ({ id }) => id }), async (records) => {
        const texts = Object.fromEntries(
          await Promise.all(REPORTERS.map(async (each) => [each.name, await written(each, records)])),
        );
        const transfers = records.filter(({ kind }) => kind === 'transfer');
        const json = (name: string) => linesOf(texts[name] ?? '').map((line) => JSON.parse(line));
        const rows = readCsv(texts.csv ?? '');
        expect(rows).toHaveLength(records.length);
        expect(rows.map(({ id, patient, messages, transit }) => [id, patient, messages, transit])).toEqual(
          records.map(({ id, patient, messages, transit }) => [id, patient ?? '', String(messages), transit]),
        );
        expect(json('ocsf').map(({ finding_info, unmapped }) => [finding_info.uid, unmapped.transit])).toEqual(
          records.filter(({ kind }) => kind === 'incident').map(({ id, transit }) => [id, transit]),
        );
        const facts = transfers.map((each) => [
          each.id,
          each.patient,
          each.messages,
          each.categories.join(' '),
          each.transit,
          each.rest,
        ]);
        expect(
          json('openlineage')
            .filter(({ eventType }) => eventType === 'COMPLETE')
            .map(({ run, outputs }) => {
              const { patient, messages, categories } = run.facets.cordon_transfer;
              const { transit, rest } = outputs[0].facets.cordon_protection;
              return [run.runId, patient, messages, categories.join(' '), transit, rest];
            }),
        ).toEqual(facts);
        expect(
          json('fhir-audit').map(({ id, entity }) => {
            const detail = Object.fromEntries(
              entity[1].detail.map((one: { type: string; valueString: string }) => [one.type, one.valueString]),
            );
            return [
              id,
              entity[0].what.identifier?.value ?? null,
              Number(detail.messages),
              detail.categories ?? '',
              detail.transit,
              detail.rest,
            ];
          }),
        ).toEqual(facts);
        expect(
          linesOf(texts['dicom-audit'] ?? '').map((message) => {
            const detail = (type: string) =>
              Buffer.from(new RegExp(`type="${type}" value="([^"]*)"`).exec(message)?.[1] ?? '', 'base64').toString('utf8');
            const [patient, id] = [...message.matchAll(/ParticipantObjectID="([^"]*)"/g)].map(([, value]) => value);
            return [
              id,
              patient === 'unknown' ? null : patient,
              Number(detail('messages')),
              detail('categories'),
              detail('transit'),
              detail('rest'),
            ];
          }),
        ).toEqual(facts);
        const days = readCsv(texts.disclosures ?? '').map((row) => [Number(row.days), Number(row.messages)]);
        expect([days.reduce((sum, [n = 0]) => sum + n, 0), days.reduce((sum, [, n = 0]) => sum + n, 0)]).toEqual([
          transfers.length,
          transfers.reduce((sum, { messages }) => sum + messages, 0),
        ]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('memory', () => {
  it.each(REPORTERS.map((reporter) => [reporter.name, reporter] as const))(
    'of %s does not grow with 100,000 records',
    async (_name, reporter) => {
      let most = 0;
      let bytes = 0;
      async function* many() {
        for (let index = 0; index < 100_000; index++) {
          if (index % 10_000 === 9_999) {
            global.gc?.();
            most = Math.max(most, process.memoryUsage().heapUsed);
          }
          yield index % 2 === 0 ? transfer({ patient: `k1.${index}` }) : incident();
        }
      }
      const before = process.memoryUsage().heapUsed;
      const out = new Writable({
        write(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          setImmediate(done);
        },
      });
      await reporter.write(many(), out);
      expect(bytes).toBeGreaterThan(5_000_000);
      // What is written is several times this.
      expect(most - before).toBeLessThan(64 * 1024 * 1024);
    },
  );
});
