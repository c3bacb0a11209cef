import { describe, expect, it } from 'vitest';
import type { ClipAnimation } from '../../../../main/drafts/model.ts';
import { motionOf } from '../../../../main/engines/embedded/compositor/clip.ts';
import { aMedia, aSegment, second } from '../../../support/drafts.ts';

const animation = (kind: ClipAnimation['kind'], name: string, startUs: number, durationUs: number): ClipAnimation => ({
  kind,
  name,
  id: '',
  resourceId: '',
  startUs,
  durationUs,
});
const sticker = (...animations: ClipAnimation[]) =>
  aSegment(aMedia('sticker', 'star.png'), { durationUs: 2 * second, extras: { animations } });

describe('a sticker that turns round and round', () => {
  const turning = animation('loop', '旋转', 0.5 * second, second);
  const fades = [animation('in', '渐显', 0, 0.3 * second), animation('out', '渐隐', 0, 0.2 * second)];
  const rotationAt = (seconds: number, ...all: ClipAnimation[]) =>
    motionOf(sticker(turning, ...all), seconds * second)?.rotation ?? 0;

  it('begins where its loop does', () => {
    expect(rotationAt(0.2)).toBe(0);
    expect(Math.abs(rotationAt(0.75))).toBeGreaterThan(1);
  });

  it('waits for the way in and stops for the way out', () => {
    const early = animation('loop', '旋转', 0, second);
    const at = (seconds: number) => motionOf(sticker(early, ...fades), seconds * second)?.rotation ?? 0;
    expect(at(0.2)).toBe(0);
    expect(Math.abs(at(0.55))).toBeGreaterThan(1);
    expect(at(1.9)).toBe(0);
  });

  it('starts again with every turn', () => {
    expect(rotationAt(1.75)).toBeCloseTo(rotationAt(0.75));
  });
});
