// SPDX-License-Identifier: Apache-2.0
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { explain } from '../api/problem';
import { previewQuery } from '../api/queries';
import type { JobBody } from '../api/types';
import { count } from '../format/time';

/** Whom it would concern now, asked of the server while it is typed. */
export function Reach({ query: typed }: { query: string }) {
  const [query] = useDebouncedValue(typed.trim(), 300);
  // the devices do not depend on the steps; these stand in while none is whole
  const probe: JobBody = { query, steps: [{ get: { paths: ['Device.DeviceInfo.'], maxDepth: 0 } }] };
  const preview = useQuery({ ...previewQuery(probe), placeholderData: (old) => old });
  if (preview.isError) {
    return (
      <p className="bad" role="status" style={{ margin: 0, fontSize: 14 }}>
        {explain(preview.error).detail}
      </p>
    );
  }
  if (!preview.data) return <p style={{ margin: 0, height: 22 }} />;
  const { devices, online, first } = preview.data;
  const more = devices - first.length;
  return (
    <p role="status" style={{ margin: 0, fontSize: 14 }}>
      <strong>{count(devices, 'device')}</strong> now,{' '}
      <span className="good">{online.toLocaleString('en')} online</span>
      {first.length > 0 && (
        <span className="dim" style={{ overflowWrap: 'anywhere' }}>
          {' '}
          · {first.slice(0, 5).join(', ')}
          {more + Math.max(0, first.length - 5) > 0 && ' …'}
        </span>
      )}
    </p>
  );
}
