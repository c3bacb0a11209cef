import './setup.ts';
import './styles/base.css';
import './styles/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { applyPalette } from './app/palette.ts';
import { appearanceOf, preferences } from './app/preferences.ts';
import { localeTags, startWords } from './locales/index.ts';
import { StationContext, StationStore } from './station/store.ts';

const { language, theme } = preferences();
document.documentElement.lang = localeTags[language];
startWords(language);
applyPalette(appearanceOf(theme));

const store = new StationStore();
store.connect();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <StationContext value={store}>
      <App />
    </StationContext>
  </StrictMode>,
);
