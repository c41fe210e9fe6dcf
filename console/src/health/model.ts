// SPDX-License-Identifier: Apache-2.0
// How a device is, step by step along the way from it to the internet, as far as its twin and its measurements tell.
import type { Device, Diagnostic, TwinItem } from '../api/types';
import { bare, Known, numberOf } from '../datamodel/known';
import { isTrue } from '../datamodel/values';
import { transportName } from '../devices/transport';
import { verdictOf } from '../diagnostics/result';
import { ago } from '../format/time';
import { type Home, homeOf, titleOf, toneOf } from '../homemap/model';

export type Tone = 'good' | 'warn' | 'bad' | 'idle';

export interface Step {
  name: 'Management' | 'Line' | 'Address' | 'Name lookup' | 'Beyond' | 'Wi-Fi';
  /** idle where nobody knows */
  tone: Tone;
  /** a sentence without its end, as it stands after the name */
  words: string;
  /** the parameter, or row, that tells it; empty where it is none */
  path: string;
  /** when that was learnt; empty where nobody knows */
  asOf: string;
}

export interface Health {
  /** in their order; what is behind the first that fails is not judged by itself */
  steps: Step[];
  /** the first that fails of those that lead to the internet; -1 where none does */
  broken: number;
  wifi: Step | undefined;
  /** all of it in one sentence */
  sentence: string;
}

/** What the device has to be asked for all of it. */
const SOURCES = [
  'Device.Optical.Interface.',
  'Device.DSL.Line.',
  'Device.Cellular.Interface.',
  'Device.Ethernet.Interface.',
  'Device.PPP.Interface.',
  'Device.IP.Interface.',
  'Device.DHCPv4.Client.',
  'Device.DNS.Client.',
  'Device.WiFi.',
  'Device.Hosts.',
];

export const sourcesIn = (items: TwinItem[]): string[] =>
  SOURCES.filter((source) => items.some(({ path }) => path.startsWith(source)));

/** A measurement that is older tells nothing of now. */
const MEASURED_LATELY_MS = 86_400_000;

const silent = (name: Step['name'], words: string): Step => ({ name, tone: 'idle', words, path: '', asOf: '' });

export function healthOf(device: Device, items: TwinItem[], runs: Diagnostic[], alarms = 0, now = Date.now()): Health {
  const known = new Known(items);
  const lately = runs.filter((run) => run.state === 'complete' && now - Date.parse(run.begun) < MEASURED_LATELY_MS);
  const steps = [managementOf(device, now), lineOf(known), addressOf(known), namesOf(known, lately), beyondOf(lately)];
  const broken = steps.findIndex(({ tone }) => tone === 'bad');
  const wifi = wifiOf(known, homeOf(items));
  return { steps, broken, wifi, sentence: sentenceOf(steps, broken, wifi, alarms) };
}

function managementOf(device: Device, now: number): Step {
  const step = { name: 'Management', path: '', asOf: device.lastSeen } as const;
  switch (device.status) {
    case 'online':
      return device.approved
        ? { ...step, tone: 'good', words: `connected over ${transportName(device.transport)}` }
        : { ...step, tone: 'warn', words: 'connected, and nothing is asked before somebody approves it' };
    case 'onboarding':
      return { ...step, tone: 'idle', words: 'being read for the first time' };
    case 'offline':
      return { ...step, tone: 'bad', words: `not connected, last seen ${ago(device.lastSeen, now)}` };
    case 'error':
      return { ...step, tone: 'bad', words: device.statusReason || 'it answers what cannot be worked with' };
  }
}

const LINES: { table: RegExp; kind: string; more: (known: Known, row: string) => string }[] = [
  {
    table: /^(Device\.Optical\.Interface\.\d+\.)[A-Za-z]+$/,
    kind: 'Fibre',
    more: (known, row) => {
      const level = known.number(`${row}OpticalSignalLevel`);
      return level === undefined ? '' : `${(level / 1000).toFixed(1)} dBm`;
    },
  },
  {
    table: /^(Device\.DSL\.Line\.\d+\.)[A-Za-z]+$/,
    kind: 'DSL',
    more: (known, row) => known.value(`${row}LinkStatus`).replace(/^Up$/, ''),
  },
  {
    table: /^(Device\.Cellular\.Interface\.\d+\.)[A-Za-z]+$/,
    kind: 'Mobile network',
    more: (known, row) => {
      const signal = known.number(`${row}RSSI`);
      return signal === undefined ? '' : `${signal} dBm`;
    },
  },
  {
    table: /^(Device\.Ethernet\.Interface\.\d+\.)[A-Za-z]+$/,
    kind: 'Ethernet',
    more: (known, row) => {
      const rate = known.number(`${row}CurrentBitRate`);
      return rate ? `${rate.toLocaleString('en')} Mbit/s` : '';
    },
  },
];

