import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { zh } from './zh-CN.ts';

export type LanguageId = 'zh' | 'en';
/** What the platform's formatters and the page itself call the language. */
export const localeTags: Readonly<Record<LanguageId, string>> = { zh: 'zh-CN', en: 'en' };

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly defaultNS: 'translation';
    readonly resources: { readonly translation: typeof zh };
  }
}

/** Makes the words ready, synchronously: nothing is loaded. */
export function startWords(language: LanguageId): void {
  void i18next.use(initReactI18next).init({
    resources: { 'zh-CN': { translation: zh }, en: { translation: en } },
    lng: localeTags[language],
    fallbackLng: 'zh-CN',
    initAsync: false,
    // React escapes.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
}

export function changeLanguage(language: LanguageId): void {
  document.documentElement.lang = localeTags[language];
  if (i18next.language !== localeTags[language]) void i18next.changeLanguage(localeTags[language]);
}
