import { describe, expect, it } from 'vitest';
import { collectFeatures } from '../../../main/drafts/inspect/index.ts';
import { readDraft } from '../../../main/drafts/read/index.ts';
import { embeddedDrawability } from '../../../main/engines/embedded/drawability.ts';
import { draftJson, type Json, segment, textMaterial, track } from './fixture.ts';

const bloom = (params: unknown, more: Json = {}): Json => ({
  id: 'light',
  type: 'bloom',
  name: 'DeepGlow',
  resource_id: '7367637998579487248',
  bloom_params: params,
  ...more,
});

/** A draft of one segment that refers to this effect. */
function draftWith(effect: Json, type = 'text', refs: readonly string[] = ['light']) {
  const shown = segment({ extra_material_refs: refs });
  const materials: Json = { effects: [effect], ...(type === 'text' ? { videos: [], texts: [textMaterial()] } : {}) };
  return readDraft(draftJson({ tracks: [track(type, [shown])] }, materials));
}

const segmentOf = (...args: Parameters<typeof draftWith>) => draftWith(...args).tracks[0]?.segments[0];
const glowOf = (...args: Parameters<typeof draftWith>) => {
  const content = segmentOf(...args)?.content;
  return content?.type === 'text' ? content.text.glow : undefined;
};

const params = { color: '#00e200', dir_x: 0.25, dir_y: -0.5, range: 0.45, strength: 0.4 };

describe('the light around letters', () => {
  it('is read with its colour, strength, range and direction', () => {
    expect(glowOf(bloom(params))).toEqual({
      name: 'DeepGlow',
      resourceId: '7367637998579487248',
      color: { r: 0, g: 226 / 255, b: 0, a: 1 },
      strength: 0.4,
      range: 0.45,
      directionX: 0.25,
      directionY: -0.5,
    });
  });

  it('is none where no segment refers to it: such an entry is a leftover', () => {
    expect(glowOf(bloom(params), 'text', [])).toBeNull();
  });

  it.each([
    ['is switched off', bloom(params, { visible: false })],
    ['has no strength', bloom({ ...params, strength: 0 })],
    ['reaches nowhere', bloom({ ...params, range: 0 })],
  ])('is none where it %s', (_, effect) => expect(glowOf(effect)).toBeNull());

  it('of nonsense stays within bounds', () => {
    expect(glowOf(bloom({ color: 'green', dir_x: 1e9, dir_y: 'up', range: 77, strength: null }))).toMatchObject({
      color: { r: 1, g: 1, b: 1, a: 1 },
      strength: 0.5,
      range: 1,
      directionX: 1,
      directionY: 0,
    });
    expect(glowOf(bloom(null))).toBeNull();
  });

  it('is part of the text, no adjustment beside it, and told as approximated', () => {
    expect(segmentOf(bloom(params))?.extras.effects).toEqual([]);
    const features = collectFeatures(draftWith(bloom(params))).filter(({ kind }) => kind !== 'font');
    expect(features).toEqual([
      { kind: 'text_glow', name: 'DeepGlow', resourceId: '7367637998579487248', detail: '', count: 1 },
    ]);
    expect(features.map((feature) => embeddedDrawability.fidelity(feature))).toEqual(['approximated']);
  });

  it('stays an adjustment on a picture', () => {
    expect(segmentOf(bloom(params), 'video')?.extras.effects).toMatchObject([{ type: 'bloom' }]);
  });

  it('is found in text templates, at the text that refers to it', () => {
    const template = {
      id: 'm1',
      text_info_resources: [
        { text_material_id: 't', extra_material_refs: ['light', 'gone'] },
        { text_material_id: 't' },
      ],
    };
    const draft = readDraft(
      draftJson(
        { tracks: [track('text', [segment()])] },
        { videos: [], texts: [textMaterial({ id: 't' })], text_templates: [template], effects: [bloom(params)] },
      ),
    );
    const content = draft.tracks[0]?.segments[0]?.content;
    expect(content?.type === 'text_template' && content.template.texts.map(({ text }) => text.glow?.range)).toEqual([
      0.45,
      undefined,
    ]);
  });
});
