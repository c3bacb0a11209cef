import { App, Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { restartSettings, type Settings } from '../../../main/shared/settings.ts';
import { useReason } from '../../actions/feedback.ts';
import { followStation, usePreferences } from '../../app/preferences.ts';
import { changeQuery, useRoute } from '../../app/route.ts';
import { LoadFailed } from '../../components/LoadFailed.tsx';
import { PageSkeleton } from '../../components/PageSkeleton.tsx';
import { changeSettings, fetchSettings } from '../../station/calls.ts';
import { asApiError } from '../../station/client.ts';
import { useResource } from '../../station/resource.ts';
import { useStation } from '../../station/store.ts';
import { openGuide } from '../first-run/guide.ts';
import { type Complaint, complaints, type Edits, patchOf, withEdit } from './edits.ts';
import { FieldRow } from './FieldRow.tsx';
import { type GroupId, groupIds, groups } from './fields.ts';
import './settings.css';

const noEdits: Edits = new Map();
/** Unsaved changes stay while other pages are looked at. */
let kept: Edits = noEdits;

/** Everything that can be set, in groups; changes count when they are saved together. */
export default function SettingsPage() {
  const { t } = useTranslation();
  const changes = useStation((state) => state.settingsChanges);
  const settings = useResource(fetchSettings, String(changes));
  if (settings.value === undefined)
    return settings.error === undefined ? (
      <PageSkeleton />
    ) : (
      <LoadFailed error={settings.error} reload={settings.reload} />
    );
  return (
    <div className="page settings-page">
      <header className="page-head">
        <h1>{t('settings.title')}</h1>
        <Button type="text" onClick={openGuide}>
          {t('settings.guide')}
        </Button>
      </header>
      <SettingsForm settings={settings.value} onSaved={settings.replace} />
    </div>
  );
}

function SettingsForm({ settings, onSaved }: { settings: Settings; onSaved: (settings: Settings) => void }) {
  const [edits, setEdits] = useState(kept);
  kept = edits;
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const found = useMemo(() => complaints(edits, settings), [edits, settings]);
  const group = useShownGroup();
  const change = (path: string, value: unknown) => {
    setEdits((before) => withEdit(before, settings, path, value));
    setRefused(new Map());
  };
  return (
    <>
      <div className="settings-layout">
        <GroupList shown={group} complaints={found} />
        <div className="stack settings-groups">
          {groupIds.map((id) => (
            <SettingsGroup key={id} id={id} {...{ settings, edits, found, refused, change }} />
          ))}
        </div>
      </div>
      <SaveBar
        edits={edits}
        blocked={found.size > 0}
        onDiscard={() => setEdits(noEdits)}
        onRefused={setRefused}
        onSaved={(saved) => {
          setEdits(noEdits);
          onSaved(saved);
        }}
      />
    </>
  );
}

/** The group named in the address is brought into view. */
function useShownGroup(): GroupId {
  const { query } = useRoute();
  const wanted = groupIds.find((id) => id === query.get('group'));
  useEffect(() => {
    if (wanted !== undefined) document.getElementById(`settings-${wanted}`)?.scrollIntoView({ block: 'start' });
  }, [wanted]);
  return wanted ?? 'network';
}

function GroupList({ shown, complaints }: { shown: GroupId; complaints: ReadonlyMap<string, Complaint> }) {
  const { t } = useTranslation();
  return (
    <nav className="settings-nav" aria-label={t('settings.groupsLabel')}>
      {groupIds.map((id) => (
        <button
          key={id}
          type="button"
          aria-current={id === shown}
          onClick={() => {
            changeQuery({ group: id }, true);
            document.getElementById(`settings-${id}`)?.scrollIntoView({ block: 'start', behavior: 'smooth' });
          }}
        >
          {t(`settings.groups.${id}`)}
          {groups[id].some(({ path }) => complaints.has(path)) && <span className="settings-mark" aria-hidden />}
        </button>
      ))}
    </nav>
  );
}

interface SettingsGroupProps {
  readonly id: GroupId;
  readonly settings: Settings;
  readonly edits: Edits;
  readonly found: ReadonlyMap<string, Complaint>;
  readonly refused: ReadonlyMap<string, string>;
  readonly change: (path: string, value: unknown) => void;
}

function SettingsGroup({ id, settings, edits, found, refused, change }: SettingsGroupProps) {
  const { t } = useTranslation();
  const restart: readonly string[] = restartSettings;
  return (
    <section className="card settings-group" id={`settings-${id}`} aria-labelledby={`settings-title-${id}`}>
      <h2 id={`settings-title-${id}`}>{t(`settings.groups.${id}`)}</h2>
      {groups[id].map((field) => (
        <FieldRow
          key={field.path}
          field={field}
          settings={settings}
          edits={edits}
          complaint={found.get(field.path)}
          refusal={refused.get(field.path)}
          restart={restart.includes(field.path)}
          onChange={(value) => change(field.path, value)}
        />
      ))}
    </section>
  );
}

interface SaveBarProps {
  readonly edits: Edits;
  readonly blocked: boolean;
  readonly onDiscard: () => void;
  readonly onRefused: (fields: ReadonlyMap<string, string>) => void;
  readonly onSaved: (settings: Settings) => void;
}

/** Appears with the first change; asks before the page is left with changes. */
function SaveBar({ edits, blocked, onDiscard, onRefused, onSaved }: SaveBarProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { language } = usePreferences();
  const reason = useReason();
  const [busy, setBusy] = useState(false);
  const dirty = useRef(false);
  dirty.current = edits.size > 0;
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (dirty.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);
  if (edits.size === 0) return null;
  const save = async () => {
    setBusy(true);
    try {
      const saved = await changeSettings(patchOf(edits));
      if (edits.has('language') || edits.has('theme')) followStation(saved, true);
      const later = restartSettings.some((name) => edits.has(name));
      onSaved(saved);
      void message.success(t(later ? 'settings.savedRestart' : 'settings.saved'));
    } catch (thrown) {
      const error = asApiError(thrown);
      onRefused(new Map(Object.entries(error.fields).map(([path, words]) => [path, words[language]])));
      void message.error(t('common.failed', { reason: reason(error) }));
    }
    setBusy(false);
  };
  return (
    <div className="save-bar">
      <strong role="status">{t('settings.unsaved', { count: edits.size })}</strong>
      <Button onClick={onDiscard}>{t('settings.discard')}</Button>
      <Button type="primary" loading={busy} disabled={blocked} onClick={() => void save()}>
        {t('settings.save')}
      </Button>
    </div>
  );
}
