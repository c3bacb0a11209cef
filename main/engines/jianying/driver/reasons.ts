import type { ErrorCode } from '../../../shared/errors/index.ts';
import type { Phase, SettingName } from './memory.ts';
import type { ScreenState } from './scene.ts';

/** Why the driver does what it does, in both languages of a task's log. */
export interface Reason {
  readonly zh: string;
  readonly en: string;
}

const said = (zh: string, en: string): Reason => ({ zh, en });

/** What the driver sees on the screen. */
const states: Readonly<Record<ScreenState, Reason>> = {
  desktop_unavailable: said('桌面不可用', 'no desktop'),
  not_running: said('剪映未运行', 'not running'),
  starting: said('正在启动', 'starting'),
  hung: said('没有响应', 'hung'),
  popup: said('弹窗', 'popup'),
  home: said('首页', 'home page'),
  editor: said('编辑页', 'editor'),
  export_dialog: said('导出窗口', 'export window'),
  exporting: said('正在导出', 'exporting'),
  export_done: said('导出完成', 'export done'),
  unknown: said('未知画面', 'unknown screen'),
};

/** What the driver is about to reach. */
const phases: Readonly<Record<Phase, Reason>> = {
  home: said('回到首页', 'reaching the home page'),
  open: said('打开草稿', 'opening the draft'),
  dialog: said('打开导出窗口', 'opening the export window'),
  settings: said('选择导出设置', 'choosing settings'),
  confirm: said('确认导出', 'confirming'),
  export: said('等待导出', 'exporting'),
  tidy: said('收尾', 'tidying up'),
};

const settings: Readonly<Record<SettingName, Reason>> = {
  resolution: said('分辨率', 'resolution'),
  fps: said('帧率', 'frame rate'),
};

/** A reason with where the driver stands, as the log has it. */
export function stepLine({ zh, en }: Reason, phase: Phase, state: ScreenState): Reason {
  return said(
    `${zh}（${phases[phase].zh}，看到：${states[state].zh}）`,
    `${en} (${phases[phase].en}, seeing: ${states[state].en})`,
  );
}

