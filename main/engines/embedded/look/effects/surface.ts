import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { clamp01, easeInOut, hash, hump, ramp } from '../../motion/ease.ts';
import { scratch } from '../../motion/scratch.ts';
import { full } from '../../motion/transitions/scene.ts';
import { glitched } from '../../motion/transitions/textures.ts';
import { base } from './lens.ts';
import { type DrawEffect, paintOver, passed, type Stage } from './stage.ts';

/** 暗角: dark corners. */
export const vignette: DrawEffect = (stage) => {
  base(stage);
  corners(stage, 'rgba(0,0,0,1)', 0.75);
};

function corners(stage: Stage, color: string, alpha: number): void {
  const { width, height, strength } = stage;
  paintOver(stage, { alpha: alpha * clamp01(strength) }, (context) => {
    context.save();
    context.translate(width / 2, height / 2);
    context.scale(width / 2, height / 2);
    const gradient = context.createRadialGradient(0, 0, 0.55, 0, 0, 1.45);
    gradient.addColorStop(0, 'rgba(0,0,0,0)');
    gradient.addColorStop(1, color);
    context.fillStyle = gradient;
    context.fillRect(-1, -1, 2, 2);
    context.restore();
  });
}

const GRAIN_SIZE = 256;
let grainTiles: Canvas[] | null = null;

/** Four tiles of fine grey noise, shown in turn. */
function grainTile(index: number): Canvas {
  grainTiles ??= Array.from({ length: 4 }, (_, seed) => {
    const tile = createCanvas(GRAIN_SIZE, GRAIN_SIZE);
    const context = tile.getContext('2d');
    const image = context.createImageData(GRAIN_SIZE, GRAIN_SIZE);
    for (let at = 0; at < image.data.length; at += 4) {
      const value = hash(at >> 2, seed + 11) * 255;
      image.data.set([value, value, value, 255], at);
    }
    context.putImageData(image, 0, 0);
    return tile;
  });
  return grainTiles[index % 4] ?? createCanvas(1, 1);
}

function grainOver(stage: Stage, amount: number): void {
  const { width, height, time } = stage;
  const step = Math.floor(time * 12);
  const tile = grainTile(step);
  const scale = height / 720;
  const [left, top] = [-hash(step, 1) * GRAIN_SIZE * scale, -hash(step, 2) * GRAIN_SIZE * scale];
  // Finer than a pixel it is weaker, as in a large video that is shown small.
  const alpha = amount * clamp01(stage.strength) * Math.min(1, scale);
  paintOver(stage, { operation: 'overlay', alpha }, (context) => {
    for (let y = top; y < height; y += GRAIN_SIZE * scale) {
      for (let x = left; x < width; x += GRAIN_SIZE * scale)
        context.drawImage(tile, x, y, GRAIN_SIZE * scale, GRAIN_SIZE * scale);
    }
  });
}

/** 噪点: film grain. */
export const grain: DrawEffect = (stage) => {
  base(stage);
  grainOver(stage, 0.4);
};

/** One colour all over the picture. */
function tint(
  stage: Stage,
  operation: 'source-over' | 'saturation' | 'color' | 'multiply' | 'difference' | 'screen',
  color: string,
  alpha: number,
): void {
  if (alpha < faintest) return;
  paintOver(stage, { operation, alpha }, (context) => {
    context.fillStyle = color;
    context.fillRect(0, 0, stage.width, stage.height);
  });
}

/** Less of a colour than this changes no pixel. */
const faintest = 0.002;

/** 黑白, 变黑白 (which grows over the first half). */
export const greys =
  (growing: boolean): DrawEffect =>
  (stage) => {
    base(stage);
    tint(stage, 'saturation', '#808080', stage.strength * (growing ? ramp(0, 0.5, passed(stage)) : 1));
  };

/** 变彩色: from greys to colours. */
export const colours: DrawEffect = (stage) => {
  base(stage);
  tint(stage, 'saturation', '#808080', stage.strength * (1 - ramp(0.1, 0.7, passed(stage))));
};

