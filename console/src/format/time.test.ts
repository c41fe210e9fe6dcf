// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { ago, clock, count, exact, secondsOf, span, spanText } from './time';

const NOW = Date.parse('2026-11-23T12:00:00Z');

describe('times for people', () => {
  it.each([
    ['2026-11-23T11:59:58Z', 'now'],
    ['2026-11-23T12:00:30Z', 'now'],
    ['2026-11-23T11:59:18Z', '42 s ago'],
    ['2026-11-23T11:55:00Z', '5 min ago'],
    ['2026-11-23T09:00:00Z', '3 h ago'],
    ['2026-11-11T12:00:00Z', '12 d ago'],
    ['', 'never'],
  ])('%s is %s', (time, words) => expect(ago(time, NOW)).toBe(words));

  it('names a span by its two largest units', () => {
    expect(span(0)).toBe('0 s');
    expect(span(59)).toBe('59 s');
    expect(span(725)).toBe('12 min 5 s');
    expect(span(3 * 86_400 + 4 * 3_600 + 59)).toBe('3 d 4 h');
    expect(span(86_400)).toBe('1 d');
  });

  it('counts in words', () => {
    expect(count(1, 'device')).toBe('1 device');
    expect(count(12_345, 'device')).toBe('12,345 devices');
    expect(count(0, 'match', 'matches')).toBe('0 matches');
  });

  it('adds the day to a time of another day', () => {
    expect(clock('2026-11-23T11:59:58', Date.parse('2026-11-23T12:00:00'))).toBe('11:59:58');
    expect(clock('2026-11-21T09:05:00', Date.parse('2026-11-23T12:00:00'))).toBe('21 Nov 09:05');
  });

  it('takes times with their unit, and writes them so', () => {
    const texts = ['90s', '30m', '24h', '3 d', '5', 'h'];
    expect(texts.map(secondsOf)).toEqual([90, 1_800, 86_400, 259_200, undefined, undefined]);
    expect([90, 1_800, 86_400, 0].map(spanText)).toEqual(['90s', '30m', '1d', '0s']);
  });

  it('says never where there is no time', () => expect(exact('')).toBe('never'));
});
