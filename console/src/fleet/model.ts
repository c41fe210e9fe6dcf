// SPDX-License-Identifier: Apache-2.0
import type { FleetHistory } from '../api/types';
import type { Point } from '../history/model';

export type What = FleetHistory['counts'][number]['what'];

export interface Counts {
  name: string;
  points: Point[];
  total: number;
}

/** Lines of one chart beyond which the rest is one line: more cannot be told apart. */
const MODELS_DRAWN = 6;
const REST = 'others';

const seconds = (time: string): number => Date.parse(time) / 1000;

/** Where each step of the span begins, also those in which nothing happened. */
export function stepsOf({ from, to, step }: FleetHistory): number[] {
  const first = Math.floor(seconds(from) / step) * step;
  const all: number[] = [];
  for (let at = first; at < seconds(to); at += step) all.push(at);
  return all;
}

function line(name: string, history: FleetHistory, counts: FleetHistory['counts']): Counts {
  const at = new Map<number, number>();
  for (const { time, times } of counts) at.set(seconds(time), (at.get(seconds(time)) ?? 0) + times);
  const points = stepsOf(history).map((time) => {
    const value = at.get(time) ?? 0;
    return { time, low: value, value, high: value };
  });
  return { name, points, total: counts.reduce((sum, each) => sum + each.times, 0) };
}

/** How often something happened, step by step. */
export const countsOf = (history: FleetHistory, what: What, name: string): Counts =>
  line(
    name,
    history,
    history.counts.filter((each) => each.what === what),
  );

/** Starts by model, that with the most first; those for which there is no line of their own together at last. */
export function startsOf(history: FleetHistory): Counts[] {
  const started = history.counts.filter((each) => each.what === 'started');
  const models = [...new Set(started.map((each) => each.model))]
    .map((model) => ({ model, of: started.filter((each) => each.model === model) }))
    .map(({ model, of }) => ({ ...line(model || 'no model', history, of), of }))
    .sort((a, b) => b.total - a.total || a.name.localeCompare(b.name, 'en'));
  const drawn = models.slice(0, MODELS_DRAWN).map(({ name, points, total }) => ({ name, points, total }));
  const rest = models.slice(MODELS_DRAWN).flatMap(({ of }) => of);
  return rest.length > 0 ? [...drawn, line(REST, history, rest)] : drawn;
}

/** Whether a line stands for one model. */
export const isModel = ({ name }: Counts): boolean => name !== REST && name !== 'no model';

/** The step in words: "per minute", "per 6 hours". */
export function stepWords(step: number): string {
  const [unit, word]: [number, string] =
    step >= 86_400 ? [86_400, 'day'] : step >= 3600 ? [3600, 'hour'] : [60, 'minute'];
  const times = step / unit;
  return times === 1 ? `per ${word}` : `per ${times} ${word}s`;
}
