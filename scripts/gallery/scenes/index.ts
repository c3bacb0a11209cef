import type { Scene } from '../scene.ts';
import { clipScenes } from './clips.ts';
import { lookScenes } from './look.ts';
import { motionScenes } from './motion.ts';
import { textScenes } from './text.ts';
import { timeScenes } from './time.ts';

/** Every feature of the gallery, in the order of its page. */
export const scenes: readonly Scene[] = [...clipScenes, ...timeScenes, ...textScenes, ...motionScenes, ...lookScenes];
