/** Changes a clip's sound in place, block after block; what it remembers belongs to one clip. */
export interface SoundEffect {
  apply(left: Float32Array, right: Float32Array, count: number): void;
}

/** One after the other. */
export function chain(...effects: readonly SoundEffect[]): SoundEffect {
  return {
    apply(left, right, count) {
      for (const effect of effects) effect.apply(left, right, count);
    },
  };
}

/** The effect mixed with the untouched sound: 0 = none of it, 1 = only it. */
export function share(effect: SoundEffect, amount: number): SoundEffect {
  if (amount >= 1) return effect;
  let dry = { left: new Float32Array(0), right: new Float32Array(0) };
  return {
    apply(left, right, count) {
      if (dry.left.length < count) dry = { left: new Float32Array(count), right: new Float32Array(count) };
      dry.left.set(left.subarray(0, count));
      dry.right.set(right.subarray(0, count));
      effect.apply(left, right, count);
      for (let index = 0; index < count; index += 1) {
        left[index] = mixed(dry.left[index] as number, left[index] as number, amount);
        right[index] = mixed(dry.right[index] as number, right[index] as number, amount);
      }
    },
  };
}

const mixed = (dry: number, wet: number, amount: number): number => dry + (wet - dry) * amount;

/** Every sample of both channels through a function. */
export function perSample(map: (sample: number) => number): SoundEffect {
  return {
    apply(left, right, count) {
      for (const channel of [left, right])
        for (let index = 0; index < count; index += 1) channel[index] = map(channel[index] as number);
    },
  };
}
