// SPDX-License-Identifier: Apache-2.0
// What differs between a device and another one, or itself at another moment.
import type { PharosEvent, TwinItem } from '../api/types';
import { subjectOf } from '../datamodel/subject';

export interface Difference {
  path: string;
  /** undefined where it has no such parameter */
  here: string | undefined;
  there: string | undefined;
  /** what it was there is not known: it changed, and nobody told from what */
  untold?: boolean;
}

const natural = new Intl.Collator('en', { numeric: true }).compare;

/** Secrets are never compared: they are not known. */
export function differences(here: TwinItem[], there: TwinItem[]): Difference[] {
  const ours = new Map(here.filter((item) => !item.secured).map((item) => [item.path, item.value]));
  const theirs = new Map(there.filter((item) => !item.secured).map((item) => [item.path, item.value]));
  const secret = new Set([...here, ...there].filter((item) => item.secured).map((item) => item.path));
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter((path) => !secret.has(path) && ours.get(path) !== theirs.get(path))
    .sort(natural)
    .map((path) => ({ path, here: ours.get(path), there: theirs.get(path) }));
}

const COUNTS = /Stats\.|NumberOfEntries$/;
const MOVES =
  /(?:UpTime|Time|LastChange|LastUpdate|Uptime|Duration|Age|Noise|SignalStrength|Rate|Load|Usage|Free|Value)$|\.(?:TemperatureStatus|ProcessStatus|MemoryStatus)\./;
const IS_ITS_OWN =
  /(?:SerialNumber|MACAddress|PhysAddress|Chaddr|BSSID|EndpointID|DUID|IPAddress|Prefix|LeaseTimeRemaining|FirstUseDate|CreationDate)$/;

/** Counters, clocks, measurements and what makes a device this one: they always differ and say nothing. */
export const alwaysDiffers = (path: string): boolean => COUNTS.test(path) || MOVES.test(path) || IS_ITS_OWN.test(path);

/** Whether a row that came or went is one of those that a path stands in. */
const isIn = (rows: ReadonlySet<string>, path: string): boolean => {
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    if (rows.has(path.slice(0, dot + 1))) return true;
  }
  return false;
};

const rowOf = (event: PharosEvent): string => `${subjectOf(event).replace(/\.$/, '')}.`;

/**
 * What was otherwise at a moment, as far as its events tell.
 *
 * @param events the newest first, back to that moment and as much further as is known
 * @param at in milliseconds
 */
export function sinceThen(items: TwinItem[], events: PharosEvent[], at: number): Difference[] {
  const now = new Map(items.filter((item) => !item.secured).map((item) => [item.path, item.value]));
  const [after, before] = [
    events.filter(({ time }) => Date.parse(time) > at),
    events.filter(({ time }) => Date.parse(time) <= at),
  ];
  const came = new Set(after.filter(({ kind }) => kind === 'ObjectCreation').map(rowOf));
  const went = new Set(after.filter(({ kind }) => kind === 'ObjectDeletion').map(rowOf));
  const changed = new Set(after.filter(({ kind }) => kind === 'ValueChange').map(subjectOf));
  const found: Difference[] = [];
  for (const [path, here] of now) if (isIn(came, path)) found.push({ path, here, there: undefined });
  for (const path of went) if (!came.has(path)) found.push({ path, here: undefined, there: undefined, untold: true });
  for (const path of changed) {
    const here = now.get(path);
    if (here === undefined || isIn(came, path)) continue;
    const then = before.find((event) => event.kind === 'ValueChange' && subjectOf(event) === path)?.value;
    if (then === undefined) found.push({ path, here, there: undefined, untold: true });
    else if (then !== here) found.push({ path, here, there: then });
  }
  return found.sort((a, b) => natural(a.path, b.path));
}

/** Those whose path or values hold every word. */
export function narrowedBy(all: Difference[], text: string): Difference[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ path, here, there }) => {
    const line = `${path} ${here ?? ''} ${there ?? ''}`.toLowerCase();
    return words.every((word) => line.includes(word));
  });
}
