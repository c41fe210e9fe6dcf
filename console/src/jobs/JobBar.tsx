// SPDX-License-Identifier: Apache-2.0
import type { JobCounts } from '../api/types';
import { count } from '../format/time';
import { segments, settled, TARGET_NAMES, TARGET_TONES } from './progress';
import './jobs.css';

/** How the devices of a job stand, as parts of one bar. */
export function JobBar({ counts }: { counts: JobCounts }) {
  const parts = segments(counts);
  const words = parts.map((part) => `${TARGET_NAMES[part.state]}: ${count(part.devices, 'device')}`).join(', ');
  return (
    <div
      className="jobbar"
      role="progressbar"
      aria-label="Progress"
      aria-valuemin={0}
      aria-valuemax={counts.devices}
      aria-valuenow={settled(counts)}
      aria-valuetext={words || 'Not started'}
      title={words}
    >
      {parts.map((part) => (
        <span key={part.state} data-tone={TARGET_TONES[part.state]} style={{ flex: `0 1 ${part.width}%` }} />
      ))}
    </div>
  );
}
