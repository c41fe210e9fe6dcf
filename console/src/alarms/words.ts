// SPDX-License-Identifier: Apache-2.0
import type { Alarm } from '../api/types';
import { clock } from '../format/time';

export const SEVERITY_TONES: Record<Alarm['severity'], 'bad' | 'warn' | undefined> = {
  critical: 'bad',
  major: 'bad',
  minor: 'warn',
  warning: 'warn',
};

/** How it stands, in a few words. */
export function stateWords(alarm: Alarm, now: number): string {
  switch (alarm.state) {
    case 'raised':
      return 'nobody looks after it';
    case 'assigned':
      return `${alarm.assignee} looks after it`;
    case 'muted': {
      const who = alarm.assignee ? `, ${alarm.assignee} looks after it` : '';
      return `muted until ${alarm.mutedUntil ? clock(alarm.mutedUntil, now) : 'later'}${who}`;
    }
    case 'cleared':
      return alarm.clearedBy ? `cleared by ${alarm.clearedBy}` : 'over by itself';
  }
}

/** For how long it can be muted with one click. */
export const MUTES = [
  { minutes: 15, words: '15 minutes' },
  { minutes: 60, words: 'an hour' },
  { minutes: 480, words: '8 hours' },
  { minutes: 1_440, words: 'a day' },
  { minutes: 10_080, words: 'a week' },
] as const;
