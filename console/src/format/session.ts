// SPDX-License-Identifier: Apache-2.0
import { clock } from './time';

/** How it stands with what waits for the next session of a device that is managed over TR-069. */
export function awaitedWords(expected: string, now: number = Date.now()): string {
  const word = Date.parse(expected) > now ? 'expected' : 'was expected';
  return `waits for its next session (${word} ${clock(expected, now)})`;
}
