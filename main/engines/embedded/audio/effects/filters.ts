import { perSample, type SoundEffect } from './effect.ts';

/** Second-order filters after the Audio EQ Cookbook (R. Bristow-Johnson, W3C note). */
interface Coefficients {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number, number];
}

const butterworth = Math.SQRT1_2;

function biquad({ b, a }: Coefficients): SoundEffect {
  const [b0, b1, b2] = b.map((value) => value / a[0]) as [number, number, number];
  const [, a1, a2] = a.map((value) => value / a[0]) as [number, number, number];
  const states = [new Float64Array(2), new Float64Array(2)];
  return {
    apply(left, right, count) {
      for (const [side, channel] of [left, right].entries()) {
        const state = states[side] as Float64Array;
        let [s1, s2] = state as unknown as [number, number];
        for (let index = 0; index < count; index += 1) {
          const input = channel[index] as number;
          const output = b0 * input + s1;
          s1 = b1 * input - a1 * output + s2;
          s2 = b2 * input - a2 * output;
          channel[index] = output;
        }
        // A damaged sample must not silence everything after it, nor the smallest numbers slow everything down.
        state[0] = Math.abs(s1) < 1e3 && Math.abs(s1) > 1e-20 ? s1 : 0;
        state[1] = Math.abs(s2) < 1e3 && Math.abs(s2) > 1e-20 ? s2 : 0;
      }
    },
  };
}

function angles(rate: number, hertz: number, q: number): { cos: number; alpha: number } {
  const omega = (2 * Math.PI * Math.min(hertz, rate * 0.45)) / rate;
  return { cos: Math.cos(omega), alpha: Math.sin(omega) / (2 * q) };
}

export function lowPass(rate: number, hertz: number, q = butterworth): SoundEffect {
  const { cos, alpha } = angles(rate, hertz, q);
  return biquad({ b: [(1 - cos) / 2, 1 - cos, (1 - cos) / 2], a: [1 + alpha, -2 * cos, 1 - alpha] });
}

export function highPass(rate: number, hertz: number, q = butterworth): SoundEffect {
  const { cos, alpha } = angles(rate, hertz, q);
  return biquad({ b: [(1 + cos) / 2, -(1 + cos), (1 + cos) / 2], a: [1 + alpha, -2 * cos, 1 - alpha] });
}

/** A bell round a frequency. */
export function peak(rate: number, hertz: number, decibels: number, q = 1): SoundEffect {
  const { cos, alpha } = angles(rate, hertz, q);
  const gain = 10 ** (decibels / 40);
  return biquad({
    b: [1 + alpha * gain, -2 * cos, 1 - alpha * gain],
    a: [1 + alpha / gain, -2 * cos, 1 - alpha / gain],
  });
}

/** Everything below (`low`) or above a frequency louder or quieter. */
export function shelf(rate: number, side: 'low' | 'high', hertz: number, decibels: number): SoundEffect {
  const { cos, alpha } = angles(rate, hertz, butterworth);
  const gain = 10 ** (decibels / 40);
  const sign = side === 'low' ? 1 : -1;
  const [up, down, root] = [gain + 1, gain - 1, 2 * Math.sqrt(gain) * alpha];
  return biquad({
    b: [
      gain * (up - sign * down * cos + root),
      sign * 2 * gain * (down - sign * up * cos),
      gain * (up - sign * down * cos - root),
    ],
    a: [up + sign * down * cos + root, sign * -2 * (down + sign * up * cos), up + sign * down * cos - root],
  });
}

/** Bends loud parts round, as an overdriven amplifier does; quiet ones stay as loud as they are. */
export const drive = (amount: number): SoundEffect => perSample((sample) => Math.tanh(sample * amount) / amount ** 0.6);

export const gain = (factor: number): SoundEffect => perSample((sample) => sample * factor);

/** Few bits and a slow clock. */
export function crush(bits: number, holdSamples: number): SoundEffect {
  const levels = 2 ** (bits - 1);
  const held = [0, 0];
  let at = 0;
  return {
    apply(left, right, count) {
      for (let index = 0; index < count; index += 1, at += 1) {
        if (at % holdSamples === 0) {
          held[0] = Math.round((left[index] as number) * levels) / levels;
          held[1] = Math.round((right[index] as number) * levels) / levels;
        }
        left[index] = held[0] as number;
        right[index] = held[1] as number;
      }
    },
  };
}