export const because = {
  // The desktop and the client.
  startingClient: said('启动剪映', 'starting the client'),
  clientStarts: said('剪映正在启动', 'the client is starting'),
  startingWindowless: said('剪映在运行但没有窗口，再次启动它', 'the client runs without a window: starting it'),
  startingAgain: (code: ErrorCode) =>
    said(`重新启动剪映，而不是因 ${code} 失败`, `starting the client again instead of failing with ${code}`),
  failed: (code: ErrorCode) => said(`失败：${code}`, `failed: ${code}`),
  minimised: said('窗口已最小化，恢复它', 'the window is minimised'),
  notAnswering: (how: string) => said(`窗口没有响应（${how}）`, `the window does not answer (${how})`),
  endedComplete: said('剪映已退出，但视频是完整的', 'the client ended, but the video is complete'),
  hangsComplete: said('剪映没有响应，但视频是完整的', 'the client hangs, but the video is complete'),
  locked: said('桌面已锁定', 'the desktop is locked'),
  disconnected: said('桌面已断开连接', 'the desktop is disconnected'),
  somebodyThere: said('有人在使用鼠标或键盘，等待', 'somebody is using mouse or keyboard'),

  // Popups, by the name of their rule.
  unknownWindow: (text: string) => said(`未知窗口：${text}`, `an unknown window: ${text}`),
  popupCloses: (rule: string) => said(`等待弹窗 ${rule} 关闭`, `waiting for the ${rule} popup to close`),
  popupPress: (rule: string, caption: string) => said(`弹窗 ${rule}：按“${caption}”`, `${rule}: pressing ${caption}`),
  popupClick: (rule: string, caption: string) => said(`弹窗 ${rule}：点击“${caption}”`, `${rule}: clicking ${caption}`),
  popupClose: (rule: string) => said(`弹窗 ${rule}：关闭窗口`, `${rule}: closing its window`),
  popupNothing: (rule: string) => said(`弹窗 ${rule}：没有可按的按钮，等待`, `${rule}: nothing to press, waiting`),

  // The home page.
  homeAwaited: said('等待首页', 'waiting for the home page'),
  homeThere: said('首页已就绪', 'the home page is there'),
  homeWanted: said('返回首页', 'going back to the home page'),
  homeReached: said('已回到首页', 'back at the home page'),
  mayStillOpen: said('可能还有窗口要打开，等待', 'something may still open'),
  otherExport: said('另一个导出仍在进行', 'another export is still running'),

  // Opening the draft.
  draftOpen: said('草稿已打开', 'a draft is open'),
  draftAwaited: said('等待草稿打开', 'waiting for the draft to open'),
  draftOpening: (how: string, times: number) =>
    said(`打开草稿（${how}，${times} 次）`, `opening the draft (${how}, ${times})`),
  draftSearched: said('搜索草稿', 'searching for the draft'),
  noSearch: said('此校准没有搜索位置', 'no search in this calibration'),
  cardOpening: (place: string) => said(`打开位于 ${place} 的卡片`, `opening the card at ${place}`),
  tileAwaited: said('等待草稿卡片出现', 'waiting for the tile'),
  tileMaximising: said('没有草稿卡片：最大化窗口', 'no tile: maximising the window'),
  tileRescan: said('没有草稿卡片：让剪映重新读取草稿文件夹', 'no tile: making the client read its folder again'),
  maximising: said('最大化窗口', 'maximising the window'),
  otherDraftOpen: (found: string) =>
    said(`打开的是另一个草稿（${found}）：返回`, `another draft is open (${found}): going back`),

  // The export window.
  editorAwaited: said('等待编辑页', 'waiting for the editor'),
  noExportButton: said('编辑页还没有导出按钮', 'the editor shows no export button yet'),
  pressingExport: said('按下导出', 'pressing export'),
  exportWindowWanted: said('打开导出窗口', 'asking for the export window'),
  exportWindowAwaited: said('等待导出窗口', 'waiting for the export window'),
  exportWindowOurs: said('导出窗口已打开，草稿正确', 'the export window is there, our draft is open'),
  noPath: said('导出窗口还没有显示路径', 'the export window shows no path yet'),
  videoNamed: (name: string) => said(`视频将命名为 ${name}`, `the video will be ${name}`),
  settingsUnreadable: said('此版本的剪映无法读取导出设置', 'settings cannot be read in this client'),
  settingsDone: said('分辨率和帧率已符合要求', 'resolution and frame rate are as wanted'),
  settingIs: (name: SettingName, value: string) =>
    said(`${settings[name].zh}已是 ${value}`, `the ${settings[name].en} is ${value}`),
  settingWas: (name: SettingName, value: string) =>
    said(`上次的${settings[name].zh}就是 ${value}`, `the ${settings[name].en} was ${value} the last time`),
  settingStays: (name: SettingName, value: string | null) =>
    said(`${settings[name].zh}保持 ${value ?? '不变'}`, `the ${settings[name].en} stays ${value ?? 'as it is'}`),
  settingUnderWay: (name: SettingName) => said(`正在设置${settings[name].zh}`, `setting the ${settings[name].en}`),
  settingChosen: (name: SettingName) =>
    said(
      `已选择${settings[name].zh}，但窗口没有显示`,
      `the ${settings[name].en} was chosen, the window does not show it`,
    ),
  settingList: (name: SettingName) =>
    said(`展开${settings[name].zh}列表`, `opening the list of the ${settings[name].en}`),
  valueChosen: (value: string) => said(`选择 ${value}`, `choosing ${value}`),
  valueAwaited: (value: string) => said(`等待选项 ${value}`, `waiting for ${value}`),
  noConfirmButton: said('导出窗口没有确认按钮', 'the export window has no confirm button'),
  confirming: said('确认导出', 'confirming the export'),
  beginAwaited: said('等待导出开始', 'waiting for the export to begin'),
  begun: said('导出已开始', 'the export has begun'),
  exportBytes: (bytes: number) => said(`正在导出，已写入 ${bytes} 字节`, `exporting, ${bytes} bytes`),
  exportPercent: (percent: number) => said(`正在导出，${percent} %`, `exporting, ${percent} %`),
  videoComplete: said('视频已完整', 'the video is complete'),

  // Going back.
  closeAwaited: said('等待窗口关闭', 'waiting for the window to close'),
  closingSuccess: said('关闭导出成功窗口', 'closing the success window'),
  closingExportWindow: said('关闭导出窗口', 'closing the export window'),
  closingEditor: said('关闭编辑页', 'closing the editor'),
  closingClient: said('关闭剪映', 'closing the client'),
  nothingToClose: said('没有可关闭的窗口', 'no window to close'),
} as const;
