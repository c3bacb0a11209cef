import { describe, expect, it } from 'vitest';
import { defaultSettings, settingsSchema } from '../../main/shared/settings.ts';
import { en } from '../../renderer/locales/en.ts';
import { zh } from '../../renderer/locales/zh-CN.ts';
import { complaints, type Edits, patchOf, valueAt, withEdit } from '../../renderer/pages/settings/edits.ts';
import { groups } from '../../renderer/pages/settings/fields.ts';

const fields = Object.values(groups).flat();
const edit = (...changes: [path: string, value: unknown][]): Edits =>
  changes.reduce<Edits>((edits, [path, value]) => withEdit(edits, defaultSettings, path, value), new Map());
const complaint = (path: string, value: unknown) => complaints(edit([path, value]), defaultSettings).get(path);

describe('the settings page', () => {
  it('shows every setting once', () => {
    const all = Object.entries(settingsSchema.parse({})).flatMap(([name, value]) =>
      typeof value === 'object' && !Array.isArray(value)
        ? Object.keys(value).map((inner) => `${name}.${inner}`)
        : [name],
    );
    // The guide marks itself as done.
    const shown = fields.map(({ path }) => path);
    expect(shown.toSorted()).toEqual(all.filter((path) => path !== 'firstRunDone').toSorted());
  });

  it('has a label for every setting and a word for every choice, in both languages', () => {
    for (const words of [zh, en]) {
      for (const field of fields) {
        const label = valueIn(words.settings.fields, `${field.path}.label`);
        expect(label, field.path).toMatch(/\S/);
        if (field.kind !== 'choice') continue;
        const options = valueIn(words.settings.options, field.path) as Record<string, string>;
        for (const value of field.values) expect(options[String(value)], `${field.path} ${value}`).toMatch(/\S/);
      }
    }
  });

  it('offers only choices that can be saved', () => {
    for (const field of fields) {
      if (field.kind !== 'choice') continue;
      for (const value of field.values)
        expect(
          complaints(new Map([[field.path, value]]), { ...defaultSettings, apiKey: 'k' }).size,
          `${field.path} ${value}`,
        ).toBe(0);
    }
  });
});

function valueIn(words: object, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => Reflect.get(value as object, name), words);
}

describe('a change', () => {
  it('back to the saved value is none', () => {
    expect(edit(['port', 9000], ['port', 8000]).size).toBe(0);
  });

  it('is sent alone, nested where the setting is', () => {
    expect(patchOf(edit(['preset.codec', 'hevc'], ['keepVideosDays', 7]))).toEqual({
      preset: { codec: 'hevc' },
      keepVideosDays: 7,
    });
  });

  it('leaves empty lines of a list out', () => {
    expect(patchOf(edit(['mediaHosts', ['127.0.0.1:9000', '', ' ']]))).toEqual({ mediaHosts: ['127.0.0.1:9000'] });
  });

  it('finds the value of a nested setting', () => {
    expect(valueAt(defaultSettings, 'preset.codec')).toBe('h264');
  });
});

describe('a value that cannot be saved', () => {
  it('is explained with its limits', () => {
    expect(complaint('port', 70_000)).toEqual({ key: 'between', values: { min: 0, max: 65535 } });
    expect(complaint('preset.quality', 9)).toEqual({ key: 'between', values: { min: 10, max: 40 } });
    expect(complaint('port', null)).toEqual({ key: 'number' });
    expect(complaint('fetchLanes', 1.5)).toEqual({ key: 'whole' });
  });

  it('is explained by what was expected', () => {
    expect(complaint('webhookUrl', 'ftp://x')).toEqual({ key: 'url' });
    expect(complaint('draftUrlTemplate', 'https://x.example')).toEqual({ key: 'template' });
    expect(complaint('mediaHosts', ['good.example', 'not a host'])).toEqual({ key: 'host', values: { line: 2 } });
    expect(complaint('apiKey', 'x'.repeat(201))).toEqual({ key: 'tooLong', values: { max: 200 } });
  });

  it('has the limits that the station itself has', () => {
    for (const field of fields) {
      if (field.kind !== 'number') continue;
      const found = complaint(field.path, -1);
      expect(found?.key, field.path).toBe('between');
      const { min = 0, max = 0 } = (found?.values ?? {}) as { min?: number; max?: number };
      expect(complaint(field.path, min), field.path).toBeUndefined();
      expect(complaint(field.path, max), field.path).toBeUndefined();
      expect(complaint(field.path, max + 1), field.path).toBeDefined();
    }
  });

  it('is AV1 in a MOV file, whichever of the two was chosen last', () => {
    const problem = { key: 'av1InMov' };
    const av1: typeof defaultSettings = { ...defaultSettings, preset: { ...defaultSettings.preset, codec: 'av1' } };
    const both = edit(['preset.codec', 'av1'], ['preset.container', 'mov']);
    expect(complaints(both, defaultSettings).get('preset.container')).toEqual(problem);
    const later = new Map([['preset.container', 'mov']]);
    expect(complaints(later, av1).get('preset.container')).toEqual(problem);
    expect(complaints(later, defaultSettings).size).toBe(0);
  });

  it('is a network address without an API key', () => {
    expect(complaints(edit(['host', '0.0.0.0']), defaultSettings).get('apiKey')).toEqual({ key: 'keyNeeded' });
    expect(complaints(edit(['host', '0.0.0.0'], ['apiKey', 'secret']), defaultSettings).size).toBe(0);
  });
});
