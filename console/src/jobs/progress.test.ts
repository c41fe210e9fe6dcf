// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Job, JobCounts } from '../api/types';
import { jobSentence, jobWord, segments, settled } from './progress';

const counts = (part: Partial<JobCounts>): JobCounts => ({
  devices: Object.values(part).reduce((sum, n) => sum + n, 0),
  waiting: 0,
  offline: 0,
  running: 0,
  done: 0,
  failed: 0,
  cancelled: 0,
  uncertain: 0,
  ...part,
});

const job = (state: Job['state'], progress: JobCounts): Job => ({
  id: 1,
  name: 'get Device.',
  steps: ['get Device.'],
  concurrency: 50,
  startAt: '2026-01-01T00:00:00Z',
  deadline: '2026-02-01T00:00:00Z',
  retries: 0,
  backoffSeconds: 60,
  repeatWhenUncertain: false,
  state,
  note: '',
  created: '2026-01-01T00:00:00Z',
  createdBy: 'admin',
  progress,
});

describe('the bar of a job', () => {
  it('has no part before the devices are chosen', () => {
    expect(segments(counts({}))).toEqual([]);
  });

  it('shows one that failed among a hundred thousand', () => {
    const parts = segments(counts({ done: 99_999, failed: 1 }));
    expect(parts.map((part) => part.state)).toEqual(['done', 'failed']);
    expect(parts[1]?.width).toBeGreaterThan(1);
    expect(parts.reduce((sum, part) => sum + part.width, 0)).toBeCloseTo(100);
  });

  it('counts as settled what will not change any more', () => {
    expect(settled(counts({ done: 3, failed: 2, uncertain: 1, cancelled: 1, waiting: 9, offline: 4 }))).toBe(7);
  });
});

describe('a job in a sentence', () => {
  it('says first what went wrong', () => {
    expect(jobSentence(job('done', counts({ done: 8, failed: 1, uncertain: 1 })))).toBe(
      'It has ended: 1 device failed, of 1 device nobody knows whether it ran, 8 of 10 devices done.',
    );
  });

  it('says that all are done where they are', () => {
    expect(jobSentence(job('done', counts({ done: 4 })))).toBe('All of 4 devices are done.');
  });

  it('is done in one word only where every device is', () => {
    expect(jobWord(job('done', counts({ done: 4 })))).toEqual({ word: 'done', tone: 'good' });
    expect(jobWord(job('done', counts({ done: 3, failed: 1 })))).toEqual({ word: 'ended', tone: 'bad' });
    expect(jobWord(job('done', counts({ done: 3, uncertain: 1 })))).toEqual({ word: 'ended', tone: 'warn' });
  });

  it('does not claim progress before it starts', () => {
    expect(jobSentence(job('paused', counts({})))).toBe('It is paused: it has not started yet.');
    expect(jobSentence({ ...job('failed', counts({})), note: 'No device is meant.' })).toBe(
      'It could not start. No device is meant.',
    );
  });
});
