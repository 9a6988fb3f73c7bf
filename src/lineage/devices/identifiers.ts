/**
 * `0012210000001001` of an EUI-64 as it is written anywhere (`00-12-21-00-00-00-10-01`, `0x…`), and of a MAC address (EUI-48) the EUI-64 that
 * IEEE makes of it: FF-FE in its middle. Null where it is none, or where it identifies nothing (all alike).
 */
export function eui64(text: string): string | null {
  const digits = text.replace(/^0x/i, '').replace(/[-:.\s]/g, '');
  if (!/^(?:[0-9a-f]{16}|[0-9a-f]{12})$/i.test(digits)) return null;
  const upper = digits.toUpperCase();
  const whole = upper.length === 12 ? `${upper.slice(0, 6)}FFFE${upper.slice(6)}` : upper;
  return /^(.)\1+$/.test(upper) ? null : whole;
}

/** The OUI of an EUI-64, to be looked up; null where it was given out locally (bit 0x02 of the first byte) and names no maker. */
export function ouiOf(identifier: string): string | null {
  const first = Number.parseInt(identifier.slice(0, 2), 16);
  return (first & 0x02) !== 0 ? null : identifier.slice(0, 6);
}

/** What a UDI carrier says (21 CFR 801.40): which product, and which one of them. */
export interface Udi {
  /** Device identifier: the version or model. */
  readonly product: string;
  /** Serial number of its production identifiers; null where it names a lot or nothing. */
  readonly serial: string | null;
}

const GS = '\u001d';

/**
 * Reads a UDI in the form of GS1, with brackets as it is printed (`(01)09506000134352(21)SN1`) or as a scanner sends it, and of HIBCC
 * (`+E123…/$$+7…`), of which the product is read alone. Null where it is none.
 */
export function readUdi(text: string): Udi | null {
  if (/^\+[A-Z][A-Z0-9]{4,}/.test(text)) return { product: text.split('/')[0] ?? text, serial: null };
  const printed = /^\(01\)(\d{14})/.exec(text);
  if (printed !== null) return { product: printed[1] ?? '', serial: /\(21\)([^()]{1,20})/.exec(text)?.[1] ?? null };
  const scanned = /^(?:\](?:C1|d2|Q3))?01(\d{14})(.*)$/s.exec(text);
  return scanned === null ? null : { product: scanned[1] ?? '', serial: serialIn(scanned[2] ?? '') };
}

/** Walks the element strings after a GTIN (GS1 General Specifications 3): dates have six digits, lot and serial end at a separator. */
function serialIn(rest: string): string | null {
  let at = 0;
  while (at < rest.length) {
    if (rest[at] === GS) at++;
    const kind = rest.slice(at, at + 2);
    if (/^1[1-7]$/.test(kind)) {
      at += 8;
      continue;
    }
    const ends = rest.indexOf(GS, at);
    const value = rest.slice(at + 2, ends < 0 ? rest.length : ends);
    if (kind === '21') return value === '' ? null : value;
    if (kind !== '10' || ends < 0) return null;
    at = ends;
  }
  return null;
}
