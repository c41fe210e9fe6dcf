// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, it } from 'vitest';
import { clock, exact } from './time';
import { browserZone, chooseZone, chosenZone, fieldOf, isZone, momentOf, shownZone } from './zone';

afterEach(() => chooseZone(undefined));

describe('the time zone of the page', () => {
  it('is that of the browser where none is chosen, or one that the browser does not know', () => {
    expect(shownZone()).toBe(browserZone());
    chooseZone('Mars/Olympus');
    expect(chosenZone()).toBeUndefined();
    expect([isZone('Europe/Berlin'), isZone('UTC'), isZone('')]).toEqual([true, true, false]);
  });

  it('is in every time, with its name in the exact one', () => {
    chooseZone('Asia/Kolkata');
    const now = Date.parse('2026-11-23T20:00:00Z');
    expect(clock('2026-11-23T18:40:00Z', now)).toBe('00:10:00');
    expect(clock('2026-11-23T18:20:00Z', now)).toBe('23 Nov 23:50');
    expect(exact('2026-11-23T18:40:00Z')).toMatch(/5:30|IST/);
    chooseZone('UTC');
    expect(exact('2026-11-23T18:40:00Z')).toContain('UTC');
  });

  it('is that of the fields in which a moment is chosen', () => {
    for (const zone of ['UTC', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Chatham', 'Europe/Berlin']) {
      chooseZone(zone);
      for (const at of ['2026-01-31T23:59:59Z', '2026-07-01T00:00:00Z', '2026-03-29T00:30:00Z']) {
        expect(momentOf(fieldOf(new Date(at)))?.toISOString()).toBe(new Date(at).toISOString());
      }
    }
    chooseZone('Europe/Berlin');
    expect(fieldOf(new Date('2026-07-01T10:00:05Z'))).toBe('2026-07-01T12:00:05');
    expect(momentOf('2026-07-01T12:00')?.toISOString()).toBe('2026-07-01T10:00:00.000Z');
    expect(momentOf('')).toBeUndefined();
    expect(momentOf('soon')).toBeUndefined();
  });

  it('bears that the clocks change', () => {
    chooseZone('Europe/Berlin');
    // left out on 29 March, twice on 25 October
    expect(momentOf('2026-03-29T02:30')?.toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(momentOf('2026-10-25T02:30')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });
});
