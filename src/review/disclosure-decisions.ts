import { z } from '@hono/zod-openapi';
import { v7 as uuid } from 'uuid';
import { DISCLOSURE_DECISIONS, type DisclosureDecision, EXEMPTIONS } from '../core/transfer.ts';
import { NOTE_LIMIT } from './actions-panel.ts';

const text = z.string().trim().max(300).default('');

/** A decision as it is sent. Days are of UTC. */
export const DecisionBody = z
  .strictObject({
    id: z.uuid().optional().openapi({ description: 'Yours, so that sending it twice decides once.' }),
    flow: z.string().min(1).max(512).openapi({ description: '`key` of GET /v1/flows.' }),
    patient: z.string().max(128).default('').openapi({ description: 'Token of a patient; left out: everybody on the flow.' }),
    decision: z.enum(DISCLOSURE_DECISIONS),
    exemption: z
      .enum(EXEMPTIONS)
      .optional()
      .openapi({ description: 'Needed for `exempt`, and for nothing else (164.528(a)(1)).' }),
    purpose: text.openapi({ description: 'Brief statement of the purpose (b)(2)(iv); needed for `disclosure`.' }),
    recipient: text.openapi({ description: 'Who received it (b)(2)(ii); left out: as the policy says.' }),
    address: text.openapi({ description: 'Its address, if known.' }),
    note: z.string().trim().max(NOTE_LIMIT).default(''),
    from: z.iso.date().openapi({ description: 'First day it is about.' }),
    to: z.iso.date().optional().openapi({ description: 'The day before which it ends; left out: for good.' }),
  })
  .refine(({ decision, exemption }) => (decision === 'exempt') === (exemption !== undefined), {
    error: `goes with the decision "exempt", and only with it (known: ${EXEMPTIONS.join(', ')})`,
    path: ['exemption'],
  })
  .refine(({ decision, purpose }) => decision !== 'disclosure' || purpose !== '', {
    error: 'is needed for a disclosure',
    path: ['purpose'],
  })
  .refine(({ from, to }) => to === undefined || from < to, { error: 'must be after from', path: ['to'] })
  .openapi('DisclosureDecision');

/** The decision as the ledger keeps it. */
export function decisionOf(body: z.output<typeof DecisionBody>, actor: string, at: number): DisclosureDecision {
  const { id = uuid(), exemption = null, from, to, ...rest } = body;
  return { ...rest, id, exemption, fromDay: Date.parse(from), toDay: to === undefined ? null : Date.parse(to), at, actor };
}
