import type { Decision, DriverJob } from './action.ts';
import type { Memory } from './memory.ts';
import type { Scene, View } from './scene.ts';

/** What differs between a client that names its controls and one that does not. */
export interface Hands {
  /** On the home page: make the draft open. */
  open(context: Context): Decision;
  /** In the editor: make the export dialog appear. */
  openDialog(context: Context): Decision;
  /** In the export dialog: where will the file go, and is it the right draft? Ends in phase `settings` or `confirm`. */
  readDialog(context: Context): Decision;
  /** Resolution and frame rate. Ends in phase `confirm`. */
  settings(context: Context): Decision;
  confirm(context: Context): Decision;
  /** One step back towards the home page. */
  back(context: Context): Decision;
}

export interface Context {
  readonly scene: Scene;
  readonly view: View;
  readonly job: DriverJob;
  readonly memory: Memory;
}
