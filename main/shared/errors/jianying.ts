import type { ErrorEntry } from './types.ts';

export const jianyingErrors = {} as const satisfies Record<string, ErrorEntry>;
