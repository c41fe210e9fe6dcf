// SPDX-License-Identifier: Apache-2.0
import type { SystemState } from '../api/types';

type Queue = SystemState['queues'][number];
type Limited = SystemState['limited'][number];

const QUEUES: Record<string, [one: string, many: string]> = {
  jobs: ['device of a job', 'devices of jobs'],
  errands: ['errand of a device of TR-069', 'errands of devices of TR-069'],
  webhooks: ['delivery to a webhook', 'deliveries to webhooks'],
  undelivered: ['delivery to a webhook that was given up', 'deliveries to webhooks that were given up'],
  approvals: ['change that needs a second person', 'changes that need a second person'],
};

/** How many of what waits. */
export function queueWords({ name, waiting }: Queue): string {
  const [one, many] = QUEUES[name] ?? [name, name];
  return `${waiting.toLocaleString('en')} ${waiting === 1 ? one : many}`;
}

const LIMITS: Record<string, string> = {
  requests: 'too many requests',
  heavy: 'too many exports, previews and requests for many devices',
  unknown: 'too many requests without signing in',
  streams: 'too many streams',
};

/** Of what somebody had too much. */
export function heldBackWords({ of, count }: Limited): string {
  return `${LIMITS[of] ?? of}, refused ${count === 1 ? 'once' : `${count.toLocaleString('en')} times`}`;
}
