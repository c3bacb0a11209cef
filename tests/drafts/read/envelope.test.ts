import { describe, expect, it } from 'vitest';
import { parseDraftFile, readDraft, requireSegments } from '../../../main/drafts/read/index.ts';
import { StationError } from '../../../main/shared/errors/index.ts';
import { draftJson, track } from './fixture.ts';

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof StationError) return error.code;
    throw error;
  }
  return 'none';
}

describe('drafts inside what services wrap around them', () => {
  const draft = draftJson({ name: 'inside' });

  it.each([
    ['bare', draft],
    ['fyshark', { code: 200, msg: '解析成功', data: draft }],
    ['text in output', { output: JSON.stringify(draft) }],
    ['text in data in output', { output: JSON.stringify({ data: draft }) }],
    ['draft_content', { draft_id: 'x', draft_content: draft }],
    ['JSON as text', JSON.stringify(draft)],
  ])('%s', (_, json) => {
    expect(readDraft(json).name).toBe('inside');
  });

  it.each([
    ['Coze2JianYing', { format_version: '1.0', drafts: [{ tracks: [] }] }],
    ['Coze2JianYing in output', { output: JSON.stringify({ format_version: '1.0', drafts: [] }) }],
    ['tracks without materials', { tracks: [{ track_type: 'video' }] }],
  ])('refuses the own model of another tool: %s', (_, json) => {
    expect(codeOf(() => readDraft(json))).toBe('DRAFT_FOREIGN_MODEL');
  });

  it.each([
    null,
    undefined,
    7,
    'text',
    '{broken',
    [],
    [draft],
    {},
    { materials: {} },
    { data: { data: { data: { data: { data: { data: draft } } } } } },
  ])('%j is no draft', (json) => {
    expect(codeOf(() => readDraft(json))).toBe('DRAFT_NOT_RECOGNISED');
  });

  it("keeps a service's own message, so that the reason is not lost", () => {
    expect(() => readDraft({ code: 404, message: '草稿不存在' })).toThrow(/草稿不存在/);
  });
});

describe('draft files that are none', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it.each([
    ['h4g8XOe6'.repeat(20), 'DRAFT_ENCRYPTED'],
    ['{"tracks":[', 'DRAFT_DAMAGED'],
    ['', 'DRAFT_DAMAGED'],
    ['<html>', 'DRAFT_NOT_RECOGNISED'],
    ['PK\x03\x04', 'DRAFT_NOT_RECOGNISED'],
  ])('%j: %s', (text, code) => {
    expect(codeOf(() => parseDraftFile(bytes(text)))).toBe(code);
  });

  it('an empty shell is read, but not exported', () => {
    const shell = readDraft(draftJson({ tracks: [track('video', [])], name: 'shell' }));
    expect(shell.durationUs).toBe(0);
    expect(codeOf(() => requireSegments(shell))).toBe('DRAFT_EMPTY');
    expect(codeOf(() => requireSegments(readDraft(draftJson())))).toBe('none');
  });
});
