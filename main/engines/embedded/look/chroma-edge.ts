/** How wide the mixed edge of a keyed picture may be: a share of its shorter side, within these pixels. */
const widthShare = 1 / 100;
const narrowest = 6;
const widest = 20;
/** From one pixel to the next, colours that leave the key by more than this (chroma, 0..1) are still mixed with it. */
const stillMixed = 0.015;
/** Numbers kept for a pixel near an edge: the subject's red, green, blue and distance there, and its own distance. */
const fields = 5;
const painted = 255;

/** Distances that differ by less than this are the same. */
const level = 0.01;
/** A mixed colour lies between the key and the subject: seen from the key, both in one direction, within this cosine. */
const sameWay = 0.93;

/** What counts as the key. */
export interface KeyColor {
  /** Its chroma, 0..1. */
  readonly blue: number;
  readonly red: number;
  /** Colours nearer than this are the key. */
  readonly inner: number;
}

/** Chroma (Cb, Cr) of a colour with channels 0..255, -0.5..0.5. */
export function chromaOf(red: number, green: number, blue: number): [number, number] {
  return [
    (-0.168736 * red - 0.331264 * green + 0.5 * blue) / 255,
    (0.5 * red - 0.418688 * green - 0.081312 * blue) / 255,
  ];
}

/**
 * Cleans the edges of a keyed picture. There, scaling, compression and the lens have mixed the subject with the backdrop:
 * such pixels are far enough from the key to stay, and would show as a line of a colour that neither side has. Going
 * inwards from what has gone, colours leave the key until the subject's own is reached; each pixel on the way takes that
 * colour, and as much opacity as it has of it. Colours that do not change on the way inwards are the subject's own,
 * however near to the key, and stay.
 */
export class EdgeCleaner {
  private readonly key: KeyColor;
  /** Per pixel: 0 = not near an edge, `painted` = cleaned, else how many pixels inwards. */
  private depth = new Uint8Array(0);
  /** Per pixel near an edge: where its numbers begin in `found`. */
  private slot = new Int32Array(0);
  private found = new Float32Array(0);

  constructor(key: KeyColor) {
    this.key = key;
  }

  /** @param keep opacity per pixel that keying leaves, 0 = gone; changed in place, as is `rgba` */
  clean(rgba: Uint8ClampedArray, keep: Uint8Array, width: number, height: number): void {
    const most = Math.min(widest, Math.max(narrowest, Math.round(Math.min(width, height) * widthShare)));
    const rings = this.ringsOf(keep, width, height, most);
    const count = rings.reduce((sum, ring) => sum + ring.length, 0);
    if (this.found.length < count * fields) this.found = new Float32Array(count * fields);
    let to = 0;
    for (let ring = rings.length; ring > 0; ring -= 1) {
      for (const pixel of rings[ring - 1] ?? []) {
        this.slot[pixel] = to;
        this.findSubject(rgba, width, height, pixel, ring, to);
        to += fields;
      }
    }
    for (const ring of rings) for (const pixel of ring) this.paint(rgba, keep, pixel);
  }

  /** Whether the last `clean` has given a pixel its subject's colour. */
  cleaned(pixel: number): boolean {
    return this.depth[pixel] === painted;
  }

