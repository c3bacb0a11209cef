import type { ErrorEntry } from './types.ts';

/** Failures of finding and driving the installed Jianying client. */
export const jianyingErrors = {
  JIANYING_UNSUPPORTED_SYSTEM: {
    class: 'operator',
    zh: '剪映引擎只能在 Windows 上运行（当前系统：{system}）。请在设置中改用内置引擎，或把渲染站装到有剪映的 Windows 电脑上。',
    en: 'The Jianying engine runs on Windows only (this system: {system}). Choose the embedded engine in the settings, or run the station on a Windows PC that has Jianying.',
  },
  JIANYING_NOT_FOUND: {
    class: 'operator',
    zh: '没有找到剪映专业版。请安装剪映专业版（推荐 5.9.0.11632），或在设置中指定 JianyingPro.exe。',
    en: 'Jianying Pro was not found. Install it (5.9.0.11632 is recommended) or name JianyingPro.exe in the settings.',
  },
  JIANYING_DRAFTS_FOLDER_MISSING: {
    class: 'operator',
    zh: '没有找到剪映的草稿目录（{folder}）。请打开一次剪映，或在设置中指定草稿目录。',
    en: "Jianying's drafts folder was not found ({folder}). Open Jianying once, or name the folder in the settings.",
  },
  JIANYING_CALIBRATION_NEEDED: {
    class: 'operator',
    zh: '剪映 {version} 不公开界面控件，需要先校准才能使用。请按 docs/windows-checklist.md 校准，或安装 5.9.0.11632。',
    en: 'Jianying {version} hides its controls and must be calibrated first. Follow docs/windows-checklist.md, or install 5.9.0.11632.',
  },
  JIANYING_VERSION_CHANGED: {
    class: 'operator',
    zh: '剪映已从 {before} 变为 {after}，可能是自动更新。队列已暂停；确认新版本可用后继续队列即可，或装回旧版本并在状态页开启更新防护。',
    en: 'Jianying changed from {before} to {after}, probably by an automatic update. The queue is paused: resume it to go on with the new version, or reinstall the old one and switch the update guard on (health page).',
  },
  JIANYING_ACCESS_DENIED: {
    class: 'operator',
    zh: '剪映以管理员身份运行，渲染站无法操作它。请让两者以相同权限运行（都不要用管理员身份），然后继续队列。',
    en: 'Jianying runs with higher rights than the station, which therefore cannot operate it. Run both at the same level (neither as administrator) and resume the queue.',
  },
  JIANYING_SESSION_LOCKED: {
    class: 'operator',
    zh: 'Windows 桌面已锁定，无法操作剪映。请解锁桌面；无人值守时请关闭自动锁屏和睡眠。',
    en: 'The Windows desktop is locked, so Jianying cannot be operated. Unlock it; for unattended work switch automatic locking and sleep off.',
  },
  JIANYING_SESSION_DISCONNECTED: {
    class: 'operator',
    zh: '远程桌面已断开，Windows 不再绘制桌面，无法操作剪映。请重新连接，或用 tscon 把会话交还控制台。',
    en: 'The remote desktop is disconnected and Windows draws no desktop, so Jianying cannot be operated. Reconnect, or hand the session to the console with tscon.',
  },
  JIANYING_SERVICE_SESSION: {
    class: 'operator',
    zh: '渲染站运行在 Windows 服务会话中，看不到桌面。请改为登录后启动（设置中的“开机自动启动”）。',
    en: 'The station runs in the Windows service session and sees no desktop. Start it at login instead ("start at login" in the settings).',
  },
  JIANYING_IN_USE: {
    class: 'operator',
    zh: '有人正在使用剪映（已打开别的草稿）。请保存并关闭剪映后继续队列，或在设置中允许渲染站关闭剪映。',
    en: 'Somebody is using Jianying (another draft is open). Save and close it, then resume the queue, or allow the station to close it in the settings.',
  },
  JIANYING_DESK_BUSY: {
    class: 'retry_later',
    zh: '这次导出需要使用鼠标，但 {seconds} 秒内一直有人在操作电脑，已推迟。',
    en: 'This export needs the mouse, but somebody kept using the computer for {seconds} s. It was put off.',
  },
  JIANYING_LOGIN_NEEDED: {
    class: 'operator',
    zh: '剪映要求登录。请打开剪映手动登录一次，然后继续队列。',
    en: 'Jianying asks for a login. Open it, log in once by hand and resume the queue.',
  },
  JIANYING_MEMBERSHIP_NEEDED: {
    class: 'never',
    zh: '这个草稿使用了剪映会员专属素材，剪映要求开通会员才能导出（{text}）。请替换这些素材，或使用会员账号后重新提交。',
    en: 'This draft uses members-only material and Jianying will not export it without a membership ({text}). Replace the material, or log in as a member and submit again.',
  },
  JIANYING_MEDIA_MISSING: {
    class: 'never',
    zh: '剪映提示素材丢失（链接媒体）：{files}。请检查草稿中的素材后重新提交。',
    en: 'Jianying reports missing media: {files}. Check the media of the draft and submit it again.',
  },
  JIANYING_DRAFT_INVALID: {
    class: 'never',
    zh: '剪映无法打开这个草稿，提示“{text}”。请检查草稿的生成工具，或改用内置引擎。',
    en: 'Jianying cannot open this draft and says "{text}". Check the tool that made it, or use the embedded engine.',
  },
  JIANYING_DRAFT_UNREADABLE: {
    class: 'never',
    zh: '草稿文件 {file} 不是有效的 JSON，无法交给剪映。请重新生成草稿。',
    en: 'The draft file {file} is no valid JSON and cannot be given to Jianying. Make the draft again.',
  },
  JIANYING_DRAFT_LIST_BROKEN: {
    class: 'retry_now',
    zh: '剪映提示草稿列表异常（{text}）。若反复出现，请在剪映中检查草稿目录。',
    en: 'Jianying says that its list of drafts is broken ({text}). It was restarted; if this comes back, check the drafts folder in Jianying.',
  },
  JIANYING_ASSET_DOWNLOAD_FAILED: {
    class: 'retry_later',
    zh: '剪映下载草稿中的云端素材失败（{text}）。为避免导出缺少声音或画面的视频，本次导出已取消。请检查网络和剪映登录状态。',
    en: 'Jianying could not download cloud material of the draft ({text}). The export was cancelled, because sound or pictures would be missing. Check the network and the login.',
  },
  JIANYING_UNKNOWN_DIALOG: {
    class: 'retry_now',
    zh: '剪映弹出了未知的窗口“{text}”，本次导出已取消。截图和控件树已保存在任务日志中。',
    en: 'Jianying showed an unknown window "{text}" and the export was cancelled. A screenshot and the control tree are kept with the task log.',
  },
  JIANYING_UNKNOWN_DIALOG_AGAIN: {
    class: 'operator',
    zh: '剪映连续弹出未知的窗口“{text}”，队列已暂停。请在剪映中处理这个窗口后继续队列，并用“诊断”导出信息反馈。',
    en: 'Jianying keeps showing an unknown window "{text}" and the queue is paused. Deal with it in Jianying, resume the queue, and report it with "Diagnose".',
  },
  JIANYING_NOT_STARTING: {
    class: 'retry_now',
    zh: '剪映在 {seconds} 秒内没有显示主界面。请手动打开剪映检查。',
    en: 'Jianying did not show its home page within {seconds} s. Open it by hand and look.',
  },
  JIANYING_TILE_NOT_FOUND: {
    class: 'retry_now',
    zh: '剪映首页没有出现草稿 {name}。请检查设置中的草稿目录是否就是剪映正在使用的目录。',
    en: "The draft {name} did not appear on Jianying's home page. Check that the drafts folder in the settings is the one Jianying uses.",
  },
  JIANYING_WRONG_DRAFT: {
    class: 'retry_now',
    zh: '剪映打开的是别的草稿（{found}），而不是 {name}。为避免导出错误的视频，已停止导出。',
    en: 'Jianying opened another draft ({found}) instead of {name}. The export was stopped, so that no wrong video is made.',
  },
  JIANYING_DIALOG_TIMEOUT: {
    class: 'retry_now',
    zh: '打开草稿后 {seconds} 秒内没有出现导出窗口。草稿很大时请在设置中放宽时限。',
    en: 'The export window did not appear within {seconds} s after the draft was opened. For large drafts raise the limits in the settings.',
  },
  JIANYING_EXPORT_STALLED: {
    class: 'retry_now',
    zh: '剪映导出停滞：{seconds} 秒内进度和文件都没有变化。',
    en: 'The export stalled: neither its progress nor its file changed for {seconds} s.',
  },
  JIANYING_EXPORT_TIMEOUT: {
    class: 'retry_now',
    zh: '剪映导出超过 {seconds} 秒仍未完成，已中止。可在设置中放宽时限。',
    en: 'The export took longer than {seconds} s and was stopped. The limit can be raised in the settings.',
  },
  JIANYING_HUNG: {
    class: 'retry_now',
    zh: '剪映 {seconds} 秒没有响应。',
    en: 'Jianying did not respond for {seconds} s.',
  },
  JIANYING_CRASHED: {
    class: 'retry_now',
    zh: '剪映在导出过程中退出。若反复出现，请检查剪映能否手动导出该草稿。',
    en: 'Jianying ended during the export. If this repeats, check whether it exports this draft by hand.',
  },
  JIANYING_FILE_LOCKED: {
    class: 'retry_now',
    zh: '导出的文件 {file} 一直被占用，无法取走。请检查杀毒软件和同步软件。',
    en: 'The exported file {file} stayed in use and could not be taken. Check antivirus and file synchronisation programs.',
  },
  JIANYING_PLACE_FAILED: {
    class: 'retry_now',
    zh: '无法把草稿放入剪映目录 {folder}：{reason}。',
    en: 'The draft could not be placed in {folder}: {reason}.',
  },
  JIANYING_KEEPS_FAILING: {
    class: 'operator',
    zh: '连续 {count} 个不同的任务导出失败，队列已暂停。最近的原因：{reason}。请检查剪映后继续队列。',
    en: '{count} different tasks in a row could not be exported and the queue is paused. Last reason: {reason}. Check Jianying and resume the queue.',
  },
  JIANYING_DRIVER_FAILED: {
    class: 'retry_now',
    zh: '操作剪映的辅助进程出错：{reason}。已重新启动它。',
    en: 'The helper process that operates Jianying failed: {reason}. It was started again.',
  },
  JIANYING_GUARD_NO_FILE: {
    class: 'operator',
    zh: '没有找到剪映的设置文件 {file}，更新防护没有改变。请打开一次剪映再关闭，然后重试。',
    en: "Jianying's setting file {file} was not found, so the update guard was not changed. Open Jianying once, close it, and try again.",
  },
  JIANYING_GUARD_CLIENT_RUNNING: {
    class: 'operator',
    zh: '剪映正在运行，它退出时会改写设置文件，因此更新防护没有改变。请等导出结束并关闭剪映，然后重试。',
    en: 'Jianying is running and writes its setting file when it ends, so the update guard was not changed. Wait for the export to end, close Jianying, and try again.',
  },
  JIANYING_GUARD_FAILED: {
    class: 'operator',
    zh: '无法修改剪映的设置文件 {file}：{reason}。请检查该文件是否可写，然后重试。',
    en: "Jianying's setting file {file} could not be changed: {reason}. Check that it can be written, and try again.",
  },
  JIANYING_EXPORT_SETTING_KEPT: {
    class: 'never',
    zh: '无法在剪映中把{setting}改为 {wanted}，使用了剪映上次的设置。',
    en: 'The {setting} could not be set to {wanted} in Jianying; its last setting was used.',
  },
} as const satisfies Record<string, ErrorEntry>;
