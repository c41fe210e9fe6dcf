// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../api/types';
import { isApart, joined, readKinds, sentence, tone, word } from './model';

const entry = (part: Partial<TimelineEntry>): TimelineEntry => ({
  id: 'e1',
  time: '2026-05-01T10:00:00Z',
  kind: 'event',
  title: 'online',
  text: 'came online',
  ...part,
});

describe('an entry in words', () => {
  it('says of an event what the server says', () => {
    expect(word(entry({}))).toBe('Came online');
    expect(sentence(entry({}))).toBe('Came online');
    expect(tone(entry({}))).toBe('good');
    expect(word(entry({ title: 'constructor' }))).toBe('constructor');
  });

  it('says of a job where it stands with the device, and why', () => {
    const job = entry({ id: 'j7', kind: 'job', title: 'Reboot the lab', number: 7, state: 'done', step: 2, text: '' });
    expect(sentence(job)).toBe('Reboot the lab: done');
    expect(sentence({ ...job, state: 'failed', step: 1, text: 'it refused' })).toBe(
      'Reboot the lab: failed after 1 step, it refused',
    );
    expect(sentence({ ...job, title: '', state: 'offline', step: 0 })).toBe('Job 7: when it returns');
    expect(tone({ ...job, state: 'failed' })).toBe('bad');
    expect(word({ ...job, kind: 'firmware' })).toBe('Firmware');
  });

  it('says of a diagnostic what was asked and how it ended', () => {
    const run = entry({ id: 'd3', kind: 'diagnostic', title: 'ping', number: 3, state: 'complete', text: '192.0.2.1' });
    expect(sentence(run)).toBe('Ping of 192.0.2.1: complete');
    expect(sentence({ ...run, state: 'failed', text: 'no host name' })).toBe('Ping: failed, no host name');
    expect(sentence({ ...run, state: 'lost', text: '' })).toBe('Ping: no result came');
  });

  it('says of an edit what was done, and of an alarm whether it is over', () => {
    expect(sentence(entry({ id: 'a1', kind: 'edit', title: 'set', text: 'Device.X=1', by: 'anna' }))).toBe(
      'Set: Device.X=1',
    );
    const alarm = entry({ kind: 'alarm', title: 'alarm', text: 'alarm 17 is raised, major: it is hot' });
    expect(tone(alarm)).toBe('bad');
    expect(tone({ ...alarm, text: 'alarm 17 is cleared by anna, major: it is hot' })).toBe('good');
  });
});

describe('what comes in', () => {
  const older = entry({ id: 'e1', time: '2026-05-01T10:00:00Z' });
  const running = entry({ id: 'j1', time: '2026-05-01T10:00:01Z', kind: 'job', state: 'running' });
  const done = { ...running, time: '2026-05-01T10:00:09Z', state: 'done' };
  const newer = entry({ id: 'e2', time: '2026-05-01T10:00:05Z' });

  it('joins what was there, and of a job that went on the later word counts', () => {
    expect(joined([running, older], [done, newer]).map((each) => each.id)).toEqual(['j1', 'e2', 'e1']);
    expect(joined([running, older], [done, newer])[0]?.state).toBe('done');
  });

  it('is apart where something may be missing in between', () => {
    const page = { items: [done, newer], kinds: [], nextCursor: 'more' };
    expect(isApart(page, [older])).toBe(true);
    expect(isApart(page, [newer, older])).toBe(false);
    expect(isApart({ ...page, nextCursor: null }, [older])).toBe(false);
    expect(isApart(page, [])).toBe(false);
  });
});

it('reads the kinds of an address, and none that are not', () => {
  expect(readKinds('job,edit,constructor')).toEqual(['job', 'edit']);
  expect(readKinds(undefined)).toEqual([]);
});
