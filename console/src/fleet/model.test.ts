// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { FleetHistory } from '../api/types';
import { countsOf, isModel, startsOf, stepsOf, stepWords } from './model';

const history = (counts: FleetHistory['counts']): FleetHistory => ({
  from: '2026-06-01T08:30:00Z',
  to: '2026-06-01T11:00:00Z',
  step: 3600,
  whole: true,
  counts,
});
const at = (hour: string, what: FleetHistory['counts'][number]['what'], times: number, model = '') => ({
  time: `2026-06-01T${hour}:00:00Z`,
  what,
  model,
  times,
});

describe('the fleet over time', () => {
  it('has a step also where nothing happened', () => {
    const lost = countsOf(history([at('08', 'lost', 2), at('10', 'lost', 1), at('10', 'came', 7)]), 'lost', 'lost');
    expect(lost.points.map((point) => point.value)).toEqual([2, 0, 1]);
    expect(lost.total).toBe(3);
    expect(stepsOf(history([]))).toHaveLength(3);
  });
  it('has starts by model, the most first, and the rest together', () => {
    const many = Array.from({ length: 8 }, (_, i) => at('09', 'started', 10 - i, `Box ${i}`));
    const lines = startsOf(history([...many, at('10', 'started', 90, '')]));
    expect(lines.map((line) => line.name)).toEqual(['no model', 'Box 0', 'Box 1', 'Box 2', 'Box 3', 'Box 4', 'others']);
    expect(lines.at(-1)?.total).toBe(5 + 4 + 3);
    expect(lines.filter(isModel)).toHaveLength(5);
    expect(startsOf(history([]))).toEqual([]);
  });
  it('says how long a step is', () => {
    expect([60, 900, 3600, 21_600, 86_400].map(stepWords)).toEqual([
      'per minute',
      'per 15 minutes',
      'per hour',
      'per 6 hours',
      'per day',
    ]);
  });
});
