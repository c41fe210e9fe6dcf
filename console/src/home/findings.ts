// SPDX-License-Identifier: Apache-2.0
// What is wrong, in sentences, the worst first; each with the way to what it speaks of.
import type { LinkProps } from '@tanstack/react-router';
import type { AlarmRule, Attention } from '../api/types';
import { conditionOf } from '../devices/search';
import { count } from '../format/time';

export interface Finding {
  key: string;
  tone: 'bad' | 'warn';
  words: string;
  detail: string;
  link: LinkProps;
}

const devices = (q: string, show?: 'offline'): LinkProps => ({ to: '/devices', search: { q, ...(show && { show }) } });
const are = (n: number): string => (n === 1 ? 'is' : 'are');
const were = (n: number): string => (n === 1 ? 'was' : 'were');

function lost({ lostLastHour, lostLastDay }: Attention): Finding[] {
  const hour: Finding = {
    key: 'lost-hour',
    tone: 'bad',
    words: `${count(lostLastHour, 'device')} ${were(lostLastHour)} lost in the last hour`,
    detail: 'Connected within the hour, and offline now',
    link: devices('lastSeen < 1h', 'offline'),
  };
  const day: Finding = {
    key: 'lost-day',
    tone: 'warn',
    words: `${count(lostLastDay, 'device')} ${were(lostLastDay)} lost in the last day`,
    detail: lostLastHour > 0 ? 'Those of the last hour among them' : 'None of them in the last hour',
    link: devices('lastSeen < 1d', 'offline'),
  };
  return [...(lostLastHour > 0 ? [hour] : []), ...(lostLastDay > lostLastHour ? [day] : [])];
}

function jobs({ failingJobs }: Attention): Finding[] {
  return failingJobs.map(({ id, name, open, failed, uncertain, devices: all }) => ({
    key: `job-${id}`,
    tone: failed > 0 ? 'bad' : 'warn',
    words:
      failed > 0
        ? `Job ${id} failed on ${failed.toLocaleString('en')} of ${count(all, 'device')}`
        : `Nobody knows whether job ${id} ran on ${uncertain.toLocaleString('en')} of ${count(all, 'device')}`,
    detail: open ? `${name}; it goes on` : name,
    link: { to: '/jobs/$id', params: { id: String(id) }, search: { state: failed > 0 ? 'failed' : 'uncertain' } },
  }));
}

/** Open alarms, a line for each rule. */
function alarms(rules: AlarmRule[]): Finding[] {
  return rules
    .filter((rule) => rule.open > 0)
    .map((rule) => ({
      key: `alarm-${rule.name}`,
      tone: rule.severity === 'critical' || rule.severity === 'major' ? 'bad' : 'warn',
      words: `${count(rule.open, 'alarm')} of the rule ${rule.name}`,
      detail: `${rule.severity}: ${rule.text}`,
      link: { to: '/alarms', search: { rule: rule.name } },
    }));
}

/** Empty where all is well. */
export function findingsOf(attention: Attention, rules: AlarmRule[] = []): Finding[] {
  const { errors, waiting, refused } = attention;
  const broken: Finding = {
    key: 'errors',
    tone: 'bad',
    words: `${count(errors, 'device')} could not be read`,
    detail: 'Connected, but what they answer cannot be worked with',
    link: devices('status:error'),
  };
  const strangers: Finding = {
    key: 'refused',
    tone: 'bad',
    words: `${count(refused, 'attempt')} to connect ${were(refused)} refused in the last hour`,
    detail: 'Who it was, and why, stands with each',
    link: { to: '/refused' },
  };
  const newcomers: Finding = {
    key: 'waiting',
    tone: 'warn',
    words: `${count(waiting, 'device')} ${are(waiting)} waiting for approval`,
    detail: 'Nothing is read from or written to a device before somebody lets it in',
    link: devices('approved:false'),
  };
  const found = [
    ...alarms(rules),
    ...lost(attention),
    ...(errors > 0 ? [broken] : []),
    ...jobs(attention),
    ...(refused > 0 ? [strangers] : []),
    ...(waiting > 0 ? [newcomers] : []),
  ];
  return found.sort((a, b) => Number(b.tone === 'bad') - Number(a.tone === 'bad'));
}

type Reboots = Attention['reboots'][number];

/** The devices that a line of starts is about. */
export function rebootsLink({ model, software }: Reboots): LinkProps {
  return devices([conditionOf('model', model), conditionOf('software', software)].join(' and '));
}

/** How often they started, and whether some did more than once. */
export function rebootsWords({ devices: n, starts }: Reboots): string {
  const times = starts === n ? 'once each' : `${starts.toLocaleString('en')} times`;
  return `${count(n, 'device')}, ${n === 1 && starts === 1 ? 'once' : times}`;
}
