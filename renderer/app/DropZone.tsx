import { InboxOutlined } from '@ant-design/icons';
import { App } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAttempt } from '../actions/feedback.ts';
import { useUpload } from '../actions/upload.ts';
import { submitLinks } from '../station/calls.ts';
import { type Dropped, readDrop } from './dropped.ts';
import { usePreferences } from './preferences.ts';

/** The whole window takes links, zips and draft folders. */
export function DropZone({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const over = useDropTarget(useTakeDrop());
  return (
    <>
      {children}
      {over && (
        <div className="drop-veil" aria-hidden>
          <div>
            <InboxOutlined aria-hidden />
            <strong>{t('add.dropHere')}</strong>
            <span>{t('add.dropHint')}</span>
          </div>
        </div>
      )}
    </>
  );
}

/** Whether something is held over the window; what is let go is handed on. */
function useDropTarget(take: (dropped: Dropped) => void): boolean {
  const [over, setOver] = useState(false);
  const taker = useRef(take);
  taker.current = take;
  useEffect(() => {
    // Entering a child comes before leaving its parent, so the events are counted.
    let depth = 0;
    // A link or some text of this very page that is dragged about is not meant for the queue.
    let own = false;
    const begin = () => {
      own = true;
    };
    const end = () => {
      own = false;
    };
    const foreign = (event: DragEvent) => !own && event.dataTransfer !== null && event.dataTransfer.types.length > 0;
    const enter = (event: DragEvent) => {
      if (!foreign(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (!foreign(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent) => {
      if (!foreign(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      if (event.dataTransfer !== null) void readDrop(event.dataTransfer).then((dropped) => taker.current(dropped));
    };
    window.addEventListener('dragstart', begin);
    window.addEventListener('dragend', end);
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', hover);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragstart', begin);
      window.removeEventListener('dragend', end);
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', hover);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return over;
}

function useTakeDrop(): (dropped: Dropped) => void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { language } = usePreferences();
  const attempt = useAttempt();
  const upload = useUpload();
  return ({ links, uploads }) => {
    if (links.length === 0 && uploads.length === 0) {
      void message.warning(t('add.dropNothing'));
      return;
    }
    for (const one of uploads) void upload(one);
    if (links.length === 0) return;
    void attempt(async () => {
      const results = await submitLinks(links);
      const refused = results.find((result) => result.error !== null);
      const bad = results.filter((result) => result.error !== null).length;
      if (results.length > bad) void message.success(t('add.result', { ok: results.length - bad, bad }));
      if (refused?.error) void message.error(refused.error[language]);
    });
  };
}
