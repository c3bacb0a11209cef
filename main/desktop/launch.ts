import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseUrl } from './parse-url.ts';
import { parseProtocolLink, protocolScheme } from './protocol-link.ts';

/** What a start of the app asks for. */
export interface Launch {
  /** A station running elsewhere to show; null = the app brings its own. */
  readonly attach: { readonly url: string; readonly token: string } | null;
  /** Of the app's own station; null = the usual one. */
  readonly dataFolder: string | null;
  /** Port of the app's own station for this run; null = as set. */
  readonly port: number | null;
  /** Started at login: stay in the tray. */
  readonly hidden: boolean;
  /** A draft that a protocol link asks to render. */
  readonly draftUrl: string | null;
  /** A protocol link was given, but says nothing that can be rendered. */
  readonly linkUnreadable: boolean;
  /** How often the app has already started itself anew after a crash. */
  readonly restarts: number;
  /** What was written wrong, for people. */
  readonly problem: { readonly zh: string; readonly en: string } | null;
}

const options = {
  attach: { type: 'string' },
  token: { type: 'string' },
  data: { type: 'string' },
  port: { type: 'string' },
  hidden: { type: 'boolean' },
  restarts: { type: 'string' },
} as const;

/**
 * Reads the app's arguments; Chromium's own switches stand between ours and are passed over. A protocol link comes from
 * any web page: what stands behind it on the command line is not read, so that a link can smuggle no arguments in.
 * @param args everything after the executable (and, in development, after the app's folder)
 */
export function parseLaunch(args: readonly string[]): Launch {
  const at = args.findIndex((arg) => arg.toLowerCase().startsWith(`${protocolScheme}:`));
  const link = at < 0 ? undefined : args[at];
  const ours = at < 0 ? args : args.slice(0, at);
  const { values } = parseArgs({ args: [...ours], options, strict: false, allowPositionals: true });
  const text = (value: string | boolean | undefined) => (typeof value === 'string' ? value : null);
  const draftUrl = link === undefined ? null : parseProtocolLink(link);
  const attached = values.attach === undefined ? null : readAttach(text(values.attach), text(values.token));
  const port = wholeNumber(text(values.port), 65_535);
  const data = text(values.data);
  return {
    attach: attached?.attach ?? null,
    dataFolder: data === null || data === '' ? null : path.resolve(data),
    port,
    hidden: values.hidden === true,
    draftUrl,
    linkUnreadable: link !== undefined && draftUrl === null,
    restarts: wholeNumber(text(values.restarts), 1000) ?? 0,
    problem: attached?.problem ?? (values.port !== undefined && port === null ? badPort : null),
  };
}

const badPort = { zh: '--port 后面要写 0 到 65535 之间的数字。', en: '--port takes a number from 0 to 65535.' };
const badAttach = {
  zh: '--attach 后面要写正在运行的渲染站地址，例如 --attach http://192.168.1.20:8000 --token <令牌>。令牌在渲染站启动时显示的窗口地址里。',
  en: '--attach takes the address of a running station, e.g. --attach http://192.168.1.20:8000 --token <token>. The token is in the window address that the station prints at its start.',
};

/** The window address that a station prints will do as well: it carries the token. */
function readAttach(written: string | null, token: string | null): Pick<Launch, 'attach' | 'problem'> {
  const url = written === null ? null : parseUrl(written);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    return { attach: null, problem: badAttach };
  }
  const given = token ?? url.searchParams.get('token') ?? '';
  if (!/^[\w-]{16,200}$/.test(given)) return { attach: null, problem: badAttach };
  return { attach: { url: url.origin, token: given }, problem: null };
}

function wholeNumber(text: string | null, largest: number): number | null {
  if (text === null || !/^\d{1,6}$/.test(text)) return null;
  return Number(text) <= largest ? Number(text) : null;
}

/**
 * The folder below the app's own that a run keeps its window state and cookies in. Each watched station has one, so
 * that windows on several stations and the app's own station run side by side.
 */
export function profileName(launch: Pick<Launch, 'attach'>): string | null {
  return launch.attach === null ? null : `attached-${new URL(launch.attach.url).host.replaceAll(/[^a-z0-9.-]/gi, '_')}`;
}
