import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { autostartEntry } from '../../main/desktop/autostart.ts';
import { hideTokens, writeLog } from '../../main/desktop/log.ts';
import { afterCrash } from '../../main/desktop/restart.ts';
import { waitingPage } from '../../main/desktop/waiting-page.ts';
import { tempFolder } from '../support/temp.ts';

const minute = 60_000;

describe('after a crash', () => {
  it('the app starts anew by itself, three times at most', () => {
    expect(afterCrash(minute, 0)).toEqual({ act: 'restart', restarts: 1 });
    expect(afterCrash(minute, 2)).toEqual({ act: 'restart', restarts: 3 });
    expect(afterCrash(minute, 3)).toEqual({ act: 'ask', restarts: 0 });
  });
  it('it asks when the crash came right after the start', () => {
    expect(afterCrash(4000, 0).act).toBe('ask');
  });
  it('hours of good work give it its tries back', () => {
    expect(afterCrash(120 * minute, 2)).toEqual({ act: 'restart', restarts: 1 });
  });
});

describe('the log for support', () => {
  it('keeps the token to itself', () => {
    expect(hideTokens('GET http://127.0.0.1:8000/?token=abc-_123&x=1 --token abc --token=abc')).toBe(
      'GET http://127.0.0.1:8000/?token=***&x=1 --token *** --token=***',
    );
  });
  it('grows to a limit, and the file before is kept', () => {
    const folder = tempFolder();
    const file = path.join(folder, 'desktop.log');
    writeLog(folder, 'start', new Error('no port'));
    expect(readFileSync(file, 'utf8')).toMatch(/^\d{4}-.*Z start: Error: no port/);
    writeFileSync(file, 'x'.repeat(1024 * 1024 + 1));
    writeLog(folder, 'start', 'again');
    expect(readFileSync(file, 'utf8')).toMatch(/start: again\n$/);
    expect(readFileSync(`${file}.old`, 'utf8')).toHaveLength(1024 * 1024 + 1);
    writeLog(path.join(file, 'below a file'), 'start', 'never throws');
  });
});

describe('a start at login on Linux', () => {
  it('names the program as the desktop entry rules ask', () => {
    expect(autostartEntry('/opt/Jianying Render Station/app')).toContain(
      'Exec="/opt/Jianying Render Station/app" --hidden\n',
    );
    expect(autostartEntry('/opt/100%/a"b$c')).toContain('Exec="/opt/100%%/a\\\\"b\\\\$c" --hidden\n');
  });
});

describe('the page while a station does not answer', () => {
  it('says what to check, in both languages, without any script', () => {
    const zh = decodeURIComponent(waitingPage('unreachable', 'http://192.168.1.20:8000', 'zh'));
    expect(zh).toContain('http://192.168.1.20:8000 没有应答');
    expect(zh).toContain("default-src 'none'");
    expect(zh).not.toContain('<script');
    expect(decodeURIComponent(waitingPage('refused', 'http://a:1', 'en'))).toContain('refused the token');
    expect(decodeURIComponent(waitingPage('refused', 'http://<b>', 'en'))).toContain('&lt;b>');
  });
});
