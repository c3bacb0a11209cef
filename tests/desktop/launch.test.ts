import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLaunch, profileName } from '../../main/desktop/launch.ts';
import { parseProtocolLink } from '../../main/desktop/protocol-link.ts';

const token = 'abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE';
const link = (draft: string) => `jianying-station://render?draft_url=${encodeURIComponent(draft)}`;

describe('a start', () => {
  it('without arguments runs the own station in its usual folder', () => {
    expect(parseLaunch([])).toEqual({
      attach: null,
      dataFolder: null,
      port: null,
      hidden: false,
      draftUrl: null,
      linkUnreadable: false,
      restarts: 0,
      problem: null,
    });
  });

  it('reads its own options among those of Chromium and people', () => {
    const launch = parseLaunch([
      '--no-sandbox',
      '--user-data-dir=/x',
      '--data',
      'here',
      '--port',
      '8123',
      '--hidden',
      'x.txt',
    ]);
    expect(launch).toMatchObject({ dataFolder: path.resolve('here'), port: 8123, hidden: true, problem: null });
  });

  it('attaches by address and token, or by the window address that a station prints', () => {
    const attach = { url: 'http://192.168.1.20:8000', token };
    expect(parseLaunch(['--attach', 'http://192.168.1.20:8000/', '--token', token]).attach).toEqual(attach);
    expect(parseLaunch([`--attach=http://192.168.1.20:8000/?token=${token}`]).attach).toEqual(attach);
  });

  it.each([
    ['no address', ['--attach']],
    ['no URL', ['--attach', '192.168.1.20']],
    ['another scheme', ['--attach', `file:///c:/x?token=${token}`]],
    ['a password in it', ['--attach', 'http://me:secret@host:8000', '--token', token]],
    ['no token', ['--attach', 'http://host:8000']],
    ['a token that is none', ['--attach', 'http://host:8000', '--token', 'a b']],
    ['a port that is none', ['--port', '80x']],
    ['a port too large', ['--port', '70000']],
  ])('says what is wrong: %s', (_what, args) => {
    const { problem, attach } = parseLaunch(args);
    expect(attach).toBeNull();
    expect(problem?.zh).toMatch(/--(attach|port)/);
    expect(problem?.en).toMatch(/--(attach|port)/);
  });

  it('finds a protocol link, and reads nothing that stands behind it', () => {
    const launch = parseLaunch([
      '--data',
      'mine',
      link('https://a.example/draft?id=1'),
      '--attach',
      'http://evil:1',
      '--token',
      token,
    ]);
    expect(launch).toMatchObject({
      draftUrl: 'https://a.example/draft?id=1',
      attach: null,
      dataFolder: path.resolve('mine'),
      linkUnreadable: false,
    });
    expect(parseLaunch(['jianying-station://erase'])).toMatchObject({ draftUrl: null, linkUnreadable: true });
  });

  it('never throws, whatever is written', () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '--attach',
        '--token',
        '--data',
        '--port',
        '--hidden',
        '--restarts',
        'http://x:1',
        token,
        link('x'),
      ),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 8 }), (args) => {
        const { restarts, port } = parseLaunch(args);
        expect(restarts).toBeGreaterThanOrEqual(0);
        expect(port === null || (port >= 0 && port <= 65_535)).toBe(true);
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it('gives every watched station a profile of its own', () => {
    expect(profileName({ attach: null })).toBeNull();
    expect(profileName({ attach: { url: 'http://192.168.1.20:8000', token } })).toBe('attached-192.168.1.20_8000');
    expect(profileName({ attach: { url: 'http://[::1]:8000', token } })).toBe('attached-___1__8000');
  });
});

describe('a protocol link', () => {
  it('carries a draft in any spelling of the address', () => {
    const draft = 'https://ts.example/#/cozeToJianyin?drafId=7&x=渲染';
    expect(parseProtocolLink(link(draft))).toBe(draft);
    expect(parseProtocolLink(`JIANYING-STATION://render/?draft_url=${encodeURIComponent(draft)}`)).toBe(draft);
  });

  it.each([
    ['another scheme', 'https://render?draft_url=x'],
    ['another action', 'jianying-station://delete?draft_url=x'],
    ['a path behind it', 'jianying-station://render/x?draft_url=x'],
    ['no draft', 'jianying-station://render'],
    ['an empty draft', 'jianying-station://render?draft_url=%20'],
    ['two drafts', 'jianying-station://render?draft_url=a&draft_url=b'],
    ['a draft without end', `jianying-station://render?draft_url=${'x'.repeat(5000)}`],
    ['line breaks that would change the question', 'jianying-station://render?draft_url=a%0Ab'],
    ['letters that turn the reading direction', 'jianying-station://render?draft_url=a%E2%80%AEb'],
    ['no URL at all', 'jianying-station:'],
  ])('is refused with %s', (_what, text) => {
    expect(parseProtocolLink(text)).toBeNull();
  });
});
