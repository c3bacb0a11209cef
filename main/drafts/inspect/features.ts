import { type Adjustment, adjustmentOf, hslRange, keyedAdjustments } from '../adjustments.ts';
import type { ClipAnimation, Draft, EffectMaterial, Segment, TextMaterial, TextStyle } from '../model.ts';
import { everyDraft } from '../walk.ts';
import type { Feature, FeatureKind } from './drawability.ts';

export interface CountedFeature extends Feature {
  /** How many segments ask for it. */
  readonly count: number;
}

/** Everything that the visible segments ask for, by kind and name, compound clips included. */
export function collectFeatures(draft: Draft): CountedFeature[] {
  const counted = new Map<string, { feature: Feature; count: number }>();
  const ofStyles = stylesReader();
  for (const asked of everyDraft(draft).flatMap((each) => askedFor(each, ofStyles))) {
    for (const [key, feature] of asked) {
      const known = counted.get(key);
      counted.set(key, { feature: known?.feature ?? feature, count: (known?.count ?? 0) + 1 });
    }
  }
  return [...counted.values()].map(({ feature, count }) => ({ ...feature, count }));
}

/** What each visible segment of one draft asks for, compound clips not entered. */
function askedFor({ tracks, fps }: Draft, ofStyles: StylesReader): Map<string, Feature>[] {
  return tracks.flatMap(({ segments }) => {
    const shown = segments.filter(({ visible }) => visible);
    return shown.map((segment, index) => {
      const isCut = touches(segment, shown[index + 1], fps);
      return distinct(segmentFeatures(segment, ofStyles).filter(({ kind }) => kind !== 'transition' || isCut));
    });
  });
}

/** Whether there is a next segment to go over into. What is rounded to frames may be one apart. */
function touches({ target }: Segment, next: Segment | undefined, fps: number): boolean {
  return next !== undefined && next.target.startUs - (target.startUs + target.durationUs) <= 1.1e6 / fps;
}

/** The first of what is the same: names of one thing may differ in case (`Arial`, `arial`). */
function distinct(features: readonly Feature[]): Map<string, Feature> {
  const found = new Map<string, Feature>();
  for (const feature of features) {
    const key = `${feature.kind} ${nameKey(feature.name)} ${feature.detail} ${feature.onText === true}`;
    if (!found.has(key)) found.set(key, feature);
  }
  return found;
}

/** Equal for names that mean the same, however they are spelled. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

type StylesReader = (of: object, styles: () => readonly TextStyle[]) => readonly Feature[];

/** What styles ask for; looked at once, however many segments show them. Nobody's text has more than a hundred fonts. */
function stylesReader(): StylesReader {
  const known = new Map<object, readonly Feature[]>();
  return (of, styles) => {
    const features = known.get(of) ?? [...distinct(styles().flatMap(styleFeatures)).values()].slice(0, 100);
    known.set(of, features);
    return features;
  };
}

function segmentFeatures(segment: Segment, ofStyles: StylesReader): Feature[] {
  const { content, extras } = segment;
  const sounds = extras.audioEffects.map((entry) => feature('audio_effect', entry.name, entry.resourceId));
  const curve = segment.speedCurve === null ? [] : [feature('curve_speed', 'curve', '')];
  // Nobody sees it, whatever is written there.
  if (segment.trackType === 'audio') return [...sounds, ...curve];
  const isText = content.type === 'text' || content.type === 'text_template';
  // Flower text is written twice: as the style's id and as an effect, which also has the name.
  const flowers = new Set(extras.effects.map(({ resourceId }) => resourceId));
  const moved = movedAdjustments(segment);
  const own = content.type === 'effect' ? [content.effect] : [];
  const written = new Set([...own, ...extras.effects].map(({ type }) => adjustmentOf(type)));
  const unwritten = [...moved].filter((adjustment) => !written.has(adjustment));
  const named = (kind: FeatureKind, entry: { name: string; resourceId: string }, detail = '') =>
    feature(kind, entry.name, entry.resourceId, detail);
  return [
    ...contentFeatures(segment, ofStyles).filter(
      (asked) => !flowers.has(asked.resourceId) || asked.kind !== 'flower_text',
    ),
    ...(extras.transition === null ? [] : [named('transition', extras.transition)]),
    ...extras.animations.map((entry) => (isText ? textAnimation(entry) : named('animation', entry, entry.kind))),
    ...extras.masks.map((entry) => named('mask', entry, entry.shape)),
    ...extras.effects
      .filter((effect) => hasEffect(effect, moved))
      .map((effect) => onText(effectFeature(effect), isText)),
    ...unwritten.map((adjustment) => feature('adjust', adjustment, '', adjustment)),
    ...(extras.mixMode === null ? [] : [named('mix_mode', extras.mixMode)]),
    ...(extras.chroma === null || extras.chroma.intensity === 0 ? [] : [feature('chroma', extras.chroma.color, '')]),
    ...extras.hsl.map(({ range }) =>
      hslRange(range) === null ? feature('hsl', `HSL ${range}`, '', range) : feature('hsl', 'HSL', ''),
    ),
    ...sounds,
    ...curve,
  ];
}

