import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Statistics } from '../../../main/shared/task-query.ts';
import { useWide } from '../../components/use-width.ts';
import { axis } from './summary.ts';

const wideFrom = 600;
/** On a phone the latest days only, so that they can be told apart. */
const plots = { wide: { width: 960, days: 30 }, narrow: { width: 400, days: 14 } } as const;
const height = 240;
const left = 40;
const bottom = 26;
const top = 10;

type Day = Statistics['days'][number];

/** Completed, failed and cancelled tasks of each day, one on top of the other; the same numbers as a table for readers. */
export function DaysChart({ days }: Pick<Statistics, 'days'>) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const { width, days: count } = useWide(box, wideFrom) ? plots.wide : plots.narrow;
  const shown = days.slice(-count);
  const highest = Math.max(1, ...shown.map((day) => day.completed + day.failed + day.cancelled));
  const marks = axis(highest);
  const scale = (height - top - bottom) / (marks.at(-1) ?? 1);
  const step = (width - left) / Math.max(1, shown.length);
  const y = (value: number) => height - bottom - value * scale;
  return (
    <div className="days-chart" ref={box}>
      <ul className="legend" aria-hidden>
        {(['completed', 'failed', 'cancelled'] as const).map((state) => (
          <li key={state} className={`is-${state}`}>
            {t(`state.${state}`)}
          </li>
        ))}
      </ul>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden className="days-plot">
        <title>{t('statistics.days')}</title>
        {marks.map((mark) => (
          <g key={mark}>
            <line x1={left} x2={width} y1={y(mark)} y2={y(mark)} className="days-line" />
            <text x={left - 8} y={y(mark) + 4} textAnchor="end" className="days-text">
              {mark}
            </text>
          </g>
        ))}
        {shown.map((day, index) => (
          <DayBar
            key={day.day}
            day={day}
            x={left + index * step}
            step={step}
            scale={scale}
            label={index % 5 === (shown.length - 1) % 5}
          />
        ))}
      </svg>
      <table className="visually-hidden">
        <caption>{t('statistics.days')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('statistics.tableDay')}</th>
            <th scope="col">{t('state.completed')}</th>
            <th scope="col">{t('state.failed')}</th>
            <th scope="col">{t('state.cancelled')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <th scope="row">{day.day}</th>
              <td>{day.completed}</td>
              <td>{day.failed}</td>
              <td>{day.cancelled}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayBarProps {
  readonly day: Day;
  readonly x: number;
  readonly step: number;
  readonly scale: number;
  readonly label: boolean;
}

function DayBar({ day, x, step, scale, label }: DayBarProps) {
  const { t } = useTranslation();
  const barWidth = Math.min(24, step * 0.64);
  const at = x + (step - barWidth) / 2;
  let base = height - bottom;
  const parts = (['completed', 'failed', 'cancelled'] as const).map((state) => {
    const size = day[state] * scale;
    base -= size;
    return { state, y: base, size };
  });
  return (
    <g>
      <title>{t('statistics.dayTip', { ...day })}</title>
      {/* The whole column answers to the pointer, not only the bar. */}
      <rect x={x} y={top} width={step} height={height - bottom - top} fill="transparent" />
      {parts.map(({ state, y, size }) =>
        size > 0 ? (
          <rect key={state} x={at} y={y} width={barWidth} height={size} rx={2} className={`bar-${state}`} />
        ) : null,
      )}
      {label && (
        <text x={x + step / 2} y={height - 8} textAnchor="middle" className="days-text">
          {day.day.slice(5)}
        </text>
      )}
    </g>
  );
}
