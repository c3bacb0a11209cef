import { describe, expect, it } from 'vitest';
import { requests } from '../../preload/contract.ts';

describe('what the page may ask for', () => {
  it.each([
    ['revealFile', ['/videos/a.mp4']],
    ['revealFile', ['C:\\videos\\成片.mp4']],
    ['openFile', ['\\\\nas\\videos\\a.mp4']],
    ['pickFolder', ['']],
    ['pickFile', ['', ['exe']]],
    ['windowInfo', []],
  ] as const)('%s takes %j', (name, args) => {
    expect(requests[name].args.safeParse(args).success).toBe(true);
  });

  it.each([
    ['revealFile', []],
    ['revealFile', ['a.mp4']],
    ['revealFile', ['../a.mp4']],
    ['revealFile', ['/a\0.mp4']],
    ['revealFile', ['/a.mp4', 'more']],
    ['openFile', [{}]],
    ['openFile', ['https://example.com/a.mp4']],
    ['openFile', [`/${'x'.repeat(5000)}`]],
    ['pickFolder', [null]],
    ['pickFile', ['', ['../exe']]],
    ['pickFile', ['', Array(21).fill('exe')]],
    ['pickFile', ['']],
    ['windowInfo', [1]],
  ] as const)('%s refuses %j', (name, args) => {
    expect(requests[name].args.safeParse(args).success).toBe(false);
  });
});
