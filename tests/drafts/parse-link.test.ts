import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDraftLink } from '../../main/drafts/index.ts';
import { StationError } from '../../main/shared/errors/index.ts';

const json =
  'https://video-snot-12220.oss-cn-shanghai.aliyuncs.com/2025-05-28/draft/2f52a63b-8c6a-4417-8b01-1b2a569ccb6c.json';
const page = 'https://ts.fyshark.com/#/cozeToJianyin?drafId=';

function codeOf(link: string): string {
  try {
    parseDraftLink(link);
    return 'accepted';
  } catch (error) {
    if (error instanceof StationError) return error.code;
    throw error;
  }
}

describe('page links of the draft helper', () => {
  const spellings: readonly string[] = [
    json,
    page + json,
    page + encodeURIComponent(json),
    page + encodeURIComponent(encodeURIComponent(json)),
    `"${page}${json}"`,
    `“${page}${json}”`,
    ` ${page}${json} \n`,
    `${page}${json}_`,
    `${page}${encodeURIComponent(json)}_`,
    `${page}"${json}"`,
    `${page}%22${encodeURIComponent(json)}%22`,
    `${page} ${json} `,
    `\u200b${page}\ufeff${json}\u200b`,
    `${page.replace('drafId', 'draftId')}${json}`,
    `${page.replace('drafId', 'DRAFID')}${json}`,
    `${page}${json}&from=coze`,
    `${page}${encodeURIComponent(json)}&from=coze`,
    encodeURIComponent(page + json),
    `https://ts.fyshark.com/#/cozeToJianyin?from=x&drafId=${json}`,
    `https://ts.fyshark.com/?drafId=${json}`,
    `jianyingAssistant://open?drafId=${json}`,
    `${json}_`,
    `${json}#top`,
    json.replace('https://', 'HTTPS://'),
    json.replace('video-snot', 'VIDEO-snot'),
    json.replace('.com/', '.com:443/'),
    json.replace('.com/', '.com./'),
    json.replace('draft/', '%64raft/'),
    `${json}?Expires=1700000000&OSSAccessKeyId=LTAI&Signature=abc%3D`,
    `${json}?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=a&x-oss-date=b&x-oss-expires=1&x-oss-signature=c`,
    `<${page}${json}>`,
  ];

  it.each(spellings)('%s is the one draft', (spelling) => {
    expect(parseDraftLink(spelling).key).toBe(parseDraftLink(json).key);
  });

  it('lead to the address that is fetched', () => {
    expect(parseDraftLink(page + encodeURIComponent(json))).toMatchObject({ kind: 'url', url: json });
  });

  it('keep the signature of the address inside', () => {
    const signed = `${json}?Expires=1&Signature=a%2Bb%3D`;
    expect(parseDraftLink(page + encodeURIComponent(signed))).toMatchObject({ url: signed });
    expect(parseDraftLink(page + signed)).toMatchObject({ url: signed });
  });

  it.each([
    '7434912345678901234',
    'drafId=7434912345678901234',
    'draftId=7434912345678901234',
    `${page}7434912345678901234`,
    `${page}%227434912345678901234%22`,
    `${page}7434912345678901234_`,
    `'${page} 7434912345678901234'`,
  ])('%s is the id in the library', (link) => {
    expect(parseDraftLink(link)).toEqual({
      kind: 'library',
      key: 'library:7434912345678901234',
      id: '7434912345678901234',
    });
  });
});

describe('links of other services', () => {
  const mate = 'https://capcut-mate.jcaigc.cn/openapi/capcut-mate/v1/get_draft?draft_id=2025092811473036584258';

  it('capcut-mate on any host, whatever else is in the query', () => {
    expect(parseDraftLink(mate)).toMatchObject({ kind: 'capcut-mate', draftId: '2025092811473036584258', url: mate });
    expect(parseDraftLink(`${mate}&apiKey=secret`).key).toBe(parseDraftLink(mate).key);
    expect(parseDraftLink(mate.replace('get_draft?', 'get_draft/?')).key).toBe(parseDraftLink(mate).key);
    expect(parseDraftLink(mate).key).not.toContain('secret');
    expect(parseDraftLink('http://10.0.0.7:30000/get_draft?draft_id=20251126212753cab03392').kind).toBe('capcut-mate');
  });

  it('the same id on another host is another draft', () => {
    const other = mate.replace('capcut-mate.jcaigc.cn', 'render.example.com');
    expect(parseDraftLink(other).key).not.toBe(parseDraftLink(mate).key);
  });

  it('a preview page is refused with what to do instead', () => {
    expect(codeOf('https://www.capcutapi.top/draft/downloader?draft_id=dfd_cat_1757258119_1bafc9b8&is_capcut=0')).toBe(
      'DRAFT_LINK_PREVIEW',
    );
    expect(codeOf('https://player.example.com/?draft_id=dfd_cat_1757258119_1bafc9b8')).toBe('DRAFT_LINK_PREVIEW');
    expect(parseDraftLink('https://oss.example.com/dfd_cat_1757258119_1bafc9b8.zip').kind).toBe('url');
  });
});

