import { z } from '@hono/zod-openapi';

const Refusal = z.object({ code: z.string(), message: z.string() }).openapi('Refusal');

export const optional = (description: string) => z.string().optional().openapi({ description });
export const binary = { schema: { type: 'string', format: 'binary' } } as const;
export const refused = (description: string) => ({ description, content: { 'application/json': { schema: Refusal } } });

/** The headers that every route takes which takes messages. Described here, and checked by `messageHeaders`, which never refuses. */
export const messageHeadersSchema = z.object({
  'Idempotency-Key': optional('The same key and body from the same sender is stored once.'),
  'Cordon-Flow': optional('The flow this is a copy of.'),
  'Cordon-Source': optional('The system that sent the original.'),
  'Cordon-Destination': optional('The system the original went to.'),
  'Cordon-Observed-At': optional('When the engine sent the original, RFC 3339.'),
  'Cordon-Leg': optional('What the engine claims of the real leg: `tls=1.2; cipher=…`.'),
});
