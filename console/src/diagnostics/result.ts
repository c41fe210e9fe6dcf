// SPDX-License-Identifier: Apache-2.0
// What came of a measurement, in plain words and in figures.
import { errorSentence } from '../api/problem';
import type { Diagnostic } from '../api/types';
import { awaitedWords } from '../format/session';
import { count } from '../format/time';

export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'idle';

export interface Verdict {
  words: string;
  tone: Tone;
}

/** The statuses of the data model that are not "Complete", as sentences. */
const STATUSES: Record<string, string> = {
  Canceled: 'Cancelled on the device',
  Error_CannotResolveHostName: 'The device cannot find an address for this name',
  Error_DNSServerNotResolved: 'The device cannot find the address of the DNS server',
  Error_DNSServerNotAvailable: 'The DNS server does not answer',
  Error_HostNameNotResolved: 'DNS knows no address for this name',
  Error_IncorrectSize: 'The file was not as long as it said',
  Error_InitConnectionFailed: 'The server let no connection in',
  Error_Internal: 'The device had a problem of its own',
  Error_LoginFailed: 'The server wants a name and a password',
  Error_MaxHopCountExceeded: 'It is further away than the hops that were allowed',
  Error_NoResponse: 'The server did not answer',
  Error_NoRouteToHost: 'The device knows no way there',
  Error_NoTransferComplete: 'The server broke off before the end',
  Error_Other: 'It did not get there',
  Error_Timeout: 'It took too long',
  Error_TransferFailed: 'The transfer broke off',
};

const statusWords = (status: string): string => STATUSES[status] ?? (status || 'The device did not say how it went');

const numberOf = (run: Diagnostic, name: string): number => {
  const text = run.outputs[name] ?? '';
  return /^\d{1,18}$/.test(text) ? Number(text) : 0;
};

/** Microseconds as milliseconds, with as many digits as tell something. */
export function millis(microseconds: number): string {
  const ms = microseconds / 1000;
  return `${ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en')} ms`;
}

/** A rate in the unit that people buy lines by. */
export function rateWord(bitsPerSecond: number): string {
  if (bitsPerSecond >= 1e9) return `${(bitsPerSecond / 1e9).toFixed(2)} Gbit/s`;
  if (bitsPerSecond >= 1e6) return `${(bitsPerSecond / 1e6).toFixed(1)} Mbit/s`;
  return `${Math.round(bitsPerSecond / 1e3).toLocaleString('en')} kbit/s`;
}

export interface Echoes {
  sent: number;
  received: number;
  /** microseconds; undefined where nothing came back */
  times?: { least: number; mean: number; most: number };
}

export function echoesOf(run: Diagnostic): Echoes {
  const received = numberOf(run, 'SuccessCount');
  const suffix = run.outputs.AverageResponseTimeDetailed === undefined ? '' : 'Detailed';
  // without the detailed ones, those of a ping are whole milliseconds
  const unit = run.kind === 'ping' && !suffix ? 1000 : 1;
  const time = (name: string) => numberOf(run, `${name}ResponseTime${suffix}`) * unit;
  return {
    sent: received + numberOf(run, 'FailureCount'),
    received,
    ...(received > 0 && { times: { least: time('Minimum'), mean: time('Average'), most: time('Maximum') } }),
  };
}

export interface Hop {
  number: number;
  /** empty where nobody answered */
  address: string;
  /** milliseconds of each try; undefined where it was not answered */
  times: (number | undefined)[];
  /** what a router that refused said, as an ICMP code; 0 where none did */
  code: number;
}

export function hopsOf(run: Diagnostic): Hop[] {
  return rowsOf(run, 'RouteHops', 'HostAddress').map((row, index) => ({
    number: index + 1,
    address: run.outputs[`${row}HostAddress`] || run.outputs[`${row}Host`] || '',
    times: (run.outputs[`${row}RTTimes`] ?? '')
      .split(',')
      .filter(Boolean)
      .map((time) => (Number(time) > 0 ? Number(time) : undefined)),
    code: numberOf(run, `${row}ErrorCode`),
  }));
}

export interface Answer {
  found: boolean;
  name: string;
  addresses: string[];
  server: string;
  authoritative: boolean;
  /** milliseconds */
  time: number;
  words: string;
}

export function answersOf(run: Diagnostic): Answer[] {
  return rowsOf(run, 'Result', 'Status').map((row) => {
    const status = run.outputs[`${row}Status`] ?? '';
    return {
      found: status === 'Success',
      name: run.outputs[`${row}HostNameReturned`] ?? '',
      addresses: (run.outputs[`${row}IPAddresses`] ?? '').split(',').filter(Boolean),
      server: run.outputs[`${row}DNSServerIP`] ?? '',
      authoritative: run.outputs[`${row}AnswerType`] === 'Authoritative',
      time: numberOf(run, `${row}ResponseTime`),
      words: statusWords(status),
    };
  });
}

