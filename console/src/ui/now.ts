// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from 'react';

/** How often relative times are redrawn: they are exact to a few seconds at best. */
const TICK_MS = 5_000;

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, shared by everything that shows an age, so that all of it ticks together. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
