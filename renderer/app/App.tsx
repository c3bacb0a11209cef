import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { fetchSettings } from '../station/calls.ts';
import { useConnection, useStation } from '../station/store.ts';
import { antTheme, applyPalette } from './palette.ts';
import { followStation, useAppearance, usePreferences } from './preferences.ts';
import { Shell } from './Shell.tsx';

const Refused = lazy(() => import('./Refused.tsx'));

/** Language, appearance and messages around everything. */
export function App() {
  const { language } = usePreferences();
  const appearance = useAppearance();
  const theme = useMemo(() => antTheme(appearance), [appearance]);
  useEffect(() => applyPalette(appearance), [appearance]);
  useStationPreferences();
  const refused = useConnection() === 'refused';
  return (
    <ConfigProvider theme={theme} locale={language === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }}>
      <AntApp message={{ maxCount: 4, top: 64 }} style={{ height: '100%' }}>
        <Suspense fallback={null}>{refused ? <Refused /> : <Shell />}</Suspense>
      </AntApp>
    </ConfigProvider>
  );
}

/** The station's language and theme, taken again whenever its settings change. */
function useStationPreferences(): void {
  const changes = useStation((state) => state.settingsChanges);
  useEffect(() => {
    if (changes > 0) fetchSettings().then(followStation, () => {});
  }, [changes]);
}
