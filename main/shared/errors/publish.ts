import type { ErrorEntry } from './types.ts';

export const publishErrors = {} as const satisfies Record<string, ErrorEntry>;
