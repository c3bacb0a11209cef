import type { Language } from '../shared/errors/index.ts';
import { say } from './words.ts';

/** Why the window has no page of the station to show. */
export type Trouble = 'unreachable' | 'refused';

/** A page of the app itself, without any script, for as long as the station does not answer. */
export function waitingPage(trouble: Trouble, url: string, language: Language): string {
  const body = say(trouble === 'refused' ? 'tokenRefused' : 'attachFailedBody', language, { url });
  const html = `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(say('appName', language))}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.7 system-ui,sans-serif;display:grid;place-content:center;height:100vh;margin:0;padding:0 10vw;text-align:center}h1{font-size:22px;font-weight:600}p{max-width:36em;margin:0 auto;text-wrap:balance;opacity:.8}</style>
<h1>${escapeHtml(say('attachFailed', language))}</h1><p>${escapeHtml(body)}</p></html>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