function contentFeatures(segment: Segment, ofStyles: StylesReader): readonly Feature[] {
  const { content } = segment;
  switch (content.type) {
    case 'media':
      return content.media.kind === 'sticker'
        ? [feature('sticker', content.media.name, content.media.resourceId ?? '')]
        : (content.media.algorithms ?? []).map((name) => feature('algorithm', name, ''));
    case 'text':
      return [...ofStyles(content.text.styles, () => content.text.styles), ...textFeatures(content.text)];
    case 'text_template': {
      const { name, resourceId, texts } = content.template;
      const styles = () => [...new Set(texts.map(({ text }) => text.styles))].flat();
      return [
        feature('text_template', name, resourceId),
        ...ofStyles(texts, styles),
        ...texts.flatMap(({ text, animations }) => [...textFeatures(text), ...animations.map(textAnimation)]),
      ];
    }
    case 'effect':
      // An adjustment layer is the adjustments it refers to.
      return content.effect.type === 'adjust' || !hasEffect(content.effect, movedAdjustments(segment))
        ? []
        : [effectFeature(content.effect)];
    case 'compound':
    case 'unresolved':
      return [];
  }
}

function textAnimation({ kind, name, resourceId }: ClipAnimation): Feature {
  return feature('text_animation', name, resourceId, kind);
}

function textFeatures({ glow, background, text, wrapWidth }: TextMaterial): Feature[] {
  // Around a single line the two kinds of background are alike.
  const perLine = background?.perLine === true && (wrapWidth !== null || text.includes('\n'));
  return [
    ...(glow === null ? [] : [feature('text_glow', glow.name, glow.resourceId)]),
    ...(perLine ? [feature('text_background', 'background_style 2', '')] : []),
  ];
}

function styleFeatures({ effectId, font }: TextStyle): Feature[] {
  const name = fontName(font);
  return [
    ...(effectId === '' ? [] : [feature('flower_text', effectId, effectId)]),
    ...(name === '' ? [] : [feature('font', name, font.id)]),
  ];
}

/** The font's title, else its file name; generators write `D:` for "any". */
function fontName(font: { readonly path: string; readonly name: string }): string {
  const file = font.path.split(/[\\/]/).at(-1) ?? '';
  return font.name !== '' ? font.name : /\.(ttf|otf|ttc|woff2?)$/i.test(file) ? file : '';
}

function effectFeature(effect: EffectMaterial): Feature {
  return feature(effectKind(effect.type), effect.name, effect.resourceId, effect.type);
}

const otherAdjustments =
  /^(adjust|bloom|color_curve|hsl_curve|log_color_wheel|primary_color_wheel|smart_color_adjust|color_match)/;

/** What keyframes adjust, whether the segment has such an adjustment besides or not. */
function movedAdjustments({ keyframes }: Segment): Set<Adjustment> {
  return new Set<Adjustment>(keyedAdjustments.filter((name) => keyframes[name]?.some(({ value }) => value !== 0)));
}

function onText(feature: Feature, isText: boolean): Feature {
  return isText ? { ...feature, onText: true } : feature;
}

/** What does nothing at strength 0, besides the sliders. Others keep their strength elsewhere. */
const measured = /^(filter|lut|smart_color_adjust)$/;

/**
 * Effects of strength 0 are left in the file when the slider is put back.
 * @param moved by keyframes, which begin anywhere
 */
function hasEffect({ type, value, params }: EffectMaterial, moved: ReadonlySet<Adjustment>): boolean {
  const adjustment = adjustmentOf(type);
  if (adjustment !== null && moved.has(adjustment)) return true;
  const isMeasured = adjustment !== null || measured.test(type) || effectKind(type) === 'beauty';
  return !isMeasured || value !== 0 || params.some((param) => param.value !== 0);
}

function effectKind(type: string): FeatureKind {
  if (type === 'filter') return 'filter';
  if (type === 'lut') return 'lut';
  if (type === 'text_effect') return 'flower_text';
  if (type === 'text_shape') return 'bubble';
  if (type === 'mix_mode') return 'mix_mode';
  if (/^(figure|makeup|beauty|auto_beauty|face_beauty|manual_beauty|reshape)/.test(type)) return 'beauty';
  return adjustmentOf(type) !== null || otherAdjustments.test(type) ? 'adjust' : 'effect';
}

function feature(kind: FeatureKind, name: string, resourceId: string, detail = ''): Feature {
  return { kind, name: name.trim() || resourceId || kind, resourceId, detail };
}
