import { useSyncExternalStore } from 'react';
import type { Settings } from '../../main/shared/settings.ts';
import { changeLanguage, type LanguageId } from '../locales/index.ts';
import type { Appearance } from './palette.ts';

type ThemeChoice = Settings['theme'];

/** How this window speaks and looks. A choice made here stays in this browser; else the station's settings count. */
export interface Preferences {
  readonly language: LanguageId;
  readonly theme: ThemeChoice;
}

const storageKey = 'render-station.preferences';
const listeners = new Set<() => void>();
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

let station: Preferences = { language: navigator.language.startsWith('zh') ? 'zh' : 'en', theme: 'system' };
let chosen: Partial<Preferences> = stored();
let current: Preferences = { ...station, ...chosen };

function stored(): Partial<Preferences> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    const { language, theme } = value as { language?: unknown; theme?: unknown };
    return {
      ...(language === 'zh' || language === 'en' ? { language } : {}),
      ...(theme === 'system' || theme === 'light' || theme === 'dark' ? { theme } : {}),
    };
  } catch {
    return {};
  }
}

function update(): void {
  current = { ...station, ...chosen };
  changeLanguage(current.language);
  for (const listener of listeners) listener();
}

/** A choice for this browser alone. */
export function choose(choice: Partial<Preferences>): void {
  chosen = { ...chosen, ...choice };
  keep();
  update();
}

/** What the station's settings say. `forget` when the operator has just changed them: then they count here too. */
export function followStation(settings: Pick<Settings, 'language' | 'theme'>, forget = false): void {
  station = { language: settings.language, theme: settings.theme };
  if (forget) {
    chosen = {};
    keep();
  }
  update();
}

function keep(): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(chosen));
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

export function preferences(): Preferences {
  return current;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  systemDark.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    systemDark.removeEventListener('change', listener);
  };
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

export function appearanceOf(theme: ThemeChoice): Appearance {
  if (theme === 'system') return systemDark.matches ? 'dark' : 'light';
  return theme;
}

export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribe, () => appearanceOf(current.theme));
}
