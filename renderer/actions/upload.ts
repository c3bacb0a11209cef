import { App } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { submitLinks, uploadDraft } from '../station/calls.ts';
import { ApiError } from '../station/client.ts';
import { useReason } from './feedback.ts';
import { isDraftFolder, type NamedFile, zipFiles } from './zip.ts';

/** A zip or json as it is, or a folder with everything in it. */
export type Upload =
  | { readonly name: string; readonly file: Blob }
  | { readonly name: string; readonly files: readonly NamedFile[] };

/** Sends a draft to the station's library and queues it, with one message that follows along. */
export function useUpload(): (upload: Upload) => Promise<void> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const reason = useReason();
  return useMemo(() => {
    let turn = 0;
    const enqueue = async (fileName: string, file: Blob) => {
      const [result] = await submitLinks([await uploadDraft(fileName, file)]);
      if (result?.error) throw new ApiError(404, result.error.code, result.error);
    };
    return async (upload) => {
      turn += 1;
      const key = `upload-${turn}`;
      const { name } = upload;
      const say = (type: 'loading' | 'success' | 'error', content: string) =>
        void message.open({ key, type, content, duration: type === 'loading' ? 0 : 4 });
      try {
        if ('files' in upload) {
          if (!isDraftFolder(upload.files)) return say('error', t('add.folderWithoutDraft', { name }));
          say('loading', t('add.packing', { name }));
          const packed = await zipFiles(upload.files);
          say('loading', t('add.uploading', { name }));
          await enqueue(`${name}.zip`, packed);
        } else {
          say('loading', t('add.uploading', { name }));
          await enqueue(name, upload.file);
        }
        say('success', t('add.uploaded', { name }));
      } catch (thrown) {
        say('error', t('common.failed', { reason: reason(thrown) }));
      }
    };
  }, [message, reason, t]);
}
