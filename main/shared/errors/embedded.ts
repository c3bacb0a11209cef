import type { ErrorEntry } from './types.ts';

export const embeddedErrors = {} as const satisfies Record<string, ErrorEntry>;
