import { assembleFunction } from './wat.ts';

/** What is used of WebAssembly: Node's types leave it to those of browsers. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly host: { readonly memory: WasmMemory } },
  ) => {
    readonly exports: { readonly run: (...numbers: number[]) => void };
  };
};

/** A straight walk over a plane in fixed point, 65536 a sample: where it begins and how far a step leads. */
export interface Walk {
  readonly column: number;
  readonly line: number;
  readonly across: number;
  readonly down: number;
}

/** Samples read at a time. */
const group = 4;

const all = (value: number) => `(v128.const i32x4 ${value} ${value} ${value} ${value})`;
const whole = (place: string) => `(i32x4.shr_s (local.get ${place}) (i32.const 16))`;
const share = (place: string) => `(v128.and (i32x4.shr_u (local.get ${place}) (i32.const 8)) ${all(255)})`;
const firstFour = (start: string, step: string) =>
  `(i32x4.add (i32x4.splat (local.get ${start})) (i32x4.mul (i32x4.splat (local.get ${step})) (v128.const i32x4 0 1 2 3)))`;

/** Four pairs of neighbours above and four below, eight numbers each, one by one: they may lie in different rows. */
const slopingPairs = `
  (local.set $places (i32x4.add (i32x4.splat (local.get $plane))
    (i32x4.add ${whole('$columns')} (i32x4.mul (i32x4.splat (local.get $stride)) ${whole('$lines')}))))
  ${[0, 1, 2, 3]
    .map(
      (lane) => `
  (local.set $at (i32x4.extract_lane ${lane} (local.get $places)))
  (local.set $upper (v128.load16_lane ${lane} (local.get $at) (local.get $upper)))
  (local.set $lower (v128.load16_lane ${lane} (i32.add (local.get $at) (local.get $stride)) (local.get $lower)))`,
    )
    .join('')}
  (local.set $upper (i16x8.extend_low_u8x16 (local.get $upper)))
  (local.set $lower (i16x8.extend_low_u8x16 (local.get $lower)))`;

/** The same out of sixteen neighbours of one row: where from is said by a byte for each, 255 for a zero. */
const levelPairs = `
  (local.set $places ${whole('$columns')})
  (local.set $at (i32x4.extract_lane 0 (local.get $places)))
  (local.set $places (i32x4.sub (local.get $places) (i32x4.splat (local.get $at))))
  (local.set $places (i32x4.add ${all(0xff01ff00)}
    (i32x4.add (local.get $places) (i32x4.shl (local.get $places) (i32.const 16)))))
  (local.set $at (i32.add (local.get $at) (local.get $plane)))
  (local.set $upper (i8x16.swizzle (v128.load (local.get $at)) (local.get $places)))
  (local.set $lower (i8x16.swizzle
    (v128.load (i32.add (local.get $at) (local.get $stride))) (local.get $places)))`;

/** Four by four what lies between two by two samples: twice across, once down, rounded. */
const walkText = (pairs: string) => `(func
  (param $plane i32) (param $stride i32)
  (param $column i32) (param $line i32) (param $across i32) (param $down i32)
  (param $out i32) (param $end i32)
  (local $at i32)
  (local $columns v128) (local $lines v128) (local $places v128) (local $shares v128)
  (local $upper v128) (local $lower v128) (local $above v128) (local $below v128)
  (local.set $columns ${firstFour('$column', '$across')})
  (local.set $lines ${firstFour('$line', '$down')})
  (loop
    ${pairs}
    (local.set $shares ${share('$columns')})
    (local.set $shares (i32x4.add ${all(256)}
      (i32x4.sub (i32x4.shl (local.get $shares) (i32.const 16)) (local.get $shares))))
    (local.set $above (i32x4.dot_i16x8_s (local.get $upper) (local.get $shares)))
    (local.set $below (i32x4.dot_i16x8_s (local.get $lower) (local.get $shares)))
    (local.set $above (i32x4.shr_s
      (i32x4.add
        (i32x4.add (i32x4.shl (local.get $above) (i32.const 8)) ${all(32_768)})
        (i32x4.mul (i32x4.sub (local.get $below) (local.get $above)) ${share('$lines')}))
      (i32.const 16)))
    (local.set $above (i16x8.narrow_i32x4_s (local.get $above) (local.get $above)))
    (v128.store32_lane 0 (local.get $out) (i8x16.narrow_i16x8_u (local.get $above) (local.get $above)))
    (local.set $columns (i32x4.add (local.get $columns) (i32x4.shl (i32x4.splat (local.get $across)) (i32.const 2))))
    (local.set $lines (i32x4.add (local.get $lines) (i32x4.shl (i32x4.splat (local.get $down)) (i32.const 2))))
    (local.set $out (i32.add (local.get $out) (i32.const ${group})))
    (br_if 0 (i32.lt_u (local.get $out) (local.get $end)))))`;

const mixed = (half: 'low' | 'high') => `(i16x8.shr_u
  (i16x8.add (i16x8.splat (i32.const 128))
    (i16x8.add
      (i16x8.mul (i16x8.extend_${half}_u8x16 (v128.load (local.get $row))) (local.get $own))
      (i16x8.mul (i16x8.extend_${half}_u8x16 (v128.load (local.get $under))) (local.get $rest))))
  (i32.const 8))`;

