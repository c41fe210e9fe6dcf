// SPDX-License-Identifier: Apache-2.0
import type { Series, TwinItem } from '../api/types';
import { splitParam } from '../format/commands';
import { groupBy } from '../format/group';

/** Lines of one chart: more cannot be told apart. */
export const MOST_LINES = 8;

/** A pattern of which the server keeps values, and what the device has of it. */
export interface KeptHere {
  pattern: string;
  paths: string[];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a parameter's path is one of those that a pattern means, in which `*` stands for any row. */
export function meant(pattern: string): (path: string) => boolean {
  const whole = new RegExp(`^${pattern.split('*').map(escaped).join('\\d+')}$`);
  return (path) => whole.test(path);
}

const natural = new Intl.Collator('en', { numeric: true }).compare;

/** What is kept of this device, in the order of the patterns; those that it has nothing of come last. */
export function keptHere(patterns: string[], items: TwinItem[]): KeptHere[] {
  const byName = groupBy(items, (item) => splitParam(item.path)[1]);
  const kept = patterns.map((pattern) => {
    const fits = meant(pattern);
    const paths = (byName.get(splitParam(pattern)[1]) ?? []).map((item) => item.path).filter(fits);
    return { pattern, paths: paths.sort(natural) };
  });
  return [...kept.filter((each) => each.paths.length > 0), ...kept.filter((each) => each.paths.length === 0)];
}

/** What tells the lines of one chart from each other: the rows, "1" or "1 · 3"; of a single parameter its name. */
export function lineName(pattern: string, path: string): string {
  const wanted = pattern.split('.');
  const rows = path.split('.').filter((_, i) => wanted[i] === '*');
  return rows.length === 0 ? splitParam(path)[1] : rows.join(' · ');
}

/** A number at a time in seconds; of a step its mean, between its least and its most. */
export interface Point {
  time: number;
  low: number;
  value: number;
  high: number;
}

const seconds = (time: string): number => Date.parse(time) / 1000;

/** The numbers of a series; undefined where a value is none. */
export function numbers(series: Series): Point[] | undefined {
  const points: Point[] = [];
  for (const { time, value, min, avg, max } of series.points) {
    if (avg !== undefined) {
      points.push({ time: seconds(time), low: min ?? avg, value: avg, high: max ?? avg });
    } else if (value !== undefined && value.trim() !== '' && Number.isFinite(Number(value))) {
      const number = Number(value);
      points.push({ time: seconds(time), low: number, value: number, high: number });
    } else {
      return undefined;
    }
  }
  return points;
}

/** Counters of bytes, packets and errors say something by how fast they rise. */
export function isCounter(path: string): boolean {
  return /\.Stats\.(?:\d+\.)?[A-Za-z]*(?:Sent|Received|Packets|Errors|Count)[A-Za-z]*$/.test(path);
}

/** How fast a counter rose, for each second between two of its values; where it fell, it began anew. */
export function rates(points: Point[]): Point[] {
  return points.slice(1).map(({ time, high }, i) => {
    const before = points[i] as Point;
    const value = (high >= before.high ? high - before.high : high) / Math.max(1e-3, time - before.time);
    return { time, low: value, value, high: value };
  });
}

export interface Summary {
  low: number;
  mean: number;
  high: number;
  last: number;
}

export function summary(points: Point[]): Summary | undefined {
  const last = points.at(-1);
  if (!last) return undefined;
  return {
    low: points.reduce((least, p) => Math.min(least, p.low), Number.POSITIVE_INFINITY),
    mean: points.reduce((sum, p) => sum + p.value, 0) / points.length,
    high: points.reduce((most, p) => Math.max(most, p.high), Number.NEGATIVE_INFINITY),
    last: last.value,
  };
}

const UNITS: [number, string][] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** A number as short as an axis wants it, 1.25 M, 940 k, -91.34; longer where its neighbours are closer. */
export function short(value: number, apart?: number): string {
  const [unit, sign] = UNITS.find(([least]) => Math.abs(value) >= least && least >= 1e3) ?? [1, ''];
  const number = value / unit;
  const usual = Math.abs(number) < 100 ? 2 : 0;
  const digits = apart ? Math.min(6, Math.max(0, Math.ceil(-Math.log10(apart / unit)))) : usual;
  const text = number.toLocaleString('en', { maximumFractionDigits: Math.max(usual, digits) });
  return sign ? `${text} ${sign}` : text;
}

/** The span that is looked at: up to now, or from one moment to another, in seconds. */
export type Span = { last: number } | { from: number; to: number };

const LEAST_SPAN = 10;
/** The server's own bound. */
const LONGEST_SPAN = 366 * 86_400;

export function ends(span: Span, now: number): [from: number, to: number] {
  return 'last' in span ? [now - span.last, now] : [span.from, span.to];
}

/** The same length, half of it earlier or later; never beyond now. */
export function moved(span: Span, now: number, direction: -1 | 1): Span {
  const [from, to] = ends(span, now);
  const by = ((to - from) / 2) * direction;
  return to + by >= now ? { last: to - from } : { from: from + by, to: to + by };
}

/** Twice as long around its middle; never beyond now. */
export function widened(span: Span, now: number): Span {
  const [from, to] = ends(span, now);
  const length = Math.min(LONGEST_SPAN, 2 * (to - from));
  const end = Math.min(now, to + (length - (to - from)) / 2);
  return end >= now ? { last: length } : { from: end - length, to: end };
}

export function between(from: number, to: number): Span {
  const middle = (from + to) / 2;
  const half = Math.max(LEAST_SPAN, to - from) / 2;
  return { from: Math.round(middle - half), to: Math.round(middle + half) };
}
