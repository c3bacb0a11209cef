import {
  ApiOutlined,
  BarChartOutlined,
  BgColorsOutlined,
  HeartOutlined,
  HistoryOutlined,
  SettingOutlined,
  TranslationOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useStation } from '../station/store.ts';
import { choose, usePreferences } from './preferences.ts';
import { type PageId, pages, writeRoute } from './route.ts';

const icons: Readonly<Record<PageId, React.ReactNode>> = {
  queue: <UnorderedListOutlined aria-hidden />,
  history: <HistoryOutlined aria-hidden />,
  health: <HeartOutlined aria-hidden />,
  statistics: <BarChartOutlined aria-hidden />,
  api: <ApiOutlined aria-hidden />,
  settings: <SettingOutlined aria-hidden />,
};

/** Beside the page on a desk, below it on a phone. */
export function Navigation({ page }: { page: PageId }) {
  const { t } = useTranslation();
  const live = useStation((state) => {
    const counts = state.queue?.counts;
    return counts === undefined ? 0 : counts.pending + counts.processing;
  });
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      <div className="nav-brand">
        <img src="/icon.svg" alt="" width={32} height={32} />
        <span>{t('app.name')}</span>
      </div>
      <ul className="nav-pages">
        {pages.map((id) => (
          <li key={id} className={`nav-item-${id}`}>
            <a href={writeRoute(id)} aria-current={id === page ? 'page' : undefined}>
              <span className="nav-icon" aria-hidden>
                {icons[id]}
              </span>
              <span className="nav-word">{t(`nav.${id}`)}</span>
              {id === 'queue' && live > 0 && <span className="nav-count">{live > 999 ? '999+' : live}</span>}
            </a>
          </li>
        ))}
      </ul>
      <div className="nav-foot">
        <LanguageButton />
        <ThemeButton />
      </div>
    </nav>
  );
}

function LanguageButton() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const next = language === 'zh' ? 'en' : 'zh';
  return (
    <Button
      type="text"
      icon={<TranslationOutlined aria-hidden />}
      lang={next === 'zh' ? 'zh-CN' : 'en'}
      title={t('app.language')}
      onClick={() => choose({ language: next })}
    >
      {next === 'zh' ? '中文' : 'English'}
    </Button>
  );
}

function ThemeButton() {
  const { t } = useTranslation();
  const { theme } = usePreferences();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [theme],
        items: (['system', 'light', 'dark'] as const).map((key) => ({
          key,
          label: t(`app.appearance.${key}`),
          onClick: () => choose({ theme: key }),
        })),
      }}
    >
      <Button type="text" icon={<BgColorsOutlined aria-hidden />} aria-label={t('app.theme')} title={t('app.theme')} />
    </Dropdown>
  );
}
