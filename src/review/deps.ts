import type { Pack } from '../detect/pack.ts';
import type { ExportRequest } from '../exports/exporter.ts';
import type { PeriodStore, ReviewStore } from '../ledger/audit/period-store.ts';
import type { AuditStore } from '../ledger/audit/store.ts';
import type { OverviewStore } from '../ledger/desk/overview-store.ts';
import type { DeskStore } from '../ledger/desk/store.ts';
import type { DeviceStore } from '../ledger/devices/store.ts';
import type { EvidenceStore } from '../ledger/evidence/store.ts';
import type { FlowStore } from '../ledger/flow-store.ts';
import type { IncidentStore, MessageStore } from '../ledger/ledger.ts';
import type { LineageStore } from '../ledger/lineage/store.ts';
import type { AccountStore } from '../ledger/people/store.ts';
import type { BreachStore } from '../ledger/reveal/breach-store.ts';
import type { RevealStore } from '../ledger/reveal/store.ts';
import type { TokensOf } from '../lineage/identifier.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import type { PolicyFolder } from '../policy-folder.ts';
import type { Revealing } from '../reveal/open-value.ts';
import type { Overlay } from '../tuning/schema.ts';
import type { Places } from './evidence-section.ts';
import type { IdentityProvider } from './oidc.ts';
import type { SessionDeps } from './session.ts';

/** What signing in needs. */
export interface SignInDeps extends SessionDeps {
  readonly accounts: AccountStore;
  readonly audit: Pick<AuditStore, 'append'>;
  /** Where one is configured. */
  readonly oidc?: IdentityProvider;
  /** Told of every error that no page names; it goes to the log. */
  readonly report: (error: unknown) => void;
}

/** What the desk needs of the rest of Cordon. */
export interface ReviewDeps extends SignInDeps {
  readonly incidents: Pick<IncidentStore, 'list' | 'count' | 'tally' | 'get' | 'events' | 'samples' | 'transition'>;
  readonly messages: Pick<MessageStore, 'counts' | 'findings' | 'pending'>;
  readonly desk: DeskStore;
  readonly overview: OverviewStore;
  readonly audit: Pick<AuditStore, 'append' | 'list' | 'placesOf' | 'size' | 'lastCheckpoint'>;
  readonly flows: Pick<FlowStore, 'list' | 'use' | 'kinds' | 'carried' | 'activity'>;
  readonly lineage: LineageStore;
  readonly evidence: Pick<EvidenceStore, 'list' | 'history'>;
  readonly devices: DeviceStore;
  readonly period: Pick<PeriodStore, 'coverage'>;
  readonly reviews: ReviewStore;
  /** What exports are made of. */
  readonly exporting: Pick<ExportRequest, 'ledger' | 'keyring' | 'register' | 'locations'>;
  /** Tokens of an identifier that somebody asks Trace for. */
  readonly tokensOf: TokensOf;
  /** How long rows of messages are kept, milliseconds. */
  readonly retention: number;
  /** Whom an OUI was given to. */
  readonly vendors: () => Promise<(oui: string) => string | null>;
  readonly reveals: RevealStore;
  readonly breaches: BreachStore;
  /** Shows values that two people agreed on, where the configuration lets it. */
  readonly revealing?: Revealing;
  /** The register as it is in force. */
  readonly policies: () => readonly FlowPolicy[];
  /** Where policies are kept, where this process has them as files. */
  readonly policyFolder?: PolicyFolder;
  /** The rule packs in force. */
  readonly packs: () => readonly Pack[];
  /** What the site changes of them. */
  readonly overlays: () => readonly Overlay[];
  /** The described places (rules/locations), by id. */
  /** The places that are described now, in files and at the desk. */
  readonly places: () => Promise<Places>;
  readonly version: string;
}
