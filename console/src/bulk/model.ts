// SPDX-License-Identifier: Apache-2.0
// Reports that devices make by themselves, in words.
import type { BulkProfile, BulkProfileRequest, BulkReceived, RefusedReport } from '../api/types';
import { type CommandText, curlOf, shellQuote } from '../format/commands';
import { count, span } from '../format/time';

const WAYS: Record<string, string> = { USPEventNotif: 'as events', HTTP: 'over HTTP', MQTT: 'over MQTT' };

/** "every 5 minutes, over MQTT in JSON". */
export function howOf({ interval, protocol, encoding, retained }: BulkProfile): string {
  const way = [WAYS[protocol] ?? protocol, encoding && `in ${encoding}`].filter(Boolean).join(' ');
  const kept =
    retained === 0 ? '' : `keeps ${retained < 0 ? 'as many failed ones as it can' : count(retained, 'failed one')}`;
  return [`every ${span(interval)}`, way, kept].filter(Boolean).join(', ');
}

/** What came, in a sentence; what is wrong with it is told beside it. */
export function takenWords({ deliveries, kept }: BulkReceived): string {
  return deliveries === 0
    ? 'No report has come here yet.'
    : `${count(deliveries, 'delivery').replace(/deliverys$/, 'deliveries')} taken, ${count(kept, 'value')} kept.`;
}

/** What is wrong with what came; empty where nothing is. */
export function troubleOf({ refused, unknown }: BulkReceived): string[] {
  return [
    refused > 0 && `${refused.toLocaleString('en')} refused`,
    unknown > 0 && `${count(unknown, 'value')} under names that the device does not have`,
  ].filter((word) => typeof word === 'string') as string[];
}

/** Who it was that was refused. */
export const whoOf = ({ device, said, address }: RefusedReport): string =>
  device ?? [said || 'somebody without a login', address && `at ${address}`].filter(Boolean).join(' ');

const OUTCOMES: Record<string, string> = {
  taken: 'taken over HTTP',
  pushed: 'taken as events',
  published: 'taken over MQTT',
  'refused.push': 'refused as events',
  'refused.mqtt': 'refused over MQTT',
  'refused.400': 'no reports at all',
  'refused.401': 'without a login that somebody has',
  'refused.403': 'of another device, or of one that is not let in',
  'refused.413': 'too large',
  'refused.415': 'in another encoding or type',
  'refused.429': 'after too many wrong logins',
  'refused.503': 'too many at once, or before the device was known',
};

export const outcomeWords = (outcome: string): string => OUTCOMES[outcome] ?? outcome;

/** Whether it went wrong; these are told first. */
export const isRefused = ({ outcome }: { outcome: string }): boolean => outcome.startsWith('refused.');

export interface BulkDraft {
  parameters: string;
  /** seconds */
  interval: string;
  way: 'event' | 'http' | 'mqtt';
  url: string;
  encoding: 'JSON' | 'CSV';
  retained: string;
  name: string;
}

/** One path a line, or with commas between. */
export const pathsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,]+/)
      .map((path) => path.trim())
      .filter(Boolean),
  ),
];

/** What is missing or wrong, by field; the server says the same. */
export function wrongOf(draft: BulkDraft, least: number): Partial<Record<keyof BulkDraft, string>> {
  const paths = pathsOf(draft.parameters);
  const odd = paths.find((path) => !/^Device\.[\w.*-]+$/.test(path));
  return {
    ...((paths.length === 0 || odd) && {
      parameters: odd ? `${odd} is no path such as Device.WiFi.Radio.*.Stats.` : 'At least one path',
    }),
    ...((!/^\d{1,8}$/.test(draft.interval) || Number(draft.interval) < Math.max(1, least)) && {
      interval: `A whole number of seconds, ${Math.max(1, least)} at least`,
    }),
    ...(draft.way === 'http' &&
      !/^https?:\/\/[^\s/@]+\/\S*$/.test(draft.url) && {
        url: "The collector's address as the device reaches it, such as https://acs.example:8443/bulk",
      }),
    ...(!/^-1$|^\d{1,2}$/.test(draft.retained) && { retained: '0 to 99, or -1 for as many as it can' }),
  };
}

export function requestOf(draft: BulkDraft): BulkProfileRequest {
  return {
    parameters: pathsOf(draft.parameters),
    interval: Number(draft.interval),
    way: draft.way,
    encoding: draft.encoding,
    retained: Number(draft.retained),
    ...(draft.way === 'http' && { url: draft.url }),
    ...(draft.name.trim() && { name: draft.name.trim() }),
  };
}

/** The same for a terminal. */
export function addCommandOf(origin: string, id: string, draft: BulkDraft): CommandText {
  const options = [
    `--every ${draft.interval}s`,
    draft.way === 'http' && `--url ${shellQuote(draft.url)}`,
    draft.way === 'mqtt' && '--mqtt',
    draft.encoding === 'CSV' && '--csv',
    draft.retained !== '0' && `--retain=${draft.retained}`,
    draft.name.trim() && `--name ${shellQuote(draft.name.trim())}`,
  ].filter(Boolean);
  return {
    pharos: ['./pharos bulk', shellQuote(id), 'add', ...pathsOf(draft.parameters).map(shellQuote), ...options].join(
      ' ',
    ),
    curl: curlOf(origin, 'POST', `/api/v1/devices/${encodeURIComponent(id)}/bulk/profiles`, {
      json: requestOf(draft),
    }),
  };
}
