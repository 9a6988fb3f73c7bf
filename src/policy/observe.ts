import { mask } from '../core/mask.ts';
import type { ObservedFlow } from './decision.ts';
import type { FlowPolicy } from './flow.ts';
import type { FlowFacts } from './match-item.ts';
import { firstComponent } from './names.ts';

const LONGEST = 64;
/** Control, format, private and unassigned characters, line separators: nothing of them is a name. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Says whether a text is one of the message's own identifiers. */
export type Suspect = (text: string) => boolean;

/**
 * A flow as it was seen (DESIGN of the register): listener, destination and source, each as one readable text.
 *
 * - source: the certificate's subject, the calling AE title as `AE CT1`, and what the message says of itself: `lis (claimed)` from
 *   Cordon-Source, else MSH-3/4 as `LIS^HOSPITAL`. Only without any of these the peer: `key k1` of an API key, or its address.
 * - destination: `AE ARCHIVE`, `registry (claimed)`, or MSH-5/6 as `REGISTRY^STATE`; `unknown` where nothing says it.
 *
 * Of MSH fields the first component counts: devices put their own number into the second. Names are cut to 64 printable
 * characters; one that `suspect` knows as an identifier of the message is replaced by its mask, so that a field misused for a
 * patient's name gets neither into the ledger nor makes a flow for each patient. The key joins the three and is stable.
 */
export function observeFlow(facts: FlowFacts, policy: FlowPolicy | null, suspect: Suspect = () => false): ObservedFlow {
  const { provenance, routing } = facts;
  const { association } = provenance;
  const name = (text: string | null | undefined): string => (text ? clean(suspect(text) ? mask(text) : text) : '');
  const field = (number: number): string => name(firstComponent(routing.fields[`MSH-${number}`] ?? ''));
  const pair = (application: number, facility: number): string => {
    const [first, second] = [field(application), field(facility)];
    return second === '' ? first : `${first}^${second}`;
  };
  const claimed = (text: string | null): string => (text ? `${name(text)} (claimed)` : '');
  const ae = (title: string | undefined): string => (title ? `AE ${name(title)}` : '');

  const carriers = [name(provenance.peer.certificate), ae(association?.calling)];
  const speaker = claimed(provenance.claims.source) || pair(3, 4);
  const peer = provenance.peer.apiKey ? `key ${name(provenance.peer.apiKey)}` : clean(provenance.peer.address);
  const source = [...carriers, speaker].filter((each) => each !== '').join('; ') || peer || 'unknown';
  const destination = ae(association?.called) || claimed(provenance.claims.destination) || pair(5, 6) || 'unknown';
  const listener = clean(provenance.listener);
  return { key: `${listener}|${destination}|${source}`, listener, source, destination, policy: policy?.id ?? null };
}

/** Printable ASCII without `;`, `^` and `|`, of bounded length, no blank at either end: almost every name there is. */
const PLAIN = /^(?! )[ -:<-\]_-{}~]{0,64}(?<! )$/;

/** Printable, of bounded length, and free of the characters that join names to a flow. */
function clean(text: string): string {
  if (PLAIN.test(text)) return text;
  const printable = text.replace(UNPRINTABLE, '_').replace(/\|/g, '/').replace(/;/g, ',').replace(/\^/g, '~').trim();
  const characters = [...printable];
  return characters.length <= LONGEST ? printable : characters.slice(0, LONGEST).join('');
}
