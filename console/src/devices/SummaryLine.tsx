// SPDX-License-Identifier: Apache-2.0
import { Link } from '@tanstack/react-router';
import type { Summary } from '../api/types';
import { count } from '../format/time';

/** The fleet in one sentence; what needs a look comes as a link. */
export function SummaryLine({ summary }: { summary: Summary | undefined }) {
  if (!summary) return <div style={{ height: 31 }} />;
  const refused = summary.refusedLastHour;
  return (
    <p style={{ margin: 0, fontSize: 20, lineHeight: '31px', fontWeight: 600, letterSpacing: '-0.01em' }}>
      {count(summary.devices, 'device')},{' '}
      <span className={summary.online > 0 ? 'good' : 'dim'}>{summary.online.toLocaleString('en')} online</span>
      {refused > 0 && (
        <>
          {', '}
          <Link to="/refused" className="bad">
            {refused.toLocaleString('en')} refused
          </Link>{' '}
          <span className="dim" style={{ fontWeight: 450 }}>
            in the last hour
          </span>
        </>
      )}
    </p>
  );
}
