// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { AlarmRule } from '../api/types';
import { bodyOf, draftOf, EMPTY_RULE, ruleCommand, wrongRule } from './draft';

const away = { ...EMPTY_RULE, name: 'away', when: 'online:false', lasting: '15m', query: 'tag:business' };
const storm = {
  ...EMPTY_RULE,
  name: 'storm',
  severity: 'critical' as const,
  sort: 'happens' as const,
  kinds: ['Event' as const],
  path: 'Device.Boot!',
  atLeast: '5',
  shared: true,
  percent: '30',
};

describe('a rule that is being typed', () => {
  it('says what a device is, or events that come in numbers, and never both', () => {
    expect(bodyOf(away)).toEqual({ severity: 'major', query: 'tag:business', when: 'online:false', forSeconds: 900 });
    expect(bodyOf({ ...storm, when: 'online:false' })).toEqual({
      severity: 'critical',
      percent: 30,
      atLeast: 5,
      withinSeconds: 3_600,
      kinds: ['Event'],
      path: 'Device.Boot!',
    });
  });

  it('is not sent while something is missing or wrong, but can be tried before it has a name', () => {
    expect(bodyOf({ ...away, when: ' ' })).toBeUndefined();
    expect(bodyOf({ ...away, lasting: 'long' })).toBeUndefined();
    expect(bodyOf({ ...storm, atLeast: '0' })).toBeUndefined();
    expect(bodyOf({ ...storm, percent: '101' })).toBeUndefined();
    expect(bodyOf({ ...away, name: '' })).toBeDefined();
    expect(wrongRule({ ...away, name: '+' })).toHaveProperty('name');
    expect(wrongRule(away)).toEqual({});
  });

  it('is the same on the command line', () => {
    expect(ruleCommand('', away)?.pharos).toBe(
      './pharos alarms rule away --severity major --query tag:business --when online:false --for 15m',
    );
    expect(ruleCommand('', storm)?.pharos).toBe(
      "./pharos alarms rule storm --severity critical --events 5 --kind Event --path 'Device.Boot!' --within 1h --percent 30",
    );
    expect(ruleCommand('', { ...away, name: '' })).toBeUndefined();
  });

  it('begins as the one that is there', () => {
    const rule: AlarmRule = {
      name: 'storm',
      severity: 'critical',
      query: '',
      kinds: ['Event'],
      path: 'Device.Boot!',
      atLeast: 5,
      withinSeconds: 3_600,
      percent: 30,
      text: '',
      note: '',
      open: 0,
      changed: '2026-11-26T20:00:00Z',
      changedBy: 'anna',
    };
    expect(bodyOf(draftOf(rule))).toEqual(bodyOf(storm));
  });
});
