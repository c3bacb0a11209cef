import { type ThemeConfig, theme } from 'antd';

export type Appearance = 'light' | 'dark';

/** Colours by what they mean. Text on `surface` and `ground` has at least 4.5:1 in both appearances. */
interface Palette {
  readonly ground: string;
  readonly surface: string;
  readonly raised: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly textSoft: string;
  readonly textFaint: string;
  readonly accent: string;
  readonly accentText: string;
  readonly accentSoft: string;
  readonly ok: string;
  readonly okSoft: string;
  readonly warn: string;
  readonly warnSoft: string;
  readonly bad: string;
  readonly badSoft: string;
  readonly track: string;
  readonly shadow: string;
}

const palettes: Readonly<Record<Appearance, Palette>> = {
  light: {
    ground: '#f3f4f7',
    surface: '#ffffff',
    raised: '#ffffff',
    line: '#e4e7ed',
    lineStrong: '#c9cfd9',
    text: '#14171d',
    textSoft: '#4c5462',
    textFaint: '#616a79',
    accent: '#2f54d6',
    accentText: '#2a4cc4',
    accentSoft: '#e8edfc',
    ok: '#1a7542',
    okSoft: '#e3f3ea',
    warn: '#8f5300',
    warnSoft: '#fcefd9',
    bad: '#bb2a2a',
    badSoft: '#fce9e8',
    track: '#e1e5ee',
    shadow: '0 1px 2px rgb(16 24 40 / 6%), 0 1px 3px rgb(16 24 40 / 8%)',
  },
  dark: {
    ground: '#0f1115',
    surface: '#171a20',
    raised: '#1f232b',
    line: '#2a2f39',
    lineStrong: '#414957',
    text: '#edeff3',
    textSoft: '#b4bbc8',
    textFaint: '#98a1b0',
    accent: '#5b7cf5',
    accentText: '#93abff',
    accentSoft: '#1e2745',
    ok: '#5fcf90',
    okSoft: '#14291e',
    warn: '#f0b45a',
    warnSoft: '#2f2413',
    bad: '#ff8a84',
    badSoft: '#341a1b',
    track: '#2b313c',
    shadow: '0 1px 2px rgb(0 0 0 / 40%)',
  },
};

export const fontStack =
  "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', system-ui, sans-serif";

/** Hands the colours to the style sheets as `--ground`, `--text-soft` and so on. */
export function applyPalette(appearance: Appearance): void {
  const { style, dataset } = document.documentElement;
  dataset.theme = appearance;
  style.colorScheme = appearance;
  for (const [name, value] of Object.entries(palettes[appearance]))
    style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value);
}

/** The same colours for Ant Design. */
export function antTheme(appearance: Appearance): ThemeConfig {
  const colors = palettes[appearance];
  return {
    algorithm: appearance === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: appearance === 'dark' ? '#4a6cf0' : colors.accent,
      colorLink: colors.accentText,
      colorSuccess: colors.ok,
      colorWarning: colors.warn,
      colorError: appearance === 'dark' ? '#ff9a94' : colors.bad,
      colorBgLayout: colors.ground,
      colorBgContainer: colors.surface,
      colorBgElevated: colors.raised,
      colorText: colors.text,
      colorTextSecondary: colors.textSoft,
      colorTextTertiary: colors.textFaint,
      colorTextDescription: colors.textFaint,
      colorTextPlaceholder: colors.textFaint,
      colorBorder: colors.lineStrong,
      colorBorderSecondary: colors.line,
      borderRadius: 8,
      fontFamily: fontStack,
      fontSize: 14,
      controlHeight: 36,
      motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.2s',
    },
    components: {
      // A light red reads well on a dark page, but not below white words.
      Button: appearance === 'dark' ? { dangerColor: '#200a0a' } : {},
      // Ant Design writes these with the colour of its buttons, which is too dark for text on a dark page.
      Tabs: {
        itemSelectedColor: colors.accentText,
        itemHoverColor: colors.accentText,
        itemActiveColor: colors.accentText,
        inkBarColor: colors.accent,
      },
    },
  };
}
