import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { WebpSource } from '../../../../main/engines/embedded/decode/webp-source.ts';
import { StationError } from '../../../../main/shared/errors/index.ts';
import { Pixels, scratchFolder } from '../../../support/media.ts';
import { chunk, makeWebpAnimation, stillData, type WebpSpec, webpAnimation } from '../../../support/webp.ts';

const scratch = scratchFolder('webp');
afterAll(() => scratch.remove());
const at = (name: string) => path.join(scratch.folder, name);
let made = 0;
const file = (spec: WebpSpec | Buffer): string => {
  made += 1;
  const name = at(`${made}.webp`);
  if (Buffer.isBuffer(spec)) writeFileSync(name, spec);
  else makeWebpAnimation(name, spec);
  return name;
};

async function pixelsAt(source: WebpSource, timeMs: number): Promise<Pixels> {
  const { image } = await source.pictureAt(timeMs * 1000);
  const { width, height } = image;
  return new Pixels(width, height, image.getContext('2d').getImageData(0, 0, width, height).data);
}

async function played<T>(spec: WebpSpec | Buffer, look: (source: WebpSource) => Promise<T>, still = false): Promise<T> {
  const source = await WebpSource.open(file(spec), still);
  try {
    return await look(source);
  } finally {
    await source.close();
  }
}

const colors = ['#ff0000', '#00ff00', '#0000ff'];
const [red, green, blue, nothing] = [
  [255, 0, 0, 255],
  [0, 255, 0, 255],
  [0, 0, 255, 255],
  [0, 0, 0, 0],
];
const three: WebpSpec = { frames: colors.map((color, index) => ({ color, durationMs: 100 * (index + 1) })) };

describe('an animated webp', () => {
  it('shows every frame for its own time and begins again', async () => {
    const seen = await played(three, async (source) => {
      const found: (readonly number[])[] = [];
      for (const time of [0, 99, 100, 299, 300, 598, 600, 700]) found.push((await pixelsAt(source, time)).at(8, 8));
      return found;
    });
    // A frame that begins less than 1 ms later is meant: times of drafts are whole µs.
    expect(seen).toEqual([red, green, green, blue, blue, blue, red, green]);
  });

  it('shows the same picture whether it was reached in order, by a jump ahead or back', async () => {
    const drawn = (color: string, x: number) => ({ color, x, y: 0, width: 4, height: 16 });
    const spec: WebpSpec = {
      frames: [
        { color: '#fff' },
        drawn('#f00', 0),
        { ...drawn('#0f0', 4), clears: true },
        { color: '#00f', blend: false, clears: true },
        drawn('#f00', 8),
        drawn('#0f0', 12),
      ],
    };
    const data = async (source: WebpSource, index: number) => (await pixelsAt(source, index * 100 + 50)).data;
    const inOrder = await played(spec, async (source) => {
      const all: Uint8ClampedArray[] = [];
      for (let index = 0; index < 6; index += 1) all.push(await data(source, index));
      return all;
    });
    expect(new Set(inOrder.map(String)).size).toBe(6);
    await played(spec, async (source) => {
      for (const index of [5, 0, 3, 2, 4, 1, 5, 5, 2]) expect(await data(source, index)).toEqual(inOrder[index]);
    });
  });

  it('puts frames at their places, over or instead of what is there, and clears what asks for it', async () => {
    const half = { x: 8, y: 0, width: 8, height: 16 };
    const seen = await played(
      {
        frames: [
          { color: '#ff0000' },
          { ...half, color: 'rgba(0,0,255,0.5)' },
          { ...half, color: 'rgba(0,255,0,0)', blend: false },
          { ...half, color: '#0000ff', clears: true },
          { x: 0, y: 0, width: 2, height: 2, color: '#00ff00' },
        ],
      },
      async (source) => {
        const found: (readonly number[])[][] = [];
        for (let index = 0; index < 5; index += 1) {
          const pixels = await pixelsAt(source, index * 100);
          found.push([pixels.at(1, 1), pixels.at(4, 8), pixels.at(12, 8)]);
        }
        return found;
      },
    );
    expect(seen[0]).toEqual([red, red, red]);
    expect(seen[1]?.[1]).toEqual(red);
    const [r = 0, g, b = 0, a] = seen[1]?.[2] ?? [];
    expect([g, a]).toEqual([0, 255]);
    expect(Math.abs(r - 127)).toBeLessThan(3);
    expect(Math.abs(b - 128)).toBeLessThan(3);
    expect(seen[2]).toEqual([red, red, nothing]);
    expect(seen[3]).toEqual([red, red, blue]);
    expect(seen[4]).toEqual([green, red, nothing]);
  });

  it('is transparent where its frames are, lossy ones too', async () => {
    const draw: NonNullable<WebpSpec['frames'][0]['draw']> = (context) => {
      context.fillStyle = '#0000ff';
      context.fillRect(0, 0, 8, 16);
    };
    for (const lossy of [false, true]) {
      const pixels = await played({ frames: [{ draw, lossy }] }, (source) => pixelsAt(source, 0));
      expect(pixels.at(12, 8)[3]).toBe(0);
      const [r, g, b, a] = pixels.at(3, 8);
      expect([r < 20, g < 20, b > 235, a]).toEqual([true, true, true, 255]);
    }
  });

  it('gives frames without a time the tenth of a second that browsers give them', async () => {
    const spec: WebpSpec = { frames: colors.map((color) => ({ color, durationMs: 0 })) };
    const seen = await played(spec, async (source) => [
      (await pixelsAt(source, 50)).at(8, 8),
      (await pixelsAt(source, 150)).at(8, 8),
      (await pixelsAt(source, 250)).at(8, 8),
      (await pixelsAt(source, 350)).at(8, 8),
    ]);
    expect(seen).toEqual([red, green, blue, red]);
  });

  it('stands still where the draft calls it a photo', async () => {
    expect(await played(three, async (source) => (await pixelsAt(source, 450)).at(8, 8), true)).toEqual(red);
  });
});