describe('links to this machine', () => {
  it.each([
    ['/srv/drafts/one', '/srv/drafts/one/'],
    ['/srv/drafts/one', 'file:///srv/drafts/one'],
    ['/srv/drafts/one', 'file://localhost/srv/drafts/one/'],
    ['/srv/drafts/one', '/srv/drafts/two/../one/draft_content.json'],
    ['/srv/草稿 1', 'file:///srv/%E8%8D%89%E7%A8%BF%201'],
    ['C:\\Drafts\\One', 'c:/drafts/one/'],
    ['C:\\Drafts\\One', 'file:///C:/Drafts/One/draft_info.json'],
    ['C:\\Drafts\\One', '"C:\\Drafts\\One"'],
  ])('%s is %s', (one, other) => {
    expect(parseDraftLink(one)).toMatchObject({ kind: 'local' });
    expect(parseDraftLink(other).key).toBe(parseDraftLink(one).key);
  });

  it('upper and lower case are two folders outside Windows', () => {
    expect(parseDraftLink('/srv/One').key).not.toBe(parseDraftLink('/srv/one').key);
  });
});

describe('what is no draft link', () => {
  it.each([
    ['', 'DRAFT_LINK_UNRECOGNISED'],
    ['   ', 'DRAFT_LINK_UNRECOGNISED'],
    ['你好', 'DRAFT_LINK_UNRECOGNISED'],
    ['a b', 'DRAFT_LINK_UNRECOGNISED'],
    ['https://', 'DRAFT_LINK_UNRECOGNISED'],
    ['https://example.com', 'DRAFT_LINK_UNRECOGNISED'],
    [`${page}`, 'DRAFT_LINK_UNRECOGNISED'],
    [`${page}../../etc`, 'DRAFT_LINK_UNRECOGNISED'],
    [`${page}${'a'.repeat(65)}`, 'DRAFT_LINK_UNRECOGNISED'],
    ['https://ts.fyshark.com/#/cozeToJianyin', 'DRAFT_LINK_UNRECOGNISED'],
    [`https://example.com/${'a'.repeat(9000)}`, 'DRAFT_LINK_UNRECOGNISED'],
    ['ftp://example.com/draft.zip', 'DRAFT_LINK_SCHEME'],
    ['javascript:alert(1)', 'DRAFT_LINK_SCHEME'],
    ['https://user:word@example.com/draft.zip', 'DRAFT_LINK_CREDENTIALS'],
    ['\\\\nas\\drafts\\one', 'DRAFT_LINK_NETWORK_SHARE'],
    ['//nas/drafts/one', 'DRAFT_LINK_NETWORK_SHARE'],
    ['file://nas/drafts/one', 'DRAFT_LINK_NETWORK_SHARE'],
    ['file:////nas/drafts/one', 'DRAFT_LINK_NETWORK_SHARE'],
  ])('%s is %s', (link, code) => {
    expect(codeOf(link)).toBe(code);
  });

  it('does not repeat secrets of the link in its sentence', () => {
    try {
      parseDraftLink('ftp-like junk?token=secret');
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain('secret');
    }
  });
});

describe('any text at all', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      page,
      json,
      'drafId=',
      'draft_id=',
      'https://',
      'http:',
      'file://',
      '#/',
      '?',
      '&',
      '%22',
      '%',
      '%2',
      '%253A',
      '"',
      '_',
      '\\\\',
      '..',
      '/',
      'C:\\',
      '\0',
      '\u200b',
      'get_draft',
      'dfd_cat_1_a',
      '[::1]',
      '@',
      '7434912345678901234',
    ),
  );
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

  it('is a link or a StationError, and a link is stable under parsing and ornaments', () => {
    fc.assert(
      fc.property(text, (raw) => {
        if (codeOf(raw) !== 'accepted') return;
        const link = parseDraftLink(raw);
        expect(link.key).not.toBe('');
        expect(parseDraftLink(`  "${raw}"\u200b\n`).key).toBe(link.key);
        if (link.kind === 'url') expect(parseDraftLink(link.url).key).toBe(link.key);
        if (link.kind === 'library') expect(parseDraftLink(link.id)).toEqual(link);
      }),
      { seed: 20261128, numRuns: 10_000 },
    );
  });

  it('every web address keeps its key behind a page link, encoded or not', () => {
    const address = fc.webUrl({ withQueryParameters: true }).filter((url) => codeOf(url) === 'accepted');
    fc.assert(
      fc.property(address, (url) => {
        const direct = parseDraftLink(url);
        expect(parseDraftLink(page + encodeURIComponent(url)).key).toBe(direct.key);
      }),
      { seed: 20261128, numRuns: 3000 },
    );
  });

  it.each(['"', ' ', '_', '\\', '%22', '%20', '\u200b', '/', '../', '&a=b', '.json_', 'drafId='])(
    'thousands of %j are understood at once',
    (piece) => {
      const run = piece.repeat(Math.floor(8000 / piece.length));
      const slowest = [`https://a.com/${run}a`, `${page}${run}a`, `a${run}a`, `/${run}a`, `C:\\${run}a`, run].map(
        (raw) => {
          const times = [1, 2, 3].map(() => {
            const started = performance.now();
            codeOf(raw);
            return performance.now() - started;
          });
          return Math.min(...times);
        },
      );
      expect(Math.max(...slowest)).toBeLessThan(25);
    },
  );
});
