import { describe, expect, it } from 'vitest';
import { adjustmentNames, keyedAdjustments } from '../../../../main/drafts/adjustments.ts';
import { collectFeatures } from '../../../../main/drafts/inspect/index.ts';
import type { EffectMaterial, KeyframeTracks } from '../../../../main/drafts/model.ts';
import { embeddedDrawability } from '../../../../main/engines/embedded/drawability.ts';
import { colorLook } from '../../../../main/engines/embedded/look/index.ts';
import { aDraft, aKeyframe, aMedia, anEffect, aSegment } from '../../../support/drafts.ts';

/** What the report says of a clip with these adjustments. */
function reported(effects: readonly EffectMaterial[], keyframes: KeyframeTracks = {}): string[] {
  const clip = aSegment(aMedia('video', 'a.mp4'), { extras: { effects }, keyframes });
  return collectFeatures(aDraft([{ type: 'video', segments: [clip] }])).map(
    (feature) => `${feature.kind} ${feature.name} ${embeddedDrawability.fidelity(feature)}`,
  );
}

/** Whether a small picture with edges and many colours comes out other than it was. */
function changesPictures(effect: EffectMaterial): boolean {
  const size = 16;
  const before = Uint8ClampedArray.from({ length: size * size * 4 }, (_, at) =>
    at % 4 === 3 ? 255 : 40 + ((at * 37 + (at >> 4) * 11) % 170),
  );
  const after = before.slice();
  colorLook([effect], [], () => null)?.apply(after, size, size);
  return after.some((value, at) => value !== before[at]);
}

describe('an adjustment of a draft', () => {
  it.each([...adjustmentNames.keys()].flatMap((name) => [name, name.toUpperCase()]))(
    'called %s is drawn, and told as approximated',
    (type) => {
      const effect = { ...anEffect(type, '调节'), value: 0.6 };
      expect(changesPictures(effect)).toBe(true);
      expect(reported([effect])).toEqual(['adjust 调节 approximated']);
    },
  );

  it.each(['smart_color_adjust', 'color_curves', 'log_color_wheels', 'vibrance', 'dehaze'])(
    'called %s is not drawn, and told so',
    (type) => {
      const effect = { ...anEffect(type, '调节'), value: 0.6 };
      expect(changesPictures(effect)).toBe(false);
      expect(reported([effect])).toEqual([expect.stringMatching(/ 调节 not_drawn$/)]);
    },
  );

  it('that was put back to nothing is not told', () => {
    expect(reported([...adjustmentNames.keys()].map((type) => ({ ...anEffect(type, type), value: 0 })))).toEqual([]);
  });

  it.each(keyedAdjustments)('that only keyframes of %s make is told once', (property) => {
    const keyframes = { [property]: [aKeyframe(0, 0), aKeyframe(500_000, 0.5)] };
    expect(reported([], keyframes)).toEqual([`adjust ${property} approximated`]);
    const resting = { ...anEffect(property, '滑块'), value: 0 };
    expect(reported([resting], keyframes)).toEqual(['adjust 滑块 approximated']);
    expect(reported([], { [property]: [aKeyframe(0, 0), aKeyframe(500_000, 0)] })).toEqual([]);
  });
});
