import { SearchOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTerminal, type Task } from '../../../main/shared/task.ts';
import type { LogLine } from '../../../main/shared/task-query.ts';
import { usePreferences } from '../../app/preferences.ts';
import { fetchLog } from '../../station/calls.ts';
import { filterLog, type LogLevel, lineText, logLevels } from './log-lines.ts';

const linesShown = 2000;
const pollMs = 1000;

/** The task's log as it grows; it follows the end while the reader is there. */
export function LogView({ task }: { task: Task }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const lines = useLog(task);
  const [level, setLevel] = useState<LogLevel>('info');
  const [text, setText] = useState('');
  const { shown, cut } = useMemo(
    () => filterLog(lines, level, text, linesShown, language),
    [lines, level, text, language],
  );
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new line moves the end.
  useEffect(() => {
    if (atEnd.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [shown]);
  return (
    <div className="log">
      <div className="log-bar">
        <Input
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          aria-label={t('log.filter')}
          placeholder={t('log.filter')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Select
          aria-label={t('log.level')}
          value={level}
          onChange={setLevel}
          options={logLevels.map((value) => ({ value, label: t(`log.levels.${value}`) }))}
        />
        {!isTerminal(task.state) && <span className="log-live">{t('log.live')}</span>}
      </div>
      {cut && <p className="field-help">{t('log.latest', { count: linesShown })}</p>}
      <div
        ref={box}
        className="log-lines"
        role="log"
        aria-label={t('log.label')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to take the focus.
        tabIndex={0}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
        }}
      >
        {shown.length === 0 && <p className="field-help">{lines.length === 0 ? t('log.empty') : t('log.noMatch')}</p>}
        {shown.map((line, index) => (
          // Lines are only ever added at the end, so their place names them.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above.
          <div key={index} className={`log-line is-${line.level}`}>
            <time dateTime={line.time}>{new Date(line.time).toTimeString().slice(0, 8)}</time>
            <span>{lineText(line, language)}</span>
            {line.data !== undefined && <code>{JSON.stringify(line.data)}</code>}
          </div>
        ))}
      </div>
    </div>
  );
}

/** All lines so far; while the task is alive the new ones are asked for every second. */
function useLog(task: Task): readonly LogLine[] {
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  const known = useRef(0);
  const over = isTerminal(task.state);
  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const more = async () => {
      const answer = await fetchLog(task.id, known.current).catch(() => null);
      if (ended) return;
      if (answer !== null && answer.lines.length > 0) {
        known.current = answer.next;
        setLines((before) => [...before, ...answer.lines]);
      }
      if (!over) timer = setTimeout(more, pollMs);
    };
    void more();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [task.id, over]);
  return lines;
}