  /** Pixels that stay, by how far they lie inwards from what has gone; those of the first ring touch it. */
  private ringsOf(keep: Uint8Array, width: number, height: number, most: number): number[][] {
    const { length } = keep;
    if (this.depth.length === length) this.depth.fill(0);
    else {
      this.depth = new Uint8Array(length);
      this.slot = new Int32Array(length);
    }
    const first: number[] = [];
    for (let y = 0, pixel = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1, pixel += 1) {
        if (keep[pixel] === 0) continue;
        // Beyond the picture nothing has gone: `undefined` is not 0.
        const beside = (x > 0 && keep[pixel - 1] === 0) || (x < width - 1 && keep[pixel + 1] === 0);
        if (!beside && keep[pixel - width] !== 0 && keep[pixel + width] !== 0) continue;
        this.depth[pixel] = 1;
        first.push(pixel);
      }
    }
    const rings = [first];
    for (let ring = first; ring.length > 0 && rings.length < most; ) {
      ring = this.next(ring, keep, width, rings.length + 1);
      rings.push(ring);
    }
    return rings;
  }

  private next(ring: readonly number[], keep: Uint8Array, width: number, depth: number): number[] {
    const inner: number[] = [];
    const add = (pixel: number) => {
      if (pixel < 0 || pixel >= keep.length || this.depth[pixel] !== 0 || keep[pixel] === 0) return;
      this.depth[pixel] = depth;
      inner.push(pixel);
    };
    for (const pixel of ring) {
      const x = pixel % width;
      if (x > 0) add(pixel - 1);
      if (x < width - 1) add(pixel + 1);
      add(pixel - width);
      add(pixel + width);
    }
    return inner;
  }

  /** The subject's colour at a pixel: that of the pixels further inwards while colours still leave the key, else its own. */
  private findSubject(
    rgba: Uint8ClampedArray,
    width: number,
    height: number,
    pixel: number,
    ring: number,
    to: number,
  ): void {
    const { found, depth, slot } = this;
    const own = this.distance(rgba, pixel);
    const x = pixel % width;
    const y = (pixel - x) / width;
    let [red, green, blue, far, ahead, count] = [0, 0, 0, 0, 0, 0];
    let [behind, outside] = [0, 0];
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v += 1) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u += 1) {
        const other = v * width + u;
        if (depth[other] === ring - 1) {
          behind += this.distance(rgba, other);
          outside += 1;
        }
        if (depth[other] !== ring + 1) continue;
        const from = slot[other] as number;
        red += found[from] as number;
        green += found[from + 1] as number;
        blue += found[from + 2] as number;
        far += found[from + 3] as number;
        ahead += found[from + 4] as number;
        count += 1;
      }
    }
    // Pixels may share their chroma with a neighbour (4:2:0): then the neighbour's step is theirs too.
    const step = Math.max(ahead / count - own, own < ahead / count + level ? (far - ahead) / count : 0);
    const rising = count > 0 && behind / outside < own + level && step > stillMixed;
    const at = pixel * 4;
    const mixed = rising && this.between(rgba, at, red / count, green / count, blue / count);
    found[to] = mixed ? red / count : (rgba[at] as number);
    found[to + 1] = mixed ? green / count : (rgba[at + 1] as number);
    found[to + 2] = mixed ? blue / count : (rgba[at + 2] as number);
    found[to + 3] = mixed ? far / count : own;
    found[to + 4] = own;
  }

  /** Distance of a pixel's colour from the key, chroma 0..1. */
  private distance(rgba: Uint8ClampedArray, pixel: number): number {
    const at = pixel * 4;
    const [blue, red] = chromaOf(rgba[at] as number, rgba[at + 1] as number, rgba[at + 2] as number);
    return Math.sqrt((blue - this.key.blue) ** 2 + (red - this.key.red) ** 2);
  }

  /** Whether a pixel's colour lies on the way from the key to a colour. */
  private between(rgba: Uint8ClampedArray, at: number, r: number, g: number, b: number): boolean {
    const [ownBlue, ownRed] = chromaOf(rgba[at] as number, rgba[at + 1] as number, rgba[at + 2] as number);
    const [blue, red] = chromaOf(r, g, b);
    const [ownU, ownV] = [ownBlue - this.key.blue, ownRed - this.key.red];
    const [u, v] = [blue - this.key.blue, red - this.key.red];
    return ownU * u + ownV * v > sameWay * Math.sqrt((ownU * ownU + ownV * ownV) * (u * u + v * v));
  }

  private paint(rgba: Uint8ClampedArray, keep: Uint8Array, pixel: number): void {
    const from = this.slot[pixel] as number;
    const far = this.found[from + 3] as number;
    const own = this.found[from + 4] as number;
    if (far <= own) return;
    const { inner } = this.key;
    for (let channel = 0; channel < 3; channel += 1) rgba[pixel * 4 + channel] = this.found[from + channel] as number;
    keep[pixel] = Math.round(255 * Math.min(1, Math.max(0, (own - inner) / (far - inner))));
    this.depth[pixel] = painted;
  }
}
