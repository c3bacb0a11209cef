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
    zh: '草稿中没有任何片段，没有可导出的内容。请检查草稿是否生成完整。',
    en: 'The draft has no segments, so there is nothing to export. Check that it was generated completely.',
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

  // Fetching: links, services, downloads, archives, media. `{address}` is host and path, never the query.
  DRAFT_LINK_PREVIEW: {
    class: 'never',
    zh: '{link} 是草稿预览网页，不是草稿数据。请先调用该服务的 save_draft，再提交它返回的 zip 下载链接。',
    en: '{link} is a web page that shows a draft, not the draft itself. Call save_draft of that service first and submit the zip link it returns.',
  },
  DRAFT_LINK_SCHEME: {
    class: 'never',
    zh: '不支持 {scheme} 开头的链接。请提交 http、https 链接，本机文件夹路径或草稿编号。',
    en: 'Links that start with {scheme} are not supported. Submit an http or https link, a folder on this machine or a draft id.',
  },
  DRAFT_LINK_CREDENTIALS: {
    class: 'never',
    zh: '链接 {address} 中带有用户名或密码，已拒绝。请改用带签名的链接，或不需要登录的地址。',
    en: 'The link to {address} carries a user name or password, which is refused. Use a signed link or an address that needs no login.',
  },
  DRAFT_LINK_NETWORK_SHARE: {
    class: 'never',
    zh: '不读取网络共享 {path}。请把草稿复制到本机文件夹，或通过 http 提供。',
    en: 'The network share {path} is not read. Copy the draft to a folder of this machine or offer it over http.',
  },
  DRAFT_PATH_NOT_FOUND: {
    class: 'never',
    zh: '渲染站所在电脑上没有 {path}。请检查路径，注意路径指的是渲染站那台电脑。',
    en: 'There is no {path} on the machine of the station. Check the path; it is meant on that machine.',
  },
  DRAFT_PATH_UNREADABLE: {
    class: 'never',
    zh: '无法读取 {path}（{reason}）。请检查该文件的权限。',
    en: '{path} cannot be read ({reason}). Check its permissions.',
  },
  DRAFT_IS_WEB_PAGE: {
    class: 'never',
    zh: '{address} 返回的是网页而不是草稿。请提交草稿 json 或 zip 的直接链接。',
    en: '{address} answers with a web page, not with a draft. Submit the direct link of the draft json or zip.',
  },
  DRAFT_SERVICE_REFUSED: {
    class: 'never',
    zh: '草稿服务 {address} 拒绝了请求：{reason}（代码 {serviceCode}）。请确认草稿仍然存在。',
    en: 'The draft service {address} refused: {reason} (code {serviceCode}). Check that the draft still exists.',
  },
  ADDRESS_REFUSED: {
    class: 'never',
    zh: '{host} 指向内网或本机地址 {ip}，已拒绝访问。确实需要时，请把 {host} 加入设置「素材主机白名单」（mediaHosts）。',
    en: '{host} leads to the private or local address {ip}, which is refused. If it is meant, add {host} to the setting "Media hosts" (mediaHosts).',
  },
  DOWNLOAD_FORBIDDEN: {
    class: 'never',
    zh: '{address} 拒绝下载（HTTP {status}）。链接很可能已过期，请重新生成草稿后提交。',
    en: '{address} refuses the download (HTTP {status}). The link has probably expired; make the draft again and submit it.',
  },
  DOWNLOAD_NOT_FOUND: {
    class: 'never',
    zh: '{address} 不存在（HTTP {status}）。请检查文件是否已被删除。',
    en: '{address} does not exist (HTTP {status}). Check whether the file was deleted.',
  },
  DOWNLOAD_REFUSED: {
    class: 'never',
    zh: '{address} 返回 HTTP {status}，无法下载。请检查链接。',
    en: '{address} answers HTTP {status} and cannot be downloaded. Check the link.',
  },
  DOWNLOAD_SERVER_BUSY: {
    class: 'retry_later',
    zh: '{address} 暂时不可用（HTTP {status}），多次尝试后仍失败。请确认该服务正常。',
    en: '{address} is not available (HTTP {status}) after several tries. Check that its service runs.',
  },
  DOWNLOAD_INTERRUPTED: {
    class: 'retry_now',
    zh: '从 {address} 下载时连接中断（{reason}）。若反复出现，请检查网络。',
    en: 'The connection to {address} broke off ({reason}). If this repeats, check the network.',
  },
  DOWNLOAD_TIMEOUT: {
    class: 'retry_later',
    zh: '从 {address} 下载过慢或没有响应（{reason}）。请检查网络。',
    en: '{address} is too slow or does not answer ({reason}). Check the network.',
  },
  DOWNLOAD_UNREACHABLE: {
    class: 'retry_later',
    zh: '无法连接 {address}（{reason}）。请检查网络和域名。',
    en: '{address} cannot be reached ({reason}). Check the network and the host name.',
  },
  DOWNLOAD_TLS: {
    class: 'never',
    zh: '{address} 的 HTTPS 证书有问题（{reason}），已拒绝。请检查本机时间，或换用证书有效的地址。',
    en: 'The HTTPS certificate of {address} is not good ({reason}), so it is refused. Check the clock of this machine or use an address with a valid certificate.',
  },
  DOWNLOAD_TOO_LARGE: {
    class: 'never',
    zh: '{address} 超过 {limitMb} MB 的上限，已停止下载。需要时请在设置中提高「{setting}」。',
    en: '{address} is larger than the limit of {limitMb} MB, so the download was stopped. Raise "{setting}" in the settings if it is meant.',
  },
  DOWNLOAD_REDIRECTS: {
    class: 'never',
    zh: '{address} 的重定向有问题（{reason}），已停止。请提交最终的直接链接。',
    en: 'The redirects of {address} go wrong ({reason}). Submit the final, direct link.',
  },
  DOWNLOAD_ENCODING: {
    class: 'never',
    zh: '{address} 的压缩内容有问题（{reason}），已拒绝。请让服务器直接提供原文件。',
    en: 'The compressed answer of {address} is refused ({reason}). Let the server offer the file as it is.',
  },
  MEDIA_WRONG_TYPE: {
    class: 'never',
    zh: '{address} 返回的不是视频、图片或音频，而是{found}。链接很可能已失效，请检查。',
    en: '{address} does not hold video, picture or sound but {found}. The link has probably died; check it.',
  },
  MEDIA_FAILED: {
    class: 'never',
    zh: '{count} 个素材无法下载：{files}。请修复或重新生成草稿后再提交。',
    en: '{count media files} cannot be downloaded: {files}. Repair the draft or make it again, then submit it.',
  },
  MEDIA_UNREACHABLE: {
    class: 'retry_later',
    zh: '{count} 个素材暂时下载失败：{files}。已下载的会保留；请检查网络和素材所在的服务。',
    en: '{count media files} could not be downloaded for now: {files}. What is there already is kept; check the network and the services that offer them.',
  },
  MEDIA_NOT_IN_DRAFT: {
    class: 'never',
    zh: '草稿中没有素材文件“{file}”。请把素材随草稿一起提供，或改用网络地址。',
    en: 'The draft does not contain the media file "{file}". Supply it with the draft or use a web address for it.',
  },
  MEDIA_FOREIGN_PATH: {
    class: 'never',
    zh: '素材 {file} 指向制作者电脑上的路径，草稿里没有这个文件。请把素材随草稿打包，或改用网络地址。',
    en: 'The media file {file} is a path on the machine of its author and is not part of the draft. Pack it with the draft or use a web address for it.',
  },
  ARCHIVE_UNSAFE: {
    class: 'never',
    zh: '压缩包 {address} 中的条目「{entry}」不安全（{reason}），已拒绝整个压缩包。',
    en: 'The entry "{entry}" of the archive {address} is not safe ({reason}); the whole archive is refused.',
  },
  ARCHIVE_TOO_LARGE: {
    class: 'never',
    zh: '压缩包 {address} 超出限制（{reason}），已拒绝。需要时请在设置中提高草稿大小上限。',
    en: 'The archive {address} exceeds a limit ({reason}) and is refused. Raise the limit of a draft in the settings if it is meant.',
  },
  ARCHIVE_DAMAGED: {
    class: 'never',
    zh: '压缩包 {address} 已损坏或无法解压（{reason}）。请重新打包（zip，不加密）。',
    en: 'The archive {address} is damaged or cannot be unpacked ({reason}). Pack it again (zip, no password).',
  },
  ARCHIVE_WITHOUT_DRAFT: {
    class: 'never',
    zh: '压缩包或文件夹 {address} 中没有找到 draft_content.json 或 draft_info.json。请检查内容。',
    en: 'There is no draft_content.json or draft_info.json in {address}. Check what is in it.',
  },
} as const satisfies Record<string, ErrorEntry>;
