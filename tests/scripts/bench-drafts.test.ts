import { describe, expect, test } from 'vitest';
import { readDraftWithProblems } from '../../main/drafts/read/index.ts';
import { capcutDrafts } from '../../scripts/bench/capcut-drafts.ts';

/** Everything that a draft file has, by kind, and what the reader found strange in it. */
function contents(json: unknown) {
  const { draft, problems } = readDraftWithProblems(json);
  const segments = draft.tracks.flatMap((track) => track.segments);
  const kinds = Map.groupBy(segments, ({ content }) => (content.type === 'media' ? content.media.kind : content.type));
  return { draft, problems, segments, counts: Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length])) };
}

describe('the drafts of the comparison with capcut-cli', () => {
  const drafts = capcutDrafts({ films: ['/a.mp4', '/b.mp4'], photo: '/c.jpg', music: '/d.m4a' });
  const [cuts, captions, everything] = drafts.map(({ json }) => contents(json));

  test('are read whole, without a word about problems', () => {
    expect([cuts, captions, everything].map((read) => read?.problems)).toEqual([[], [], []]);
    expect(cuts?.counts).toEqual({ video: 6 });
    expect(captions?.counts).toEqual({ video: 6, text: 6 });
    expect(everything?.counts).toEqual({ video: 3, photo: 1, audio: 1, text: 6 });
  });

  test('last as long as they say, and have the motion and the dissolve that the comparison speaks of', () => {
    expect([cuts, captions, everything].map((read) => read?.draft.durationUs)).toEqual([12e6, 12e6, 12e6]);
    const moving = everything?.segments.filter(({ keyframes }) => Object.keys(keyframes).length > 0);
    expect(moving).toHaveLength(2);
    expect(everything?.segments.map(({ extras }) => extras.transition?.name).filter(Boolean)).toEqual(['叠化']);
    expect(everything?.segments.map(({ extras }) => extras.fade).filter(Boolean)).toEqual([{ inUs: 1e6, outUs: 2e6 }]);
  });
});
