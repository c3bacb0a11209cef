import { describe, expect, test } from 'vitest';
import { assembleFunction } from '../../../../main/engines/embedded/encode/wat.ts';

describe('a function in the text format of WebAssembly', () => {
  test('becomes the bytes that the format asks for', () => {
    const bytes = assembleFunction(`(func (param $a i32) (local $v v128)
      (local.set $v (i32x4.splat (i32.add (local.get $a) (i32.const -1000)))))`);
    expect(Buffer.from(bytes).toString('hex')).toBe(
      [
        '0061736d01000000',
        // One type: a number in, nothing out.
        '0105' + '01' + '60017f00',
        '0210' + '01' + '04686f7374' + '066d656d6f7279' + '020000',
        '0302' + '0100',
        '0707' + '01' + '0372756e' + '0000',
        // local.get 0, i32.const -1000, i32.add, i32x4.splat, local.set 1
        '0a10' + '01' + '0e' + '01017b' + '2000' + '419878' + '6a' + 'fd11' + '2101' + '0b',
      ].join(''),
    );
  });

  test.each([
    ['an unknown instruction', '(func (i64.add))'],
    ['an unknown local', '(func (param $a i32) (local.set $b (local.get $a)))'],
    ['an unknown type', '(func (param $a f32))'],
    ['no function at all', 'func'],
  ])('%s is said to be none', (_, text) => {
    expect(() => assembleFunction(text)).toThrow('not a part of WebAssembly');
  });
});
