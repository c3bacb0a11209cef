import { z } from 'zod';

const absolutePath = z.string().min(1).max(4096).refine(isAbsolute, 'an absolute path is wanted');
const startFolder = z.string().max(4096);
const extension = z.string().regex(/^[a-z0-9]{1,10}$/i, 'an extension without its dot is wanted');

/**
 * What the page may ask the main process for. Arguments are checked on the way in and answers on the way out with these
 * schemas, in the main process; the bridge takes only its types from here.
 */
export const requests = {
  pickFolder: { args: z.tuple([startFolder]), answer: z.string().nullable() },
  pickFile: { args: z.tuple([startFolder, z.array(extension).max(20)]), answer: z.string().nullable() },
  revealFile: { args: z.tuple([absolutePath]), answer: z.boolean() },
  openFile: { args: z.tuple([absolutePath]), answer: z.boolean() },
  windowInfo: {
    args: z.tuple([]),
    answer: z.object({ appVersion: z.string(), electronVersion: z.string(), hasTray: z.boolean() }),
  },
} as const;

export type RequestName = keyof typeof requests;
export type Args<Name extends RequestName> = z.infer<(typeof requests)[Name]['args']>;
export type Answer<Name extends RequestName> = z.infer<(typeof requests)[Name]['answer']>;

/** Absolute on any system: `C:\`, `\\server`, `/`. */
function isAbsolute(file: string): boolean {
  return !file.includes('\0') && /^([a-z]:[\\/]|\\\\[^\\]|\/)/i.test(file);
}
