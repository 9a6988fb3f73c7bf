import { html } from 'hono/html';
import type { Html } from './html.ts';
import { type Action, can } from './permissions.ts';
import type { Session } from './session.ts';

const TABS = [
  { path: '/reports', label: 'Exports', action: 'read' },
  { path: '/reports/disclosures', label: 'Disclosures', action: 'read' },
  { path: '/reports/reviews', label: 'Reviews', action: 'read' },
  { path: '/audit', label: 'Audit log', action: 'audit.read' },
] as const satisfies readonly { readonly path: string; readonly label: string; readonly action: Action }[];

export type ReportsTab = (typeof TABS)[number]['path'];

/** The parts of Reports, those that a role may open. */
export function reportsTabs({ role }: Session, current: ReportsTab): Html {
  return html`<nav class="tabs" aria-label="Reports"><ul class="bare">${TABS.filter(({ action }) => can(role, action)).map(
    ({ path, label }) => html`<li><a href="${path}"${path === current ? html` aria-current="page"` : ''}>${label}</a></li>`,
  )}</ul></nav>`;
}
