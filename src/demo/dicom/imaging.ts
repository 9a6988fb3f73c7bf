import type { Category, Reason } from '../../core/vocabulary.ts';
import { moduleOf } from '../../formats/dicom/module.ts';
import { EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../formats/dicom/transfer-syntax.ts';
import type { Expected, Kind } from '../draft.ts';
import type { DemoMessage, Plant } from '../message.ts';
import type { People } from '../people.ts';
import { createRandom } from '../random.ts';
import { deidentified, freshUid, identified, picture, type Scene, sorted } from './objects.ts';
import { type DicomElement, element, writeDicom } from './write.ts';

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
const DAY = 8 * 3_600_000;

/** An object before it is written. */
interface Draft {
  readonly transferSyntax: string;
  readonly elements: readonly DicomElement[];
  readonly expected: Expected;
  readonly planted?: {
    readonly kind: Kind;
    readonly values: readonly string[];
    readonly reason: Reason;
    /** Those that the mistake brings along, the expected one first; none for a flow that is wrong as a whole. */
    readonly categories: readonly Category[];
    readonly tag: string | null;
  };
}

interface Feed {
  /** The policy's id in src/demo/flows; a name of our own where nobody registered it. */
  readonly flow: string;
  readonly transport: 'dimse' | 'stow';
  readonly association?: { readonly calling: string; readonly called: string };
  readonly headers: Readonly<Record<string, string>>;
  readonly destination: string;
  readonly count: number;
  readonly make: (scene: Scene) => Draft;
  /** Spread evenly over the feed; they take the place of regular objects. */
  readonly plants: readonly ((scene: Scene) => Draft)[];
}

const claimed = (source: string, destination: string) => ({
  'Cordon-Source': source,
  'Cordon-Destination': destination,
  'Cordon-Leg': 'tls=1.2; cipher=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
});

function dimse(flow: string, calling: string, called: string, count: number, make: Feed['make'], plants: Feed['plants']): Feed {
  return {
    flow,
    transport: 'dimse',
    association: { calling, called },
    headers: {},
    destination: `AE ${called}`,
    count,
    make,
    plants,
  };
}

function stow(
  flow: string,
  source: string,
  destination: string,
  count: number,
  make: Feed['make'],
  plants: Feed['plants'],
): Feed {
  return { flow, transport: 'stow', headers: claimed(source, destination), destination, count, make, plants };
}

/** The imaging department's senders: 80 objects over associations and STOW-RS. */
function createFeeds(): Feed[] {
  return [
    dimse('ct-archive', 'CT1', 'NLPACS', 24, ctToArchive, []),
    dimse('us-archive', 'US1', 'NLPACS', 16, ultrasoundToArchive, []),
    dimse('ultrasound loaner (unregistered)', 'US1', 'LOANERQA', 3, unregistered, [unregistered, unregistered, unregistered]),
    stow('pacs-reading', 'pacs', 'night-reading', 17, forwardToReading, [textAfterPixels('name'), textAfterPixels('label')]),
    stow('research-export', 'deid-gateway', 'research-trial', 20, exportToResearch, [
      nameInPrivateElement('PN'),
      birthDateInUid,
      nameInPrivateElement('LO'),
      nameInPrivateElement('UN'),
      birthDateInUid,
    ]),
  ];
}

function ctToArchive(scene: Scene): Draft {
  // Scanners of several makes: one of them sends implicitly.
  const transferSyntax = scene.number % 3 === 2 ? IMPLICIT_LITTLE : EXPLICIT_LITTLE;
  return { transferSyntax, elements: [...identified('CT', scene), ...picture('CT')], expected: 'permitted' };
}

function ultrasoundToArchive(scene: Scene): Draft {
  return { transferSyntax: JPEG_BASELINE, elements: [...identified('US', scene), ...picture('US')], expected: 'permitted' };
}

/** An ultrasound on loan still has the lender's archive configured. */
function unregistered(scene: Scene): Draft {
  const { patient } = scene;
  return {
    ...ultrasoundToArchive(scene),
    expected: 'flagged',
    planted: {
      kind: 'unregistered-flow',
      values: [`${patient.family}^${patient.given}`, patient.mrn],
      reason: 'flow.unregistered',
      categories: [],
      tag: null,
    },
  };
}

function forwardToReading(scene: Scene): Draft {
  return { ...ctToArchive(scene), expected: 'permitted' };
}

/** Data Set Trailing Padding (FFFC,FFFC) comes after the pixels, where few look; some sender left text in it. */
function textAfterPixels(form: 'name' | 'label'): (scene: Scene) => Draft {
  return (scene) => {
    const { family, given } = scene.patient;
    const name = form === 'name' ? `${family}^${given}` : `${given} ${family}`;
    const text = form === 'name' ? `LBL ${name} END` : `printed for ${name} at CT1`;
    const regular = forwardToReading(scene);
    return {
      ...regular,
      elements: [...regular.elements, element('(FFFC,FFFC)', 'OB', Buffer.from(text))],
      expected: 'flagged',
      planted: {
        kind: 'text-after-pixels',
        values: [name],
        reason: 'content.category',
        categories: ['name'],
        tag: '(FFFC,FFFC)',
      },
    };
  };
}

function exportToResearch(scene: Scene): Draft {
  return { transferSyntax: EXPLICIT_LITTLE, elements: [...deidentified(scene), ...picture('CT')], expected: 'clean' };
}

/** The de-identifier did not know this private element. */
function nameInPrivateElement(vr: 'PN' | 'LO' | 'UN'): (scene: Scene) => Draft {
  return (scene) => {
    const { family, given } = scene.patient;
    const name = vr === 'PN' ? `${family}^${given}` : `${family}, ${given}`;
    const value = vr === 'PN' ? name : `Patient name: ${name}`;
    const extra = [
      element('(0019,0010)', 'LO', 'NORTHLAKE CT 01'),
      element('(0019,1030)', vr, vr === 'UN' ? Buffer.from(value) : value),
    ];
    return {
      transferSyntax: EXPLICIT_LITTLE,
      elements: [...sorted([...deidentified(scene), ...extra]), ...picture('CT')],
      expected: 'flagged',
      planted: {
        kind: 'name-in-private-element',
        values: [name],
        reason: 'dataset.safe-harbor',
        categories: ['name'],
        tag: '(0019,1030)',
      },
    };
  };
}

/** A scanner that makes UIDs of the patient's birth date, and a de-identifier that keeps UIDs. */
function birthDateInUid(scene: Scene): Draft {
  const { birthDate } = scene.patient;
  const uid = `${freshUid(scene.random).slice(0, 20)}.${birthDate}.${scene.number + 1}`;
  const elements = deidentified(scene).map((each) => (each.tag === '(0020,000D)' ? element(each.tag, 'UI', uid) : each));
  return {
    transferSyntax: EXPLICIT_LITTLE,
    elements: [...elements, ...picture('CT')],
    expected: 'flagged',
    planted: {
      kind: 'birth-date-in-uid',
      values: [birthDate],
      reason: 'dataset.safe-harbor',
      categories: ['date'],
      tag: '(0020,000D)',
    },
  };
}

/** The objects of the day, in the order of their feeds, and what is planted in them. The same seed gives the same bytes. */
export function createImaging(people: People, start: number, seed: number): { messages: DemoMessage[]; plants: Plant[] } {
  const messages: DemoMessage[] = [];
  const plants: Plant[] = [];
  for (const feed of createFeeds()) {
    const random = createRandom(seed, feed.flow);
    const every = Math.floor(feed.count / (feed.plants.length + 1));
    for (let number = 0; number < feed.count; number++) {
      const nth =
        every === 0 || feed.plants.length === feed.count ? number : (number + 1) % every === 0 ? (number + 1) / every - 1 : -1;
      const at = start + Math.floor((number / feed.count) * DAY);
      const draft = (feed.plants[nth] ?? feed.make)({
        patient: random.pick(people.patients),
        referring: random.pick(people.staff),
        random,
        at,
        number,
      });
      const message = toMessage(feed, draft);
      messages.push(message);
      if (draft.planted !== undefined) plants.push(toPlant(feed, draft.planted, message.id));
    }
  }
  return { messages, plants };
}

function toMessage(feed: Feed, { elements, transferSyntax, expected }: Draft): DemoMessage {
  const uid = elements.find(({ tag }) => tag === '(0008,0018)')?.value;
  const { flow, transport, headers, association } = feed;
  return {
    id: typeof uid === 'string' ? uid : '',
    flow,
    transport,
    headers,
    ...(association === undefined ? {} : { association }),
    bytes: new Uint8Array(writeDicom({ transferSyntax, elements })),
    expected,
  };
}

function toPlant({ flow, destination }: Feed, planted: NonNullable<Draft['planted']>, id: string): Plant {
  const { kind, values, reason, categories, tag } = planted;
  const group = tag === null ? null : moduleOf(Number.parseInt(tag.slice(1, 5), 16), Number.parseInt(tag.slice(6, 10), 16));
  const incidentFlow = reason === 'flow.unregistered' ? null : flow;
  const [first = null] = categories;
  return {
    kind,
    message: id,
    flow,
    values,
    expect: { incident: reason, category: first, path: tag },
    causes: (categories.length === 0 ? [null] : categories).map((category) => ({
      reason,
      flow: incidentFlow,
      destination,
      category,
      group: category === null ? null : group,
    })),
  };
}
