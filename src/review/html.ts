import type { html } from 'hono/html';

/** Escaped markup: every value that goes into `html` is escaped unless it is Html itself. */
export type Html = ReturnType<typeof html>;
