import { centre, findCaption } from '../ui/elements.ts';
import { type Decision, type DriverJob, fail, go, restartOrFail, seconds, wait } from './action.ts';
import type { Memory } from './memory.ts';
import { because } from './reasons.ts';
import type { PopupSight, Scene, View } from './scene.ts';

/** What comes before every phase's own work: the desktop, the process, hangs, popups. Null = nothing stands in the way. */
export function guard(
  scene: Scene,
  view: View,
  job: DriverJob,
  memory: Memory,
): { decision: Decision } | { memory: Memory } {
  const { nowMs } = view;
  const answer = (decision: Decision) => ({ decision });
  // While the file grows by itself nothing has to be clicked: a locked desktop does no harm then.
  const watching = memory.phase === 'export';
  if (scene.state === 'desktop_unavailable' && !watching) return answer(desktop(view, job, memory));
  let now: Memory = { ...memory, desktopSinceMs: null };

  if (scene.failure === 'access_denied') return answer(fail(now, 'JIANYING_ACCESS_DENIED'));

  if (view.freeBytes < job.minFreeBytes / 4 && watching)
    return answer(
      fail(
        now,
        'DISK_SHORT',
        { folder: 'Jianying', freeGb: gb(view.freeBytes), neededGb: gb(job.minFreeBytes) },
        { restartClient: true },
      ),
    );

  if (scene.state === 'not_running') {
    if (now.phase === 'home' || now.phase === 'tidy') return { memory: now };
    // The file may have been finished before the crash.
    if (view.output?.complete) return answer(go({ do: 'finish', file: view.output.file }, now, because.endedComplete));
    return answer(restartOrFail(job, now, nowMs, 'JIANYING_CRASHED'));
  }
  now = { ...now, seen: true };

  if (
    scene.state === 'hung' ||
    scene.failure === 'transient' ||
    scene.failure === 'gone' ||
    scene.failure === 'other'
  ) {
    const since = now.troubleSinceMs ?? nowMs;
    now = { ...now, troubleSinceMs: since };
    const limit = scene.state === 'hung' ? job.deadlines.hung : Math.min(job.deadlines.hung, 30_000);
    if (nowMs - since < limit) {
      // A window that has just gone or a passing COM error: look again, the rest of the view may not be trusted.
      if (!watching) return answer(wait(now, because.notAnswering(scene.failure ?? 'hung'), 1000));
    } else if (view.output?.complete) {
      return answer(go({ do: 'finish', file: view.output.file }, now, because.hangsComplete));
    } else if (!watching || scene.state === 'hung') {
      return answer(restartOrFail(job, now, nowMs, 'JIANYING_HUNG', { seconds: seconds(limit) }));
    }
  } else {
    now = { ...now, troubleSinceMs: null };
  }

  if (now.verdict && !(scene.popup?.rule && typeof scene.popup.rule.afterwards === 'object'))
    return answer(passVerdict(now));
  if (scene.popup) return answer(answerPopup(scene.popup, view, job, now));
  if (now.restartAfterPopup !== null)
    return answer(
      restartOrFail(job, { ...now, restartAfterPopup: null }, nowMs, now.restartAfterPopup, { text: scene.state }),
    );
  return { memory: { ...now, unknownSinceMs: null } };
}

const gb = (bytes: number) => Math.round((bytes / 1e9) * 10) / 10;

function desktop(view: View, job: DriverJob, memory: Memory): Decision {
  const { session } = view.look;
  if (session.sessionId === 0) return fail(memory, 'JIANYING_SERVICE_SESSION');
  const since = memory.desktopSinceMs ?? view.nowMs;
  if (view.nowMs - since >= job.deadlines.desktop)
    return fail(memory, session.locked ? 'JIANYING_SESSION_LOCKED' : 'JIANYING_SESSION_DISCONNECTED');
  return {
    ...wait({ ...memory, desktopSinceMs: since }, session.locked ? because.locked : because.disconnected, 1000),
    attention: 'needs_desktop',
  };
}

function passVerdict(memory: Memory): Decision {
  const { code, text } = memory.verdict ?? { code: 'JIANYING_UNKNOWN_DIALOG' as const, text: '' };
  return fail({ ...memory, verdict: null }, code, { text, files: text });
}

/** Presses what the rule says; counts; ends the task where the rule says so. */
function answerPopup(sight: PopupSight, view: View, job: DriverJob, memory: Memory): Decision {
  const { rule, window, tree } = sight;
  const { nowMs } = view;
  if (!rule) {
    const since = memory.unknownSinceMs ?? nowMs;
    if (nowMs - since < job.deadlines.unknown)
      return wait({ ...memory, unknownSinceMs: since }, because.unknownWindow(sight.text), 500);
    return fail(memory, 'JIANYING_UNKNOWN_DIALOG', { text: sight.text || window.className }, { restartClient: true });
  }
  if (nowMs - memory.popupMs < job.deadlines.popupEvery) return wait(memory, because.popupCloses(rule.id));

  const given = memory.popups[rule.id] ?? 0;
  const verdict =
    typeof rule.afterwards === 'object'
      ? {
          code: rule.afterwards.fail,
          text: rule.afterwards.fail === 'JIANYING_MEDIA_MISSING' ? job.missingMedia || sight.text : sight.text,
        }
      : memory.verdict;
  if (given >= rule.limit) {
    if (verdict) return passVerdict({ ...memory, verdict });
    return fail(memory, rule.exhausted ?? 'JIANYING_UNKNOWN_DIALOG', { text: sight.text }, { restartClient: true });
  }
  const exhausted = rule.exhausted ?? 'JIANYING_UNKNOWN_DIALOG';
  const next: Memory = {
    ...memory,
    verdict,
    popupMs: nowMs,
    popups: { ...memory.popups, [rule.id]: given + 1 },
    unknownSinceMs: null,
    restartAfterPopup: rule.afterwards === 'restart' ? exhausted : memory.restartAfterPopup,
  };
  if (rule.afterwards === 'restart' && given > 0)
    return restartOrFail(job, { ...next, restartAfterPopup: null }, nowMs, exhausted, { text: sight.text });

  const button = tree ? findCaption(tree, rule.press) : null;
  if (tree && button?.rect) {
    // One way after the other: a modal may ignore posted clicks.
    const at = centre(button.rect);
    const caption = button.name || button.description;
    if (given % 2 === 0)
      return go(
        { do: 'invoke', tree: tree.id, index: button.index, hwnd: window.hwnd, at },
        next,
        because.popupPress(rule.id, caption),
      );
    return go({ do: 'real_click', hwnd: window.hwnd, at, times: 1 }, next, because.popupClick(rule.id, caption));
  }
  if (rule.otherwise === 'close' && !sight.inside)
    return go({ do: 'window', hwnd: window.hwnd, change: 'close' }, next, because.popupClose(rule.id));
  if (verdict) return passVerdict(next);
  return wait(next, because.popupNothing(rule.id), 500);
}