/** What an interface that is not up says of itself, as it stands after "is". */
const STATES: Record<string, string> = {
  Down: 'down',
  LowerLayerDown: 'down, since what it stands on is',
  NotPresent: 'not there',
  Dormant: 'waiting for something outside',
  Error: 'in an error',
  Unknown: 'in a state that it does not know',
};

function lineOf(known: Known): Step {
  const all = LINES.flatMap(({ table, kind, more }) =>
    known
      .rows(table)
      // a port is a line only where it says so; the others are nothing else
      .filter((row) => (kind === 'Ethernet' ? isTrue(known.value(`${row}Upstream`)) : known.isOn(row)))
      .map((row) => ({ row, kind, more })),
  );
  const line = all.find(({ row }) => known.isUp(row)) ?? all[0];
  if (!line) return silent('Line', 'it does not say on which line it stands');
  const { row, kind, more } = line;
  const up = known.isUp(row);
  const status = known.value(`${row}Status`);
  const state = up ? 'up' : known.isOn(row) ? (STATES[status] ?? 'down') : 'switched off';
  const path = known.has(`${row}Status`) && known.isOn(row) ? `${row}Status` : `${row}Enable`;
  const what = [kind, known.value(`${row}Name`) || numberOf(row)].join(' ');
  const detail = more(known, row);
  return {
    name: 'Line',
    tone: up ? 'good' : 'bad',
    words: `${what} is ${state}${detail && (up || kind !== 'Ethernet') ? `, ${detail}` : ''}`,
    path,
    asOf: known.time(path),
  };
}

/** Why a session of PPP ended, as TR-181 has words for it. */
const PPP_ERRORS: Record<string, string> = {
  ERROR_AUTHENTICATION_FAILURE: 'the provider refuses its name or password',
  ERROR_ISP_DISCONNECT: 'the provider ended it',
  ERROR_ISP_TIME_OUT: 'the provider does not answer',
  ERROR_NO_CARRIER: 'there is no signal',
  ERROR_NOT_ENABLED_FOR_INTERNET: 'the provider does not let it in',
  ERROR_USER_DISCONNECT: 'it was ended by hand',
};

function pppOf(known: Known): Step | undefined {
  const row = known.rows(/^(Device\.PPP\.Interface\.\d+\.)ConnectionStatus$/).find((each) => known.isOn(each));
  if (!row) return undefined;
  const path = `${row}ConnectionStatus`;
  const status = known.value(path);
  const error = known.value(`${row}LastConnectionError`);
  const why = PPP_ERRORS[error] ?? (error.startsWith('ERROR_') && error !== 'ERROR_NONE' ? error : '');
  const connected = status === 'Connected';
  const address = known.value(`${row}IPCP.LocalIPAddress`);
  return {
    name: 'Address',
    tone: connected ? 'good' : 'bad',
    words: connected
      ? [address, 'by PPP'].filter(Boolean).join(', ')
      : [`PPP is at ${status || 'nothing'}`, why].filter(Boolean).join(': '),
    path,
    asOf: known.time(path),
  };
}

/** The interface that packets for everywhere leave by, without its last dot. */
function outwards(known: Known): string | undefined {
  const route = known
    .rows(/^(Device\.Routing\.Router\.\d+\.IPv4Forwarding\.\d+\.)Interface$/)
    .find((row) => ['', '0.0.0.0'].includes(known.value(`${row}DestIPAddress`)) && known.isOn(row));
  const dhcp = known.rows(/^(Device\.DHCPv4\.Client\.\d+\.)Interface$/).find((row) => known.isOn(row));
  const row = route ?? dhcp;
  return row && bare(known.value(`${row}Interface`));
}

function addressOf(known: Known): Step {
  const ppp = pppOf(known);
  if (ppp?.tone === 'bad') return ppp;
  const out = outwards(known);
  if (!out) return ppp ?? silent('Address', 'it does not say which address it has');
  const dhcp = known
    .rows(/^(Device\.DHCPv4\.Client\.\d+\.)DHCPStatus$/)
    .find((row) => bare(known.value(`${row}Interface`)) === out && known.isOn(row));
  const status = dhcp ? known.value(`${dhcp}DHCPStatus`) : '';
  const row = known
    .rows(/^(Device\.IP\.Interface\.\d+\.IPv[46]Address\.\d+\.)IPAddress$/)
    .find((each) => each.startsWith(`${out}.`) && known.value(`${each}IPAddress`) !== '' && known.isOn(each));
  const address = row ? known.value(`${row}IPAddress`) : '';
  const said = known.value(`${out}.Status`);
  if (said !== '' && said !== 'Up') {
    const path = `${out}.Status`;
    return {
      name: 'Address',
      tone: 'bad',
      words: `its interface is ${STATES[said] ?? said}`,
      path,
      asOf: known.time(path),
    };
  }
  if (dhcp && status !== 'Bound') {
    const path = `${dhcp}DHCPStatus`;
    return { name: 'Address', tone: 'bad', words: `DHCP is at ${status}, not Bound`, path, asOf: known.time(path) };
  }
  if (!row) return { name: 'Address', tone: 'bad', words: 'it has none', path: `${out}.`, asOf: '' };
  const path = `${row}IPAddress`;
  return {
    name: 'Address',
    tone: 'good',
    words: [address, dhcp ? 'by DHCP' : ppp && 'by PPP'].filter(Boolean).join(', '),
    path,
    asOf: known.time(path),
  };
}

