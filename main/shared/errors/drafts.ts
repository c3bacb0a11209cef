import type { ErrorEntry } from './types.ts';

/** Failures of finding, fetching and reading a draft and its media. */
export const draftsErrors = {
  // Reading a draft.
  DRAFT_ENCRYPTED: {
    class: 'never',
    zh: '草稿已被剪映加密：剪映 6.0 及以上版本保存过的草稿只有剪映自己能读取。请重新生成草稿（由 Coze 等工具生成后不要在剪映中打开保存），或用剪映直接导出该草稿。',
    en: 'The draft is encrypted: Jianying 6.0 and later encrypts what it saves, and only Jianying itself can read it. Generate the draft anew and do not open it in Jianying first, or export it in Jianying directly.',
  },
  DRAFT_DAMAGED: {
    class: 'never',
    zh: '草稿文件已损坏，无法解析（{reason}）。请重新生成或重新下载草稿。',
    en: 'The draft file is damaged and cannot be parsed ({reason}). Generate or download the draft again.',
  },
  DRAFT_NOT_RECOGNISED: {
    class: 'never',
    zh: '内容不是剪映草稿（得到的是：{found}）。请检查链接是否指向 draft_content.json、draft_info.json 或草稿压缩包。',
    en: 'The content is no Jianying draft (found: {found}). Check that the link leads to a draft_content.json, a draft_info.json or a zip of a draft.',
  },
  DRAFT_FOREIGN_MODEL: {
    class: 'never',
    zh: '这是 Coze2JianYing 一类工具自己的草稿数据，不是剪映草稿。请先用该工具把它转换成剪映草稿，再提交。',
    en: 'This is the own data model of a tool such as Coze2JianYing, not a Jianying draft. Let that tool turn it into a Jianying draft first, then submit that.',
  },
  DRAFT_EMPTY: {
    class: 'never',
    zh: '草稿「{name}」中没有任何片段，没有可导出的内容。请检查草稿是否生成完整。',
    en: 'The draft "{name}" has no segments, so there is nothing to export. Check that it was generated completely.',
  },
  DRAFT_FILE_MISSING: {
    class: 'never',
    zh: '文件夹 {folder} 中没有草稿文件（draft_content.json 或 draft_info.json）。请检查路径。',
    en: 'The folder {folder} has no draft file (draft_content.json or draft_info.json). Check the path.',
  },
  DRAFT_TOO_LARGE: {
    class: 'never',
    zh: '草稿文件有 {megabytes} MB，超过上限 {limitMb} MB。请精简草稿后重新提交。',
    en: 'The draft file has {megabytes} MB, more than the limit of {limitMb} MB. Make the draft smaller and submit it again.',
  },

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
