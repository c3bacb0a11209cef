import type { EffectMaterial } from '../../../../drafts/model.ts';
import { chain, type SoundEffect, share } from './effect.ts';
import { crush, drive, gain, highPass, lowPass, peak, shelf } from './filters.ts';
import { around, echo, room, vibrato, wide } from './space.ts';

export type { SoundEffect } from './effect.ts';

interface Entry {
  readonly family: string;
  readonly words: RegExp;
  /** @param amount the effect's own strength slider, 0..1 */
  make(rate: number, amount: number): SoundEffect;
}

const entry = (family: string, words: RegExp, make: (rate: number) => SoundEffect): Entry => ({
  family,
  words,
  make: (rate, amount) => share(make(rate), amount),
});

const band = (rate: number, from: number, to: number): SoundEffect => chain(highPass(rate, from), lowPass(rate, to));

/**
 * Sounds of places and devices by what their names say; the application's own are programs that are not in a draft, so
 * all of these are approximations. The first entry whose words fit takes a name. Not here, and reported: voices changed
 * into others, tuning, and effects that add a sound of their own (rain, a forest).
 */
export const soundEffects: readonly Entry[] = [
  // Echoes before the places that they are named after.
  entry('echo-far', /空谷回声|洞穴回声|深海回声|canyon echo|valley echo/u, (rate) => echo(rate, 0.42, 0.55, 0.6)),
  entry('echo', /回音|回声|\becho/u, (rate) => echo(rate, 0.26, 0.42, 0.55)),
  // Voices
  entry('clear-voice', /人声增强|清澈人声|高解析人声|enhance voice|voice enhance|clear voice/u, (rate) =>
    chain(highPass(rate, 80), peak(rate, 260, -2.5), peak(rate, 3_200, 4, 0.8), shelf(rate, 'high', 9_000, 2.5)),
  ),
  entry('deep-voice', /深邃人声|deep voice/u, (rate) =>
    chain(shelf(rate, 'low', 180, 4), peak(rate, 2_500, -2), room(rate, 1.2, 0.3, 0.2)),
  ),
  // Tone
  entry('heavy-bass', /超重低音|heavy bass|super bass/u, (rate) => chain(shelf(rate, 'low', 120, 11), gain(0.7))),
  entry('bass', /低音增强|bass boost/u, (rate) => chain(shelf(rate, 'low', 120, 7), gain(0.8))),
  entry('treble', /高音增强|treble boost/u, (rate) => chain(shelf(rate, 'high', 5_000, 7), gain(0.9))),
  // Devices
  entry('walkie-talkie', /对讲机|walkie/u, (rate) =>
    chain(band(rate, 500, 2_800), drive(9), lowPass(rate, 3_200), gain(1.1)),
  ),
  entry('telephone', /电话|telephone|\bphone\b/u, (rate) => chain(band(rate, 300, 3_400), drive(3), gain(1.3))),
  entry('megaphone', /扩音器|喇叭|广播|megaphone|loudspeaker/u, (rate) =>
    chain(band(rate, 420, 4_500), peak(rate, 1_600, 5), drive(4), echo(rate, 0.09, 0.25, 0.25)),
  ),
  entry('radio', /收音机|电台|复古电视|radio|old tv/u, (rate) =>
    chain(band(rate, 180, 5_000), peak(rate, 1_200, 3), drive(2), gain(1.1)),
  ),
  entry('gramophone', /留声机|黑胶|gramophone|vinyl/u, (rate) =>
    chain(band(rate, 200, 4_200), peak(rate, 900, 3), vibrato(rate, 0.6, 0.0012)),
  ),
  entry('low-fidelity', /低保真|lo-?fi|低保/u, (rate) => chain(crush(9, 4), lowPass(rate, 5_000))),
  entry('eight-bit', /^8 ?bit/u, (rate) => chain(crush(5, 7), lowPass(rate, 8_000))),
  // Muffled
  entry('underwater', /水下|underwater/u, (rate) =>
    chain(lowPass(rate, 520, 1.1), vibrato(rate, 0.9, 0.002), gain(1.3)),
  ),
  entry('muffled', /捂嘴|闷响|muffled/u, (rate) => chain(lowPass(rate, 750), gain(1.2))),
  // Places
  entry('room', /房间|教室|\broom\b|classroom/u, (rate) => room(rate, 0.5, 0.6, 0.55)),
  entry('bathroom', /浴室|管道|bathroom|\bpipe\b/u, (rate) => room(rate, 0.9, 0.95, 0.8)),
  entry('hallway', /楼道|停车场|hallway|parking|garage/u, (rate) => room(rate, 1.6, 0.6, 0.7)),
  entry('cave', /山洞|\bcave\b/u, (rate) => room(rate, 2.4, 0.35, 0.8)),
  entry('church', /教堂|church|cathedral/u, (rate) => room(rate, 3.8, 0.5, 0.8)),
  entry('stage', /演唱会|livehouse|百老汇|演讲舞台|麦霸|concert|broadway|\bstage\b|karaoke/u, (rate) =>
    room(rate, 1.5, 0.6, 0.5),
  ),
  entry('hall', /音乐厅|超级混响|空灵感|冥想|混响|concert hall|reverb/u, (rate) => room(rate, 2.6, 0.7, 0.7)),
  // Round the listener
  entry('around', /环绕音|surround/u, (rate) => around(rate, 0.25)),
  entry('wide', /宽阔人声|立体声|全景音|stereo|\bwide\b/u, (rate) => wide(rate, 1)),
  entry('vibrato', /颤音|vibrato/u, (rate) => vibrato(rate, 6, 0.0015)),
];

const find = ({ name }: Pick<EffectMaterial, 'name'>): Entry | null => {
  const plain = name.trim().toLowerCase();
  return soundEffects.find(({ words }) => words.test(plain)) ?? null;
};

/** Names of the slider for how much of an effect is heard, in drafts of several versions. */
const strengthNames = /强|strength|深度|幅度|intensity/u;

/** The effect, ready for one clip; null for one that cannot be built from its name. */
export function makeSoundEffect(
  effect: Pick<EffectMaterial, 'name' | 'params'>,
  sampleRate: number,
): SoundEffect | null {
  const found = find(effect);
  if (found === null) return null;
  const amount = effect.params.find(({ name }) => strengthNames.test(name))?.value ?? 1;
  return found.make(sampleRate, Number.isFinite(amount) ? Math.min(1, Math.max(0, amount)) : 1);
}

export const soundEffectFidelity = (effect: Pick<EffectMaterial, 'name'>): 'approximated' | 'not_drawn' =>
  find(effect) === null ? 'not_drawn' : 'approximated';
