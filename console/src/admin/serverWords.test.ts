// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { heldBackWords, queueWords } from './serverWords';

const limited = { who: 'anna', first: '2026-01-01T00:00:00Z', last: '2026-01-01T00:00:00Z' };

test('what waits is counted in words, and what is not known by its name', () => {
  expect(queueWords({ name: 'jobs', waiting: 1 })).toBe('1 device of a job');
  expect(queueWords({ name: 'jobs', waiting: 12_345 })).toBe('12,345 devices of jobs');
  expect(queueWords({ name: 'another', waiting: 2 })).toBe('2 another');
});

test('it is said of what somebody had too much, and how often they were refused', () => {
  expect(heldBackWords({ ...limited, of: 'requests', count: 1 })).toBe('too many requests, refused once');
  expect(heldBackWords({ ...limited, of: 'unknown', count: 2_000 })).toBe(
    'too many requests without signing in, refused 2,000 times',
  );
});
