import { createRequire } from 'node:module';

/**
 * Windows' own libraries through koffi. Loaded by `require`, lazily: this file is only ever run by the Windows child
 * process, and NODE_PATH (which the tests use) serves `require` alone.
 */
type Koffi = typeof import('koffi');
export const koffi: Koffi = createRequire(import.meta.url)('koffi');

type Library = ReturnType<Koffi['load']>;
/** A native function; numbers are 32 bit or handles, pointers are bigint or a Buffer. */
export type Native<Result, Args extends unknown[]> = (...args: Args) => Result;

/** `void *` as koffi hands it out. */
export type Pointer = bigint;

const registerArguments = 6;

/**
 * Declares a function. All get at least six parameters: under Wine a function that is a bare system call reads the fifth
 * and sixth from beyond a shorter frame and never returns; on Windows the extra ones are ignored.
 */
export function declare<Result, Args extends unknown[]>(
  library: Library,
  name: string,
  result: string,
  types: readonly string[],
): Native<Result, Args> {
  const padding = Array<string>(Math.max(0, registerArguments - types.length)).fill('intptr');
  const zeros = padding.map(() => 0);
  const call = library.func('__stdcall', name, result, [...types, ...padding]);
  return (...args) => call(...args, ...zeros) as Result;
}

export const load = (name: string): Library => koffi.load(name);

/** A UTF-16 string with its closing zero. */
export function wide(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le');
}

/** Text from a buffer of UTF-16 up to `length` units, or to the closing zero. */
export function narrow(room: Buffer, length?: number): string {
  const text = room.toString('utf16le', 0, length === undefined ? room.length : length * 2);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** Room for one pointer or handle that a function writes. */
export function pointerRoom(): Buffer {
  return Buffer.alloc(8);
}

/** Blocks this thread: the child does one thing at a time. */
export function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const kernel32 = load('kernel32.dll');
export const GetTickCount = declare<number, []>(kernel32, 'GetTickCount', 'uint32', []);
export const CloseHandle = declare<boolean, [Pointer | number]>(kernel32, 'CloseHandle', 'bool', ['intptr']);
export { kernel32 };
