import { describe, expect, it } from 'vitest';
import { nameNeedle } from '../../src/detect/echo-name.ts';
import { foldWithOrigin } from '../../src/detect/fold-map.ts';
import { findings } from '../support/rules.ts';

function seek(parts: string[], text: string): string[] {
  const folded = foldWithOrigin(text);
  const echoes = nameNeedle(parts)?.find(folded.text, { free: true, numeric: false }) ?? [];
  return echoes.map(({ from, to }) => text.slice(folded.origin(from), folded.origin(to)));
}

describe('a name in a script without spaces between words', () => {
  it.each<[string[], string, string[]]>([
    [['王', '小明'], '今天王小明来了，王小明的母亲也来了', ['王小明', '王小明']],
    [['山田', '太郎'], '本日山田太郎様が来院。山田 太郎、山田　太郎', ['山田太郎', '山田 太郎', '山田　太郎']],
    [['ヤマダ', 'タロウ'], '連絡先ヤマダタロウまで', ['ヤマダタロウ']],
    // Two characters are a word elsewhere.
    [['王', '明'], '帝王明日出发', []],
    [['王', '明'], '患者：王明。', ['王明']],
    [['王', '小明'], '王先生和小明来了', []],
    [['山田', '太郎'], '山田さんの息子', []],
  ])('%j in %s', (parts, text, expected) => expect(seek(parts, text)).toEqual(expected));

  it('is found in a note of its own message', () => {
    const notes = findings('PID|1||4471||王^小明||19800101|M', 'OBX|1|TX|1||今天王小明来了').filter(
      ([, , path]) => path === 'OBX-5',
    );
    expect(notes).toEqual([['echo.name', 'patient', 'OBX-5', '王小明']]);
  });
});
