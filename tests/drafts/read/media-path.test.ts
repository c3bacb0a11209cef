import { describe, expect, it } from 'vitest';
import {
  draftFolderPlaceholder,
  localMediaPath,
  mediaPathForm,
  recoveryCandidates,
  remoteMediaUrl,
} from '../../../main/drafts/media-path.ts';

describe('where a written media path leads', () => {
  it.each([
    [`${draftFolderPlaceholder}/materials/a.mp4`, '/d/materials/a.mp4'],
    [`${draftFolderPlaceholder}\\materials\\a.mp4`, '/d/materials/a.mp4'],
    ['##_draftpath_placeholder_##\\12 34\\夜.mp4', '/d/12 34/夜.mp4'],
    [`  ${draftFolderPlaceholder}/a.mp4 `, '/d/a.mp4'],
    ['./a/b.png', '/d/a/b.png'],
    ['a\\b.png', '/d/a/b.png'],
    ['/Users/x/a.mp4', '/Users/x/a.mp4'],
    ['/Users/x/../y/a.mp4', '/Users/y/a.mp4'],
  ])('%s is %s on Linux and macOS', (written, file) => {
    expect(localMediaPath(written, '/d', 'posix')).toBe(file);
  });

  it.each([
    ['C:/Users/x/a.mp4', 'C:\\Users\\x\\a.mp4'],
    ['D:\\素材\\a.mp4', 'D:\\素材\\a.mp4'],
    ['\\\\nas\\media\\a.mp4', '\\\\nas\\media\\a.mp4'],
    [`${draftFolderPlaceholder}/a/b.mp4`, 'E:\\drafts\\one\\a\\b.mp4'],
    ['a/b.mp4', 'E:\\drafts\\one\\a\\b.mp4'],
  ])('%s is %s on Windows', (written, file) => {
    expect(localMediaPath(written, 'E:\\drafts\\one', 'windows')).toBe(file);
  });

  it.each([
    '',
    ' ',
    'https://x.example/a.mp4',
    'online_https://x.example/a.mp4',
    'ftp://x.example/a',
    '##_material_placeholder_23B2EC28-0000-0000-0000-000000000000_##',
    '##_material_placeholder_23B2EC28-0000-0000-0000-000000000000_##/a.mp4',
    `${draftFolderPlaceholder}/../other/a.mp4`,
    `${draftFolderPlaceholder}\\..\\..\\a.mp4`,
    draftFolderPlaceholder,
    '../a.mp4',
    'a/../../b.mp4',
    'C:/Users/x/a.mp4',
    '\\\\server\\share\\a.mp4',
    'C:a.mp4',
    '\\a.mp4',
    'a\0.mp4',
  ])('%j is nowhere on Linux', (written) => {
    expect(localMediaPath(written, '/d', 'posix')).toBeNull();
  });

  it('a path of macOS or Linux is nowhere on Windows', () => {
    expect(localMediaPath('/Users/x/a.mp4', 'E:\\d', 'windows')).toBeNull();
    expect(localMediaPath(`${draftFolderPlaceholder}/..\\..\\Windows\\x`, 'E:\\d', 'windows')).toBeNull();
  });

  it('every string has one form', () => {
    expect(mediaPathForm('//server/share/a')).toBe('network_share');
    expect(mediaPathForm('\\\\?\\C:\\a')).toBe('network_share');
    expect(mediaPathForm('https://x/a')).toBe('url');
    expect(mediaPathForm('\u200bhttps://x/a')).toBe('url');
    expect(mediaPathForm('第一集.mp4')).toBe('relative');
  });
});

describe('where a material can be downloaded from', () => {
  it.each([
    [{ path: 'http://x.example/a.mp4', remoteUrl: null }, 'http://x.example/a.mp4'],
    [{ path: 'online_https://x.example/a', remoteUrl: null }, 'https://x.example/a'],
    [{ path: ' \u200bhttps://x.example/a ', remoteUrl: null }, 'https://x.example/a'],
    [{ path: 'C:/a.mp4', remoteUrl: 'https://x.example/a' }, 'https://x.example/a'],
    [{ path: '', remoteUrl: 'online_https://x.example/a' }, 'https://x.example/a'],
    [{ path: 'https://x.example/a', remoteUrl: 'https://y.example/b' }, 'https://x.example/a'],
    [{ path: '', remoteUrl: null }, null],
    [{ path: 'file:///etc/passwd', remoteUrl: 'javascript:alert(1)' }, null],
    [{ path: 'https://', remoteUrl: '' }, null],
  ])('%j: %s', (material, url) => {
    expect(remoteMediaUrl(material)).toBe(url);
  });
});

describe('where to look for a material', () => {
  const files = ['/d/other/clip.mp4', '/d/assets/video/Clip.mp4', '/d/a.png'];

  it('tries the written path, then namesakes by shared folders, then the noted source', () => {
    const material = { path: 'C:/old/assets/video/clip.mp4', remoteUrl: 'https://x.example/1' };
    expect(recoveryCandidates(material, '/d', files)).toEqual([
      { type: 'file', file: '/d/assets/video/Clip.mp4' },
      { type: 'file', file: '/d/other/clip.mp4' },
      { type: 'url', url: 'https://x.example/1' },
    ]);
  });

  it('names a file once', () => {
    const material = { path: `${draftFolderPlaceholder}/a.png`, remoteUrl: null };
    expect(recoveryCandidates(material, '/d', files)).toEqual([{ type: 'file', file: '/d/a.png' }]);
  });

  it('a URL is fetched, not guessed by its last word', () => {
    const material = { path: 'https://x.example/a.png', remoteUrl: null };
    expect(recoveryCandidates(material, '/d', files)).toEqual([{ type: 'url', url: 'https://x.example/a.png' }]);
  });

  it('an empty path is looked for by the material name', () => {
    const material = { path: '', remoteUrl: null, name: 'a.png' };
    expect(recoveryCandidates(material, '/d', files)).toEqual([{ type: 'file', file: '/d/a.png' }]);
    expect(recoveryCandidates({ path: '', remoteUrl: null }, '/d', files)).toEqual([]);
  });
});
