import packageJson from '../../package.json' with { type: 'json' };
import { isoTime } from '../core/clock.ts';
import { isTransfer, type TransferRecord } from './record.ts';
import { type Reporter, writeLines } from './reporter.ts';

/**
 * Transfers as OpenLineage runs, START and COMPLETE, one JSON object a line (RunEvent 2-0-2). The job is the flow, its input and output are the two
 * systems. Our facets are described by docs/schemas.
 */
export const openlineageReporter: Reporter = {
  name: 'openlineage',
  contentType: 'application/x-ndjson',
  write: (records, out) =>
    writeLines(
      (async function* () {
        for await (const record of records) {
          if (!isTransfer(record)) continue;
          yield JSON.stringify(eventOf(record, 'START', record.firstAt));
          yield JSON.stringify(eventOf(record, 'COMPLETE', record.lastAt));
        }
      })(),
      out,
    ),
};

const PRODUCER = `urn:cordon:agent:${packageJson.version}`;
const NAMESPACE = 'cordon';
/** The `$id` of each schema in docs/schemas. */
const TRANSFER_FACET = 'urn:cordon:schema:openlineage:transfer-run-facet:1-0-0';
const PROTECTION_FACET = 'urn:cordon:schema:openlineage:protection-dataset-facet:1-0-0';
const TAGS_FACET = 'https://openlineage.io/spec/facets/1-0-0/TagsDatasetFacet.json#/$defs/TagsDatasetFacet';

function facet<Fields extends object>(schema: string, fields: Fields) {
  return { _producer: PRODUCER, _schemaURL: schema, ...fields };
}

function eventOf(record: TransferRecord, eventType: 'START' | 'COMPLETE', at: number) {
  const { policy, flow, recipient, location, accounting } = record;
  const transfer = {
    patient: record.patient,
    messages: record.messages,
    flagged: record.flagged,
    formats: record.formats,
    categories: record.categories,
    unpermitted: record.unpermitted,
    reasons: record.reasons,
    sensitivities: record.sensitivities,
    purpose: record.basis?.purpose ?? null,
    accounting: accounting.status,
  };
  const protection = { transit: record.transit, rest: record.rest, location, country: record.country };
  const tags = record.categories.map((value) => ({ key: 'cordon.category', value, source: NAMESPACE }));
  return {
    eventType,
    eventTime: isoTime(at),
    producer: PRODUCER,
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: record.id, facets: { cordon_transfer: facet(TRANSFER_FACET, transfer) } },
    job: { namespace: NAMESPACE, name: policy ?? flow },
    inputs: [{ namespace: NAMESPACE, name: record.source, facets: { tags: facet(TAGS_FACET, { tags }) } }],
    outputs: [
      {
        namespace: NAMESPACE,
        name: recipient?.system ?? record.destination,
        facets: { tags: facet(TAGS_FACET, { tags }), cordon_protection: facet(PROTECTION_FACET, protection) },
      },
    ],
  };
}
