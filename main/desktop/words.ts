import type { Language } from '../shared/errors/index.ts';

/** Everything the desktop app itself says: tray, notifications, questions. `{name}` places are filled in. */
export const words = {
  appName: ['剪映渲染站', 'Jianying Render Station'],
  show: ['打开窗口', 'Show window'],
  pause: ['暂停队列', 'Pause queue'],
  resume: ['继续队列', 'Resume queue'],
  openOutput: ['打开成片文件夹', 'Open output folder'],
  quit: ['退出', 'Quit'],

  cut: ['剪切', 'Cut'],
  copy: ['复制', 'Copy'],
  paste: ['粘贴', 'Paste'],
  selectAll: ['全选', 'Select all'],

  trayIdle: ['空闲', 'Idle'],
  trayWorking: ['正在处理 {count} 个任务', 'Working on {count} task(s)'],
  trayWaiting: ['排队 {count} 个', '{count} waiting'],
  trayPaused: ['队列已暂停', 'Queue paused'],
  trayDraining: ['正在收尾，完成后退出', 'Finishing, then quitting'],
  trayProblem: ['需要处理：{reason}', 'Needs attention: {reason}'],
  trayLost: ['渲染站没有应答，正在重新连接', 'The station does not answer; reconnecting'],

  completedTitle: ['视频已完成', 'Video finished'],
  failedTitle: ['任务失败', 'Task failed'],
  groupTitle: ['{count} 个任务已结束', '{count} tasks have ended'],
  groupBody: ['完成 {completed} 个，失败 {failed} 个', '{completed} finished, {failed} failed'],
  attentionTitle: ['剪映需要使用桌面', 'Jianying needs the desktop'],
  attentionBody: [
    '正在导出“{name}”，请先不要动鼠标和键盘，完成后会再告诉你。',
    'Exporting “{name}”: please leave mouse and keyboard alone for a moment.',
  ],
  hiddenTitle: ['仍在后台运行', 'Still running'],
  hiddenBody: [
    '窗口已收到托盘，任务继续进行。要退出，请右键点击托盘图标。',
    'The window went to the tray; tasks go on. To quit, right-click the tray icon.',
  ],

  updateTitle: ['新版本已下载', 'A new version is ready'],
  updateBody: [
    '版本 {version} 将在下次退出应用时安装；任务和设置都会保留。',
    'Version {version} is installed when the app quits next time. Tasks and settings stay.',
  ],

  quitTitle: ['还有 {count} 个任务正在处理', '{count} task(s) being worked on'],
  quitBody: [
    '现在退出，正在处理的任务会放回队列，下次启动时从头再做；排队的任务都会保留。',
    'If you quit now, what is being worked on goes back in line and starts again next time. Waiting tasks are kept.',
  ],
  quitFinish: ['完成当前任务后退出', 'Finish, then quit'],
  quitNow: ['立即退出', 'Quit now'],
  cancel: ['取消', 'Cancel'],

  renderTitle: ['渲染这个草稿？', 'Render this draft?'],
  renderBody: [
    '一个链接请求把下面的草稿加入渲染队列。如果不是你打开的，请取消。\n\n{link}',
    'A link asks to add this draft to the queue. Cancel if you did not open it.\n\n{link}',
  ],
  renderYes: ['加入队列', 'Add to queue'],
  actionFailed: ['没有成功', 'That did not work'],
  linkUnreadable: ['这个链接里没有可以渲染的草稿。', 'There is no draft to render in this link.'],

  startFailed: ['渲染站没有启动', 'The station did not start'],
  crashed: ['渲染站意外停止', 'The station stopped unexpectedly'],
  crashedBody: [
    '任务都保存在磁盘上，重新启动后会继续。\n\n{reason}',
    'All tasks are on disk and go on after a restart.\n\n{reason}',
  ],
  retry: ['重试', 'Try again'],
  restart: ['重新启动', 'Restart'],
  pageCrashed: ['窗口多次出错', 'The window failed several times'],
  pageCrashedBody: [
    '渲染仍在继续。可以重新载入窗口；如果总是这样，请把日志发给支持人员。',
    'Rendering goes on. You can load the window again; if this keeps happening, send the log to support.',
  ],
  reload: ['重新载入', 'Load again'],
  attachFailed: ['连接不上渲染站', 'Cannot reach the station'],
  attachFailedBody: [
    '{url} 没有应答。请确认那台电脑上的渲染站正在运行、地址和令牌正确。窗口会一直重试。',
    '{url} does not answer. Check that the station runs there and that address and token are right. The window keeps trying.',
  ],
  tokenRefused: [
    '{url} 拒绝了这个令牌。令牌在渲染站启动时显示的窗口地址里。',
    '{url} refused the token. It is in the window address that the station prints at its start.',
  ],
  wrongArguments: ['启动参数有误', 'Wrong arguments'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type Word = keyof typeof words;

/** One of the app's sentences in the operator's language. A missing value stays visible as `{name}`. */
export function say(word: Word, language: Language, values: Readonly<Record<string, string | number>> = {}): string {
  const text: string = words[word][language === 'zh' ? 0 : 1];
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
