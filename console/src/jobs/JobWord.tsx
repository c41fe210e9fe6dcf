// SPDX-License-Identifier: Apache-2.0
import type { Job } from '../api/types';
import { jobWord } from './progress';

export function JobWord({ job }: { job: Job }) {
  const { word, tone } = jobWord(job);
  return (
    <span className="tag" data-tone={tone}>
      {word}
    </span>
  );
}
