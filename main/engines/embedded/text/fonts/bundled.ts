import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Scripts that the program brings its own font for, so that pictures are equal on every machine. */
export type BundledScript = 'cjk' | 'arabic' | 'emoji';

const packages: Record<BundledScript, { regular: string; bold: string | null }> = {
  // Noto Sans SC also carries Latin, Greek, Cyrillic, Vietnamese and kana.
  cjk: {
    regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  },
  arabic: {
    regular: '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf',
  },
  emoji: { regular: '@expo-google-fonts/noto-color-emoji/400Regular/NotoColorEmoji_400Regular.ttf', bold: null },
};

/**
 * The file of a bundled font, or null when it is not there: first a `fonts` folder beside the program's resources
 * (a packaged app), then the npm package. Native code reads the file, so one inside an asar archive will not do.
 */
export function bundledFont(script: BundledScript, weight: 'regular' | 'bold', resourceFolder = ''): string | null {
  const module = packages[script][weight];
  if (module === null) return null;
  // Set by Electron only.
  const { resourcesPath = '' } = process as { resourcesPath?: string };
  const folders = [resourceFolder, path.join(resourcesPath, 'fonts')].filter(path.isAbsolute);
  for (const folder of folders) {
    const file = path.join(folder, path.basename(module));
    if (existsSync(file)) return file;
  }
  try {
    const file = createRequire(import.meta.url).resolve(module);
    const unpacked = file.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
    return existsSync(unpacked) ? unpacked : null;
  } catch {
    return null;
  }
}
