import { isoTime } from '../core/clock.ts';
import type { EvidenceOutcome } from '../policy/standing.ts';
import { detailsOf } from './details.ts';
import { accessPointOf } from './network.ts';
import { isTransfer, type TransferRecord } from './record.ts';
import { type Reporter, writeLines } from './reporter.ts';

/**
 * Transfers as DICOM audit messages (PS3.15 A.5.3.4, Data Export), one XML document a line: what a syslog of an audit repository takes. Table A.5.3.4-1 has
 * studies and patients; the transfer itself is one object more, an extension that A.5 allows.
 */
export const dicomAuditReporter: Reporter = {
  name: 'dicom-audit',
  contentType: 'application/xml; charset=utf-8',
  write: (records, out) =>
    writeLines(
      (async function* () {
        for await (const record of records) if (isTransfer(record)) yield auditMessage(record);
      })(),
      out,
    ),
};

type Attributes = Readonly<Record<string, string>>;

/** An element of XML 1.0. What is no character of XML (section 2.2) becomes U+FFFD: names of systems come from senders. */
function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return children.length === 0 ? `<${name}${head.join('')}/>` : `<${name}${head.join('')}>${children.join('')}</${name}>`;
}

const NO_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(NO_CHARACTER, '\uFFFD')
    .replace(/[\t\n\r]/g, ' ')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

function coded(name: string, code: string, system: string, meaning: string): string {
  return element(name, { 'csd-code': code, codeSystemName: system, originalText: meaning });
}

/** `ValuePair`: values are base64 whatever they are, so that a log holds no markup of others. */
function detail(type: string, value: string): string {
  return element('ParticipantObjectDetail', { type, value: Buffer.from(value, 'utf8').toString('base64') });
}

interface Participant {
  readonly role: readonly [code: string, meaning: string];
  readonly user: string;
  /** Where it is reached: a name, an address, `host:port` or a URI. */
  readonly at: string;
  readonly requestor?: true;
  /** CID 405 */
  readonly media?: readonly [code: string, meaning: string];
}

function participant({ role: [role, meaning], user, at, requestor, media }: Participant): string {
  const { address, type } = accessPointOf(at);
  return element(
    'ActiveParticipant',
    {
      UserID: user,
      UserIsRequestor: String(requestor === true),
      NetworkAccessPointID: address,
      NetworkAccessPointTypeCode: type,
    },
    coded('RoleIDCode', role, 'DCM', meaning),
    ...(media === undefined ? [] : [element('MediaIdentifier', {}, coded('MediaType', media[0], 'DCM', media[1]))]),
  );
}

/**
 * Who took part, as A.5.3.4 has them: who sent, and pushed it (one is the requestor, A.5.3.4.1); who received it; and the medium that it left on, one of the
 * network.
 */
function participantsOf({ source, destination, recipient }: TransferRecord): string[] {
  const user = recipient?.system ?? destination;
  const at = recipient?.endpoint ?? destination;
  return [
    participant({ role: ['110153', 'Source Role ID'], user: source, at: source, requestor: true }),
    participant({ role: ['110152', 'Destination Role ID'], user, at }),
    participant({ role: ['110154', 'Destination Media'], user: uriOf(at), at, media: ['110037', 'URI'] }),
  ];
}

/** A medium's UserID is a URI by preference (A.5.2.1), and its type here says that it is one; a name that is none becomes a URN. */
function uriOf(at: string): string {
  return accessPointOf(at).type === '5' ? at : `urn:cordon:destination:${encodeURIComponent(at.toWellFormed())}`;
}

/** Said only where it is known: proven, or shown not to be. */
function encrypted(transit: EvidenceOutcome): string {
  if (transit !== 'proven' && transit !== 'failed') return '';
  return element('Encrypted', {}, String(transit === 'proven'));
}

function auditMessage(record: TransferRecord): string {
  return element(
    'AuditMessage',
    {},
    element(
      'EventIdentification',
      { EventActionCode: 'R', EventDateTime: isoTime(record.lastAt), EventOutcomeIndicator: '0' },
      coded('EventID', '110106', 'DCM', 'Export'),
    ),
    ...participantsOf(record),
    element('AuditSourceIdentification', { AuditSourceID: 'cordon' }, element('AuditSourceTypeCode', { 'csd-code': '4' })),
    patientOf(record),
    element(
      'ParticipantObjectIdentification',
      {
        ParticipantObjectID: record.id,
        ParticipantObjectTypeCode: '2',
        ParticipantObjectTypeCodeRole: '3',
        ParticipantObjectDataLifeCycle: '11',
      },
      coded('ParticipantObjectIDTypeCode', 'transfer', 'urn:cordon', 'Transfer'),
      element('ParticipantObjectName', {}, escaped(record.policy ?? record.flow)),
      ...detailsOf(record).map(([type, value]) => detail(type, value)),
      element('ParticipantObjectDescription', {}, encrypted(record.transit), anonymized(record)),
    ),
  );
}

/** True only where the data set is a de-identified one and nothing was found in it. */
function anonymized({ basis, categories, flagged }: TransferRecord): string {
  const dataset = basis?.dataset;
  const clean = (dataset === 'safe-harbor' || dataset === 'expert') && categories.length === 0 && flagged === 0;
  return element('Anonymized', {}, String(clean));
}

function patientOf({ patient }: TransferRecord): string {
  return element(
    'ParticipantObjectIdentification',
    { ParticipantObjectID: patient ?? 'unknown', ParticipantObjectTypeCode: '1', ParticipantObjectTypeCodeRole: '1' },
    coded('ParticipantObjectIDTypeCode', '2', 'RFC-3881', 'Patient Number'),
    element('ParticipantObjectName', {}, patient === null ? 'no patient that a message named' : 'token'),
  );
}