/** 负片. */
export const negative: DrawEffect = (stage) => {
  base(stage);
  tint(stage, 'difference', '#fff', stage.strength);
};

/** 复古红调, 复古蓝调 ...: one colour washes over. */
export const wash =
  (color: string): DrawEffect =>
  (stage) => {
    base(stage);
    tint(stage, 'color', color, stage.strength * 0.4);
    corners(stage, 'rgba(0,0,0,1)', 0.35);
  };

/** 老电影, 胶片: warm and faded, grain, scratches, a lamp that flickers, a frame that jumps. */
export const oldFilm =
  (grey: boolean): DrawEffect =>
  (stage) => {
    const { target, width, height, time, strength } = stage;
    const step = Math.floor(time * 12);
    const jump = hash(step, 4) > 0.9 ? (hash(step, 5) - 0.5) * height * 0.015 * strength : 0;
    target.save();
    target.translate(0, jump);
    base(stage);
    target.restore();
    tint(stage, grey ? 'saturation' : 'color', grey ? '#808080' : '#8a6a3c', strength * (grey ? 1 : 0.45));
    grainOver(stage, 0.35);
    paintOver(stage, { alpha: 0.35 * strength }, (context) => {
      for (let line = 0; line < 3; line += 1) {
        if (hash(step, 20 + line) < 0.55) continue;
        context.fillStyle = hash(step, 40 + line) > 0.5 ? '#f4ecd8' : '#1a1409';
        context.fillRect(hash(step, 30 + line) * width, 0, Math.max(1, width / 900), height);
      }
    });
    tint(stage, 'source-over', '#000', 0.1 * strength * hash(step, 6));
    corners(stage, 'rgba(0,0,0,1)', 0.7);
  };

/** Light and dark lines of a picture tube together. */
const tubeLines = 270;

/** 老电视, VHS: scan lines, colours apart, a soft roll. */
export const television: DrawEffect = (stage) => {
  const { width, height, time, strength } = stage;
  glitched(stage.target, stage.frame, stage, 0.18 * strength, Math.floor(time * 8));
  paintOver(stage, { alpha: 0.22 * strength }, (context) => {
    context.fillStyle = '#000';
    const line = height / tubeLines;
    for (let y = 0; y < height; y += line * 2) context.fillRect(0, y, width, line);
  });
  paintOver(stage, { alpha: 0.08 * strength }, (context) => {
    context.fillStyle = '#fff';
    context.fillRect(0, ((time * 0.25) % 1.2) * height - height * 0.1, width, height * 0.1);
  });
  corners(stage, 'rgba(0,0,0,1)', 0.6);
};

/** 故障, 色差: bursts of a bad signal; `steady` keeps the colours apart all the time. */
export const glitch =
  (steady: boolean): DrawEffect =>
  (stage) => {
    const step = Math.floor(stage.time * 12);
    const burst = hash(Math.floor(stage.time * 2.5), 8) > 0.35 ? 0.5 + 0.5 * hash(step, 9) : 0.08;
    glitched(stage.target, stage.frame, stage, (steady ? 0.35 : burst) * stage.strength, step);
  };

/** 电影感画幅, 黑框: bars above and below. */
export const bars: DrawEffect = (stage) => {
  const { width, height } = stage;
  base(stage);
  const bar = Math.max(0, (height - width / 2.35) / 2) || height * 0.09;
  paintOver(stage, {}, (context) => {
    context.fillStyle = '#000';
    context.fillRect(0, 0, width, bar);
    context.fillRect(0, height - bar, width, bar);
  });
};

