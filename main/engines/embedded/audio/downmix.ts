/** FFmpeg's channel bits. */
const BIT = {
  frontLeft: 0,
  frontRight: 1,
  centre: 2,
  lowFrequency: 3,
  backLeft: 4,
  backRight: 5,
  leftOfCentre: 6,
  rightOfCentre: 7,
  backCentre: 8,
  sideLeft: 9,
  sideRight: 10,
} as const;

const HALF_POWER = Math.SQRT1_2;

/** What each channel adds to left and right (ITU-R BS.775; the subwoofer channel is left out, as the standard says). */
const SHARE: Readonly<Record<number, readonly [number, number]>> = {
  [BIT.frontLeft]: [1, 0],
  [BIT.frontRight]: [0, 1],
  [BIT.centre]: [HALF_POWER, HALF_POWER],
  [BIT.lowFrequency]: [0, 0],
  [BIT.backLeft]: [HALF_POWER, 0],
  [BIT.backRight]: [0, HALF_POWER],
  [BIT.leftOfCentre]: [1, 0],
  [BIT.rightOfCentre]: [0, 1],
  [BIT.backCentre]: [0.5, 0.5],
  [BIT.sideLeft]: [HALF_POWER, 0],
  [BIT.sideRight]: [0, HALF_POWER],
};

/** Layouts for files that only say how many channels they have. */
const USUAL: Readonly<Record<number, bigint>> = {
  3: 0x7n,
  4: 0x33n,
  5: 0x37n,
  6: 0x3fn,
  7: 0x13fn,
  8: 0x63fn,
};

/** A mask that fits the channel count: the given one, else the usual layout, else the first `channels` bits. */
export function channelMask(channels: number, mask: bigint): bigint {
  if (bitsOf(mask).length === channels) return mask;
  if (channels === 1) return 0x4n;
  if (channels === 2) return 0x3n;
  return USUAL[channels] ?? (1n << BigInt(channels)) - 1n;
}

/**
 * Coefficients of left, then of right, one for each channel in order. Mono goes to both sides at its own level, stereo
 * passes unchanged, and more channels keep the loudness that they have together (ITU-R BS.1770); what that lifts above
 * full scale is the limiter's.
 */
export function stereoMatrix(channels: number, mask: bigint): { left: number[]; right: number[] } {
  if (channels === 1) return { left: [1], right: [1] };
  const bits = bitsOf(channelMask(channels, mask));
  const shares = bits.map((bit) => SHARE[bit] ?? [0.5, 0.5]);
  return { left: shares.map(([left]) => left), right: shares.map(([, right]) => right) };
}

function bitsOf(mask: bigint): number[] {
  const bits: number[] = [];
  for (let bit = 0; bit < 64; bit += 1) if ((mask >> BigInt(bit)) & 1n) bits.push(bit);
  return bits;
}
