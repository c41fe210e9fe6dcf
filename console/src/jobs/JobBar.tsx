// SPDX-License-Identifier: Apache-2.0
import type { JobCounts } from '../api/types';
import { PartsBar } from '../ui/PartsBar';
import { settled, TARGET_NAMES, TARGET_STATES, TARGET_TONES } from './progress';
import './jobs.css';

/** How the devices of a job stand, as parts of one bar. */
export function JobBar({ counts }: { counts: JobCounts }) {
  const parts = TARGET_STATES.map((state) => ({
    name: TARGET_NAMES[state],
    tone: TARGET_TONES[state],
    devices: counts[state],
  }));
  return <PartsBar parts={parts} devices={counts.devices} settled={settled(counts)} />;
}
