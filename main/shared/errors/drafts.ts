import type { ErrorEntry } from './types.ts';

/** Failures of finding, fetching and reading a draft and its media. */
export const draftsErrors = {
  DRAFT_LINK_UNRECOGNISED: {
    class: 'never',
    zh: '无法从链接中识别出草稿：{link}。请检查 draft_url 是否完整。',
    en: 'No draft can be recognised in the link {link}. Check that draft_url is complete.',
  },
  DRAFT_NOT_IN_LIBRARY: {
    class: 'never',
    zh: '草稿库中没有编号为 {id} 的草稿。请把该草稿（文件夹、zip 或 json）放入草稿库，或在设置中填写草稿地址模板。',
    en: 'The draft library has no draft with the id {id}. Put it there (folder, zip or json) or set a draft URL template in the settings.',
  },
} as const satisfies Record<string, ErrorEntry>;
