import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findDraftFile, openDraft } from '../../../main/drafts/draft-folder.ts';
import type { Draft } from '../../../main/drafts/model.ts';
import { readDraft } from '../../../main/drafts/read/index.ts';
import { everyDraft, everySegment } from '../../../main/drafts/walk.ts';
import { corpusFolder, missing } from '../../support/environment.ts';

/** Number of the draft, app, new_version, true length in s, canvas, segments by track type (empty tracks not counted). */
const expected: Record<
  string,
  readonly [app: string, version: string, seconds: number, canvas: string, segments: string]
> = {
  '01': ['cc 5.9.0 mac', '110.0.0', 120.7, '1440x1080', 'audio 2t/12s, video 2t/12s, text 2t/30s'],
  '02': ['lv 3.9.0 mac', '69.0.0', 0, '1920x1080', ''],
  '03': ['cc 5.9.0 mac', '110.0.0', 0, '1080x1920', ''],
  '04': ['lv 5.9.0 mac', '110.0.0', 0, '1920x1080', ''],
  '05': ['cc 6.5.0 mac', '110.0.0', 15, '1080x1920', 'video 1t/1s, audio 2t/2s, text 1t/1s'],
  '07': ['lv 5.9.0 windows', '110.0.0', 3, '1920x1080', 'text 1t/1s'],
  '08': ['', '110.0.0', 5.1, '1080x1080', 'audio 1t/1s, video 1t/2s, text 1t/1s'],
  '09': ['lv 5.9.0 windows', '110.0.0', 80.5, '1080x1920', 'video 1t/14s, audio 1t/1s, text 4t/54s'],
  '10': ['lv 5.9.0 mac', '110.0.0', 89.9, '1920x1080', 'video 4t/12s, audio 4t/30s, text 9t/58s, effect 1t/1s'],
  '11': ['lv 5.9.0 windows', '110.0.0', 5.5, '1920x1080', 'video 4t/4s, text 5t/11s, audio 3t/7s'],
  '12': ['lv 8.3.0 windows', '136.0.0', 23.1, '1920x1080', 'video 1t/1s'],
  '14': ['lv 5.9.0 windows', '110.0.0', 162.1, '1920x1080', 'text 1t/21s'],
  '15': ['lv 5.9.0 windows', '110.0.0', 7.7, '1920x1920', 'video 1t/2s, text 1t/2s, audio 1t/2s'],
  '17': ['', '', 882, '1920x1440', 'video 1t/181s, audio 1t/1s, text 1t/181s'],
  '19': ['lv 5.4.5-beta1 mac', '102.0.0', 54.6, '1080x1920', 'video 3t/9s, text 5t/39s, sticker 1t/1s, audio 3t/22s'],
  '21': ['lv 4.2.0 windows', '75.0.0', 13.6, '1920x1440', 'video 1t/4s, text 1t/8s'],
  '22': ['lv 5.6.0 windows', '105.0.0', 16.1, '1440x1920', 'video 1t/2s, audio 1t/1s'],
  '23': ['lv 5.6.0 windows', '105.0.0', 201.7, '1920x1080', 'audio 8t/8s'],
  '25': ['2.8.5 windows', '45.0.0', 281.6, '1920x1080', 'video 1t/1s, text 1t/2s'],
  '26': ['3.3.0 windows', '55.0.0', 397.4, '1920x1080', 'video 1t/1s, text 1t/138s'],
  '27': ['3.4.1 windows', '57.0.0', 3218.3, '1920x1090', 'video 1t/1s, text 1t/1386s'],
  '28': ['', '', 24.9, '1920x1080', 'video 1t/1s, text 1t/8s'],
  '30': ['cc 1.5.0 windows', '68.0.1', 272.2, '1080x1920', 'video 6t/39s, text 1t/1s, audio 2t/4s'],
  '31': ['cc 2.2.0 mac', '75.0.0', 7, '1920x1080', 'text 2t/2s, audio 1t/3s'],
  '32': ['cc 3.8.0 windows', '109.0.0', 290.6, '1920x1013', 'video 1t/13s, text 4t/112s, audio 3t/56s'],
  '34': ['cc 3.9.0 windows', '110.0.0', 150.5, '1280x1920', 'video 1t/21s, audio 1t/1s'],
  '35': ['cc 5.9.0 windows', '132.0.0', 116.4, '1920x1920', 'video 1t/19s, audio 1t/1s'],
  '37': ['cc 5.9.1 windows', '132.0.0', 65, '1440x1920', 'video 1t/13s, effect 1t/13s'],
  '39': ['cc 5.8.0 windows', '131.0.0', 26.7, '1080x1920', 'video 1t/7s'],
  '40': ['cc 5.8.0 windows', '131.0.0', 5, '1440x1920', 'video 1t/1s'],
  '41': ['cc 5.9.1 windows', '132.0.0', 6704, '1080x1920', 'video 2t/37s'],
  '43': ['cc 6.2.8 windows', '', 10, '1920x1080', 'video 1t/2s, audio 1t/1s, text 1t/3s'],
  '46': ['cc 7.7.0 windows', '151.0.0', 12.2, '1080x1920', 'audio 2t/5s, video 2t/6s, sticker 1t/3s, text 1t/4s'],
  '48': ['cc 7.8.0 windows', '153.0.0', 38.8, '1920x1080', 'video 1t/1s, text 1t/12s, audio 2t/12s'],
  '49': ['cc 8.1.1 windows', '159.0.0', 6.1, '1920x1013', 'video 1t/1s, text 2t/2s, audio 1t/1s'],
  '52': ['cc 8.9.1 windows', '175.0.0', 53.1, '1080x1920', 'video 1t/4s, sticker 3t/4s, text 1t/19s, audio 2t/8s'],
  '54': ['cc 9.1.0 windows', '179.0.0', 3740.1, '1920x1080', 'video 2t/146s'],
  '56': ['cc 9.1.0 windows', '179.0.0', 168.7, '1920x1080', 'video 1t/8s, audio 1t/1s, effect 1t/1s'],
};

