// SPDX-License-Identifier: Apache-2.0
// A campaign while it is being typed, and what it becomes: a body for the server, and a command for a terminal.
import type { CampaignBody, MoveTransport } from '../api/types';
import { type CommandText, curlOf, shellQuote } from '../format/commands';
import { secondsOf } from '../format/time';
import { ANY_HOUR, type HoursDraft, numberOf, windowOf } from '../jobs/draft';

/** One thing that must not get worse. */
export interface MeasureDraft {
  key: number;
  /** an event, a kind of event, or the path of a parameter */
  subject: string;
  direction: 'rises' | 'falls';
  /** a number, with % or without */
  margin: string;
}

export interface CampaignDraft extends HoursDraft {
  name: string;
  query: string;
  /** what is done with each */
  work: 'firmware' | 'module' | 'migration';
  firmware: number | undefined;
  /** a software module of the catalogue */
  module: number | undefined;
  action: 'install' | 'update' | 'uninstall';
  /** what the module has stored on the device outlives an update or a removal */
  keepData: boolean;
  transport: MoveTransport;
  keepCwmp: boolean;
  byNetwork: boolean;
  settle: string;
  waves: string;
  success: string;
  stopAt: string;
  soak: string;
  patience: string;
  approval: boolean;
  measures: MeasureDraft[];
  atLeast: string;
  unknown: string;
  concurrency: string;
  perMinute: string;
}

export const UNKNOWNS = [
  { value: 'hold', label: 'wait for a person' },
  { value: 'go-on', label: 'go on' },
  { value: 'stop', label: 'stop' },
];

export const MEASURE_EXAMPLES = ['Boot!', 'offline', 'Device.DeviceInfo.MemoryStatus.Free'];

export const emptyDraft = (query: string, firmware: number | undefined, module?: number): CampaignDraft => ({
  ...ANY_HOUR,
  name: '',
  query,
  work: module === undefined ? 'firmware' : 'module',
  firmware,
  module,
  action: 'install',
  keepData: true,
  transport: 'ws',
  keepCwmp: false,
  byNetwork: false,
  settle: '60s',
  waves: '1%, 10%, rest',
  success: '95',
  stopAt: '5%',
  soak: '1h',
  patience: '24h',
  approval: true,
  measures: [{ key: 1, subject: 'Boot!', direction: 'rises', margin: '0.5' }],
  atLeast: '5',
  unknown: 'hold',
  concurrency: '',
  perMinute: '',
});

export const wavesOf = (text: string): string[] =>
  text
    .split(',')
    .map((size) => size.trim())
    .filter(Boolean);

/** Events are counted, and so can only come more often. */
export const isParameter = (subject: string): boolean => /^(Device|InternetGatewayDevice)\.[^!]*$/.test(subject.trim());

export function wrongMargin({ subject, margin }: MeasureDraft): string | undefined {
  const text = margin.trim();
  if (!/^\d{1,15}(\.\d{1,6})?\s*%?$/.test(text)) return 'A number, or a share such as 10%';
  return text.endsWith('%') && !isParameter(subject)
    ? 'A number: events are counted for each device and hour'
    : undefined;
}

const measureText = ({ subject, direction, margin }: MeasureDraft): string =>
  `${subject.trim()} ${isParameter(subject) ? direction : 'rises'} ${margin.trim()}`;

/** What keeps it from being sent, by field; none where it is whole. */
export function wrongFields(draft: CampaignDraft): Partial<Record<keyof CampaignDraft, string>> {
  const time = (text: string) => (secondsOf(text) === undefined ? 'A time such as 90s, 30m, 24h or 3d' : undefined);
  const whole = (text: string) => (text.trim() === '' || numberOf(text) !== undefined ? undefined : 'A whole number');
  const wrong = {
    name: draft.name.trim() ? undefined : 'What it is called',
    firmware: draft.work === 'firmware' && draft.firmware === undefined ? 'Which image' : undefined,
    module: draft.work === 'module' && draft.module === undefined ? 'Which module' : undefined,
    settle: draft.work === 'migration' ? time(draft.settle) : undefined,
    waves: wavesOf(draft.waves).length === 0 ? 'At least one, such as rest' : undefined,
    success: numberOf(draft.success) === undefined || Number(draft.success) > 100 ? '0 to 100' : undefined,
    stopAt: /^\d{1,6}$|^\d{1,3}(\.\d{1,2})?\s*%$/.test(draft.stopAt.trim())
      ? undefined
      : 'A number of devices, or a share such as 5%',
    soak: time(draft.soak),
    patience: time(draft.patience),
    measures: draft.measures.some((each) => each.subject.trim() === '' || wrongMargin(each))
      ? 'A measure is not whole'
      : undefined,
    atLeast: whole(draft.atLeast),
    concurrency: whole(draft.concurrency),
    perMinute: whole(draft.perMinute),
  };
  return Object.fromEntries(Object.entries(wrong).filter(([, words]) => words !== undefined));
}

