import { html } from 'hono/html';
import type { ConflictKind, DeviceAttributeName, DeviceKind } from '../lineage/devices/device.ts';
import type { DevicePlace } from '../lineage/devices/view.ts';
import type { Html } from './html.ts';

/** `Equipment` of one, for a badge; `equipment` of several. */
export const KIND_WORDS: Readonly<Record<DeviceKind, { readonly one: string; readonly many: string }>> = {
  equipment: { one: 'Equipment', many: 'Equipment' },
  application: { one: 'Application', many: 'Applications' },
  node: { one: 'Connection', many: 'Connections' },
};

export const ATTRIBUTE_WORDS: Readonly<Record<DeviceAttributeName, string>> = {
  udi: 'UDI',
  serial: 'Serial number',
  'eui-64': 'EUI-64',
  manufacturer: 'Manufacturer',
  model: 'Model',
  software: 'Software',
  station: 'Station name',
  'equipment-id': 'Equipment id',
  'ae-title': 'AE title',
  implementation: 'Implementation class UID',
  'implementation-version': 'Implementation version',
  certificate: 'Certificate subject',
  'certificate-serial': 'Certificate serial',
  application: 'Application',
  source: 'Cordon-Source',
  address: 'Address',
  facility: 'Facility',
  department: 'Department',
  bed: 'Bed',
};

export const CONFLICT_WORDS: Readonly<Record<ConflictKind, string>> = {
  model: 'two models under one identity',
  certificate: 'two certificates in one hour',
  facility: 'two facilities in one hour',
};

/** What to do about a contradiction. */
export const CONFLICT_REMEDIES: Readonly<Record<ConflictKind, string>> = {
  model: 'Look at the two devices: one of them carries a serial number that is not its own.',
  certificate: 'Find out who connects under this name with the other certificate.',
  facility: 'Look at where it stands, and at which of the two senders names the wrong facility.',
};

/** `Strong 0.86`: below 0.9 nothing proves it; the number is that of docs/adr/0033-devices.md. */
export function confidenceWord(confidence: number): string {
  if (confidence >= 0.9) return 'Proven';
  if (confidence >= 0.7) return 'Strong';
  return confidence >= 0.4 ? 'Medium' : 'Weak';
}

/** The word, the number, and a bar that says the same to who looks over many. */
export function confidenceMark(confidence: number): Html {
  const bars = confidence >= 0.9 ? 4 : confidence >= 0.7 ? 3 : confidence >= 0.4 ? 2 : 1;
  return html`<span class="sure"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">${[0, 1, 2, 3].map(
    (bar) => html`<path class="${bar < bars ? 'on' : 'off'}" d="M${2 + bar * 4} 14V${11 - bar * 3}"></path>`,
  )}</svg>${confidenceWord(confidence)} <span class="quiet">${figure(confidence)}</span></span>`;
}

/** Two decimals, cut: what is below 0.9 must not read as 0.9. */
export function figure(share: number): string {
  return (Math.floor(share * 100) / 100).toFixed(2);
}

/** `ICU 7 1, North campus`; empty where nothing says. `site` is the id of a location. */
export function placeText({ bed, department, facility, site }: DevicePlace): string {
  const words = [bed?.replaceAll('^', ' ').replaceAll(/\s+/g, ' ').trim() ?? '', department ?? '', facility ?? '', site ?? ''];
  return [...new Set(words.filter((word) => word !== ''))].join(', ');
}