async function refusal(spec: WebpSpec | Buffer): Promise<string> {
  try {
    await played(spec, (source) => pixelsAt(source, 0));
    return 'none';
  } catch (error) {
    return error instanceof StationError ? `${error.code} ${error.params.reason}` : String(error);
  }
}

describe('a damaged animated webp', () => {
  it('plays as far as it goes when it ends early', async () => {
    const whole = webpAnimation(three);
    const cut = whole.subarray(0, whole.length - 10);
    expect(await played(cut, async (source) => (await pixelsAt(source, 150)).at(8, 8))).toEqual(green);
    expect(await played(cut, async (source) => (await pixelsAt(source, 350)).at(8, 8))).toEqual(red);
  });

  it('is refused when nothing of it can be shown', async () => {
    const first = webpAnimation({ frames: [{}] });
    expect(await refusal(first.subarray(0, 50))).toBe('MEDIA_UNREADABLE it has no whole frame');
    expect(await refusal({ frames: [] })).toBe('MEDIA_UNREADABLE it has no whole frame');
    const garbage = chunk('VP8L', Buffer.from('2f0fc003001122334455667788', 'hex'));
    expect(await refusal({ frames: [{ data: garbage }] })).toBe('MEDIA_UNREADABLE its first frame cannot be decoded');
    expect(await refusal(Buffer.from('RIFF\0\0\0\0WEBPVP8 '))).toBe('MEDIA_UNREADABLE it is no animated WebP picture');
  });

  it('is not decoded at a size other than its frame claims', async () => {
    const large = stillData({ width: 64, height: 64 });
    expect(await refusal({ frames: [{ data: large }] })).toContain('its first frame cannot be decoded');
    const lossy = stillData({ width: 64, height: 64, lossy: true });
    expect(await refusal({ frames: [{ data: lossy }] })).toContain('its first frame cannot be decoded');
  });

  it('keeps the picture before a frame that cannot be decoded', async () => {
    const data = stillData({ color: '#00ff00' }).fill(0xff, 14);
    const spec: WebpSpec = { frames: [{ color: '#ff0000' }, { data }, { color: '#0000ff' }] };
    const seen = await played(spec, async (source) => [
      (await pixelsAt(source, 150)).at(8, 8),
      (await pixelsAt(source, 250)).at(8, 8),
    ]);
    expect(seen).toEqual([red, blue]);
  });

  it('is refused when its canvas would fill the memory, or a frame lies outside', async () => {
    expect(await refusal({ width: 1 << 24, height: 1 << 24, frames: [{ width: 2, height: 2 }] })).toContain(
      'too large to move: 16777216x16777216',
    );
    expect(await refusal({ frames: [{ x: 8, width: 16 }] })).toBe('MEDIA_UNREADABLE it has no whole frame');
  });

  it('is refused when it has more frames than anybody could watch', async () => {
    const one = webpAnimation({ frames: [{ width: 2, height: 2 }] });
    const frame = one.subarray(12 + 18 + 14);
    const many = Buffer.concat([one, ...Array.from({ length: 20_000 }, () => frame)]);
    expect(await refusal(many)).toContain('more than 20000 frames');
  });

  it('never does worse than that, whatever byte is wrong', async () => {
    const whole = readFileSync(
      file({
        frames: [
          { lossy: true, color: '#f008' },
          { x: 4, width: 8 },
        ],
      }),
    );
    const edits = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(edits, fc.nat(whole.length), async (changed, length) => {
        const bytes = Buffer.from(whole.subarray(0, Math.max(length, 40)));
        for (const [place, value] of changed) if (place < bytes.length) bytes[place] = value;
        expect(await refusal(bytes)).toMatch(/^(?:none|MEDIA_UNREADABLE .+)$/);
      }),
      { seed: 4, numRuns: 150 },
    );
  });
});
