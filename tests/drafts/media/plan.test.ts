import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectMedia } from '../../../main/drafts/media/collect.ts';
import { planMedia } from '../../../main/drafts/media/plan.ts';
import { draftJson } from '../support/drafts.ts';

const nowhere = {
  folder: '/task/source',
  files: [],
  addresses: new Map<string, string>(),
  serverFolder: null,
} as const;

describe('where media comes from', () => {
  it('an own file before the noted source, an address before anything else', async () => {
    const uses = collectMedia(
      draftJson([
        { path: 'D:\\x\\a.mp4', remoteUrl: 'https://example.com/a.mp4' },
        { path: 'https://example.com/b.mp4' },
        { path: 'D:\\x\\c.mp4', remoteUrl: 'https://example.com/c.mp4' },
        { path: 'D:\\x\\d.mp4' },
      ]),
    );
    const files = ['/task/source/assets/a.mp4', '/task/source/assets/b.mp4', '/task/source/e.mp4'];
    const addresses = new Map([['/task/source/e.mp4', 'https://server/e.mp4']]);
    const plan = await planMedia(uses, { ...nowhere, files, addresses, origin: 'remote' }, async () => false);
    expect(plan.files.map(({ source }) => source)).toEqual([
      { type: 'file', file: '/task/source/assets/a.mp4' },
      { type: 'url', url: 'https://example.com/b.mp4' },
      { type: 'url', url: 'https://example.com/c.mp4' },
    ]);
    expect(plan.lost.map(({ materialId }) => materialId)).toEqual(['v4']);
  });

  it('the folder that shares most with the written path wins among files of one name', async () => {
    const uses = collectMedia(draftJson([{ path: '/app/output/draft/1/assets/two/a.mp4' }]));
    const files = ['/task/source/one/a.mp4', '/task/source/two/a.mp4'];
    const plan = await planMedia(uses, { ...nowhere, files, origin: 'remote' }, async () => false);
    expect(plan.files[0]?.source).toEqual({ type: 'file', file: '/task/source/two/a.mp4' });
  });

  it('what only a compound clip uses that was taken off the tracks is not looked for', () => {
    const needs = (shown: boolean) => {
      const outer = { id: 'group', path: '', extra_type_option: 2 };
      const nested = { id: 'group-draft', draft: draftJson([{ path: 'D:\\x\\a.mp4' }]) };
      const segment = { material_id: 'group', extra_material_refs: shown ? ['group-draft'] : [] };
      return collectMedia({
        materials: { videos: [outer], drafts: [nested] },
        tracks: [{ type: 'video', segments: [segment] }],
      }).map(({ need }) => need);
    };
    expect(needs(true)).toEqual(['needed']);
    expect(needs(false)).toEqual(['idle']);
  });

  it('any JSON at all is collected and planned without failing, and gets no file of this machine', async () => {
    const path = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        '/etc/passwd',
        'C:\\x',
        '\\\\nas\\x',
        '../../x',
        '##_draftpath_placeholder_0_##/../../../etc/passwd',
        'https://a/b',
      ),
    );
    const material = fc.record(
      {
        id: fc.constantFrom('a', 'b', 1),
        path,
        reverse_path: path,
        remote_url: path,
        type: fc.jsonValue(),
        name: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const list = fc.oneof(fc.array(fc.oneof(material, fc.jsonValue()), { maxLength: 4 }), fc.jsonValue());
    const segment = fc.record({ material_id: fc.constantFrom('a', 'b', 1), extra_material_refs: fc.jsonValue() });
    const draft = fc.record({
      materials: fc.oneof(
        fc.record({ videos: list, audios: list, stickers: list, drafts: list, canvases: list }),
        fc.jsonValue(),
      ),
      tracks: fc.oneof(
        fc.array(fc.record({ segments: fc.array(segment, { maxLength: 4 }) }), { maxLength: 3 }),
        fc.jsonValue(),
      ),
    });
    await fc.assert(
      fc.asyncProperty(draft, async (content) => {
        const uses = collectMedia(content as Record<string, unknown>);
        const plan = await planMedia(uses, { ...nowhere, origin: 'remote' }, async () => true);
        expect(plan.files.every(({ source }) => source.type === 'url')).toBe(true);
      }),
      { seed: 20261128, numRuns: 3000 },
    );
  });
});
