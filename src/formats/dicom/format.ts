import type { Body, Format, Leaves, Parsed, Routing } from '../../core/format.ts';
import { PLACE_WIDTH } from '../columns.ts';
import { ParsedOnDemand } from '../on-demand.ts';
import { coverageOf, spansOf } from './cover.ts';
import { tagOf, tagText } from './dictionary.ts';
import { guessLayout } from './guess.ts';
import { identityOf } from './identity.ts';
import { dicomLeaves } from './leaves.ts';
import { elementsBegin } from './phases.ts';
import { originAfter } from './splice.ts';
import { type Tokens, tokenize } from './tokenize.ts';

const SOP_CLASS = tagOf(0x0008, 0x0016);
const META_SOP_CLASS = tagOf(0x0002, 0x0002);
const COMMAND_SOP_CLASS = tagOf(0x0000, 0x0002);

/** SOP class and instance, modality, manufacturer and model, and whether the patient's identity is said to be removed. */
const ROUTING_TAGS = [SOP_CLASS, tagOf(8, 0x18), tagOf(8, 0x60), tagOf(8, 0x70), tagOf(8, 0x1090), tagOf(0x12, 0x62)] as const;

/**
 * DICOM objects (PS3.10 files, and data sets as an association carries them) in any transfer syntax. One body is one object. Pixel data
 * is never looked into; everything else is read, in or out of order.
 */
export const dicom: Format = {
  name: 'dicom',

  sniff(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const at = elementsBegin(buffer);
    if (at > 4) return 1;
    const sure = guessLayout(buffer, at, buffer.length)?.sure ?? 0;
    if (at > 0) return sure > 0 ? 1 : 0;
    // Without a mark, several elements in a row must make sense; a text or another binary format does not get that far.
    return sure >= 4 ? 0.9 : sure >= 2 ? 0.5 : 0;
  },

  parse(body: Body): Parsed[] {
    const tokens = tokenize(body);
    const { splice } = tokens;
    const inflatedAt = tokens.deflated?.from ?? keptOffset(tokens, body.inflated?.start);
    const leaves = dicomLeaves(tokens, inflatedAt);
    const coverage = coverageOf(body, tokens);
    return [
      new ParsedOnDemand(
        {
          format: 'dicom',
          type: typeOf(leaves, tokens),
          start: 0,
          end: inflatedAt === Number.POSITIVE_INFINITY ? originAfter(splice, splice.bytes.length) : coverage.bytes,
          leaves,
          coverage,
          problems: tokens.problems,
          documents: tokens.documents.map(({ leaf, from, to }) => {
            return { leaf, bytes: splice.bytes.subarray(from, to), spans: spansOf(body, tokens, from, to) };
          }),
        },
        { identity: () => identityOf(leaves, tokens), routing: () => routingOf(leaves, tokens) },
      ),
    ];
  },
};

/** Kept offset of where an inflated data set begins; Infinity without one. Only what is left out before it makes a difference. */
function keptOffset({ splice }: Tokens, start: number | undefined): number {
  if (start === undefined) return Number.POSITIVE_INFINITY;
  return start - splice.gaps.reduce((missing, gap) => missing + Math.max(0, Math.min(gap.end, start) - gap.start), 0);
}

/** The first value of a top-level element; -1 where there is none. */
export function leafOf({ columns }: Pick<Tokens, 'columns'>, tag: number): number {
  for (let leaf = 0; leaf < columns.count; leaf++) {
    if (columns.place[leaf * PLACE_WIDTH] === tag && columns.place[leaf * PLACE_WIDTH + 1] === 0) return leaf;
  }
  return -1;
}

/** The text of the first of some top-level elements that has one; empty where none has. */
export function textOf(leaves: Leaves, tokens: Pick<Tokens, 'columns'>, ...tags: readonly number[]): string {
  for (const tag of tags) {
    const leaf = leafOf(tokens, tag);
    if (leaf >= 0) return leaves.text(leaf).trim();
  }
  return '';
}

/** SOP class of a data set. */
export function typeOf(leaves: Leaves, tokens: Pick<Tokens, 'columns'>): string {
  return textOf(leaves, tokens, SOP_CLASS, META_SOP_CLASS, COMMAND_SOP_CLASS);
}

/** What a data set says of its way (ROUTING_TAGS). */
export function routingOf(leaves: Leaves, tokens: Pick<Tokens, 'columns'>): Routing {
  const fields: Record<string, string> = {};
  for (const tag of ROUTING_TAGS) {
    const text = textOf(leaves, tokens, tag);
    if (text !== '') fields[tagText(tag)] = text;
  }
  return { fields, processing: '' };
}
