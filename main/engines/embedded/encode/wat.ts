/** An expression of WebAssembly's text format: a word, or a list in brackets. */
type Expression = string | readonly Expression[];

/** What follows an instruction's code. */
type Immediate = 'none' | 'local' | 'label' | 'number' | 'numbers' | 'lane' | 'address' | 'address lane';

// WebAssembly Core Specification 2.0, 5.4. Those of vectors are 0xfd and a number.
const vector = 0xfd00;
const instructions: Readonly<Record<string, readonly [code: number, follows: Immediate]>> = {
  br_if: [0x0d, 'label'],
  'local.get': [0x20, 'local'],
  'local.set': [0x21, 'local'],
  'local.tee': [0x22, 'local'],
  'i32.const': [0x41, 'number'],
  'i32.lt_u': [0x49, 'none'],
  'i32.add': [0x6a, 'none'],
  'i32.sub': [0x6b, 'none'],
  'v128.load': [vector + 0x00, 'address'],
  'v128.store': [vector + 0x0b, 'address'],
  'v128.const': [vector + 0x0c, 'numbers'],
  'i8x16.swizzle': [vector + 0x0e, 'none'],
  'i16x8.splat': [vector + 0x10, 'none'],
  'i32x4.splat': [vector + 0x11, 'none'],
  'i32x4.extract_lane': [vector + 0x1b, 'lane'],
  'v128.and': [vector + 0x4e, 'none'],
  'v128.load16_lane': [vector + 0x55, 'address lane'],
  'v128.store32_lane': [vector + 0x5a, 'address lane'],
  'i8x16.narrow_i16x8_u': [vector + 0x66, 'none'],
  'i16x8.narrow_i32x4_s': [vector + 0x85, 'none'],
  'i16x8.extend_low_u8x16': [vector + 0x89, 'none'],
  'i16x8.extend_high_u8x16': [vector + 0x8a, 'none'],
  'i16x8.shr_u': [vector + 0x8d, 'none'],
  'i16x8.add': [vector + 0x8e, 'none'],
  'i16x8.mul': [vector + 0x95, 'none'],
  'i32x4.shl': [vector + 0xab, 'none'],
  'i32x4.shr_s': [vector + 0xac, 'none'],
  'i32x4.shr_u': [vector + 0xad, 'none'],
  'i32x4.add': [vector + 0xae, 'none'],
  'i32x4.sub': [vector + 0xb1, 'none'],
  'i32x4.mul': [vector + 0xb5, 'none'],
  'i32x4.dot_i16x8_s': [vector + 0xba, 'none'],
};
const types: Readonly<Record<string, number>> = { i32: 0x7f, v128: 0x7b };
const [loopCode, noResult, end] = [0x03, 0x40, 0x0b];

/**
 * Assembles a module of one function without a result, in the text format of WebAssembly with folded instructions (those of
 * `instructions`, and `loop`). The module wants a memory as `host.memory` and gives the function as `run`.
 * @throws Error for a text that is no such function
 */
export function assembleFunction(text: string): Uint8Array<ArrayBuffer> {
  const [, ...parts] = expect(parse(text)[0]);
  const params = parts.filter((part) => head(part) === 'param').map(declared);
  const locals = parts.filter((part) => head(part) === 'local').map(declared);
  const names = [...params, ...locals].map(({ name }) => name);
  const body = parts.filter((part) => !['param', 'local'].includes(head(part))).flatMap((part) => emit(part, names));
  const code = [...vectorOf(locals.map(({ type }) => [1, type])), ...body, end];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [0x60, ...vectorOf(params.map(({ type }) => [type])), 0]),
    ...section(2, [...name('host'), ...name('memory'), 0x02, 0x00, 0x00]),
    ...section(3, [0]),
    ...section(7, [...name('run'), 0x00, 0]),
    ...section(10, [...unsigned(code.length), ...code]),
  ]);
}

function parse(text: string): readonly Expression[] {
  const words = text.match(/[()]|[^\s()]+/g) ?? [];
  let next = 0;
  const list = (): Expression[] => {
    const found: Expression[] = [];
    for (let word = words[next++]; word !== undefined && word !== ')'; word = words[next++])
      found.push(word === '(' ? list() : word);
    return found;
  };
  return list();
}

/** Operands first, then what is done with them. */
function emit(expression: Expression, locals: readonly string[]): number[] {
  const [operation = '', ...rest] = expect(expression);
  const operands = rest.filter((part) => typeof part !== 'string').flatMap((part) => emit(part, locals));
  if (operation === 'loop') return [loopCode, noResult, ...operands, end];
  const [code, follows] = instructions[String(operation)] ?? fail(operation);
  const words = rest.filter((part) => typeof part === 'string');
  const opcode = code < vector ? [code] : [0xfd, ...unsigned(code - vector)];
  return [...operands, ...opcode, ...immediates(follows, words, locals)];
}

function immediates(follows: Immediate, words: readonly string[], locals: readonly string[]): number[] {
  const [first = ''] = words;
  switch (follows) {
    case 'none':
      return [];
    case 'local':
      return locals.includes(first) ? unsigned(locals.indexOf(first)) : fail(first);
    case 'number':
      return signed(Number(first));
    // The type of the numbers comes first: always i32x4 here.
    case 'numbers':
      return [...new Uint8Array(Int32Array.from(words.slice(1), Number).buffer)];
    case 'label':
    case 'lane':
      return [Number(first)];
    // Of no known alignment, without an offset.
    case 'address':
      return [0, 0];
    case 'address lane':
      return [0, 0, Number(first)];
  }
}

function declared(part: Expression): { name: string; type: number } {
  const [, name, type] = expect(part);
  return { name: String(name), type: types[String(type)] ?? fail(type) };
}

function expect(part: Expression | undefined): readonly Expression[] {
  return typeof part === 'object' ? part : fail(part);
}

function head(part: Expression): string {
  return String(expect(part)[0]);
}

function fail(part: unknown): never {
  throw new Error(`not a part of WebAssembly known here: ${String(part)}`);
}

function section(id: number, only: readonly number[]): number[] {
  const content = vectorOf([only]);
  return [id, ...unsigned(content.length), ...content];
}

function vectorOf(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function name(text: string): number[] {
  return vectorOf([...Buffer.from(text)].map((byte) => [byte]));
}

/** LEB128: seven bits a byte, lowest first. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}
