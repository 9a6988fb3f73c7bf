import { html } from 'hono/html';
import type { Html } from './html.ts';

/** Line drawings on a grid of 16, one a section; the stroke is set by the style sheet. */
const PATHS = {
  home: 'M2.5 7.5 8 2.5l5.5 5 M4 6.5v7h8v-7 M6.5 13.5V10h3v3.5',
  incidents: 'M8 2 14.5 13.5h-13z M8 6.5v3.5 M8 11.6v.4',
  flows: 'M2 5h11 M10 2l3 3-3 3 M14 11H3 M6 8l-3 3 3 3',
  map: 'M3.5 5.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z M12.5 14.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z M12.5 5.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z M5.5 3.5h5 M5 5l6 6',
  locations:
    'M2.5 4c0-1.1 2.5-2 5.5-2s5.5.9 5.5 2-2.5 2-5.5 2-5.5-.9-5.5-2z M2.5 4v8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2V4 M2.5 8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2',
  devices: 'M2 2.5h12v8H2z M5.5 13.5h5 M8 10.5v3 M4.5 7h2l1-2 1.5 3 1-1h1.5',
  evidence: 'M8 1.5 13.5 4v4c0 3.2-2.3 5.5-5.5 6.5C4.8 13.5 2.5 11.2 2.5 8V4z M5.5 8l1.8 1.8 3.2-3.4',
  trace: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9z M10.3 10.3l3.7 3.7 M7 5v4 M5 7h4',
  reports: 'M3.5 1.5h6l3 3v10h-9z M9.5 1.5v3h3 M6 8h4 M6 11h4',
  rules: 'M2 4h1 M6 4h8 M2 8h1 M6 8h8 M2 12h1 M6 12h8',
  settings: 'M2 4.5h6 M12 4.5h2 M10 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z M2 11.5h2 M8 11.5h6 M6 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): Html {
  return html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="${PATHS[name]}"></path></svg>`;
}