function measured(name: Step['name'], run: Diagnostic): Step {
  const { words, tone } = verdictOf(run);
  return { name, tone: tone === 'busy' ? 'idle' : tone, words, path: '', asOf: run.ended ?? run.begun };
}

function namesOf(known: Known, lately: Diagnostic[]): Step {
  const lookup = lately.find((run) => run.kind === 'lookup');
  if (lookup) return measured('Name lookup', lookup);
  const client = 'Device.DNS.Client.Enable';
  if (known.has(client) && !isTrue(known.value(client))) {
    return { name: 'Name lookup', tone: 'bad', words: 'it is switched off', path: client, asOf: known.time(client) };
  }
  const rows = known.rows(/^(Device\.DNS\.Client\.Server\.\d+\.)DNSServer$/).filter((row) => known.isOn(row));
  const [row] = rows;
  if (!row) return silent('Name lookup', 'it does not say whom it asks');
  const path = `${row}DNSServer`;
  return {
    name: 'Name lookup',
    tone: 'good',
    words: `asks ${rows.map((each) => known.value(`${each}DNSServer`)).join(' and ')}`,
    path,
    asOf: known.time(path),
  };
}

function beyondOf(lately: Diagnostic[]): Step {
  const run = lately.find((each) => each.kind !== 'lookup');
  return run ? measured('Beyond', run) : silent('Beyond', 'nothing was measured in the last day');
}

function wifiOf(known: Known, home: Home): Step | undefined {
  const radios = known.rows(/^(Device\.WiFi\.Radio\.\d+\.)[A-Za-z]+$/);
  if (radios.length === 0) return undefined;
  const members = home.branches.filter(({ kind }) => kind === 'radio').flatMap((branch) => branch.members);
  const weak = members.filter((member) => toneOf(member) === 'bad');
  const down = radios.filter((row) => !known.isUp(row));
  const at = (row: string) => (known.has(`${row}Status`) ? `${row}Status` : `${row}Enable`);
  const [first = ''] = down.length > 0 ? down : radios;
  const step = { name: 'Wi-Fi' as const, path: at(first), asOf: known.time(at(first)) };
  if (down.length === radios.length) return { ...step, tone: 'bad', words: 'no radio is up' };
  if (down.length > 0) return { ...step, tone: 'warn', words: `radio ${down.map(numberOf).join(' and ')} is not up` };
  const many = members.length === 1 ? '1 client' : `${members.length} clients`;
  if (weak.length === 0) return { ...step, tone: 'good', words: `${many}, no signal is weak`, asOf: home.asOf };
  const names = weak.slice(0, 3).map(titleOf);
  if (weak.length > names.length) names.push(`${weak.length - names.length} more`);
  const words = `of ${many}, ${weak.length === 1 ? 'one is' : `${weak.length} are`} heard weakly: ${names.join(', ')}`;
  return { ...step, tone: 'warn', words, path: weak[0]?.path ?? step.path, asOf: home.asOf };
}

const NOTHING_SAID = 'It is here, and says nothing of its way to the internet';

function failure({ name, words }: Step): string {
  if (name === 'Management') return `It cannot be asked now: ${words}`;
  if (name === 'Beyond') return `What was measured last did not get through: ${words}`;
  return `The way to the internet ends at its ${name.toLowerCase()}: ${words}`;
}

/** What a person would say on the telephone. */
function sentenceOf(steps: Step[], broken: number, wifi: Step | undefined, alarms: number): string {
  const fails = steps[broken];
  const judged = steps.slice(1).filter(({ tone }) => tone === 'good').length;
  const parts = [fails ? failure(fails) : judged > 0 ? 'The way to the internet is fine' : NOTHING_SAID];
  if (wifi && wifi.tone !== 'good') parts.push(`Wi-Fi: ${wifi.words}`);
  if (alarms > 0) parts.push(alarms === 1 ? 'an alarm is open' : `${alarms} alarms are open`);
  return `${parts.join('; ')}.`;
}

/** The same as text, for whoever writes a ticket. */
export function ticketOf(device: Device, { sentence, steps, wifi }: Health): string {
  const lines = [...steps, ...(wifi ? [wifi] : [])].map(
    ({ name, tone, words, asOf }) =>
      `- ${name}: ${words}${tone === 'bad' ? ' [fails]' : ''}${asOf ? ` (as of ${asOf})` : ''}`,
  );
  return [`${device.manufacturer} ${device.modelName} ${device.id}`.trim(), sentence, ...lines].join('\n');
}
