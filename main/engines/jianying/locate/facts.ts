/** One value of the registry, as read; keys with backslashes, hives in short form (HKCU, HKLM). */
export interface RegistryValue {
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

/** A folder or file that was looked at while searching for installs. */
export interface FoundExe {
  readonly exe: string;
  /** File version as the exe's own resource says, e.g. "5.9.0.11632"; null when it has none. */
  readonly fileVersion: string | null;
}

/** What was read of this computer: raw, so that recorded layouts of other machines can stand in for it. */
export interface InstallFacts {
  readonly registry: readonly RegistryValue[];
  /** `%LOCALAPPDATA%` */
  readonly localAppData: string;
  /** Every JianyingPro.exe below the candidate folders, at most two levels deep. */
  readonly exes: readonly FoundExe[];
  /** Image paths of running client processes. */
  readonly running: readonly string[];
  /** Text of the client's `globalSetting`, null when absent. */
  readonly globalSetting: string | null;
  /** Of the candidate drafts folders: those that exist, with what marks them. */
  readonly folders: readonly { readonly folder: string; readonly hasIndex: boolean; readonly hasRecycleBin: boolean }[];
  /** Known folders where exports may go: Videos, Downloads, Desktop, Documents, OneDrive. */
  readonly exportFolders: readonly string[];
}
