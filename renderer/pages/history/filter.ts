import { engineIds, taskStates } from '../../../main/shared/task.ts';
import type { TaskFilter } from '../../station/calls.ts';

export const periods = ['all', 'today', 'yesterday', 'week', 'month', 'custom'] as const;
export type Period = (typeof periods)[number];

/** The filters as the address keeps them. */
export interface HistoryFilter {
  readonly search: string;
  readonly state: string;
  readonly engine: string;
  readonly period: Period;
  /** Local days, `YYYY-MM-DD`, for `custom`. */
  readonly from: string;
  readonly to: string;
  readonly sort: 'newest' | 'oldest';
}

/** Reads the address; words it does not know are left out. */
export function readFilter(query: ReadonlyMap<string, string>): HistoryFilter {
  const known = <T extends string>(name: string, values: readonly T[], otherwise: T): T =>
    values.find((value) => value === query.get(name)) ?? otherwise;
  const day = (name: string) => (/^\d{4}-\d{2}-\d{2}$/.test(query.get(name) ?? '') ? (query.get(name) ?? '') : '');
  return {
    search: query.get('search') ?? '',
    state: known<string>('state', taskStates, ''),
    engine: known<string>('engine', engineIds, ''),
    period: known('period', periods, 'all'),
    from: day('from'),
    to: day('to'),
    sort: known('sort', ['newest', 'oldest'], 'newest'),
  };
}

export function isFiltered(filter: HistoryFilter): boolean {
  return filter.search !== '' || filter.state !== '' || filter.engine !== '' || filter.period !== 'all';
}

/** The same question for the station: days become moments in the reader's time zone. */
export function taskFilter(filter: HistoryFilter, nowMs: number): TaskFilter {
  const { from, to } = range(filter, nowMs);
  return {
    search: filter.search,
    state: filter.state,
    engine: filter.engine,
    sort: filter.sort,
    from: from?.toISOString(),
    to: to?.toISOString(),
  };
}

function range(filter: HistoryFilter, nowMs: number): { from?: Date | undefined; to?: Date | undefined } {
  const midnight = (daysAgo: number) => {
    const date = new Date(nowMs);
    return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysAgo);
  };
  switch (filter.period) {
    case 'all':
      return {};
    case 'today':
      return { from: midnight(0) };
    case 'yesterday':
      return { from: midnight(1), to: midnight(0) };
    case 'week':
      return { from: midnight(6) };
    case 'month':
      return { from: midnight(29) };
    case 'custom':
      return { from: startOf(filter.from, 0), to: startOf(filter.to, 1) };
  }
}

/** The beginning of a local day, some days later; undefined for an empty or impossible one. */
function startOf(day: string, later: number): Date | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const start = new Date(year, month - 1, date + later);
  return Number.isNaN(start.getTime()) ? undefined : start;
}