/** Sixteen by sixteen a row mixed with the one below it: of 256 parts, so many of its own; rounded. */
const mixText = `(func
  (param $row i32) (param $under i32) (param $weight i32) (param $end i32)
  (local $own v128) (local $rest v128)
  (local.set $own (i16x8.splat (local.get $weight)))
  (local.set $rest (i16x8.splat (i32.sub (i32.const 256) (local.get $weight))))
  (loop
    (v128.store (local.get $row) (i8x16.narrow_i16x8_u ${mixed('low')} ${mixed('high')}))
    (local.set $under (i32.add (local.get $under) (i32.const 16)))
    (local.set $row (i32.add (local.get $row) (i32.const 16)))
    (br_if 0 (i32.lt_u (local.get $row) (local.get $end)))))`;

/** Of level walks with longer steps, a group does not lie within sixteen samples. */
const longestLevelStep = 4 * 65_536;

type Run = (
  plane: number,
  stride: number,
  column: number,
  line: number,
  across: number,
  down: number,
  out: number,
  end: number,
) => void;

type Mix = (row: number, under: number, weight: number, end: number) => void;

const pageBytes = 65_536;
/** A row is written at the start of the memory, and the one below it comes behind; no video is wider. */
const longestRow = pageBytes;

/**
 * Reads rows between the samples of a picture with vector instructions, the same bits as without them. Making one throws
 * where the processor has none.
 */
export class RowSampler {
  private readonly memory = new WebAssembly.Memory({ initial: 2 });
  private readonly runSloping: Run = this.functionOf(walkText(slopingPairs));
  private readonly runLevel: Run = this.functionOf(walkText(levelPairs));
  private readonly runMix: Mix = this.functionOf(mixText);
  private bytes = new Uint8Array(this.memory.buffer);
  /** The start of `bytes`, as long as the row last written. */
  private row = this.bytes.subarray(0, 0);
  private loaded: { readonly version: WeakRef<object>; readonly planes: readonly number[] } | null = null;

  /**
   * Takes in the planes of a picture, unless they are the very same as before.
   * @param version stands for what is in the planes now
   * @returns for each plane, what `sample` knows it by
   */
  load(planes: readonly { readonly samples: Uint8Array }[], version: object): readonly number[] {
    if (this.loaded?.version.deref() === version) return this.loaded.planes;
    let end = 2 * longestRow;
    const starts = planes.map(({ samples }) => {
      const start = end;
      end += samples.length;
      return start;
    });
    // Walks along the edge may look a little further: at nothing that counts.
    this.makeRoom(end + pageBytes);
    planes.forEach(({ samples }, index) => {
      this.bytes.set(samples, starts[index]);
    });
    this.loaded = { version: new WeakRef(version), planes: starts };
    return starts;
  }

  /**
   * What lies along a walk all of whose two by two neighbours are in the plane; up to three at its end are left out. Valid
   * until the next call.
   * @param plane as `load` said
   * @param stride samples from one of its rows to the next
   * @param count steps of the walk
   */
  sample(plane: number, stride: number, { column, line, across, down }: Walk, count: number): Uint8Array {
    const length = count - (count % group);
    // Making views takes longer than sampling short rows.
    if (this.row.length !== length) this.row = this.bytes.subarray(0, length);
    if (length === 0) return this.row;
    const start = plane + (line >> 16) * stride;
    const unscaled = across === 65_536 && down === 0;
    if (unscaled && ((column | line) & 65_535) === 0)
      this.bytes.copyWithin(0, start + (column >> 16), start + (column >> 16) + length);
    else if (down === 0 && across >= 0 && across <= longestLevelStep)
      this.runLevel(start, stride, column, line, across, down, 0, length);
    else this.runSloping(plane, stride, column, line, across, down, 0, length);
    return this.row;
  }

  /**
   * Mixes the row last sampled, where it is, with what lies below it.
   * @param under as long as the row
   * @param weight of the row, of 256
   */
  mix(under: Uint8Array, weight: number): void {
    if (under.length === 0) return;
    this.bytes.set(under, longestRow);
    this.runMix(0, longestRow, weight, under.length);
  }

  private functionOf(text: string): (...numbers: number[]) => void {
    const module = new WebAssembly.Module(assembleFunction(text));
    return new WebAssembly.Instance(module, { host: { memory: this.memory } }).exports.run;
  }

  private makeRoom(bytes: number): void {
    const missing = Math.ceil((bytes - this.bytes.length) / pageBytes);
    if (missing <= 0) return;
    this.memory.grow(missing);
    this.bytes = new Uint8Array(this.memory.buffer);
    this.row = this.bytes.subarray(0, 0);
  }
}

let shared: RowSampler | null | undefined;

/** The one of this process; null where there are no vectors. */
export function rowSampler(): RowSampler | null {
  if (shared !== undefined) return shared;
  try {
    shared = new RowSampler();
  } catch {
    shared = null;
  }
  return shared;
}
