// SPDX-License-Identifier: Apache-2.0
// What a timeline's entries are called, how they look, and how what comes in joins what was there.
import type { Timeline, TimelineEntry, TimelineKind } from '../api/types';
import { kindOf } from '../diagnostics/kinds';
import { KIND_NAMES } from '../events/search';
import { count } from '../format/time';
import { TARGET_NAMES } from '../jobs/progress';

export const TIMELINE_KINDS: readonly TimelineKind[] = ['event', 'firmware', 'alarm', 'job', 'edit', 'diagnostic'];

/** On the buttons of the filter. */
export const MANY: Record<TimelineKind, string> = {
  event: 'Events',
  firmware: 'Firmware',
  alarm: 'Alarms',
  job: 'Jobs',
  edit: 'Edits by people',
  diagnostic: 'Diagnostics',
};

const ONE: Record<TimelineKind, string> = {
  event: 'Event',
  firmware: 'Firmware',
  alarm: 'Alarm',
  job: 'Job',
  edit: 'Edit',
  diagnostic: 'Diagnostic',
};

const RUN_STATES: Record<string, string> = {
  running: 'At work',
  complete: 'Complete',
  failed: 'Failed',
  cancelled: 'Cancelled',
  lost: 'No result came',
};

const BAD: readonly string[] = ['failed', 'lost', 'uncertain', 'refused', 'alarm'];
const WARN: readonly string[] = ['warning', 'offline'];
const GOOD: readonly string[] = ['done', 'complete', 'online', 'onboarded'];

const ofJob = (entry: TimelineEntry): boolean => entry.id.startsWith('j');

/** The kinds that an address names; all where it names none. */
export function readKinds(text: string | undefined): TimelineKind[] {
  const named = (text ?? '').split(',');
  return TIMELINE_KINDS.filter((kind) => named.includes(kind));
}

/** The word on an entry: of an event what sort of event it is. */
export function word(entry: TimelineEntry): string {
  const { kind, title } = entry;
  if (kind !== 'event') return ONE[kind];
  return Object.hasOwn(KIND_NAMES, title) ? KIND_NAMES[title as keyof typeof KIND_NAMES] : title;
}

export function tone(entry: TimelineEntry): 'bad' | 'warn' | 'good' | undefined {
  const said = entry.state ?? (entry.kind === 'event' || entry.kind === 'alarm' ? entry.title : '');
  if (entry.kind === 'alarm' && / is cleared\b/.test(entry.text)) return 'good';
  if (BAD.includes(said)) return 'bad';
  if (WARN.includes(said)) return 'warn';
  return GOOD.includes(said) ? 'good' : undefined;
}

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** What happened, in one sentence or a few words. */
export function sentence(entry: TimelineEntry): string {
  if (ofJob(entry)) {
    const name = entry.title || `Job ${entry.number}`;
    const state = TARGET_NAMES[entry.state as keyof typeof TARGET_NAMES] ?? entry.state ?? '';
    const steps = entry.state !== 'done' && entry.step ? ` after ${count(entry.step, 'step')}` : '';
    return `${name}: ${state.toLowerCase()}${steps}${entry.text ? `, ${entry.text}` : ''}`;
  }
  if (entry.kind === 'diagnostic') {
    const what = kindOf(entry.title)?.label ?? entry.title;
    const state = RUN_STATES[entry.state ?? ''] ?? entry.state ?? '';
    const rest = entry.text ? `${entry.state === 'failed' ? ', ' : ' of '}${entry.text}` : '';
    return entry.state === 'failed' ? `${what}: failed${rest}` : `${what}${rest}: ${state.toLowerCase()}`;
  }
  if (entry.kind === 'edit') return `${capitalized(entry.title)}${entry.text ? `: ${entry.text}` : ''}`;
  return capitalized(entry.text);
}

/** Newest first, each once; what a later answer says of one counts. */
export function joined(earlier: TimelineEntry[], later: TimelineEntry[]): TimelineEntry[] {
  const byId = new Map<string, TimelineEntry>();
  for (const entry of [...earlier, ...later]) byId.set(entry.id, entry);
  return [...byId.values()].sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
}

/** Whether so much came since that something is missing between the newest page and what was there. */
export function isApart(newest: Timeline, known: TimelineEntry[]): boolean {
  if (newest.nextCursor === null || known.length === 0) return false;
  const ids = new Set(known.map((entry) => entry.id));
  return !newest.items.some((entry) => ids.has(entry.id));
}
