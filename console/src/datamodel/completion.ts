// SPDX-License-Identifier: Apache-2.0
// The end of a command that a device goes on with after its answer.
import { useEffect, useState } from 'react';
import { liveStream } from '../api/stream';
import type { PharosEvent } from '../api/types';
import { isOurs } from './subject';

/** Tells the end of one run from the end of anyone else's. */
export const newCommandKey = (): string => `console-${Math.random().toString(36).slice(2, 10)}`;

/** The end of the run, as the device tells it; listened for from the start, since it may come before the answer. */
export function useCompletion(id: string, path: string, commandKey: string): PharosEvent | undefined {
  const [completed, setCompleted] = useState<PharosEvent>();
  useEffect(
    () =>
      liveStream.onBatch(({ events }) => {
        const done = events.find(
          (event) => event.kind === 'OperationComplete' && event.device === id && isOurs(event, path, commandKey),
        );
        if (done) setCompleted(done);
      }),
    [id, path, commandKey],
  );
  return completed;
}

/** The value of the event is "success" or the fault. */
export const failed = (event: PharosEvent): boolean => event.value !== '' && event.value !== 'success';