function workOf(draft: CampaignDraft): Pick<CampaignBody, 'firmware' | 'module' | 'migration'> {
  switch (draft.work) {
    case 'firmware':
      return { firmware: draft.firmware };
    case 'module':
      return draft.module === undefined
        ? {}
        : { module: { id: draft.module, action: draft.action, keepData: draft.keepData } };
    case 'migration':
      return {
        migration: {
          to: draft.transport,
          keepCwmp: draft.keepCwmp,
          settle: secondsOf(draft.settle),
          byNetwork: draft.byNetwork,
        },
      };
  }
}

/** What the server is sent; undefined while it is not whole, but for its name where that does not matter. */
export function bodyOf(draft: CampaignDraft, nameless = ''): CampaignBody | undefined {
  const name = draft.name.trim() || nameless;
  if (Object.keys(wrongFields({ ...draft, name })).length > 0) return undefined;
  const concurrency = numberOf(draft.concurrency);
  const perMinute = numberOf(draft.perMinute);
  const window = windowOf(draft);
  const atLeast = numberOf(draft.atLeast);
  return {
    name,
    query: draft.query.trim(),
    ...workOf(draft),
    waves: wavesOf(draft.waves),
    successPercent: Number(draft.success),
    stopAt: draft.stopAt.trim(),
    soakSeconds: secondsOf(draft.soak),
    patienceSeconds: secondsOf(draft.patience),
    approval: draft.approval,
    ...(draft.measures.length > 0 && {
      gate: {
        measures: draft.measures.map(measureText),
        ...(atLeast !== undefined && { atLeast }),
        unknown: draft.unknown,
      },
    }),
    ...(concurrency !== undefined && { concurrency }),
    ...(perMinute !== undefined && { perMinute }),
    ...(window && { window }),
  };
}

/** The same campaign for a terminal; undefined while it is not whole. */
export function createCommand(origin: string, draft: CampaignDraft): CommandText | undefined {
  const body = bodyOf(draft);
  if (!body) return undefined;
  const options = [
    `--name ${shellQuote(body.name)}`,
    `--query ${shellQuote(body.query ?? '')}`,
    body.firmware !== undefined && `--firmware ${body.firmware}`,
    body.module && `--module ${body.module.id} --action ${body.module.action}`,
    body.module && `--module-data ${body.module.keepData ? 'keep' : 'drop'}`,
    body.migration && `--migrate --to ${body.migration.to} --settle ${body.migration.settle}`,
    body.migration?.keepCwmp && '--keep-cwmp',
    body.migration?.byNetwork && '--by-network',
    `--waves ${shellQuote(body.waves.join(', '))}`,
    `--success ${body.successPercent}`,
    `--stop-at ${shellQuote(body.stopAt ?? '')}`,
    `--soak ${draft.soak.replaceAll(' ', '')}`,
    `--patience ${draft.patience.replaceAll(' ', '')}`,
    ...(body.gate?.measures ?? []).map((measure) => `--gate ${shellQuote(measure)}`),
    body.gate?.atLeast !== undefined && `--gate-devices ${body.gate.atLeast}`,
    body.gate && `--gate-unknown ${body.gate.unknown}`,
    !draft.approval && '--no-approval',
    body.window && `--window ${body.window.from}-${body.window.to}`,
    body.window?.days && `--days ${body.window.days.join(',')}`,
    body.concurrency !== undefined && `--concurrency ${body.concurrency}`,
    body.perMinute !== undefined && `--rate ${body.perMinute}`,
  ].filter(Boolean);
  return {
    pharos: `./pharos campaign create ${options.join(' ')}`,
    curl: curlOf(origin, 'POST', '/api/v1/campaigns', { json: body }),
  };
}

export type Move = 'approve' | 'start' | 'pause' | 'resume' | 'stop' | 'rollback';

export function moveCommand(origin: string, id: number, move: Move): CommandText {
  return {
    pharos: `./pharos campaign ${move} ${id}`,
    curl: curlOf(origin, 'POST', `/api/v1/campaigns/${id}/${move}`),
  };
}
