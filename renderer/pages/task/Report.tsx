import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../../main/shared/inspection.ts';
import { usePreferences } from '../../app/preferences.ts';
import { bytes } from '../../format/bytes.ts';
import { clock } from '../../format/time.ts';
import './report.css';

/** What is in the draft, what will not look as in Jianying, and which media are missing. */
export default function Report({ inspection }: { inspection: Inspection | null }) {
  const { t } = useTranslation();
  if (inspection === null) return <p className="field-help">{t('report.empty')}</p>;
  const { canvas, app } = inspection;
  return (
    <div className="report">
      <p className={`verdict is-${inspection.embedded}`}>{t(`report.embedded.${inspection.embedded}`)}</p>
      {inspection.membership.length > 0 && (
        <p className="verdict is-degraded">{t('report.membership', { names: inspection.membership.join('、') })}</p>
      )}
      <dl className="facts">
        <div className="fact">
          <dt>{t('report.canvas')}</dt>
          <dd>{`${canvas.width} × ${canvas.height} (${canvas.ratio})`}</dd>
        </div>
        <div className="fact">
          <dt>{t('report.fps')}</dt>
          <dd>{inspection.fps}</dd>
        </div>
        <div className="fact">
          <dt>{t('report.duration')}</dt>
          <dd>{clock(inspection.durationUs / 1000)}</dd>
        </div>
        <div className="fact">
          <dt>{t('report.madeWith')}</dt>
          <dd>
            {[t(`report.apps.${app.source}`, { defaultValue: app.source }), app.version, app.os]
              .filter(Boolean)
              .join(' · ') || t('common.unknown')}
          </dd>
        </div>
      </dl>
      <Tracks tracks={inspection.tracks} />
      <Findings findings={inspection.findings} />
      <Media media={inspection.media} />
    </div>
  );
}

function Tracks({ tracks }: Pick<Inspection, 'tracks'>) {
  const { t, i18n } = useTranslation();
  const counts = new Map<string, number>();
  for (const { type, segments } of tracks) counts.set(type, (counts.get(type) ?? 0) + segments);
  const word = (type: string) =>
    i18n.exists(`report.track.${type}`) ? i18n.t(`report.track.${type}` as 'report.track.video') : type;
  return (
    <section>
      <h3>{t('report.tracks')}</h3>
      <ul className="chips">
        {[...counts].map(([type, count]) => (
          <li key={type}>
            <strong>{word(type)}</strong> {t('report.segments', { count })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Findings({ findings }: Pick<Inspection, 'findings'>) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <section>
      <h3>{t('report.findings')}</h3>
      {findings.length === 0 && <p className="field-help">{t('report.noFindings')}</p>}
      <ul className="findings">
        {findings.map((finding) => (
          <li key={`${finding.kind} ${finding.subject} ${finding.zh}`}>
            <span className={`severity is-${finding.severity}`}>{t(`report.severity.${finding.severity}`)}</span>
            <span>{finding[language]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Media({ media }: Pick<Inspection, 'media'>) {
  const { t } = useTranslation();
  if (media.length === 0) return null;
  return (
    <section>
      <h3>{t('report.media', { count: media.length })}</h3>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('report.mediaName')}</th>
            <th scope="col">{t('report.mediaState')}</th>
            <th scope="col" className="is-number">
              {t('report.mediaSize')}
            </th>
          </tr>
        </thead>
        <tbody>
          {media.map((one) => (
            <tr key={one.materialId}>
              <td>
                <span className="media-name">{one.name || one.source}</span>
                {one.source !== '' && one.source !== one.name && <span className="media-source">{one.source}</span>}
              </td>
              <td className={one.state === 'present' ? 'tone-ok' : one.state === 'remote' ? '' : 'tone-bad'}>
                {t(`report.states.${one.state}`)}
              </td>
              <td className="is-number">{one.bytes === null ? '' : bytes(one.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
