import { describe, expect, it } from 'vitest';
import { destination, isTrustedSender, mayOpen } from '../../main/desktop/navigation.ts';

const station = 'http://127.0.0.1:8000';

describe('where the page may go', () => {
  it.each([
    ['http://127.0.0.1:8000/', 'here'],
    ['http://127.0.0.1:8000/v1/videos/a.mp4', 'here'],
    ['http://127.0.0.1:8001/', 'system-browser'],
    ['http://127.0.0.1:8000@evil.example/', 'nowhere'],
    ['http://127.0.0.1.evil.example:8000/', 'system-browser'],
    ['https://example.com/help', 'system-browser'],
    ['https://user:pass@example.com/', 'nowhere'],
    ['file:///C:/Windows/System32/calc.exe', 'nowhere'],
    ['javascript:alert(1)', 'nowhere'],
    ['data:text/html,x', 'nowhere'],
    ['ms-settings:', 'nowhere'],
    ['jianying-station://render?draft_url=x', 'nowhere'],
    ['\\\\server\\share', 'nowhere'],
    ['', 'nowhere'],
  ])('%s leads %s', (url, expected) => {
    expect(destination(url, station)).toBe(expected);
  });
});

describe('who may ask the main process', () => {
  const page = { url: `${station}/#/queue`, isMainFrame: true, isOurWindow: true };
  it('only the station page in the main frame of our window', () => {
    expect(isTrustedSender(page, station)).toBe(true);
    expect(isTrustedSender({ ...page, isMainFrame: false }, station)).toBe(false);
    expect(isTrustedSender({ ...page, isOurWindow: false }, station)).toBe(false);
    expect(isTrustedSender({ ...page, url: 'http://127.0.0.1:8001/' }, station)).toBe(false);
    expect(isTrustedSender({ ...page, url: 'data:text/html,x' }, station)).toBe(false);
    expect(isTrustedSender({ ...page, url: '' }, station)).toBe(false);
  });
});

describe('what the system may be asked to open', () => {
  it.each(['a.mp4', 'C:\\videos\\成片.MP4', '/x/shot.png', 'task.zip'])('%s', (file) => {
    expect(mayOpen(file)).toBe(true);
  });
  it.each(['a.exe', 'a.mp4.exe', 'a.bat', 'a.lnk', 'a', '/bin/sh', 'a.mp4 ', 'a.html', 'a.js', 'a.desktop'])(
    'never %s',
    (file) => {
      expect(mayOpen(file)).toBe(false);
    },
  );
});
