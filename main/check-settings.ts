import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { StationError } from './shared/errors/index.ts';
import { goTogether, type Settings, type SettingsPatch } from './shared/settings.ts';

const folders = ['outputFolder', 'draftLibrary', 'fontFolder', 'jianyingDrafts'] as const;

/**
 * What the schema cannot know: whether folders exist and settings go together.
 * @throws StationError SETTINGS_INVALID naming the setting; nothing is changed then
 */
export function checkSettings(patch: SettingsPatch, current: Settings): void {
  for (const name of folders) {
    const folder = patch[name];
    if (folder === undefined || folder === '') continue;
    const problem = folderProblem(folder, name === 'outputFolder');
    if (problem !== null) refuse(`${name} ${problem.zh}：${folder}`, `${name} ${problem.en}: ${folder}`);
  }
  const exe = patch.jianyingExe;
  if (exe !== undefined && exe !== '' && !isFile(exe)) {
    refuse(`jianyingExe 不是文件：${exe}`, `jianyingExe is not a file: ${exe}`);
  }
  if (!goTogether({ ...current.preset, ...patch.preset })) {
    refuse(
      'MOV 文件不能存放 AV1 视频，请改用 MP4 或其他编码',
      'a MOV file cannot hold AV1; choose MP4 or another codec',
    );
  }
  const s3 = { ...current.s3, ...patch.s3 };
  if (s3.enabled && (s3.bucket === '' || s3.accessKeyId === '' || s3.secretAccessKey === '')) {
    refuse('启用对象存储需要填写存储桶和密钥', 'object storage needs a bucket and both keys');
  }
}

function refuse(zh: string, en: string): never {
  throw new StationError('SETTINGS_INVALID', { zh, en });
}

function folderProblem(folder: string, writable: boolean): { zh: string; en: string } | null {
  if (!path.isAbsolute(folder)) return { zh: '必须是绝对路径', en: 'must be an absolute path' };
  try {
    if (!statSync(folder).isDirectory()) return { zh: '不是文件夹', en: 'is not a folder' };
    if (writable) accessSync(folder, constants.W_OK);
    return null;
  } catch {
    return { zh: '不存在或无法访问', en: 'does not exist or cannot be used' };
  }
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
