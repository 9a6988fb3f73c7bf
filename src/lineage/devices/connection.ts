import type { Provenance } from '../../core/provenance.ts';
import type { Suspect } from '../../policy/observe.ts';
import type { DeviceSighting } from './device.ts';
import { createValues, usable } from './values.ts';

const SOURCE = 'connection';

/** What an AE title is known by: `ae-title|CT1`. */
export function aeKey(title: string): string {
  return `ae-title|${title}`;
}

/**
 * What connected: known by its AE title (PS3.8 §9.3.2), else by the subject of its certificate, which outlives the certificate, else by what it
 * says that it is (Cordon-Source). An address alone is no device: many stand behind one, and one has many. `suspect` knows the
 * message's own identifiers: an AE title is whatever somebody typed.
 */
export function nodeOf({ peer, tls, claims, association }: Provenance, suspect: Suspect): DeviceSighting | null {
  const values = createValues();
  const said = (text: string | null | undefined, name: 'ae-title' | 'source'): string => {
    const value = usable(text ?? '', name);
    return value === '' || suspect(value) ? '' : value;
  };
  values.add('ae-title', said(association?.calling, 'ae-title'), SOURCE);
  values.add('implementation', usable(association?.implementation ?? '', 'implementation'), SOURCE);
  values.add('implementation-version', usable(association?.version ?? '', 'implementation-version'), SOURCE);
  values.add('certificate', usable(peer.certificate ?? '', 'certificate'), SOURCE);
  if (peer.certificate !== null) values.add('certificate-serial', usable(tls?.peer?.serial ?? '', 'certificate-serial'), SOURCE);
  values.add('source', said(claims.source, 'source'), SOURCE);
  const name = (['ae-title', 'certificate', 'source'] as const).find((each) => values.of(each) !== '');
  if (name === undefined) return null;
  values.add('address', usable(peer.address, 'address'), SOURCE);
  return { kind: 'node', key: `${name}|${values.of(name)}`, also: [], values: values.list() };
}
