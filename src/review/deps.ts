import type { Clock } from '../core/clock.ts';
import type { AccessStore, EvidenceStore, FlowStore, IncidentStore, MessageStore } from '../ledger/ledger.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import type { Places } from './evidence-section.ts';

/** What the desk needs of the rest of Cordon. */
export interface ReviewDeps {
  readonly incidents: Pick<IncidentStore, 'list' | 'count' | 'get' | 'events' | 'samples' | 'transition'>;
  readonly messages: Pick<MessageStore, 'counts'>;
  readonly flows: Pick<FlowStore, 'list'>;
  readonly access: AccessStore;
  readonly evidence: Pick<EvidenceStore, 'list'>;
  /** The register as it is in force. */
  readonly policies: () => readonly FlowPolicy[];
  /** The described places (rules/locations), by id. */
  readonly places: Places;
  readonly clock: Clock;
  /** Served over https: decides the cookie's name and flags, and what `Origin` has to say. */
  readonly secure: boolean;
  readonly version: string;
  /** Told of every error that a page could not be made for; it goes to the log. */
  readonly report: (error: unknown) => void;
}
