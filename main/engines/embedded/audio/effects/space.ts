import type { SoundEffect } from './effect.ts';

/** Sound that was written some samples ago. */
class Delay {
  readonly #samples: Float32Array;
  #at = 0;

  constructor(length: number) {
    this.#samples = new Float32Array(Math.max(1, Math.round(length)));
  }

  /** What was written a whole length ago. */
  get past(): number {
    return this.#samples[this.#at] as number;
  }

  write(sample: number): void {
    // Neither a damaged sample nor the smallest numbers go round for ever.
    this.#samples[this.#at] = Math.abs(sample) < 1e3 && Math.abs(sample) > 1e-15 ? sample : 0;
    this.#at = (this.#at + 1) % this.#samples.length;
  }
}

/** Repeats, each a share of the one before and duller. */
export function echo(rate: number, seconds: number, feedback: number, loudness: number): SoundEffect {
  const delays = [new Delay(seconds * rate), new Delay(seconds * rate)] as const;
  const dull = [0, 0];
  return {
    apply(left, right, count) {
      for (const [side, channel] of [left, right].entries()) {
        const delay = delays[side as 0 | 1];
        let damped = dull[side] as number;
        for (let index = 0; index < count; index += 1) {
          const sample = channel[index] as number;
          damped += (delay.past - damped) * 0.55;
          delay.write(sample + damped * feedback);
          channel[index] = sample + damped * loudness;
        }
        dull[side] = damped;
      }
    },
  };
}

/** Lengths of Schroeder's combs and all-passes, ms; the right ear hears a slightly other room. */
const combs = [29.7, 37.1, 41.1, 43.7, 31.3, 46.9];
const passes = [5, 1.7];
const otherEar = 1.013;

/**
 * A room after M. R. Schroeder (1962): combs that ring, all-passes that scatter.
 * @param seconds until the sound has fallen by 60 dB
 * @param brightness 0..1, how much of the high tones the walls give back
 * @param loudness of the room against the sound itself
 */
export function room(rate: number, seconds: number, brightness: number, loudness: number): SoundEffect {
  const ears = [1, otherEar].map((stretch) => ({
    combs: combs.map((ms) => ({
      delay: new Delay((ms * stretch * rate) / 1000),
      feedback: 10 ** ((-3 * ms * stretch) / 1000 / seconds),
      dull: 0,
    })),
    passes: passes.map((ms) => new Delay((ms * stretch * rate) / 1000)),
  }));
  return {
    apply(left, right, count) {
      for (const [side, channel] of [left, right].entries()) {
        const ear = ears[side];
        if (ear === undefined) continue;
        for (let index = 0; index < count; index += 1) {
          const sample = channel[index] as number;
          let ringing = 0;
          for (const comb of ear.combs) {
            comb.dull += (comb.delay.past - comb.dull) * (0.25 + 0.75 * brightness);
            comb.delay.write(sample + comb.dull * comb.feedback);
            ringing += comb.dull;
          }
          ringing /= combs.length;
          for (const pass of ear.passes) {
            const past = pass.past;
            const into = ringing + past * 0.7;
            pass.write(into);
            ringing = past - into * 0.7;
          }
          channel[index] = sample + ringing * loudness;
        }
      }
    },
  };
}

/** Goes round the listener. */
export function around(rate: number, perSecond: number): SoundEffect {
  let at = 0;
  return {
    apply(left, right, count) {
      for (let index = 0; index < count; index += 1, at += 1) {
        const place = Math.sin((2 * Math.PI * perSecond * at) / rate) * 0.9;
        const middle = ((left[index] as number) + (right[index] as number)) / 2;
        left[index] = middle * Math.sqrt(1 - place);
        right[index] = middle * Math.sqrt(1 + place);
      }
    },
  };
}

/** Wider than it is: the difference of the sides louder, and a little of each side late on the other. */
export function wide(rate: number, amount: number): SoundEffect {
  const late = new Delay(0.013 * rate);
  return {
    apply(left, right, count) {
      for (let index = 0; index < count; index += 1) {
        const middle = ((left[index] as number) + (right[index] as number)) / 2;
        const side = ((left[index] as number) - (right[index] as number)) / 2;
        const apart = side * (1 + 0.6 * amount) + late.past * 0.35 * amount;
        late.write(middle);
        left[index] = middle + apart;
        right[index] = middle - apart;
      }
    },
  };
}

/** Pitch that trembles. */
export function vibrato(rate: number, perSecond: number, depthSeconds: number): SoundEffect {
  const size = Math.ceil(depthSeconds * 2 * rate) + 4;
  const past = [new Float32Array(size), new Float32Array(size)] as const;
  let at = 0;
  return {
    apply(left, right, count) {
      for (let index = 0; index < count; index += 1, at += 1) {
        const back = depthSeconds * rate * (1 - Math.cos((2 * Math.PI * perSecond * at) / rate));
        for (const [side, channel] of [left, right].entries()) {
          const line = past[side as 0 | 1];
          line[at % size] = channel[index] as number;
          const whole = Math.floor(back);
          const near = line[(at - whole + size) % size] as number;
          const far = line[(at - whole - 1 + size) % size] as number;
          channel[index] = near + (far - near) * (back - whole);
        }
      }
    },
  };
}
