import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { type ClipSound, writeClip, writeMusic } from './clip-writer.ts';
import { sampleCanvas, sampleFiles } from './draft.ts';

/** Makes the sample's media: a clip that moves and sounds, two drawn photos, a piece of music. Takes a few seconds. */
export async function makeSampleMedia(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { width, height, fps } = sampleCanvas;
  await writeFile(path.join(folder, sampleFiles.sunrise), photo(1600, 1200, drawSunrise).toBuffer('image/jpeg', 88));
  await writeFile(path.join(folder, sampleFiles.lake), photo(1600, 1200, drawLake).toBuffer('image/png'));
  await writeClip(path.join(folder, sampleFiles.clip), 5, { width, height, fps, draw: drawClip }, bell);
  await writeMusic(path.join(folder, sampleFiles.music), 12, music);
}

function photo(width: number, height: number, draw: (context: SKRSContext2D, width: number, height: number) => void) {
  const canvas = createCanvas(width, height);
  draw(canvas.getContext('2d'), width, height);
  return canvas;
}

function sky(context: SKRSContext2D, width: number, height: number, colors: readonly string[]): void {
  const gradient = context.createLinearGradient(0, 0, 0, height);
  colors.forEach((color, n) => {
    gradient.addColorStop(n / (colors.length - 1), color);
  });
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
}

/** A ridge of hills whose line is a sum of sines. */
function hills(
  context: SKRSContext2D,
  width: number,
  height: number,
  base: number,
  color: string,
  phase: number,
): void {
  context.fillStyle = color;
  context.beginPath();
  context.moveTo(0, height);
  for (let x = 0; x <= width; x += 8) {
    const t = (x / width) * Math.PI * 2;
    context.lineTo(x, height * (base + 0.05 * Math.sin(t * 1.5 + phase) + 0.03 * Math.sin(t * 4 + phase * 2)));
  }
  context.lineTo(width, height);
  context.fill();
}

function drawSunrise(context: SKRSContext2D, width: number, height: number): void {
  sky(context, width, height, ['#1c2350', '#7b4a7d', '#f08a5d', '#ffd98e']);
  context.fillStyle = '#fff3c9';
  context.beginPath();
  context.arc(width * 0.62, height * 0.6, width * 0.07, 0, Math.PI * 2);
  context.fill();
  hills(context, width, height, 0.68, '#6b3f63', 0.4);
  hills(context, width, height, 0.78, '#472a4e', 1.7);
  hills(context, width, height, 0.88, '#241a35', 3.1);
}

function drawLake(context: SKRSContext2D, width: number, height: number): void {
  sky(context, width, height, ['#7ec8e3', '#cfeef7', '#5fa8c4', '#1f5b78']);
  hills(context, width, height * 0.62, 0.82, '#3f7f6b', 2.2);
  hills(context, width, height * 0.62, 0.92, '#2b5d4f', 0.9);
  context.strokeStyle = 'rgba(255,255,255,0.35)';
  context.lineWidth = 4;
  for (let n = 0; n < 24; n++) {
    const y = height * (0.66 + n * 0.014);
    const x = width * ((n * 0.37) % 0.9);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + width * 0.12, y);
    context.stroke();
  }
}

function drawClip(context: SKRSContext2D, seconds: number): void {
  const { width, height } = sampleCanvas;
  sky(context, width, height, ['#101a3a', '#1f3b73', '#3f7cac']);
  for (let n = 0; n < 40; n++) {
    const x = (n * 173 + seconds * (20 + n * 3)) % width;
    context.fillStyle = `rgba(255,255,255,${0.2 + (n % 5) * 0.12})`;
    context.fillRect(x, (n * 97) % (height * 0.7), 3, 3);
  }
  const bounce = Math.abs(Math.sin(seconds * Math.PI));
  context.fillStyle = '#ffb703';
  context.beginPath();
  context.arc(width * (0.15 + 0.14 * seconds), height * (0.78 - 0.4 * bounce), 56, 0, Math.PI * 2);
  context.fill();
  hills(context, width, height, 0.9, '#0b132b', seconds);
}

/** A soft bell each time the ball touches the ground, once a second. */
const bell: ClipSound = (seconds) => {
  const since = seconds % 1;
  const sound = Math.sin(2 * Math.PI * 880 * since) * Math.exp(-6 * since) * 0.4;
  return [sound, sound];
};

const chords = [
  [220, 277.18, 329.63],
  [196, 246.94, 293.66],
  [174.61, 220, 261.63],
  [196, 246.94, 392],
] as const;

/** Four chords, three seconds each. */
const music: ClipSound = (seconds) => {
  const chord = chords[Math.floor(seconds / 3) % chords.length] ?? chords[0];
  const since = seconds % 3;
  const swell = Math.min(1, since * 4) * Math.min(1, (3 - since) * 4);
  const left = chord.reduce((sum, tone) => sum + Math.sin(2 * Math.PI * tone * seconds), 0);
  const right = chord.reduce((sum, tone) => sum + Math.sin(2 * Math.PI * tone * seconds + 0.6), 0);
  return [left * 0.09 * swell, right * 0.09 * swell];
};