/** 白色边框, 胶片框: a plain border; `holes` gives it a film's perforation. */
export const border =
  (color: string, holes: boolean): DrawEffect =>
  (stage) => {
    const { width, height } = stage;
    base(stage);
    const edge = Math.min(width, height) * (holes ? 0.09 : 0.045);
    paintOver(stage, {}, (context) => {
      context.fillStyle = color;
      context.beginPath();
      context.rect(0, 0, width, height);
      context.roundRect(
        edge * (holes ? 0.3 : 1),
        edge,
        width - 2 * edge * (holes ? 0.3 : 1),
        height - 2 * edge,
        holes ? edge * 0.3 : 0,
      );
      context.fill('evenodd');
      if (holes) {
        context.fillStyle = '#e9e6df';
        const step = edge * 0.9;
        const shift = (stage.time * step * 2) % step;
        for (let x = -step + shift; x < width; x += step) {
          for (const y of [edge * 0.28, height - edge * 0.72]) {
            context.beginPath();
            context.roundRect(x, y, step * 0.5, edge * 0.44, edge * 0.08);
            context.fill();
          }
        }
      }
    });
  };

/** 闪白, 闪黑: flashes, `perSecond` of them. */
export const flash =
  (color: string, perSecond: number): DrawEffect =>
  (stage) => {
    base(stage);
    const share = (stage.time * perSecond) % 1;
    tint(stage, 'source-over', color, Math.exp(-share * 7) * stage.strength);
  };

/** 频闪 in colours: the hue of the light changes with every beat. */
export const flicker: DrawEffect = (stage) => {
  base(stage);
  const step = Math.floor(stage.time * 5);
  tint(
    stage,
    'screen',
    `hsl(${Math.round(hash(step, 3) * 360)},90%,50%)`,
    0.45 * stage.strength * hump((stage.time * 5) % 1),
  );
};

/** 渐显开幕, 渐隐闭幕: from a colour at the start or into it at the end. */
export const fadeFrom =
  (color: string, opening: boolean): DrawEffect =>
  (stage) => {
    base(stage);
    tint(stage, 'source-over', color, opening ? 1 - ramp(0, 0.8, passed(stage)) : ramp(0.2, 1, passed(stage)));
  };

/** 开幕, 闭幕: two black halves part, or meet. */
export const curtain =
  (opening: boolean, vertical: boolean): DrawEffect =>
  (stage) => {
    const { width, height } = stage;
    base(stage);
    const closed = opening ? 1 - easeInOut(passed(stage)) : easeInOut(passed(stage));
    const [w, h] = vertical ? [(width / 2) * closed, height] : [width, (height / 2) * closed];
    paintOver(stage, {}, (context) => {
      context.fillStyle = '#000';
      context.fillRect(0, 0, w, h);
      context.fillRect(vertical ? width - w : 0, vertical ? 0 : height - h, w, h);
    });
  };

/** 聚光灯, 手电筒, 望远镜: everything outside a circle is dark. */
export const spotlight: DrawEffect = (stage) => {
  const { width, height, time, strength } = stage;
  base(stage);
  const x = width / 2 + Math.sin(time * 0.8) * width * 0.06;
  const reach = Math.min(width, height) * 0.42;
  paintOver(stage, {}, (context) => {
    const gradient = context.createRadialGradient(x, height / 2, reach * 0.85, x, height / 2, reach * 1.1);
    gradient.addColorStop(0, 'rgba(0,0,0,0)');
    gradient.addColorStop(1, `rgba(0,0,0,${0.9 * clamp01(strength)})`);
    context.fillStyle = gradient;
    context.fillRect(0, 0, width, height);
  });
};

/** 发光: bright parts bleed. */
export const glow: DrawEffect = (stage) => {
  const { width, height, strength } = stage;
  base(stage);
  const small = scratch('effect glow', width / 8, height / 8);
  full(small.context, stage.frame, small.canvas);
  const soft = scratch('effect glow soft', width / 8, height / 8);
  soft.context.filter = 'blur(4px)';
  soft.context.drawImage(small.canvas, 0, 0);
  paintOver(stage, { operation: 'screen', alpha: 0.45 * strength }, (context) =>
    context.drawImage(soft.canvas, 0, 0, width, height),
  );
};
