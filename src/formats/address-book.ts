import type { Address } from '../core/format.ts';

/**
 * Addresses are interned once per process: a leaf carries a number, and a detector compiles its rules into arrays indexed by it.
 * Ids are dense from 0 and shared by all formats.
 */
const addresses: Address[] = [];

/** The address with an id that some leaf carries. Throws RangeError for any other number: that is a bug, not bad input. */
export function addressById(id: number): Address {
  const address = addresses[id];
  if (address === undefined) throw new RangeError(`no address has the id ${id} (there are ${addresses.length})`);
  return address;
}

/** How many addresses there are now; it grows while messages are parsed, up to the caps of the formats' books. */
export function addressCount(): number {
  return addresses.length;
}

let refusals = 0;

/**
 * How often an address was asked for that a book had no room for any more. What lies there shares an address with others, so that rules on its place
 * do not see it: who scans looks whether this grew, and takes no such answer for the whole truth.
 */
export function addressRefusals(): number {
  return refusals;
}

/** Counts one, for a format that bounds more than its book. */
export function refuseAddress(): void {
  refusals++;
}

/** One format's addresses. */
export interface AddressBook {
  /**
   * The id of an address, made on first use. An address that the format's standard does not define (`known` false) counts against
   * the book's cap, since a sender can make up as many as it likes; past the cap the answer is -1.
   */
  intern(path: string, group: string, typePath: string, known: boolean): number;
}

/** `cap`: how many addresses outside the standard the book may hold. What the standard defines is finite by itself. */
export function createAddressBook(format: string, cap: number): AddressBook {
  const ids = new Map<string, number>();
  let strangers = 0;
  return {
    intern(path, group, typePath, known) {
      // The same place may have several types (OBX-5 by OBX-2), so the type is part of the key.
      const key = `${path}\0${typePath}`;
      const existing = ids.get(key);
      if (existing !== undefined) return existing;
      if (!known) {
        if (strangers >= cap) {
          refuseAddress();
          return -1;
        }
        strangers++;
      }
      const id = addresses.length;
      addresses.push({ id, format, path, group, typePath });
      ids.set(key, id);
      return id;
    },
  };
}