export interface Transfer {
  bytes: number;
  seconds: number;
  /** bits a second; undefined where the device does not say */
  rate: number | undefined;
  /** bits a second, of each span that the device told */
  course: number[];
}

export function transferOf(run: Diagnostic): Transfer {
  const bytes = (prefix: string) =>
    Math.max(numberOf(run, `${prefix}TestBytesReceived`), numberOf(run, `${prefix}TestBytesSent`));
  const seconds = (from: string, to: string) =>
    Math.max(0, (Date.parse(run.outputs[to] ?? '') - Date.parse(run.outputs[from] ?? '')) / 1000 || 0);
  const whole = seconds('BOMTime', 'EOMTime');
  const course = rowsOf(run, 'IncrementalResult', 'StartTime').flatMap((row) => {
    const span = seconds(`${row}StartTime`, `${row}EndTime`);
    return span > 0 ? [(bytes(row) * 8) / span] : [];
  });
  return { bytes: bytes(''), seconds: whole, rate: whole > 0 ? (bytes('') * 8) / whole : undefined, course };
}

/** Of a capture. */
export const packetsOf = (run: Diagnostic): number => numberOf(run, 'PacketCaptureResult.1.Count');

/** More rows than a device tells of. */
const ROWS = 1_000;

function rowsOf(run: Diagnostic, table: string, parameter: string): string[] {
  const rows: string[] = [];
  while (rows.length < ROWS && run.outputs[`${table}.${rows.length + 1}.${parameter}`] !== undefined) {
    rows.push(`${table}.${rows.length + 1}.`);
  }
  return rows;
}

/** About how long it takes, in seconds; undefined where that depends on the network. */
export function expectedSeconds(run: Diagnostic): number | undefined {
  const input = (name: string) => Number(run.inputs[name] ?? '');
  switch (run.kind) {
    case 'ping':
      return input('NumberOfRepetitions') || undefined;
    case 'download':
    case 'upload':
      return input('TimeBasedTestDuration') || undefined;
    case 'capture':
      return input('Duration') || undefined;
    default:
      return undefined;
  }
}

/** How it went in a few words; while it goes on, only that. */
export function verdictOf(run: Diagnostic): Verdict {
  switch (run.state) {
    case 'running':
      return run.awaitedSession
        ? { words: `Asked, and ${awaitedWords(run.awaitedSession)}`, tone: 'idle' }
        : { words: 'The device is at work', tone: 'busy' };
    case 'cancelled':
      return { words: 'Cancelled', tone: 'idle' };
    case 'lost':
      return { words: 'The device told no result within two hours', tone: 'bad' };
    case 'failed':
      return { words: faultWords(run.fault), tone: 'bad' };
    case 'complete':
      return run.outputs.Status === 'Complete'
        ? found(run)
        : { words: statusWords(run.outputs.Status ?? ''), tone: 'bad' };
  }
}

function faultWords(fault: string): string {
  const [, code, words] = /^(\d{4,5}) ?(.*)$/s.exec(fault) ?? [];
  return code ? errorSentence(Number(code), words ?? '') : fault || 'The device could not do it';
}

function found(run: Diagnostic): Verdict {
  switch (run.kind) {
    case 'ping':
    case 'udp-echo':
      return echoed(echoesOf(run));
    case 'trace': {
      const hops = hopsOf(run);
      return { words: `There in ${count(hops.length, 'hop')}`, tone: 'good' };
    }
    case 'lookup': {
      const answers = answersOf(run);
      const good = answers.find((answer) => answer.found);
      if (!good) return { words: answers[0]?.words ?? 'No answer', tone: 'bad' };
      return { words: good.addresses.join(', ') || 'No address', tone: 'good' };
    }
    case 'download':
    case 'upload': {
      const { rate } = transferOf(run);
      return rate === undefined
        ? { words: 'Too short to tell a rate', tone: 'warn' }
        : { words: rateWord(rate), tone: 'good' };
    }
    case 'servers':
      return run.outputs.FastestHost
        ? { words: `${run.outputs.FastestHost} is the fastest`, tone: 'good' }
        : { words: 'None of them answered', tone: 'bad' };
    case 'capture':
      return { words: count(packetsOf(run), 'packet'), tone: packetsOf(run) > 0 ? 'good' : 'warn' };
    default:
      return { words: 'Complete', tone: 'good' };
  }
}

function echoed({ sent, received, times }: Echoes): Verdict {
  if (!times) return { words: `No answer to ${count(sent, 'packet')}`, tone: 'bad' };
  const all = received === sent;
  const whole = sent === 1 ? 'It' : `All ${sent.toLocaleString('en')}`;
  return {
    words: `${all ? whole : `${received} of ${sent}`} answered, ${millis(times.mean)}`,
    tone: all ? 'good' : 'warn',
  };
}
