// SPDX-License-Identifier: Apache-2.0
import type { DeviceFileRequest } from '../api/types';
import { type CommandText, curlOf, shellQuote } from '../format/commands';
import { awaitedWords } from '../format/session';

/** Where the files of a device are, for links and for a terminal. */
export const filesAddress = (device: string): string => `/api/v1/devices/${encodeURIComponent(device)}/files`;

/** What became of one request, in a sentence. */
export function outcomeOf(request: DeviceFileRequest): string {
  const takes = request.action === 'restore' || request.action === 'send';
  const back = request.action === 'restore' ? ' back' : '';
  const what = takes ? `taking ${request.name}${back}` : `giving ${request.name} away`;
  const because = request.fault ? `: ${request.fault}` : '';
  switch (request.state) {
    case 'running':
      if (request.awaitedSession)
        return `The device is asked for ${what}: ${awaitedWords(request.awaitedSession)}${because}`;
      return `The device is ${what}${request.fault ? `; the last try${because}` : ''}`;
    case 'complete':
      return takes ? `The device has taken ${request.name}${back}` : `${request.name} is here`;
    case 'lost':
      return `Nothing came of ${what}${because}`;
    case 'failed':
      return `The device failed at ${what}${because}`;
  }
}

/** The same request for a terminal. */
export function askCommand(
  origin: string,
  device: string,
  order: { action: 'backup' | 'log' | 'restore'; number?: number; file?: number },
): CommandText {
  const which = order.file ?? order.number ?? 1;
  return {
    pharos: `./pharos files ${shellQuote(device)} ${order.action} ${which}`,
    curl: curlOf(origin, 'POST', `${filesAddress(device)}/requests`, { json: order }),
  };
}
