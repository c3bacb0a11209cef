import type { ErrorCode, ErrorParams, ErrorRecord } from '../../shared/errors/index.ts';

/** Collects what a video does not show as Jianying would: one entry per thing, counted. */
export class Warnings {
  private readonly found = new Map<string, { code: ErrorCode; params: ErrorParams; subjects: Set<unknown> }>();

  /**
   * Notes one occurrence.
   * @param subject what it happened to (a segment): the same subject counts once
   */
  add(code: ErrorCode, params: ErrorParams, subject: unknown): void {
    const key = JSON.stringify([code, params.kind ?? '', params.name ?? '']);
    const known = this.found.get(key);
    if (known === undefined) this.found.set(key, { code, params, subjects: new Set([subject]) });
    else known.subjects.add(subject);
  }

  /** Everything noted, in order of first occurrence, `count` filled in. */
  list(): ErrorRecord[] {
    return [...this.found.values()].map(({ code, params, subjects }) => ({
      code,
      params: { ...params, count: subjects.size },
    }));
  }
}
