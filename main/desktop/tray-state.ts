import type { Language } from '../shared/errors/index.ts';
import type { LiveView } from './live-view.ts';
import { say } from './words.ts';

/** Which icon the tray shows. */
export type TrayKind = 'idle' | 'working' | 'paused' | 'problem';

export interface TrayState {
  readonly kind: TrayKind;
  readonly tooltip: string;
  /** Tasks being worked on. */
  readonly count: number;
}

/**
 * What the tray shows. A problem outranks a pause, a pause outranks work: the icon says first what needs a person.
 */
export function trayState(view: LiveView, language: Language): TrayState {
  const name = say('appName', language);
  const count = view.processing.length;
  const state = (kind: TrayKind, text: string): TrayState => ({ kind, count, tooltip: `${name} · ${text}` });
  const { queue } = view;
  if (!view.connected || queue === null) return state('problem', say('trayLost', language));
  if (queue.mode === 'paused' && queue.reason !== null) {
    return state('problem', say('trayProblem', language, { reason: queue.reason[language] }));
  }
  if (queue.mode === 'paused') return state('paused', say('trayPaused', language));
  if (queue.mode === 'draining') return state('working', say('trayDraining', language));
  const waiting = queue.counts.pending;
  const parts = [
    count > 0 ? say('trayWorking', language, { count }) : null,
    waiting > 0 ? say('trayWaiting', language, { count: waiting }) : null,
  ].filter((part) => part !== null);
  return state(count > 0 ? 'working' : 'idle', parts.join(' · ') || say('trayIdle', language));
}

/** Name of the tray's picture; while tasks are worked on, their number is in it. */
export function trayPicture({ kind, count }: Pick<TrayState, 'kind' | 'count'>): string {
  if (kind !== 'working') return `tray-${kind}.png`;
  return `tray-working-${count > 9 ? 'many' : Math.max(count, 1)}.png`;
}

export type MenuAction = 'show' | 'pause' | 'resume' | 'open-output' | 'quit';

export interface MenuLine {
  readonly action: MenuAction;
  readonly label: string;
  readonly enabled: boolean;
}

/** Lines of the tray's menu; null = a separator. */
export function trayMenu(view: LiveView, hasOutputFolder: boolean, language: Language): (MenuLine | null)[] {
  const line = (action: MenuAction, label: string, enabled: boolean): MenuLine => ({ action, label, enabled });
  const mode = view.queue?.mode;
  return [
    line('show', say('show', language), true),
    mode === 'paused'
      ? line('resume', say('resume', language), view.connected)
      : line('pause', say('pause', language), view.connected && mode === 'running'),
    line('open-output', say('openOutput', language), hasOutputFolder),
    null,
    line('quit', say('quit', language), true),
  ];
}

/** Part of the work being done that is through, for the taskbar; -1 takes the bar away. */
export function taskbarProgress(view: LiveView): { value: number; mode: 'normal' | 'paused' | 'error' } {
  const { processing } = view;
  if (!view.connected || processing.length === 0) return { value: -1, mode: 'normal' };
  const done = processing.reduce((sum, task) => sum + task.progress, 0) / (processing.length * 100);
  return { value: done, mode: view.queue?.mode === 'paused' ? 'paused' : 'normal' };
}

/**
 * What must not happen while the station works: Windows going to sleep; and, while the client is driven, the screen
 * going dark, because it may lock the session the client needs.
 */
export function wakefulness(view: LiveView): 'none' | 'prevent-app-suspension' | 'prevent-display-sleep' {
  if ((view.queue?.exporting.jianying ?? 0) > 0) return 'prevent-display-sleep';
  return view.processing.length > 0 ? 'prevent-app-suspension' : 'none';
}
