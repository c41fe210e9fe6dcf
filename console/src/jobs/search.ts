// SPDX-License-Identifier: Apache-2.0
import type { JobTargetState } from '../api/types';
import { TARGET_STATES } from './progress';

export interface JobSearch {
  /** only the devices that stand so */
  state?: JobTargetState;
}

export function readJobSearch(search: Record<string, unknown>): JobSearch {
  const state = TARGET_STATES.find((known) => known === search.state);
  return state ? { state } : {};
}

export interface NewJobSearch {
  /** which devices, as the query for devices says it */
  q?: string;
  /** the image that they are to run */
  firmware?: number;
  /** the software module that they are to get, in waves */
  module?: number;
}

export function readNewJobSearch(search: Record<string, unknown>): NewJobSearch {
  const q = search.q === undefined ? '' : String(search.q);
  const firmware = Number(search.firmware);
  const module = Number(search.module);
  return {
    ...(q && { q }),
    ...(Number.isSafeInteger(firmware) && firmware > 0 && { firmware }),
    ...(Number.isSafeInteger(module) && module > 0 && { module }),
  };
}
