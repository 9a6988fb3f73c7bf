import { describe, expect, it } from 'vitest';
import { findSibling, parseSibling } from '../../src/detect/siblings.ts';
import { message, shippedRules } from '../support/rules.ts';

function sibling(segments: string[], path: string, at: string): string | null {
  const parsed = message(...segments);
  for (let leaf = 0; leaf < parsed.leaves.count; leaf++) {
    if (parsed.leaves.path(leaf) !== path) continue;
    const found = findSibling(parsed, shippedRules(), leaf, parseSibling(at), { budget: 1e6 });
    return found < 0 ? null : parsed.leaves.text(found);
  }
  throw new Error(`no leaf ${path}`);
}

it.each([
  [['PID|1||7^^^H^MR~8^^^G^SS'], 'PID-3.1', '.5', 'MR'],
  [['PID|1||7^^^H^MR~8^^^G^SS'], 'PID-3[2].1', '.5', 'SS'],
  [['PID|1||7~8^^^G^SS'], 'PID-3', '.5', null],
  [['PID|1||7^^^H&1.2&ISO^MR'], 'PID-3.5', '.4.2', '1.2'],
  [['PID|1||7^^^H&1.2&ISO^MR'], 'PID-3.4.3', '.4.1', 'H'],
  [['PID|1||7^^^H^MR'], 'PID-3.5', '.1', '7'],
  [['PID|1||^^^^SS~7'], 'PID-3[2]', '.5', null],
  [['NK1|1|DOE^A|FTH', 'NK1|2|ROE^B|MTH'], 'NK1-2.1', 'NK1-3', 'FTH'],
  [['NK1|1|DOE^A|FTH', 'NK1|2|ROE^B|MTH'], 'NK1[2]-2.2', 'NK1-3', 'MTH'],
  [['NK1|1|DOE^A', 'NK1|2|ROE^B|MTH'], 'NK1-2.1', 'NK1-3', null],
  [['OBX|1|NM|8867-4^x||72'], 'OBX-5', 'OBX-3', '8867-4'],
  [['OBX|1|NM|8867-4^x||72'], 'OBX-5', 'OBX-3.2', 'x'],
  [['OBX|1|NM|||72', 'NTE|3|1|x'], 'OBX-5', 'OBX-3', null],
])('%j: %s asks for %s', (segments, path, at, expected) => {
  expect(sibling(segments, path, at)).toBe(expected);
});

describe('made-up messages', () => {
  const spent = (segment: string): number => {
    const parsed = message(segment);
    const purse = { budget: 1e9 };
    for (let leaf = 0; leaf < parsed.leaves.count; leaf++) findSibling(parsed, shippedRules(), leaf, parseSibling('.5'), purse);
    return 1e9 - purse.budget;
  };

  it.each([
    ['repetitions', (times: number) => `PID|1||${'7~'.repeat(times)}`],
    ['subcomponents', (times: number) => `PID|1||${'7&'.repeat(times)}`],
    ['components', (times: number) => `PID|1||${'7^'.repeat(times)}`],
  ])('with many %s cost in proportion', (_, make) => {
    expect(spent(make(20_000)) / spent(make(2000))).toBeLessThan(12);
  });

  it('cost nothing once the budget is spent', () => {
    const parsed = message('PID|1||7^^^H^MR');
    expect(findSibling(parsed, shippedRules(), parsed.leaves.count - 3, parseSibling('.5'), { budget: -1 })).toBe(-1);
  });
});
