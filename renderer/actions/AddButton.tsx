import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

const AddDialog = lazy(() => import('./AddDialog.tsx'));

/** Opens the dialog for new tasks, which is loaded when it is first asked for. */
export function AddButton({ primary = false }: { primary?: boolean }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        type={primary ? 'primary' : 'default'}
        icon={<PlusOutlined aria-hidden />}
        onClick={() => {
          setAsked(true);
          setOpen(true);
        }}
      >
        {t('queue.add')}
      </Button>
      {asked && (
        <Suspense fallback={null}>
          <AddDialog open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
