import { VideoCameraOutlined } from '@ant-design/icons';
import { useState } from 'react';

/** The draft's cover, or a quiet picture while there is none. */
export function Cover({ url }: { url: string | null }) {
  const [broken, setBroken] = useState<string | null>(null);
  return (
    <span className="cover task-cover" aria-hidden>
      {url !== null && url !== broken ? (
        <img src={url} alt="" loading="lazy" decoding="async" onError={() => setBroken(url)} />
      ) : (
        <VideoCameraOutlined aria-hidden />
      )}
    </span>
  );
}
