import { describe, expect, test } from 'vitest';
import { isStorage } from '../../src/ingest/dimse-contexts.ts';

describe('storage SOP classes', () => {
  test.each([
    ['CT Image', '1.2.840.10008.5.1.4.1.1.2'],
    ['Encapsulated PDF', '1.2.840.10008.5.1.4.1.1.104.1'],
    ['CT Defined Procedure Protocol', '1.2.840.10008.5.1.4.1.1.200.1'],
    ['Protocol Approval', '1.2.840.10008.5.1.4.1.1.200.3'],
    ['Inventory', '1.2.840.10008.5.1.4.1.1.201.1'],
    ['Hardcopy Grayscale Image (retired)', '1.2.840.10008.5.1.1.29'],
    ['Hanging Protocol', '1.2.840.10008.5.1.4.38.1'],
    ['RT Beams Delivery Instruction', '1.2.840.10008.5.1.4.34.7'],
    ['one of a later edition', '1.2.840.10008.5.1.4.1.1.999.1'],
    ['a private one of a vendor', '1.3.12.2.1107.5.9.1'],
    ['a private one by UUID', '2.25.329800735698586629295641978511506172918'],
  ])('%s is one', (_, uid) => {
    expect(isStorage(uid)).toBe(true);
  });

  test.each([
    ['Verification', '1.2.840.10008.1.1'],
    ['Storage Commitment Push Model', '1.2.840.10008.1.20.1'],
    ['Storage Commitment Pull Model', '1.2.840.10008.1.20.2'],
    ['Media Storage Directory', '1.2.840.10008.1.3.10'],
    ['Modality Performed Procedure Step', '1.2.840.10008.3.1.2.3.3'],
    ['Storage Service Class', '1.2.840.10008.4.2'],
    ['Basic Film Session', '1.2.840.10008.5.1.1.1'],
    ['Patient Root Find', '1.2.840.10008.5.1.4.1.2.1.1'],
    ['Study Root Move', '1.2.840.10008.5.1.4.1.2.2.2'],
    ['Study Root Get', '1.2.840.10008.5.1.4.1.2.2.3'],
    ['Protocol Approval Find', '1.2.840.10008.5.1.4.1.1.200.4'],
    ['Modality Worklist', '1.2.840.10008.5.1.4.31'],
    ['Unified Procedure Step Push', '1.2.840.10008.5.1.4.34.6.1'],
    ['Hanging Protocol Find', '1.2.840.10008.5.1.4.38.2'],
    ['nothing', ''],
    ['what is no UID', '1.2.840 DOE'],
    ['what is too long for a UID', `1.${'2'.repeat(63)}`],
  ])('%s is none', (_, uid) => {
    expect(isStorage(uid)).toBe(false);
  });
});
