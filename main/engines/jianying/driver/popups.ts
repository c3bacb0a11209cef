import type { ErrorCode } from '../../../shared/errors/index.ts';
import type { WindowInfo } from '../ui/backend.ts';
import type { Phase } from './memory.ts';

/** How a popup is recognised and what is done about it. Data, so that a new one is one more row. */
export interface PopupRule {
  readonly id: string;
  /** All given patterns must match. */
  readonly when: {
    readonly title?: RegExp;
    readonly className?: RegExp;
    readonly exe?: RegExp;
    /** Title or any readable text. */
    readonly text?: RegExp;
    readonly sizes?: readonly (readonly [width: number, height: number])[];
  };
  /** Only in these phases; everywhere when absent. */
  readonly phases?: readonly Phase[];
  /** It may also be drawn inside the main window or the export dialog. */
  readonly inside?: boolean;
  /** Captions to press, best first. */
  readonly press: readonly string[];
  /** When none of them is there. */
  readonly otherwise: 'close' | 'leave';
  /** Answers per attempt before it counts as unanswerable. */
  readonly limit: number;
  readonly afterwards: 'go_on' | 'restart' | { readonly fail: ErrorCode };
  /** What it means when the limit is reached; default: an unknown dialog. */
  readonly exhausted?: ErrorCode;
}

const atExport: readonly Phase[] = ['dialog', 'settings', 'confirm', 'export'];
const decline = ['放弃福利', '暂不', '以后再说', '取消', '跳过', '我知道了'];

/** First match wins: the rows that end a task stand before the ones that wave something away. */
export const popupRules: readonly PopupRule[] = [
  {
    id: 'environment_check',
    when: { exe: /VEDetector\.exe$/i },
    press: ['确定'],
    otherwise: 'close',
    limit: 4,
    afterwards: 'go_on',
  },
  {
    id: 'environment_check',
    when: { title: /环境检测/ },
    press: ['确定'],
    otherwise: 'close',
    limit: 4,
    afterwards: 'go_on',
  },
  {
    id: 'graphics',
    when: { text: /暂不启用/ },
    inside: true,
    press: ['暂不启用'],
    otherwise: 'leave',
    limit: 4,
    afterwards: 'go_on',
  },
  {
    id: 'login',
    when: { title: /登录/ },
    press: [],
    otherwise: 'close',
    limit: 2,
    afterwards: { fail: 'JIANYING_LOGIN_NEEDED' },
  },
  {
    id: 'media_missing',
    when: { text: /链接媒体|媒体丢失/ },
    inside: true,
    press: ['取消'],
    otherwise: 'close',
    limit: 2,
    afterwards: { fail: 'JIANYING_MEDIA_MISSING' },
  },
  {
    id: 'draft_damaged',
    when: { text: /草稿内容已损坏|草稿已损坏/ },
    inside: true,
    press: ['关闭', '确定', '我知道了'],
    otherwise: 'close',
    limit: 2,
    afterwards: { fail: 'JIANYING_DRAFT_INVALID' },
  },
  {
    id: 'draft_list_broken',
    when: { text: /草稿列表异常|草稿丢失/ },
    inside: true,
    press: ['确认', '确定'],
    otherwise: 'close',
    limit: 2,
    afterwards: 'restart',
    exhausted: 'JIANYING_DRAFT_LIST_BROKEN',
  },
  {
    id: 'asset_failed',
    when: { text: /(音频|音乐|素材|特效|字体|资源)?下载失败/ },
    phases: atExport,
    inside: true,
    press: ['重试'],
    otherwise: 'leave',
    limit: 1,
    afterwards: 'go_on',
    exhausted: 'JIANYING_ASSET_DOWNLOAD_FAILED',
  },
  {
    id: 'continue_export',
    when: { text: /继续导出/ },
    phases: atExport,
    inside: true,
    press: ['继续导出'],
    otherwise: 'leave',
    limit: 1,
    afterwards: 'go_on',
    exhausted: 'JIANYING_UNKNOWN_DIALOG',
  },
  {
    id: 'membership',
    when: { text: /会员|VIP|开通|付费|权益|试看|去水印/i },
    phases: atExport,
    press: [],
    otherwise: 'close',
    limit: 2,
    afterwards: { fail: 'JIANYING_MEMBERSHIP_NEEDED' },
  },
  {
    id: 'update',
    when: { text: /更新|升级/ },
    press: ['以后再说', '暂不更新', '稍后', '取消'],
    otherwise: 'close',
    limit: 4,
    afterwards: 'go_on',
  },
  {
    id: 'share',
    when: { text: /让更多人看到你的作品|查看草稿|发布/ },
    press: ['关闭'],
    otherwise: 'close',
    limit: 4,
    afterwards: 'go_on',
  },
  {
    id: 'marketing',
    when: { className: /^(SplashDialog|LVInfoDialog)_QMLTYPE/ },
    press: decline,
    otherwise: 'close',
    limit: 6,
    afterwards: 'go_on',
  },
  {
    id: 'marketing',
    when: {
      title: /^JianyingPro$/,
      className: /QWindowToolSaveBits/,
      sizes: [
        [652, 417],
        [616, 500],
        [464, 402],
      ],
    },
    press: decline,
    otherwise: 'close',
    limit: 6,
    afterwards: 'go_on',
  },
  {
    id: 'marketing',
    when: { text: /福利|优惠|活动|会员|VIP/i },
    press: decline,
    otherwise: 'close',
    limit: 6,
    afterwards: 'go_on',
  },
  {
    id: 'notice',
    when: { title: /^提示$/, text: /网络|已保存|自动保存|导入完成|已恢复/ },
    press: ['确定', '我知道了'],
    otherwise: 'close',
    limit: 4,
    afterwards: 'go_on',
  },
];

const sizeSlack = 24;

/** The first rule that fits a window of the client (or what is drawn inside its own pages). */
export function matchPopup(
  window: WindowInfo,
  texts: readonly string[],
  phase: Phase,
  place: 'own_window' | 'inside',
): PopupRule | null {
  const fits = (rule: PopupRule): boolean => {
    if (place === 'inside' && !rule.inside) return false;
    if (rule.phases && !rule.phases.includes(phase)) return false;
    const { title, className, exe, text, sizes } = rule.when;
    if (title && !title.test(window.title)) return false;
    if (className && !className.test(window.className)) return false;
    if (exe && !exe.test(window.exe)) return false;
    if (text && ![...(place === 'own_window' ? [window.title] : []), ...texts].some((found) => text.test(found)))
      return false;
    if (sizes) {
      const { width, height } = window.rect;
      if (!sizes.some(([w, h]) => Math.abs(w - width) <= sizeSlack && Math.abs(h - height) <= sizeSlack)) return false;
    }
    return true;
  };
  return popupRules.find(fits) ?? null;
}
