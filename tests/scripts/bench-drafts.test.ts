import { describe, expect, test } from 'vitest';
import { readDraftWithProblems } from '../../main/drafts/read/index.ts';
import { capcutDrafts } from '../../scripts/bench/capcut-drafts.ts';
import { hourDraft } from '../../scripts/bench/hour-draft.ts';

/** Everything that a draft file has, by kind, and what the reader found strange in it. */
function contents(json: unknown) {
  const { draft, problems } = readDraftWithProblems(json);
  const segments = draft.tracks.flatMap((track) => track.segments);
  const kinds = Map.groupBy(segments, ({ content }) => (content.type === 'media' ? content.media.kind : content.type));
  return { draft, problems, segments, counts: Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length])) };
}

describe('the drafts of the comparison with capcut-cli', () => {
  const drafts = capcutDrafts({ films: ['/a.mp4', '/b.mp4'], photo: '/c.jpg', music: '/d.m4a' });
  const [cuts, captions, still, moving] = drafts.map(({ json }) => contents(json));
  const all = [cuts, captions, still, moving];

  test('are read whole, without a word about problems', () => {
    expect(all.map((read) => read?.problems)).toEqual([[], [], [], []]);
    expect(cuts?.counts).toEqual({ video: 6 });
    expect(captions?.counts).toEqual({ video: 6, text: 6 });
    expect(still?.counts).toEqual({ video: 3, photo: 1, audio: 1, text: 6 });
    expect(moving?.counts).toEqual(still?.counts);
  });

  test('last as long as they say, and have the motion and the dissolve that the comparison speaks of', () => {
    expect(all.map((read) => read?.draft.durationUs)).toEqual([12e6, 12e6, 12e6, 12e6]);
    const moved = (read: typeof still) => read?.segments.filter(({ keyframes }) => Object.keys(keyframes).length > 0);
    expect(moved(still)).toHaveLength(0);
    expect(moved(moving)).toHaveLength(2);
    expect(moving?.segments.map(({ extras }) => extras.transition?.name).filter(Boolean)).toEqual(['叠化']);
    expect(moving?.segments.map(({ extras }) => extras.fade).filter(Boolean)).toEqual([{ inUs: 1e6, outUs: 2e6 }]);
  });
});

describe('the hour-long draft', () => {
  const photos = Array.from({ length: 24 }, (_, index) => `/photo${index}.jpg`);
  const media = { films: ['/a.mp4', '/b.mp4', '/c.mp4'], photos, music: '/d.m4a' };

  test('has an hour of thousands of segments, all of which are read', () => {
    const { draft, problems, counts } = contents(hourDraft(media, 30));
    expect(problems).toEqual([]);
    expect(counts).toEqual({ video: 1200, photo: 300, text: 1580, audio: 510 });
    expect(draft).toMatchObject({ durationUs: 3600e6, fps: 30, canvas: { width: 1920, height: 1080 } });
  });

  test('takes no source beyond its end, and plays at any rate', () => {
    const { draft, segments } = contents(hourDraft(media, 2));
    expect(draft.fps).toBe(2);
    for (const { content, source } of segments) {
      if (content.type !== 'media' || content.media.kind === 'photo' || source === null) continue;
      expect(source.startUs + source.durationUs).toBeLessThanOrEqual(content.media.durationUs);
    }
  });
});
