import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  LoadingOutlined,
  MinusCircleFilled,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { TaskState } from '../../main/shared/task.ts';

const icons: Readonly<Record<TaskState, React.ReactNode>> = {
  pending: <ClockCircleOutlined aria-hidden />,
  processing: <LoadingOutlined aria-hidden />,
  completed: <CheckCircleFilled aria-hidden />,
  failed: <CloseCircleFilled aria-hidden />,
  cancelled: <MinusCircleFilled aria-hidden />,
};

/** A task's state by icon, colour and word: never by colour alone. */
export function StateTag({ state }: { state: TaskState }) {
  const { t } = useTranslation();
  return (
    <span className={`state-tag is-${state}`}>
      {icons[state]}
      {t(`state.${state}`)}
    </span>
  );
}
