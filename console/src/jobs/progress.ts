// SPDX-License-Identifier: Apache-2.0
// How far a job is, in colours and in words.
import type { Job, JobCounts, JobTargetState } from '../api/types';
import { count } from '../format/time';
import { shares, type Tone } from '../ui/shares';

export type { Tone };

/** In the order of the bar: what is settled first. */
export const TARGET_STATES: readonly JobTargetState[] = [
  'done',
  'failed',
  'uncertain',
  'running',
  'waiting',
  'offline',
  'cancelled',
];

export const TARGET_NAMES: Record<JobTargetState, string> = {
  done: 'Done',
  failed: 'Failed',
  uncertain: 'Uncertain',
  running: 'At work',
  waiting: 'Waiting',
  offline: 'When it returns',
  cancelled: 'Cancelled',
};

export const TARGET_TONES: Record<JobTargetState, Tone> = {
  done: 'good',
  failed: 'bad',
  uncertain: 'warn',
  running: 'busy',
  waiting: 'idle',
  offline: 'idle',
  cancelled: 'idle',
};

export interface Segment {
  state: JobTargetState;
  devices: number;
  /** of the whole bar, in percent */
  width: number;
}

/** The parts of the bar; what is there at all is wide enough to be seen. */
export function segments(counts: JobCounts): Segment[] {
  return shares(TARGET_STATES.map((state) => ({ state, devices: counts[state] })));
}

export const settled = (counts: JobCounts): number => counts.done + counts.failed + counts.cancelled + counts.uncertain;

const JOB_TONES: Record<Job['state'], Tone | undefined> = {
  waiting: undefined,
  running: 'busy',
  paused: 'warn',
  done: 'good',
  cancelled: undefined,
  failed: 'bad',
};

/** How a job stands in one word, and its colour: one that ended is done only where every device is. */
export function jobWord({ state, progress }: Job): { word: string; tone: Tone | undefined } {
  if (state === 'done' && progress.done < progress.devices) {
    return { word: 'ended', tone: progress.failed > 0 ? 'bad' : 'warn' };
  }
  return { word: state, tone: JOB_TONES[state] };
}

/** A job in a sentence, what went wrong first. */
export function jobSentence(job: Job): string {
  const { progress } = job;
  const wrong = [
    progress.failed > 0 && `${count(progress.failed, 'device')} failed`,
    progress.uncertain > 0 && `of ${count(progress.uncertain, 'device')} nobody knows whether it ran`,
  ].filter(Boolean);
  const far = `${progress.done.toLocaleString('en')} of ${count(progress.devices, 'device')} done`;
  const sum = [...wrong, far].join(', ');
  switch (job.state) {
    case 'waiting':
      return 'It has not started yet.';
    case 'running':
      return `It is at work: ${sum}.`;
    case 'paused':
      return `It is paused: ${progress.devices > 0 ? sum : 'it has not started yet'}.`;
    case 'done':
      return wrong.length === 0 && progress.devices > 0
        ? `All of ${count(progress.devices, 'device')} ${progress.devices === 1 ? 'is' : 'are'} done.`
        : `It has ended: ${sum}.`;
    case 'cancelled':
      return `It was cancelled: ${sum}.`;
    case 'failed':
      return `It could not start. ${job.note}`.trim();
  }
}
