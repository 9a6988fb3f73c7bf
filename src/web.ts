import type { Config } from './config.ts';
import { publicOrigin, tlsFiles } from './config-listeners.ts';
import { oidcSettings } from './config-oidc.ts';
import type { Clock } from './core/clock.ts';
import type { Pack } from './detect/pack.ts';
import type { Keyring } from './keyring/keyring.ts';
import type { Ledger } from './ledger/ledger.ts';
import { createTokensOf } from './lineage/identifier.ts';
import { allLocations } from './lineage/places/places.ts';
import { loadVendors } from './mac-vendor.ts';
import type { Locations } from './policy/location.ts';
import type { Register } from './policy/register.ts';
import { openPolicyFolder } from './policy-folder.ts';
import { createOpenValue } from './reveal/open-value.ts';
import { createReviewApi, type MoreRoutes, type ReviewApiDeps } from './review/api.ts';
import { createReviewApp } from './review/app.ts';
import type { ReviewDeps } from './review/deps.ts';
import { exportsRoutes } from './review/exports-api.ts';
import { createIdentityProvider } from './review/oidc.ts';
import { reviewsRoutes } from './review/reviews-api.ts';
import type { Overlay } from './tuning/schema.ts';

export interface WebParts {
  readonly config: Config;
  /** Those in force when a page asks. */
  readonly packs: () => readonly Pack[];
  readonly overlays: () => readonly Overlay[];
  readonly ledger: Ledger;
  readonly keyring: Keyring;
  readonly register: Register;
  readonly locations: Locations;
  readonly clock: Clock;
  readonly checkKey: ReviewApiDeps['checkKey'];
  /** Told of every error that a request could not be answered for. */
  readonly report: (error: unknown) => void;
  readonly version: string;
}

/** What a process of the role `web` serves beside what others do: the API's reading side and acts, and the desk, which is mounted last. */
export function createWeb({
  config,
  packs,
  overlays,
  ledger,
  keyring,
  register,
  locations,
  clock,
  checkKey,
  report,
  version,
}: WebParts) {
  const policies = () => register.policies;
  const exporting = { ledger, keyring, register, locations };
  const tokensOf = createTokensOf(keyring.tokenKeys);
  const inventory = { ...ledger, described: locations, policies, vendors: loadVendors, clock };
  const exports: MoreRoutes = (api, guards) => exportsRoutes(api, { exporting, audit: ledger.audit, clock, report }, guards);
  const reviews: MoreRoutes = (api, guards) => reviewsRoutes(api, { ...ledger, clock }, guards);
  const { mode, openFor } = config.reveal;
  const provider = oidcSettings(config.oidc);
  return {
    api: createReviewApi({ ...ledger, inventory, checkKey, clock, report, tokensOf }, [exports, reviews]),
    desk: createReviewApp({
      ...ledger,
      exporting,
      vendors: loadVendors,
      tokensOf,
      retention: config.ledger.retention,
      ...(mode === 'off' ? {} : { revealing: { openFor, open: createOpenValue(ledger, keyring) } }),
      policies,
      policyFolder: openPolicyFolder(config.flows),
      places: async () => allLocations(locations, await ledger.places.list()),
      packs,
      overlays,
      ...(provider === null ? {} : { oidc: createIdentityProvider(provider) }),
      ...servedAt(config),
      clock,
      version,
      report,
    }),
  };
}

/** Where browsers find the desk. */
function servedAt(config: Config): Pick<ReviewDeps, 'secure' | 'publicOrigin'> {
  const origin = publicOrigin(config);
  if (origin === null) return { secure: tlsFiles(config.http) !== null };
  return { secure: origin.startsWith('https:'), publicOrigin: origin };
}
