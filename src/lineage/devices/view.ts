import type { SiteOf } from '../places/site.ts';
import { confidenceOf } from './confidence.ts';
import { type Device, labelOf, latest } from './device.ts';
import { ouiOf } from './identifiers.ts';

/** A device with what follows from what was said of it. */
export interface DeviceView {
  readonly device: Device;
  readonly label: string;
  /** 0 to below 1, now. */
  readonly confidence: number;
  /** Whom the OUI of its EUI-64 was given to; null without one. A weak hint: a maker of interfaces, often. */
  readonly vendor: string | null;
  readonly place: DevicePlace;
}

/** Where it stands, as far as anything says: what messages say, and the described place whose addresses it connects from. */
export interface DevicePlace {
  readonly facility: string | null;
  readonly department: string | null;
  /** Point of care, room and bed as `ICU^7^1` (PV1-3). */
  readonly bed: string | null;
  /** Id of a location. */
  readonly site: string | null;
}

export interface ViewDeps {
  readonly siteOf: SiteOf;
  readonly vendorOf: (oui: string) => string | null;
}

/** `now` in milliseconds: confidence decays. */
export function viewOf(device: Device, { siteOf, vendorOf }: ViewDeps, now: number): DeviceView {
  const unique = latest(device, 'eui-64');
  const oui = unique === null ? null : ouiOf(unique);
  const address = latest(device, 'address');
  return {
    device,
    label: labelOf(device),
    confidence: confidenceOf(device, now),
    vendor: oui === null ? null : vendorOf(oui),
    place: {
      facility: latest(device, 'facility'),
      department: latest(device, 'department'),
      bed: latest(device, 'bed'),
      site: address === null ? null : (siteOf(address)?.id ?? null),
    },
  };
}
