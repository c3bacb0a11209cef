import { afterAll, describe, expect, test } from 'vitest';
import type { Draft, Rgba, TemplateText } from '../../../main/drafts/model.ts';
import { renderDraft } from '../../../main/engines/embedded/render.ts';
import { exportPresetSchema } from '../../../main/shared/settings.ts';
import { aDraft, aSegment, aText } from '../../support/drafts.ts';
import { framesOf, type Pixels, scratchFolder } from '../../support/media.ts';

const scratch = scratchFolder('templates');
afterAll(() => scratch.remove());

async function render(draft: Draft): Promise<Pixels[]> {
  const output = `${scratch.folder}/out.mp4`;
  await renderDraft(draft, { preset: exportPresetSchema.parse({ quality: 10 }), output, resolve: (file) => file });
  return framesOf(output);
}

describe('a text template in a video', () => {
  const block = (part: Partial<TemplateText> & { x: number; color: Rgba }): TemplateText => {
    const content = aText('■■■', 30, { color: part.color });
    if (content.type !== 'text') throw new Error('a text is no text');
    return {
      text: content.text,
      transform: { alpha: 1, x: part.x, y: 0, scaleX: 1, scaleY: 1, rotation: 0, flipX: false, flipY: false },
      animations: [],
      startUs: 0,
      durationUs: null,
      ...part,
    };
  };
  const template = (...texts: TemplateText[]) => {
    const content = { type: 'text_template' as const, template: { id: 't', name: '', resourceId: '', texts } };
    return aDraft([{ type: 'text', segments: [aSegment(content, { durationUs: 300_000 })] }]);
  };
  const red = { r: 1, g: 0, b: 0, a: 1 };
  const green = { r: 0, g: 1, b: 0, a: 1 };
  /** What is seen in the middle of the left and the right half. */
  const halvesOf = (frame: Pixels | undefined) =>
    [80, 240].map((x) => {
      const [r, g] = frame?.at(x, 94) ?? [0, 0];
      return r > 200 ? 'red' : g > 200 ? 'green' : 'black';
    });

  test('shows each of its texts at its place, only while it is attached', async () => {
    const frames = await render(
      template(
        block({ x: -0.5, color: red, durationUs: 100_000 }),
        block({ x: 0.5, color: green, startUs: 100_000, durationUs: 100_000 }),
        block({ x: -0.5, color: red, startUs: 200_000 }),
      ),
    );
    expect(frames).toHaveLength(9);
    expect([0, 2, 3, 5, 6, 8].map((index) => halvesOf(frames[index]))).toEqual([
      ['red', 'black'],
      ['red', 'black'],
      ['black', 'green'],
      ['black', 'green'],
      ['red', 'black'],
      ['red', 'black'],
    ]);
  });

  test('shows the same text again at another place', async () => {
    const frames = await render(
      template(block({ x: -0.5, color: red, durationUs: 100_000 }), block({ x: 0.5, color: red, startUs: 100_000 })),
    );
    expect([frames[0], frames[4]].map(halvesOf)).toEqual([
      ['red', 'black'],
      ['black', 'red'],
    ]);
  });

  test("plays a text's own way in from the text's own start", async () => {
    const typed = { kind: 'in' as const, name: '打字机', id: '', resourceId: '', startUs: 0, durationUs: 200_000 };
    const frames = await render(
      template(
        block({ x: -0.5, color: red, startUs: 100_000, animations: [typed] }),
        block({ x: 0.5, color: green, animations: [{ ...typed, durationUs: 1000 }] }),
      ),
    );
    expect(halvesOf(frames[3])).toEqual(['black', 'green']);
    expect(halvesOf(frames[8])).toEqual(['red', 'green']);
  });
});
