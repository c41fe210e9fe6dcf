// SPDX-License-Identifier: Apache-2.0
// A job while it is being typed, and what it becomes: a body for the server, and a command for a terminal.
import type { JobBody, JobStep, JobWindow } from '../api/types';
import { isSecret } from '../datamodel/values';
import { type CommandText, curlOf, shellQuote, splitParam } from '../format/commands';
import { groupBy } from '../format/group';
import { momentOf } from '../format/zone';

export const STEP_KINDS = ['set', 'get', 'operate', 'add', 'delete', 'instances'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export const STEP_NAMES: Record<StepKind, string> = {
  set: 'Set values',
  get: 'Read values',
  operate: 'Run a command',
  add: 'Add a row',
  delete: 'Delete rows',
  instances: 'List rows',
};

/** What a step is about, one thing a line: `PATH=VALUE` for set, `PATH` for get, and as the hints say. */
export interface StepDraft {
  key: number;
  kind: StepKind;
  text: string;
}

export const STEP_HINTS: Record<StepKind, string> = {
  set: 'One PATH=VALUE a line',
  get: 'One path a line',
  operate: 'The command, then one ARGUMENT=VALUE a line',
  add: 'The table, then one PARAMETER=VALUE a line',
  delete: 'The path of one row a line',
  instances: 'The path of one table a line',
};

export const STEP_EXAMPLES: Record<StepKind, string> = {
  set: 'Device.WiFi.Radio.1.Channel=36',
  get: 'Device.DeviceInfo.SoftwareVersion',
  operate: 'Device.Reboot()',
  add: 'Device.NAT.PortMapping.\nExternalPort=8080\nInternalPort=80',
  delete: 'Device.NAT.PortMapping.2.',
  instances: 'Device.Hosts.Host.',
};

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The hours in which devices begin, by their own clock. */
export interface HoursDraft {
  windowed: boolean;
  from: string;
  to: string;
  days: string[];
}

export const ANY_HOUR: HoursDraft = { windowed: false, from: '01:00', to: '05:00', days: [] };

/** As the server takes it; undefined where any hour is right. */
export const windowOf = ({ windowed, from, to, days }: HoursDraft): JobWindow | undefined =>
  windowed ? { from, to, ...(days.length > 0 && { days }) } : undefined;

export interface JobDraft extends HoursDraft {
  name: string;
  query: string;
  steps: StepDraft[];
  /** in the reader's own time zone, as the field of the browser writes it: 2026-12-24T03:00 */
  startAt: string;
  perMinute: string;
  /** how many are at work at once */
  concurrency: string;
  retries: string;
  /** the image that they are to run, in place of steps */
  firmware?: number;
}

export function emptyDraft(query: string, firmware?: number): JobDraft {
  return {
    name: '',
    query,
    steps: [{ key: 1, kind: 'set', text: '' }],
    startAt: '',
    ...ANY_HOUR,
    perMinute: '',
    concurrency: '',
    retries: '0',
    ...(firmware !== undefined && { firmware }),
  };
}

/** Another step beneath the others. */
export function withStep(steps: StepDraft[]): StepDraft[] {
  const key = Math.max(0, ...steps.map((step) => step.key)) + 1;
  return [...steps, { key, kind: 'operate', text: '' }];
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

type Pair = [name: string, value: string];

/** Splits at the equals sign that ends the name; one within brackets belongs to a search expression. */
export function pairOf(line: string): Pair | undefined {
  let depth = 0;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (char === '[') depth++;
    else if (char === ']') depth--;
    else if (char === '=' && depth === 0) return i > 0 ? [line.slice(0, i).trim(), line.slice(i + 1)] : undefined;
  }
  return undefined;
}

function pairsOf(lines: string[]): Pair[] | undefined {
  const pairs = lines.map(pairOf);
  return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
}

/** What is missing in a step, in a sentence; undefined where nothing is. */
export function wrongStep({ kind, text }: StepDraft): string | undefined {
  const lines = linesOf(text);
  if (lines.length === 0) return `${STEP_HINTS[kind]}, such as ${STEP_EXAMPLES[kind].split('\n')[0]}`;
  const rest = kind === 'set' ? lines : kind === 'operate' || kind === 'add' ? lines.slice(1) : [];
  const bare = rest.find((line) => !pairOf(line));
  return bare === undefined ? undefined : `“${bare}” has no “=” with a name before it`;
}

function stepOf({ kind, text }: StepDraft): JobStep {
  const lines = linesOf(text);
  const [first = '', ...rest] = lines;
  switch (kind) {
    case 'get':
      return { get: { paths: lines, maxDepth: 0 } };
    case 'instances':
      return { instances: { objPaths: lines, firstLevelOnly: false } };
    case 'delete':
      return { delete: { objPaths: lines, allowPartial: false } };
    case 'set': {
      const objects = groupBy(pairsOf(lines) ?? [], ([path]) => splitParam(path)[0]);
      const updateObjects = [...objects].map(([objPath, own]) => ({
        objPath,
        paramSettings: own.map(([path, value]) => ({ param: splitParam(path)[1], value, required: true })),
      }));
      return { set: { allowPartial: false, updateObjects } };
    }
    case 'add': {
      const paramSettings = (pairsOf(rest) ?? []).map(([param, value]) => ({ param, value, required: true }));
      return { add: { allowPartial: false, createObjects: [{ objPath: first, paramSettings }] } };
    }
    case 'operate':
      return {
        operate: {
          command: first,
          commandKey: '',
          sendResp: true,
          inputArgs: Object.fromEntries(pairsOf(rest) ?? []),
        },
      };
  }
}

/** A whole number; undefined where it is none. */
export const numberOf = (text: string): number | undefined => (/^\d+$/.test(text.trim()) ? Number(text) : undefined);

/** What the server is sent; undefined while a step is not whole. */
export function bodyOf(draft: JobDraft): JobBody | undefined {
  const { firmware } = draft;
  const whole = draft.steps.length > 0 && draft.steps.every((step) => wrongStep(step) === undefined);
  if (firmware === undefined && !whole) return undefined;
  const perMinute = numberOf(draft.perMinute);
  const concurrency = numberOf(draft.concurrency);
  const retries = numberOf(draft.retries);
  const window = windowOf(draft);
  const start = momentOf(draft.startAt);
  return {
    query: draft.query.trim(),
    ...(firmware === undefined ? { steps: draft.steps.map(stepOf) } : { firmware }),
    ...(draft.name.trim() && { name: draft.name.trim() }),
    ...(start && { startAt: start.toISOString() }),
    ...(window && { window }),
    ...(concurrency !== undefined && { concurrency }),
    ...(perMinute !== undefined && { perMinute }),
    ...(retries !== undefined && retries > 0 && { retries }),
  };
}

const secretName = (line: string): string | undefined => {
  const name = pairOf(line)?.[0];
  return name !== undefined && isSecret(splitParam(name)[1]) ? name : undefined;
};

/** As ./pharos takes it; secrets never leave the page: a variable stands in. */
function words({ kind, text }: StepDraft): string {
  const word = (line: string): string => {
    const secret = secretName(line);
    return secret === undefined ? shellQuote(line) : `${shellQuote(secret)}="$SECRET"`;
  };
  return [kind, ...linesOf(text).map(word)].join(' ');
}

function masked(draft: JobDraft): JobDraft {
  const line = (text: string): string => {
    const secret = secretName(text);
    return secret === undefined ? text : `${secret}=SECRET`;
  };
  return { ...draft, steps: draft.steps.map((step) => ({ ...step, text: linesOf(step.text).map(line).join('\n') })) };
}

/** The same job for a terminal; undefined while a step is not whole. */
export function createCommand(origin: string, draft: JobDraft): CommandText | undefined {
  const body = bodyOf(masked(draft));
  if (!body) return undefined;
  const options = [
    `--query ${shellQuote(body.query ?? '')}`,
    body.name && `--name ${shellQuote(body.name)}`,
    body.startAt && `--at ${shellQuote(body.startAt)}`,
    body.window && `--window ${body.window.from}-${body.window.to}`,
    body.window?.days && `--days ${body.window.days.join(',')}`,
    body.concurrency !== undefined && `--concurrency ${body.concurrency}`,
    body.perMinute !== undefined && `--rate ${body.perMinute}`,
    body.retries !== undefined && `--retries ${body.retries}`,
  ].filter(Boolean);
  const work = draft.firmware === undefined ? draft.steps.map(words).join(' then ') : `firmware ${draft.firmware}`;
  return {
    pharos: `./pharos jobs create ${options.join(' ')} ${work}`,
    curl: curlOf(origin, 'POST', '/api/v1/jobs', { json: body }),
  };
}
