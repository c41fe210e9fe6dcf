// SPDX-License-Identifier: Apache-2.0
import type { WireEntry } from '../api/types';

/** Lines that the page keeps; a person scrolls no further, and the browser stays quick. */
export const KEPT_AT_MOST = 500;

export type WireLine = WireEntry | Gap;

/** Where something is missing: `missed` of it was not shown, since the reader was slower than the wire. */
export interface Gap {
  kind: 'gap';
  seq: number;
  missed: number;
}

export interface WireFilter {
  direction?: 'in' | 'out';
  /** a kind of Message, such as Get, or of anything else, such as closed */
  what?: string;
  refused?: boolean;
  text?: string;
}

export interface Feed {
  /** newest first */
  lines: readonly WireLine[];
  /** what came while the list stood still, newest first */
  waiting: readonly WireLine[];
  paused: boolean;
  /** nothing up to this number is shown: the list was cleared */
  clearedUpTo: number;
}

export const EMPTY: Feed = { lines: [], waiting: [], paused: false, clearedUpTo: 0 };

export type Change =
  | { type: 'came'; lines: readonly WireLine[] }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'clear' };

export function isGap(line: WireLine): line is Gap {
  return line.kind === 'gap';
}

/** What a line is called in the list and in the filter. */
export function whatOf(entry: WireEntry): string {
  const meant = entry.kind === 'record' || entry.kind === 'envelope';
  return entry.message || entry.record || (meant ? 'unreadable' : entry.kind);
}

/** Of TR-069, as it is searched for; nothing elsewhere. */
export function sessionOf(entry: WireEntry): string {
  return entry.session && `session ${entry.session}`;
}

/** Newest first, each entry once; what does not fit any more is cut off and leaves a line that says how much. */
export function join(older: readonly WireLine[], came: readonly WireLine[], most: number = KEPT_AT_MOST): WireLine[] {
  const known = new Set(older.filter((line) => !isGap(line)).map((line) => line.seq));
  const fresh = came.filter((line) => isGap(line) || (!known.has(line.seq) && known.add(line.seq)));
  return [...fresh.toReversed(), ...older].slice(0, most);
}

export function reduce(feed: Feed, change: Change): Feed {
  switch (change.type) {
    case 'came': {
      const came = change.lines.filter((line) => isGap(line) || line.seq > feed.clearedUpTo);
      if (came.length === 0) return feed;
      if (!feed.paused) return { ...feed, lines: join(feed.lines, came) };
      const known = new Set(feed.lines.map((line) => line.seq));
      return {
        ...feed,
        waiting: withoutMemory(
          feed.waiting,
          came.filter((line) => isGap(line) || !known.has(line.seq)),
        ),
      };
    }
    case 'pause':
      return { ...feed, paused: true };
    case 'resume':
      return { ...feed, lines: join(feed.lines, feed.waiting.toReversed()), waiting: [], paused: false };
    case 'clear':
      return { ...feed, lines: [], waiting: [], clearedUpTo: newest([...feed.waiting, ...feed.lines]) };
  }
}

/** While the list stands still, what does not fit is counted, never kept. */
function withoutMemory(waiting: readonly WireLine[], came: readonly WireLine[]): WireLine[] {
  const all = join(waiting, came, Number.POSITIVE_INFINITY);
  if (all.length <= KEPT_AT_MOST) return all;
  const cut = all.slice(KEPT_AT_MOST - 1);
  return [...all.slice(0, KEPT_AT_MOST - 1), { kind: 'gap', seq: cut[0]?.seq ?? 0, missed: missedOf(cut) }];
}

/** How many entries these lines stand for. */
export function missedOf(lines: readonly WireLine[]): number {
  return lines.reduce((sum, line) => sum + (isGap(line) ? line.missed : 1), 0);
}

function newest(lines: readonly WireLine[]): number {
  return lines.reduce((most, line) => (isGap(line) ? most : Math.max(most, line.seq)), 0);
}

/** A gap is shown whatever the filter: nobody knows what is in it. */
export function fits(line: WireLine, filter: WireFilter): boolean {
  if (isGap(line)) return true;
  if (filter.direction && line.direction !== filter.direction) return false;
  if (filter.what && whatOf(line) !== filter.what) return false;
  if (filter.refused && line.refused === null) return false;
  const text = filter.text?.trim().toLowerCase();
  return (
    !text ||
    [line.device, line.transport, line.address, sessionOf(line), line.summary, line.refused, line.text].some((part) =>
      part?.toLowerCase().includes(text),
    )
  );
}

/** Everything that the lines are, for the filter, in order. */
export function kindsOf(lines: readonly WireLine[]): string[] {
  const kinds = new Set<string>();
  for (const line of lines) if (!isGap(line)) kinds.add(whatOf(line));
  return [...kinds].sort();
}

/** The entry as a document, its decoded content within it rather than as a text. */
export function asDocument(entry: WireEntry): Record<string, unknown> {
  const { text, ...rest } = entry;
  return { ...rest, content: parsed(text) };
}

function parsed(text: string): unknown {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The decoded content, indented for reading. */
export function pretty(text: string): string {
  const content = parsed(text);
  return typeof content === 'string' ? content : JSON.stringify(content, null, 2);
}

const BYTES_PER_ROW = 16;

/** Sixteen bytes a row: offset, digits, and what is printable of it. */
export function hexDump(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_PER_ROW) {
    const row = bytes.slice(at, at + BYTES_PER_ROW);
    const text = row.map((byte) => printable(Number.parseInt(byte, 16))).join('');
    rows.push(`${at.toString(16).padStart(4, '0')}  ${row.join(' ').padEnd(BYTES_PER_ROW * 3 - 1)}  ${text}`);
  }
  return rows.join('\n');
}

function printable(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
}
