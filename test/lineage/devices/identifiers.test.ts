import { describe, expect, it, test } from 'vitest';
import { eui64, ouiOf, readUdi } from '../../../src/lineage/devices/identifiers.ts';

const GS = '\u001d';

describe('EUI-64', () => {
  it.each([
    ['0012210000001007', '0012210000001007'],
    ['00-12-21-00-00-00-10-07', '0012210000001007'],
    ['00:12:21:00:10:07', '001221FFFE001007'],
    ['0x0012210000001abc', '0012210000001ABC'],
    ['0000000000000000', null],
    ['0012', null],
    ['CT1', null],
  ])('of %s is %s', (text, expected) => expect(eui64(text)).toBe(expected));

  test('names a maker unless it was given out locally', () => {
    expect(ouiOf('0012210000001007')).toBe('001221');
    expect(ouiOf('0212210000001007')).toBeNull();
  });
});

describe('UDI', () => {
  it.each([
    ['(01)09506000134352(21)SN70007', '09506000134352', 'SN70007'],
    ['(01)09506000134352(11)261101(10)LOT7', '09506000134352', null],
    [`0109506000134352112611011727110110LOT7${GS}21SN7`, '09506000134352', 'SN7'],
    ['010950600013435221SN7', '09506000134352', 'SN7'],
    [']C1010950600013435210LOT7', '09506000134352', null],
    ['+E123ABC450/$$+7SN9', '+E123ABC450', null],
  ])('%s is a product and a serial', (text, product, serial) => expect(readUdi(text)).toEqual({ product, serial }));

  it('is none where it is none', () => expect(readUdi('SN-4471')).toBeNull());
});
