// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { AlarmRule, Attention } from '../api/types';
import { findingsOf, rebootsLink, rebootsWords } from './findings';

const WELL: Attention = {
  asOf: '2026-06-01T10:00:00Z',
  devices: 5,
  online: 5,
  lostLastHour: 0,
  lostLastDay: 0,
  errors: 0,
  waiting: 0,
  refused: 0,
  reboots: [],
  failingJobs: [],
};
const job = { id: 7, name: 'for the night', open: false, failed: 0, uncertain: 2, devices: 9 };

describe('what is wrong', () => {
  it('is nothing where all is well, though devices were lost long ago and some started', () => {
    expect(findingsOf(WELL)).toEqual([]);
    expect(findingsOf({ ...WELL, online: 3, reboots: [{ model: 'X', software: '1', devices: 1, starts: 1 }] })).toEqual(
      [],
    );
  });

  it('tells each device that was lost once, and leads to the list of them', () => {
    const [only, ...more] = findingsOf({ ...WELL, lostLastHour: 1, lostLastDay: 1 });
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      words: '1 device was lost in the last hour',
      link: { to: '/devices', search: { q: 'lastSeen < 1h', show: 'offline' } },
    });
    expect(findingsOf({ ...WELL, lostLastDay: 3 })[0]?.detail).toBe('None of them in the last hour');
  });

  it('is an open alarm, a line for each rule, and the way to them', () => {
    const rule = (severity: string, open: number): AlarmRule => ({
      name: 'away',
      severity,
      query: '',
      when: 'online:false',
      text: 'online:false for 15 minutes',
      note: '',
      open,
      changed: '2026-06-01T09:00:00Z',
      changedBy: 'anna',
    });
    expect(findingsOf(WELL, [rule('major', 0)])).toEqual([]);
    expect(findingsOf(WELL, [rule('minor', 2)])).toEqual([
      {
        key: 'alarm-away',
        tone: 'warn',
        words: '2 alarms of the rule away',
        detail: 'minor: online:false for 15 minutes',
        link: { to: '/alarms', search: { rule: 'away' } },
      },
    ]);
    expect(findingsOf(WELL, [rule('critical', 1)])[0]?.tone).toBe('bad');
  });

  it('begins with what is worst', () => {
    const words = findingsOf({ ...WELL, waiting: 1, refused: 2, failingJobs: [job, { ...job, id: 8, failed: 1 }] }).map(
      (finding) => finding.words,
    );
    expect(words).toEqual([
      'Job 8 failed on 1 of 9 devices',
      '2 attempts to connect were refused in the last hour',
      'Nobody knows whether job 7 ran on 2 of 9 devices',
      '1 device is waiting for approval',
    ]);
  });
});

describe('starts', () => {
  it('are told by model and version, quoted for the query', () => {
    const starts = { model: 'Box "3"', software: '1.0', devices: 2, starts: 5 };
    expect(rebootsWords(starts)).toBe('2 devices, 5 times');
    expect(rebootsWords({ ...starts, starts: 2 })).toBe('2 devices, once each');
    expect(rebootsLink(starts)).toEqual({
      to: '/devices',
      search: { q: 'model = "Box \\"3\\"" and software = "1.0"' },
    });
  });
});
