/** What only a desktop can do for the window. Everything else goes over HTTP; the window works without this bridge. */
export interface DesktopApi {
  /** System the app runs on, for words such as "Explorer" or "Finder". */
  readonly platform: 'win32' | 'darwin' | 'linux';
  /** The station runs inside this app, so paths it names are on this machine. False when attached to another one. */
  readonly localStation: boolean;
  /** Lets the operator choose a folder; null when the dialog is closed without a choice. `start` is where it opens. */
  pickFolder(start: string): Promise<string | null>;
  /** Lets the operator choose one file with one of these endings (without dot); null when closed without a choice. */
  pickFile(start: string, extensions: readonly string[]): Promise<string | null>;
  /** Shows a file in its folder. False when it is not there any more. */
  revealFile(absolutePath: string): Promise<boolean>;
  /** Opens a file with the system's program for it. False when it could not be opened. */
  openFile(absolutePath: string): Promise<boolean>;
  /** Absolute path of a dropped file or folder; empty when it has none. */
  pathOfFile(file: File): string;
  /** Version of the app and what the window is; for the "about" lines. */
  windowInfo(): Promise<WindowInfo>;
  /** Asks to show a task (a click on a notification or a second start). The returned function unsubscribes. */
  onShowTask(listener: (taskId: string) => void): () => void;
}

export interface WindowInfo {
  readonly appVersion: string;
  readonly electronVersion: string;
  /** The tray icon is there, so closing the window can leave the station running. */
  readonly hasTray: boolean;
}

declare global {
  interface Window {
    /** Present only inside the desktop app. */
    readonly desktop?: DesktopApi;
  }
}
