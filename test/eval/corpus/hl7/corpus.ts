import { createRandom } from '../../../../src/demo/random.ts';
import { cdaText } from '../cda.ts';
import { base64Text, pdf, rtf } from '../embedded.ts';
import type { CorpusFile, Split } from '../label.ts';
import { createSheet } from '../marks.ts';
import { notesOf } from '../scene.ts';
import { cleanRemark, echoRemark, noteText, remark } from '../texts.ts';
import { blindSpot } from './blind-spots.ts';
import { dialects } from './dialect.ts';
import { createDraft, type Draft, hl7FileOf } from './draft.ts';
import { type MessageType, messageOf, results, TYPES } from './messages.ts';
import * as part from './segments.ts';
import { BREAK, components, type Segment, segment } from './structure.ts';

/** A file of one HL7 v2 message (or a batch): what a sender of some dialect sends, with something in it or not. */
export function hl7File(seed: number, index: number, split: Split): CorpusFile {
  const random = createRandom(seed, `hl7/${split}/${index}`);
  const dialect = random.pick(dialects(split));
  const sheet = createSheet();
  const draft = createDraft(random, split, sheet, dialect);
  const share = random.next();
  if (share < 0.1) return blindSpot(`hl7-${index}.hl7`, draft);
  const [style, segments] =
    share < 0.45
      ? plainMessage(draft)
      : share < 0.65
        ? echoMessage(draft)
        : share < 0.8
          ? noteMessage(draft)
          : share < 0.95
            ? embedding(draft)
            : batch(draft);
  return hl7FileOf(`hl7-${index}.hl7`, `${dialect.name}-${style}`, draft, segments);
}

type Made = [style: string, segments: Segment[]];

function plainMessage(draft: Draft): Made {
  const { random, writer, filling } = draft;
  const type = random.pick(TYPES);
  const count = random.int(0, 2);
  const texts = Array.from({ length: type === 'MDM' ? count + 1 : count }, () =>
    random.chance(0.4) ? remark(filling) : cleanRemark(filling),
  );
  return [type.toLowerCase(), messageOf(type, writer, texts)];
}

/** The patient's own values again, where people and interfaces put them. */
function echoMessage(draft: Draft): Made {
  const { random, writer, filling, dialect } = draft;
  const type: MessageType = random.pick(['ADT', 'ORU', 'ORM', 'SIU', 'VXU']);
  const segments = messageOf(type, writer, type === 'ORM' ? [echoRemark(filling)] : []);
  const line = (): string => echoRemark(filling);
  const where = random.int(0, 3);
  if (where === 0) segments.push(part.note(1, line()));
  if (where === 1) segments.push(part.observation(writer, 90, 'TX', components('8251-1', 'Comment', 'LN'), line()));
  if (where === 2) segments.push(segment(dialect.extra, { 1: '1', 4: line() }));
  if (where === 3)
    segments.push(part.observation(writer, 91, 'ST', components('CMT', 'Comment', 'L'), line()), part.note(1, line()));
  return ['echo', segments];
}

/** A dictated note in OBX lines, or whole in one value with breaks. */
function noteMessage(draft: Draft): Made {
  const { random, writer, filling, split, scene } = draft;
  const notes = notesOf(split).notes.filter(
    ({ language }) => language === scene.language || (language === 'en' && scene.region === 'US'),
  );
  const note = random.pick(notes.length > 0 ? notes : notesOf(split).notes.filter(({ language }) => language === 'en'));
  const text = noteText(note, filling);
  if (random.chance(0.6)) return [`mdm-${note.style}`, messageOf('MDM', writer, [text])];
  const segments = messageOf('ORU', writer, []);
  segments.push(part.observation(writer, 50, 'FT', components('18842-5', 'Report', 'LN'), text.replaceAll('\n', BREAK)));
  return [`oru-${note.style}`, segments];
}

/** A document in OBX-5 as ED (HL7 2.5.1 §2.A.24). Its labels have no bytes. */
function embedding(draft: Draft): Made {
  const { random, writer, filling, split, sheet } = draft;
  const note = random.pick(notesOf(split).notes.filter(({ language }) => language === 'en'));
  const inner = noteText(note, filling);
  const kind = random.pick(['text', 'pdf', 'pdf-deflated', 'rtf', 'cda'] as const);
  const path = 'OBX-5';
  const [subtype, data] =
    kind === 'text'
      ? ['TEXT', base64Text(sheet, inner, path)]
      : kind === 'rtf'
        ? ['RTF', Buffer.from(rtf(sheet, inner, path), 'latin1').toString('base64')]
        : kind === 'cda'
          ? ['XML', base64Text(sheet, cdaText(draft.random, split, filling, inner), path)]
          : ['PDF', pdf(sheet, inner, path, kind === 'pdf-deflated').toString('base64')];
  const value = components('', kind === 'cda' ? 'multipart' : kind === 'text' ? 'TEXT' : 'AP', subtype, 'Base64', data);
  const segments = [
    ...messageOf('ADT', writer, []).slice(0, 3),
    part.request(writer, components('18842-5', 'Report', 'LN')),
    part.observation(writer, 1, 'ED', components('PDF', 'Report', 'L'), value),
  ];
  return [`embedded-${kind}`, segments];
}

/** Several messages in one file, the envelope round them. */
function batch(draft: Draft): Made {
  const { random, split, sheet, dialect } = draft;
  const messages = Array.from({ length: random.int(2, 4) }, () => {
    const own = createDraft(random, split, sheet, dialect);
    return [
      ...messageOf(random.pick(TYPES), own.writer, random.chance(0.5) ? [remark(own.filling)] : []),
      ...(random.chance(0.5) ? results(own.writer, 2) : []),
    ];
  });
  return ['batch', messages.flat()];
}
