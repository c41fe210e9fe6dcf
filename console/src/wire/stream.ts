// SPDX-License-Identifier: Apache-2.0
import { useEffect, useReducer, useState } from 'react';
import type { WireEntry } from '../api/types';
import { EMPTY, type Feed, reduce, type WireLine } from './model';

const FLUSH_MS = 250;
const RETRY_FIRST_MS = 1_000;
const RETRY_LONGEST_MS = 30_000;

export type WireState = 'connecting' | 'live' | 'down';

interface Listener {
  lines: (lines: WireLine[]) => void;
  state: (state: WireState) => void;
}

/** Opens the stream of one device, or of everything, and opens it again when it ends. Returns what closes it. */
function open(device: string | undefined, listener: Listener): () => void {
  const url = device === undefined ? '/api/v1/wire' : `/api/v1/devices/${encodeURIComponent(device)}/wire`;
  let source: EventSource | undefined;
  let retryMs = RETRY_FIRST_MS;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let flush: ReturnType<typeof setTimeout> | undefined;
  let came: WireLine[] = [];
  let last = 0;

  const keep = (line: WireLine) => {
    came.push(line);
    flush ??= setTimeout(() => {
      flush = undefined;
      listener.lines(came);
      came = [];
    }, FLUSH_MS);
  };
  const connect = () => {
    const stream = new EventSource(url);
    source = stream;
    stream.onopen = () => {
      retryMs = RETRY_FIRST_MS;
    };
    stream.onerror = () => {
      listener.state('down');
      if (stream.readyState !== EventSource.CLOSED) return;
      retry = setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, RETRY_LONGEST_MS);
    };
    stream.addEventListener('live', () => listener.state('live'));
    stream.addEventListener('wire', (message: MessageEvent<string>) => {
      const entry = JSON.parse(message.data) as WireEntry;
      last = entry.seq;
      keep(entry);
    });
    stream.addEventListener('dropped', (message: MessageEvent<string>) => {
      const { count } = JSON.parse(message.data) as { count: number };
      keep({ kind: 'gap', seq: last, missed: count });
    });
  };
  connect();
  return () => {
    clearTimeout(retry);
    clearTimeout(flush);
    source?.close();
  };
}

/** What passes on the wire, as the page keeps it. */
export function useWire(device: string | undefined): {
  feed: Feed;
  state: WireState;
  pause: () => void;
  resume: () => void;
  clear: () => void;
} {
  const [feed, change] = useReducer(reduce, EMPTY);
  const [state, setState] = useState<WireState>('connecting');
  useEffect(() => open(device, { lines: (lines) => change({ type: 'came', lines }), state: setState }), [device]);
  return {
    feed,
    state,
    pause: () => change({ type: 'pause' }),
    resume: () => change({ type: 'resume' }),
    clear: () => change({ type: 'clear' }),
  };
}
