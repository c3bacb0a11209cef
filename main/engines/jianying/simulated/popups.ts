/** A window that a simulated client may show. */
export interface SimulatedPopup {
  readonly title: string;
  readonly className: string;
  readonly size: readonly [width: number, height: number];
  /** Readable texts. */
  readonly texts: readonly string[];
  /** Captions of its buttons. */
  readonly buttons: readonly string[];
  /** Drawn inside the main window or the dialog instead of in a window of its own. */
  readonly inside?: boolean;
  /** Process that shows it. */
  readonly exe?: string;
  /** Does not go away by WM_CLOSE. */
  readonly stubborn?: boolean;
  /** Pressing this caption is what a person would do; any other closes it as well. */
  readonly onPress?: (caption: string) => void;
}

const box = 'Qt622QWindowToolSaveBits';

/** The popups of docs/jianying.md, as a client of the named tier shows them. */
export const popups = {
  environmentCheck: { title: '环境检测', className: box, size: [520, 360], texts: ['检测完成'], buttons: ['确定'] },
  detector: {
    title: 'VEDetector',
    className: 'Qt622QWindowIcon',
    size: [520, 360],
    texts: [],
    buttons: [],
    exe: 'VEDetector.exe',
  },
  graphics: {
    title: '提示',
    className: box,
    size: [480, 260],
    texts: ['检测到可用的硬件加速'],
    buttons: ['启用', '暂不启用'],
  },
  update: {
    title: '发现新版本',
    className: box,
    size: [560, 420],
    texts: ['新版本更新啦'],
    buttons: ['立即更新', '以后再说'],
  },
  mediaMissing: {
    title: '链接媒体',
    className: box,
    size: [556, 455],
    texts: ['部分媒体文件丢失'],
    buttons: ['重新链接', '取消'],
  },
  listBroken: { title: '提示', className: box, size: [420, 220], texts: ['草稿列表异常'], buttons: ['确认'] },
  draftsLost: { title: '提示', className: box, size: [420, 220], texts: ['草稿丢失'], buttons: ['确认'] },
  draftDamaged: { title: '提示', className: box, size: [420, 220], texts: ['草稿内容已损坏'], buttons: ['确定'] },
  notice: { title: '提示', className: box, size: [420, 220], texts: ['网络连接已恢复'], buttons: ['确定'] },
  continueExport: {
    title: '提示',
    className: box,
    size: [420, 220],
    texts: ['上次导出异常'],
    buttons: ['继续导出', '取消'],
  },
  login: { title: '登录', className: box, size: [400, 560], texts: ['抖音登录'], buttons: [] },
  membership: {
    title: '会员专享',
    className: box,
    size: [640, 520],
    texts: ['使用了会员素材，开通会员后导出'],
    buttons: ['立即开通'],
  },
  splash: {
    title: 'JianyingPro',
    className: 'SplashDialog_QMLTYPE_31',
    size: [652, 417],
    texts: ['限时礼包'],
    buttons: ['去看看', '放弃福利'],
  },
  infoDialog: {
    title: '',
    className: 'LVInfoDialog_QMLTYPE_12',
    size: [464, 402],
    texts: ['新功能'],
    buttons: ['我知道了'],
  },
  untitledAd: { title: 'JianyingPro', className: box, size: [616, 500], texts: [], buttons: [] },
  assetFailed: { title: '提示', className: box, size: [420, 220], texts: ['音频下载失败'], buttons: ['重试', '取消'] },
  share: {
    title: '分享',
    className: box,
    size: [700, 500],
    texts: ['让更多人看到你的作品', '查看草稿'],
    buttons: ['发布', '关闭'],
  },
  unknown: {
    title: '神秘窗口',
    className: box,
    size: [500, 300],
    texts: ['从未见过的内容'],
    buttons: ['好'],
    stubborn: true,
  },
} as const satisfies Record<string, SimulatedPopup>;