function segmentsByType(draft: Draft): string {
  const used = draft.tracks.filter(({ segments }) => segments.length > 0);
  return [...Map.groupBy(used, ({ type }) => type)]
    .map(
      ([type, tracks]) =>
        `${type} ${tracks.length}t/${tracks.reduce((sum, { segments }) => sum + segments.length, 0)}s`,
    )
    .join(', ');
}

const skip = missing('corpus');
const folders = skip ? [] : readdirSync(corpusFolder).map((name) => path.join(corpusFolder, name));
const folderOf = (number: string) => folders.find((folder) => path.basename(folder).startsWith(`${number}-`)) ?? '';
const open = async (number: string) => (await openDraft(folderOf(number))).draft;

describe.skipIf(skip)('real drafts', () => {
  it('all of them are expected to be here', () => {
    expect(folders).toHaveLength(40);
  });

  it.each(Object.entries(expected))('%s has its facts', async (number, [app, version, seconds, canvas, segments]) => {
    const draft = await open(number);
    expect([draft.app.source, draft.app.version, draft.app.os].filter(Boolean).join(' ')).toBe(app);
    expect(draft.newVersion).toBe(version);
    expect(draft.durationUs / 1e6).toBeCloseTo(seconds, 0);
    expect(Math.abs(draft.durationUs / 1e6 - seconds)).toBeLessThan(0.06);
    expect(`${draft.canvas.width}x${draft.canvas.height}`).toBe(canvas);
    expect(segmentsByType(draft)).toBe(segments);
    expect(draft.fps).toBe(30);
  });

  it.each(['57', '58'])('%s is encrypted', async (number) => {
    await expect(findDraftFile(folderOf(number))).rejects.toMatchObject({ code: 'DRAFT_ENCRYPTED' });
  });

  it('every text is covered by its styles and free of markup', async () => {
    for (const number of Object.keys(expected)) {
      for (const { content } of everySegment(await open(number))) {
        if (content.type !== 'text') continue;
        const { text, styles } = content.text;
        expect(styles.at(0)?.start ?? 0).toBe(0);
        expect(styles.at(-1)?.end ?? 0).toBe(text.length);
        expect(text).not.toMatch(/<(size|color|font)=|"styles":/);
      }
    }
  });

  it('the recorded answer of a draft service is the draft inside it', async () => {
    const answer = path.join(folderOf('01'), 'parse_jydraft.json');
    expect(existsSync(answer)).toBe(true);
    const draft = readDraft(JSON.parse(readFileSync(answer, 'utf8')));
    expect(segmentsByType(draft)).toBe(expected['01']?.[4]);
    expect([...draft.media.values()].every(({ remoteUrl }) => remoteUrl?.startsWith('https://'))).toBe(true);
  });

  it('keeps what the drafts are known for', async () => {
    const extras = async (number: string) => everySegment(await open(number)).map((segment) => segment.extras);
    const count = async (number: string, pick: (each: Awaited<ReturnType<typeof extras>>[number]) => number) =>
      (await extras(number)).reduce((sum, each) => sum + pick(each), 0);
    expect(await count('30', ({ transition }) => (transition === null ? 0 : 1))).toBe(9);
    // Eight segments have a fade, three of them one of no length.
    expect(await count('32', ({ fade }) => (fade === null ? 0 : 1))).toBe(5);
    expect(await count('10', ({ audioEffects }) => audioEffects.length)).toBe(27);
    expect(await count('37', ({ animations }) => animations.length)).toBeGreaterThan(12);
    expect(everyDraft(await open('19'))).toHaveLength(4);
    expect(everyDraft(await open('12'))).toHaveLength(2);
    expect(everySegment(await open('52')).filter(({ content }) => content.type === 'text_template')).toHaveLength(19);
    expect(everySegment(await open('34')).filter(({ reverse }) => reverse)).toHaveLength(13);
    const moving = everySegment(await open('56')).filter(({ keyframes }) => keyframes.scaleX !== undefined);
    expect(moving).toHaveLength(8);
    // The application rounds segments to frames and leaves keyframes where they were.
    const within = moving.every(
      ({ keyframes, target }) => (keyframes.scaleX?.at(-1)?.offsetUs ?? 0) <= target.durationUs + 40_000,
    );
    expect(within).toBe(true);
  });

  it('a title comes from the meta file, else from the folder', async () => {
    expect((await open('49')).name).toBe('1. Fotiha');
    expect((await open('40')).name).toMatch(/^40-/);
  });
});
