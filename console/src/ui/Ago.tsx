// SPDX-License-Identifier: Apache-2.0
import { ago, exact } from '../format/time';
import { useNow } from './now';

/** A moment as its age; the exact time on hover and for screen readers' title. */
export function Ago({ time }: { time: string }) {
  const now = Math.max(useNow(), Date.now());
  return (
    <time dateTime={time} title={exact(time)} style={{ whiteSpace: 'nowrap' }}>
      {ago(time, now)}
    </time>
  );
}
