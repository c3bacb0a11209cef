import { expect, test } from 'vitest';
import { Warnings } from '../../../main/engines/embedded/warnings.ts';
import { StationError, sentence } from '../../../main/shared/errors/index.ts';

const lostAt = (atUs: number, segment: string, reason = 'the file is missing') => {
  const warnings = new Warnings();
  warnings.addLost('MEDIA_NOT_DRAWN', 'a.png', new StationError('MEDIA_UNREADABLE', { reason }), atUs, segment);
  return warnings.noted();
};

test('parts of a video that were drawn in any order tell the earliest use of what they miss, and its reason', () => {
  const warnings = new Warnings();
  warnings.take(lostAt(75_500_000, 'late'));
  warnings.take(lostAt(2_000_000, 'early', 'the file is empty'));
  warnings.take(lostAt(60_000_000, 'between'));
  const [told, ...rest] = warnings.list();
  expect(rest).toEqual([]);
  expect(told && sentence(told, 'en')).toContain('(the file is empty) in 3 segments, the first at 0:02.00');
  expect(told && sentence(told, 'zh')).toContain('（文件为空），涉及 3 个片段，首个位于 0:02.00');
});

test('what is missing is told before what only looks different, and a font with what brings it back', () => {
  const warnings = new Warnings();
  warnings.feature('approximated', 'transition', '叠化', 'a');
  warnings.feature('approximated', 'font', '江湖体 ', 'b');
  warnings.feature('not_drawn', 'sticker', '红包', 'c');
  warnings.take(lostAt(0, 'd'));
  expect(warnings.list().map((warning) => sentence(warning, 'en').split(/[;.] /)[0])).toEqual([
    'The media "a.png" could not be drawn (the file is missing) in 1 segment, the first at 0:00.00',
    'The sticker "红包" could not be drawn, 1 time',
    'The font "江湖体" is not available',
    'The transition "叠化" was approximated 1 time',
  ]);
});

test('a segment that lies in two parts of a video counts once', () => {
  const warnings = new Warnings();
  for (const noted of [lostAt(1_000_000, 'same'), lostAt(1_000_000, 'same')]) warnings.take(noted);
  expect(warnings.list()).toMatchObject([{ params: { at: '0:01.00', count: 1 } }]);
});
