import { secretMask } from '../shared/operator-api.ts';
import type { Settings, SettingsPatch } from '../shared/settings.ts';

/** The settings as the window may see them: secrets that are set show as a mask. */
export function maskSecrets(settings: Settings): Settings {
  return {
    ...settings,
    apiKey: mask(settings.apiKey),
    webhookSecret: mask(settings.webhookSecret),
    s3: { ...settings.s3, secretAccessKey: mask(settings.s3.secretAccessKey) },
  };
}

/** A change from the window without the masks in it: a mask means "as it was". */
export function dropMasks(patch: SettingsPatch): SettingsPatch {
  const { s3, ...rest } = patch;
  return { ...withoutMask(rest), ...(s3 === undefined ? {} : { s3: withoutMask(s3) }) };
}

function mask(secret: string): string {
  return secret === '' ? '' : secretMask;
}

function withoutMask<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== secretMask)) as Fields;
}
