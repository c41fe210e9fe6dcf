// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { WireEntry } from '../api/types';
import {
  asDocument,
  EMPTY,
  type Feed,
  fits,
  hexDump,
  isGap,
  join,
  KEPT_AT_MOST,
  kindsOf,
  missedOf,
  pretty,
  reduce,
  type WireLine,
  whatOf,
} from './model';

const entry = (seq: number, part: Partial<WireEntry> = {}): WireEntry => ({
  seq,
  time: '2026-11-25T12:00:00Z',
  kind: 'record',
  device: 'os::012345-A',
  direction: 'in',
  transport: 'websocket',
  address: '127.0.0.1:5',
  session: '',
  bytes: 10,
  record: 'NoSessionContext',
  message: 'Get',
  msgId: 'm1',
  summary: 'Get Device.',
  text: '',
  hex: '',
  note: '',
  refused: null,
  ...part,
});
const range = (from: number, to: number): WireEntry[] =>
  Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));
const seqs = (lines: readonly WireLine[]) => lines.map((line) => line.seq);
const came = (feed: Feed, ...lines: WireLine[]) => reduce(feed, { type: 'came', lines });

describe('the wire on the page', () => {
  it('stands newest first, each entry once, also after the stream began anew', () => {
    const first = came(EMPTY, entry(1), entry(2));
    expect(seqs(came(first, entry(1), entry(2), entry(3)).lines)).toEqual([3, 2, 1]);
  });

  it('keeps no more than a person reads', () => {
    const feed = came(EMPTY, ...range(1, KEPT_AT_MOST + 50));
    expect(feed.lines).toHaveLength(KEPT_AT_MOST);
    expect(feed.lines[0]?.seq).toBe(KEPT_AT_MOST + 50);
    expect(join([entry(1)], [entry(2)], 1).map((line) => line.seq)).toEqual([2]);
  });

  it('stands still while paused, counts what comes, and shows it on resuming', () => {
    const paused = reduce(came(EMPTY, entry(1)), { type: 'pause' });
    const later = came(paused, entry(1), entry(2), entry(3));
    expect(seqs(later.lines)).toEqual([1]);
    expect(missedOf(later.waiting)).toBe(2);
    const resumed = reduce(later, { type: 'resume' });
    expect(seqs(resumed.lines)).toEqual([3, 2, 1]);
    expect(resumed.waiting).toEqual([]);
  });

  it('counts what does not fit while paused, and says so afterwards', () => {
    const paused = reduce(EMPTY, { type: 'pause' });
    const full = came(came(paused, ...range(1, KEPT_AT_MOST)), ...range(KEPT_AT_MOST + 1, 3 * KEPT_AT_MOST));
    expect(full.waiting).toHaveLength(KEPT_AT_MOST);
    expect(missedOf(full.waiting)).toBe(3 * KEPT_AT_MOST);
    const gap = reduce(full, { type: 'resume' }).lines.find(isGap);
    expect(gap?.missed).toBe(2 * KEPT_AT_MOST + 1);
  });

  it('shows nothing again that was cleared', () => {
    const cleared = reduce(came(EMPTY, entry(1), entry(2)), { type: 'clear' });
    expect(cleared.lines).toEqual([]);
    expect(seqs(came(cleared, entry(1), entry(2), entry(3)).lines)).toEqual([3]);
  });

  it('is filtered by direction, kind, refusal and text, but never hides a gap', () => {
    const out = entry(1, { direction: 'out' });
    const refused = entry(2, { kind: 'refused', record: '', message: '', refused: 'wrong password', summary: '' });
    const gap: WireLine = { kind: 'gap', seq: 2, missed: 7 };
    expect(fits(out, { direction: 'in' })).toBe(false);
    expect(fits(out, { direction: 'out', what: 'Get' })).toBe(true);
    expect(fits(out, { what: 'Set' })).toBe(false);
    expect(fits(out, { refused: true })).toBe(false);
    expect(fits(refused, { refused: true, text: ' PASSWORD ' })).toBe(true);
    expect(fits(out, { text: 'nowhere' })).toBe(false);
    expect(fits(gap, { refused: true, direction: 'out', text: 'x' })).toBe(true);
    expect(kindsOf([out, refused, gap])).toEqual(['Get', 'refused']);
    expect(whatOf(entry(3, { record: '', message: '' }))).toBe('unreadable');
    expect(whatOf(entry(3, { record: 'MqttConnect', message: '' }))).toBe('MqttConnect');
  });

  it('shows messages of TR-069 by their method, and finds them by their session', () => {
    const cwmp = { kind: 'envelope', transport: 'cwmp', session: '17', record: '' } as const;
    const inform = entry(4, { ...cwmp, message: 'Inform' });
    const broken = entry(5, { ...cwmp, message: '', refused: 'line 3, column 9: not well-formed XML' });
    expect(kindsOf([inform, broken])).toEqual(['Inform', 'unreadable']);
    expect(fits(inform, { text: 'Session 17' })).toBe(true);
    expect(fits(inform, { text: 'cwmp' })).toBe(true);
    expect(fits(entry(6), { text: 'session' })).toBe(false);
    expect(fits(broken, { refused: true, text: 'column 9' })).toBe(true);
  });

  it('is copied with its content decoded', () => {
    expect(asDocument(entry(1, { text: '{"a":1}' }))).toMatchObject({ seq: 1, content: { a: 1 } });
    expect(asDocument(entry(1, { text: '{broken' }))).toMatchObject({ content: '{broken' });
    expect(asDocument(entry(1))).toMatchObject({ content: null });
    expect(asDocument(entry(1))).not.toHaveProperty('text');
    expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
  });

  it('shows bytes sixteen to a row with what is printable', () => {
    expect(hexDump('')).toBe('');
    const rows = hexDump('0a03312e34'.repeat(4)).split('\n');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toBe('0000  0a 03 31 2e 34 0a 03 31 2e 34 0a 03 31 2e 34 0a  ..1.4..1.4..1.4.');
    expect(rows[1]).toMatch(/^0010 {2}03 31 2e 34 +\.1\.4$/);
  });
});
