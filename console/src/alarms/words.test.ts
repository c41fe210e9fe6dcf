// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import type { Alarm } from '../api/types';
import { readAlarmsSearch } from './search';
import { stateWords } from './words';

const NOW = Date.parse('2026-11-26T20:00:00');
const alarm = (part: Partial<Alarm>): Alarm => ({
  id: 1,
  rule: 'away',
  severity: 'major',
  state: 'raised',
  text: 'online:false',
  raised: '2026-11-26T19:00:00',
  assignee: '',
  ...part,
});

it('says who looks after an alarm, until when it is muted, and by whom it was cleared', () => {
  expect(stateWords(alarm({}), NOW)).toBe('nobody looks after it');
  expect(stateWords(alarm({ state: 'assigned', assignee: 'anna' }), NOW)).toBe('anna looks after it');
  expect(stateWords(alarm({ state: 'muted', mutedUntil: '2026-11-26T21:30:00', assignee: 'anna' }), NOW)).toBe(
    'muted until 21:30:00, anna looks after it',
  );
  expect(stateWords(alarm({ state: 'cleared', clearedBy: 'bob' }), NOW)).toBe('cleared by bob');
  expect(stateWords(alarm({ state: 'cleared' }), NOW)).toBe('over by itself');
});

it('takes from the address what it knows', () => {
  expect(readAlarmsSearch({ state: 'cleared', severity: 'major', rule: 17, alarm: '4', tab: 'x' })).toEqual({
    state: 'cleared',
    severity: 'major',
    rule: '17',
    alarm: 4,
  });
  expect(readAlarmsSearch({ state: 'open', severity: 'bad', alarm: -1 })).toEqual({});
});
