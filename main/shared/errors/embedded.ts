import type { ErrorEntry } from './types.ts';

/** Failures and warnings of the embedded renderer and of opening media. */
export const embeddedErrors = {
  EXPORT_FILE_MISSING: {
    class: 'retry_now',
    zh: '导出草稿失败: 剪映导出结束但目标文件未生成，请检查磁盘空间或剪映版本',
    en: 'The export ended but the video file was not made. Check free disk space and the Jianying version.',
  },
  EXPORT_FILE_BROKEN: {
    class: 'retry_now',
    zh: '导出的视频没有通过检查：{reasonZh}。若反复出现，请检查草稿素材与磁盘。',
    en: 'The exported video did not pass its check: {reason}. If this repeats, check the media of the draft and the disk.',
  },
  MEDIA_UNREADABLE: {
    class: 'never',
    zh: '素材无法读取：{file}（{reason}）。请更换或重新下载该素材。',
    en: 'The media file {file} cannot be read ({reason}). Replace it or download it again.',
  },
  MEDIA_CHECK_TIMEOUT: {
    class: 'retry_now',
    zh: '检查素材 {file} 超过 {seconds} 秒仍未完成。请检查磁盘，或更换该素材。',
    en: 'Looking into {file} took longer than {seconds} seconds. Check the disk or replace the file.',
  },
  RENDER_NOTHING_TO_DRAW: {
    class: 'never',
    zh: '草稿中没有可以渲染的内容：{reasonZh}。请检查草稿的轨道与素材是否齐全。',
    en: 'The draft has nothing that can be rendered: {reason}. Check its tracks and media.',
  },
  RENDER_LIMIT: {
    class: 'never',
    zh: '草稿超出渲染范围：{whatZh}为 {value}，最大允许 {limit}。请在剪映中检查该草稿。',
    en: 'The draft is beyond what can be rendered: {what} is {value}, at most {limit}. Check the draft in Jianying.',
  },
  RENDER_TOO_SMALL: {
    class: 'never',
    zh: '{codec} 无法编码 {size} 像素的画面，每边至少需要 {least} 像素。请在导出设置中改用 H.264，或选择更高的分辨率。',
    en: '{codec} cannot encode a picture of {size} pixels, each side needs at least {least}. Choose H.264 or a higher resolution in the export settings.',
  },
  RENDER_FAILED: {
    class: 'retry_now',
    zh: '内置渲染器出错：{reason}。若反复出现，请改用剪映导出并反馈日志。',
    en: 'The embedded renderer failed: {reason}. If this repeats, export with Jianying and report the log.',
  },
  RENDER_CRASHED: {
    class: 'retry_now',
    zh: '内置渲染器意外退出（{how}）。若反复出现，可能是某个素材已损坏或内存不足。',
    en: 'The embedded renderer ended unexpectedly ({how}). If this repeats, a media file may be damaged or memory short.',
  },
  RENDER_STALLED: {
    class: 'retry_now',
    zh: '内置渲染器 {seconds} 秒没有进展，已停止。请检查磁盘与素材。',
    en: 'The embedded renderer made no progress for {seconds} seconds and was stopped. Check the disk and the media.',
  },
  ENCODER_UNAVAILABLE: {
    class: 'never',
    zh: '编码器 {encoder} 在这台电脑上不可用。请在导出设置中改选软件编码或“自动”。',
    en: 'The encoder {encoder} does not work on this computer. Choose software or automatic encoding in the export settings.',
  },
  ENCODER_REPLACED: {
    class: 'never',
    zh: '所选编码器这次不可用（{reasonZh}），已改用 {used} 完成导出。请更新显卡驱动，或在导出设置中改选“自动”或软件编码。',
    en: 'The chosen encoder did not work this time ({reason}); the video was made with {used} instead. Update the graphics driver, or choose automatic or software encoding in the export settings.',
  },
  // Warnings: the video was made, and these parts of it differ from Jianying's.
  MEDIA_NOT_DRAWN: {
    class: 'never',
    zh: '素材“{name}”未能画出（{reasonZh}），涉及 {count} 个片段，首个位于 {at}。请更换该素材后重新导出。',
    en: 'The media "{name}" could not be drawn ({reason}) in {count segments}, the first at {at}. Replace it and export again.',
  },
  MEDIA_NOT_HEARD: {
    class: 'never',
    zh: '素材“{name}”的声音未能读取（{reasonZh}），涉及 {count} 个片段，首个位于 {at}。请更换该素材后重新导出。',
    en: 'The sound of "{name}" could not be read ({reason}) in {count segments}, the first at {at}. Replace it and export again.',
  },
  MEDIA_DAMAGED: {
    class: 'never',
    zh: '素材“{name}”{whatZh}，首次出现于 {at} 的片段；视频仍已生成，缺少的部分为静止画面或静音。请重新下载该素材后重新导出。',
    en: 'The media "{name}" {what}, first in the segment at {at}; what is missing stands still or is silent. Download it again and export again.',
  },
  DRAWN_APPROXIMATELY: {
    class: 'never',
    zh: '{kindZh}“{name}”以近似方式画出，共 {count} 处。如需与剪映完全一致，请使用剪映导出。',
    en: 'The {kind} "{name}" was approximated {count times}. Export with Jianying for the exact look.',
  },
  FONT_REPLACED: {
    class: 'never',
    zh: '字体“{name}”不可用，已用其他字体代替，共 {count} 处。请把该字体文件放进设置中的字体文件夹，再重新导出。',
    en: 'The font "{name}" is not available; another one was used, {count times}. Put its file into the font folder of the settings and export again.',
  },
  NOT_DRAWN: {
    class: 'never',
    zh: '{kindZh}“{name}”无法画出，共 {count} 处。如需完整效果，请使用剪映导出。',
    en: 'The {kind} "{name}" could not be drawn, {count times}. Export with Jianying for the full look.',
  },
} as const satisfies Record<string, ErrorEntry>;
