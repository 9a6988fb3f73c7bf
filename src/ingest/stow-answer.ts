import { z } from '@hono/zod-openapi';

/** SOP Class and Instance UID of an instance; empty where it could not be read. */
export interface Sop {
  readonly sopClass: string;
  readonly sopInstance: string;
}

export interface Outcome {
  readonly sop: Sop;
  readonly stored: boolean;
}

/** Refused: out of resources (PS3.18 table I.2-2; PS3.4 table B.2-1, A7xx): the sender may come again with it. */
const OUT_OF_RESOURCES = 0xa700;

const text = z.object({ vr: z.literal('UI'), Value: z.array(z.string()).optional() });
const reference = z.object({ '00081150': text, '00081155': text });
const sequenceOf = <Item extends z.ZodType>(item: Item) => z.object({ vr: z.literal('SQ'), Value: z.array(item) }).optional();

/** The Store Instances Response Module in the DICOM JSON model (PS3.18 §I.2, §F.2). */
export const StoreResponse = z
  .object({
    '00081199': sequenceOf(reference).openapi({ description: 'Referenced SOP Sequence: what is durable.' }),
    '00081198': sequenceOf(
      reference.extend({ '00081197': z.object({ vr: z.literal('US'), Value: z.array(z.number().int()) }) }),
    ).openapi({ description: 'Failed SOP Sequence: what is not, with its failure reason.' }),
  })
  .openapi('StoreInstancesResponse');

const uid = (value: string): z.infer<typeof text> => (value === '' ? { vr: 'UI' } : { vr: 'UI', Value: [value] });
const referenceOf = ({ sopClass, sopInstance }: Sop): z.infer<typeof reference> => ({
  '00081150': uid(sopClass),
  '00081155': uid(sopInstance),
});

/**
 * Says which instances are durable and which are to come again. RetrieveURL (0008,1190) is left out: nothing can be retrieved.
 * Status (PS3.18 table 10.5.3-1): 200 all, 202 some, 503 none, which is ours alone to mend.
 */
export function storeResponse(outcomes: readonly Outcome[]): { status: 200 | 202 | 503; body: z.infer<typeof StoreResponse> } {
  const stored = outcomes.filter((outcome) => outcome.stored).map(({ sop }) => referenceOf(sop));
  const failed = outcomes
    .filter((outcome) => !outcome.stored)
    .map(({ sop }) => ({ ...referenceOf(sop), '00081197': { vr: 'US' as const, Value: [OUT_OF_RESOURCES] } }));
  return {
    status: failed.length === 0 ? 200 : stored.length === 0 ? 503 : 202,
    body: {
      ...(stored.length === 0 ? {} : { '00081199': { vr: 'SQ', Value: stored } }),
      ...(failed.length === 0 ? {} : { '00081198': { vr: 'SQ', Value: failed } }),
    },
  };
}
