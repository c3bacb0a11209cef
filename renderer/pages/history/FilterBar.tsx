import { SearchOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { engineIds, taskStates } from '../../../main/shared/task.ts';
import { changeQuery } from '../../app/route.ts';
import { type HistoryFilter, isFiltered, periods } from './filter.ts';

const typingPauseMs = 250;

/** The filters; each lives in the address, so that a view can be kept as a bookmark. */
export function FilterBar({ filter }: { filter: HistoryFilter }) {
  const { t } = useTranslation();
  const set = (change: Partial<Record<keyof HistoryFilter, string | undefined>>) => changeQuery(change, true);
  return (
    <search className="filter-bar">
      <SearchBox value={filter.search} />
      <Select
        aria-label={t('history.state')}
        value={filter.state}
        onChange={(state) => set({ state })}
        options={[
          { value: '', label: t('history.allStates') },
          ...taskStates.map((value) => ({ value: value as string, label: t(`state.${value}`) })),
        ]}
      />
      <Select
        aria-label={t('history.engine')}
        value={filter.engine}
        onChange={(engine) => set({ engine })}
        options={[
          { value: '', label: t('history.allEngines') },
          ...engineIds.map((value) => ({ value: value as string, label: t(`engine.${value}`) })),
        ]}
      />
      <Select
        aria-label={t('history.time')}
        value={filter.period}
        onChange={(period) => set({ period: period === 'all' ? undefined : period })}
        options={periods.map((value) => ({ value, label: t(`history.times.${value}`) }))}
      />
      {filter.period === 'custom' && (
        <span className="filter-days">
          <Day label={t('history.from')} value={filter.from} onChange={(from) => set({ from })} />
          <Day label={t('history.to')} value={filter.to} onChange={(to) => set({ to })} />
        </span>
      )}
      <Select
        aria-label={t('history.sort')}
        value={filter.sort}
        onChange={(sort) => set({ sort: sort === 'newest' ? undefined : sort })}
        options={(['newest', 'oldest'] as const).map((value) => ({ value, label: t(`history.${value}`) }))}
      />
      {isFiltered(filter) && (
        <Button type="text" onClick={clearFilters}>
          {t('history.clear')}
        </Button>
      )}
    </search>
  );
}

export function clearFilters(): void {
  const none = { search: undefined, state: undefined, engine: undefined, period: undefined };
  changeQuery({ ...none, from: undefined, to: undefined }, true);
}

/** Asks once the typing pauses. */
function SearchBox({ value }: { value: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => changeQuery({ search: text.trim() }, true), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <Input
      allowClear
      className="filter-search"
      prefix={<SearchOutlined aria-hidden />}
      aria-label={t('history.search')}
      placeholder={t('history.search')}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <label className="filter-day">
      {label}
      <input type="date" value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
