// SPDX-License-Identifier: Apache-2.0
// The time zone in which the page shows and takes times: the reader's choice, else that of the browser.

let chosen: string | undefined;
const listeners = new Set<() => void>();

/** Whether this browser knows the zone. */
export function isZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** From now on; one that this browser does not know counts as none. */
export function chooseZone(zone: string | undefined): void {
  chosen = zone !== undefined && isZone(zone) ? zone : undefined;
  for (const listener of listeners) listener();
}

/** Calls whenever another is chosen, until what it returns is called. */
export function onZone(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Undefined where it is that of the browser. */
export const chosenZone = (): string | undefined => chosen;

export const shownZone = (): string => chosen ?? browserZone();

const pad = (n: number, digits: number): string => String(n).padStart(digits, '0');

/** As a field for a moment has it, such as "2026-05-01T10:00:00": in the shown zone, to the second. */
export function fieldOf(at: Date): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: chosen,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes, digits: number) =>
    pad(Number(parts.find((each) => each.type === type)?.value), digits);
  return `${part('year', 4)}-${part('month', 2)}-${part('day', 2)}T${part('hour', 2)}:${part('minute', 2)}:${part('second', 2)}`;
}

/**
 * The moment that a field means, in the shown zone; undefined where it means none. One that a change of the clocks leaves
 * out is as much later, and of one that comes twice the first counts.
 */
export function momentOf(field: string): Date | undefined {
  const wall = Date.parse(`${field}Z`);
  if (field === '' || Number.isNaN(wall)) return undefined;
  const ahead = (at: number) => Date.parse(`${fieldOf(new Date(at))}Z`) - at;
  const day = 86_400_000;
  const [before, after] = [wall - ahead(wall - day), wall - ahead(wall + day)];
  const whole = Math.floor(wall / 1000) * 1000;
  const meant = [before, after].find((at) => Date.parse(`${fieldOf(new Date(at))}Z`) === whole);
  return new Date(meant ?? before);
}
