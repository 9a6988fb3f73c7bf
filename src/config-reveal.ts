import { z } from 'zod';
import { choice, duration } from './config-values.ts';

/** What may be shown of a message's values, and for how long (docs/adr/0040-reveal.md). */
export const revealKeys = z
  .strictObject({
    mode: choice(
      ['two-people', 'off'],
      'Whether the desk can show a value of a flagged message: to one person, for a reason, when a second one approved. Both need accounts.',
    ).default('two-people'),
    openFor: duration('How long an approved value can be looked at.').prefault('PT10M'),
  })
  .prefault({});
