// SPDX-License-Identifier: Apache-2.0
import { chosenZone } from './zone';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, short enough for a table: "now", "42 s ago", "5 min ago", "3 h ago", "12 d ago". */
export function ago(time: string, now: number = Date.now()): string {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return 'never';
  const seconds = Math.floor((now - at) / 1000);
  if (seconds < 5) return 'now';
  if (seconds < MINUTE) return `${seconds} s ago`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ago`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ago`;
  return `${Math.floor(seconds / DAY)} d ago`;
}

/** The exact instant in the zone that the reader chose, with the zone named. */
export function exact(time: string): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return 'never';
  return at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long', timeZone: chosenZone() });
}

/** The time of day; of another day its date as well. */
export function clock(time: string, now: number = Date.now()): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return '';
  const timeZone = chosenZone();
  const dayOf = (one: Date) => one.toLocaleDateString('en-GB', { timeZone });
  if (dayOf(at) === dayOf(new Date(now))) return at.toLocaleTimeString('en-GB', { timeZone });
  const day = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone });
  return `${day} ${at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone })}`;
}

/** A span in seconds in words of at most two units: "3 d 4 h", "12 min 5 s". */
export function span(totalSeconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(totalSeconds / DAY), 'd'],
    [Math.floor((totalSeconds % DAY) / HOUR), 'h'],
    [Math.floor((totalSeconds % HOUR) / MINUTE), 'min'],
    [Math.floor(totalSeconds % MINUTE), 's'],
  ];
  const first = parts.findIndex(([n]) => n > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(' ');
}

export function count(n: number, one: string, many: string = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

const UNITS: Record<string, number> = { s: 1, m: MINUTE, h: HOUR, d: DAY };

/** "90s", "30m", "24h", "3d" in seconds; undefined where it is none. */
export function secondsOf(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,7})\s*([smhd])$/.exec(text.trim()) ?? [];
  return digits && unit ? Number(digits) * (UNITS[unit] ?? 1) : undefined;
}

/** The same the other way round, in the largest unit of which it is a whole number: "90s", "1h". */
export function spanText(seconds: number): string {
  const unit = ['d', 'h', 'm'].find((each) => seconds > 0 && seconds % (UNITS[each] ?? 1) === 0) ?? 's';
  return `${seconds / (UNITS[unit] ?? 1)}${unit}`;
}
