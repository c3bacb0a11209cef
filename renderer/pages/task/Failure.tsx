import { CloseCircleFilled, DownloadOutlined } from '@ant-design/icons';
import { Button, Image } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../../main/shared/task.ts';
import { usePreferences } from '../../app/preferences.ts';

/** The sentence that says what happened and what to do, and everything that proves it. */
export function Failure({ task }: { task: TaskDetail }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const address = (name: string) => `/api/tasks/${task.id}/files/${encodeURIComponent(name)}`;
  const pictures = task.evidence.filter((name) => /\.(png|jpe?g|webp)$/i.test(name));
  const files = task.evidence.filter((name) => !pictures.includes(name));
  return (
    <section className="failure" aria-labelledby="failure-title">
      <h3 id="failure-title">
        <CloseCircleFilled aria-hidden /> {t('task.whatHappened')}
      </h3>
      {task.error !== null && (
        <p className="failure-sentence">
          {task.error[language]} <code>{task.error.code}</code>
        </p>
      )}
      {task.evidence.length > 0 && <h4>{t('task.evidence')}</h4>}
      {pictures.length > 0 && (
        <Image.PreviewGroup>
          <div className="failure-pictures">
            {pictures.map((name) => (
              <Image key={name} src={address(name)} alt={t('task.evidencePicture', { name })} width={168} height={95} />
            ))}
          </div>
        </Image.PreviewGroup>
      )}
      {files.length > 0 && (
        <ul className="failure-files">
          {files.map((name) => (
            <li key={name}>
              <a className="quiet-link" href={address(name)} target="_blank" rel="noreferrer">
                {name}
              </a>
            </li>
          ))}
        </ul>
      )}
      <div className="failure-support">
        <Button
          icon={<DownloadOutlined aria-hidden />}
          href={`/api/tasks/${task.id}/support.zip`}
          download={`${task.id}-support.zip`}
        >
          {t('task.support')}
        </Button>
        <span className="field-help">{t('task.supportHint')}</span>
      </div>
    </section>
  );
}
