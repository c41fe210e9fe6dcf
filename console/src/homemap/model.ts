// SPDX-License-Identifier: Apache-2.0
// The home behind a gateway, as far as its twin knows it: radios and ports, and who hangs on which.
import type { TwinItem } from '../api/types';
import { bare, Known, numberOf } from '../datamodel/known';
import { isTrue } from '../datamodel/values';
import { glance, thingsOf } from '../things/model';

export interface Member {
  /** of the row that says most of it */
  path: string;
  name: string;
  /** of its hardware */
  mac: string;
  ip: string;
  /** name of the wireless network, if it is on one */
  network: string;
  /** dBm */
  signal: number | undefined;
  /** to it and from it, in kbit/s */
  down: number | undefined;
  up: number | undefined;
  /** of a thing: what it senses and is set to; empty of all others */
  says: string;
  /** a thing that is known and away; all others are there */
  away: boolean;
  /** when its signal, or that it is there at all, was learnt */
  asOf: string;
}

export interface Branch {
  path: string;
  kind: 'radio' | 'port' | 'things' | 'unknown';
  name: string;
  detail: string;
  up: boolean;
  members: Member[];
}

export interface Home {
  branches: Branch[];
  /** of all members, the oldest; empty where there is none */
  asOf: string;
}

const UNKNOWN: Branch = {
  path: '',
  kind: 'unknown',
  name: 'Somewhere',
  detail: 'the gateway does not say where',
  up: true,
  members: [],
};

/** Where there is neither a radio nor a port nor a host, the home has no branch. */
export function homeOf(items: TwinItem[]): Home {
  const known = new Known(items);
  const branches = [...radios(known), ...ports(known)];
  const byPath = new Map(branches.map((branch) => [bare(branch.path), branch]));
  const lost: Branch = { ...UNKNOWN, members: [] };
  const stations = stationsOf(known);
  const hosts = hostsOf(known);
  const claimed = new Set<string>();
  for (const { member, radio } of stations) {
    const host = hosts.find((each) => each.station === bare(member.path) || same(each.member.mac, member.mac));
    if (host) claimed.add(host.member.path);
    const whole = { ...member, name: host?.member.name ?? '', ip: host?.member.ip ?? '' };
    (byPath.get(radio) ?? lost).members.push(whole);
  }
  for (const { member, layer1 } of hosts) {
    if (!claimed.has(member.path)) (byPath.get(layer1) ?? lost).members.push(member);
  }
  const shown = [...branches, things(items), lost].filter(
    (branch) => branch.members.length > 0 || branch.kind === 'radio' || (branch.kind === 'port' && branch.up),
  );
  for (const branch of shown) branch.members.sort(weakestLast);
  const times = shown.flatMap((branch) => branch.members.map((member) => member.asOf)).filter(Boolean);
  return { branches: shown, asOf: times.toSorted()[0] ?? '' };
}

const same = (a: string, b: string): boolean => a !== '' && a.toLowerCase() === b.toLowerCase();

const weakestLast = (a: Member, b: Member): number =>
  (b.signal ?? -200) - (a.signal ?? -200) || titleOf(a).localeCompare(titleOf(b), 'en', { numeric: true });

function radios(known: Known): Branch[] {
  return known.rows(/^(Device\.WiFi\.Radio\.\d+\.)[A-Za-z]+$/).map((path) => {
    const [band, channel] = [known.value(`${path}OperatingFrequencyBand`), known.value(`${path}Channel`)];
    const networks = known
      .rows(/^(Device\.WiFi\.SSID\.\d+\.)SSID$/)
      .filter((row) => known.isOn(row) && known.layers(row).includes(bare(path)))
      .map((row) => known.value(`${row}SSID`));
    const up = known.isUp(path);
    return {
      path,
      kind: 'radio',
      name: [band.replace(/GHz$/, ' GHz') || `Radio ${numberOf(path)}`, channel && `channel ${channel}`]
        .filter(Boolean)
        .join(', '),
      detail: up ? [...new Set(networks)].filter(Boolean).join(', ') || 'no network' : 'off',
      up,
      members: [],
    };
  });
}

function ports(known: Known): Branch[] {
  return known
    .rows(/^(Device\.Ethernet\.Interface\.\d+\.)[A-Za-z]+$/)
    .filter((path) => !isTrue(known.value(`${path}Upstream`)))
    .map((path) => {
      const rate = known.number(`${path}CurrentBitRate`);
      const up = known.isUp(path);
      return {
        path,
        kind: 'port',
        name: `Port ${known.value(`${path}Name`) || numberOf(path)}`,
        detail: up ? (rate ? `${rate.toLocaleString('en')} Mbit/s` : 'up') : 'down',
        up,
        members: [],
      };
    });
}

/** Things of other protocols, which hang on the gateway by a bridge. */
function things(items: TwinItem[]): Branch {
  const all = thingsOf(items);
  const online = all.filter((thing) => thing.online).length;
  return {
    path: 'Device.ProxiedDevice.',
    kind: 'things',
    name: 'Things',
    detail: `${online} of ${all.length} online`,
    up: online > 0,
    members: all.map((thing) => ({
      path: thing.path,
      name: thing.name,
      mac: '',
      ip: '',
      network: '',
      signal: undefined,
      down: undefined,
      up: undefined,
      says: glance(thing),
      away: !thing.online,
      asOf: thing.seen,
    })),
  };
}

function stationsOf(known: Known): { member: Member; radio: string }[] {
  return known
    .rows(/^(Device\.WiFi\.AccessPoint\.\d+\.AssociatedDevice\.\d+\.)MACAddress$/)
    .filter((path) => known.value(`${path}Active`) === '' || isTrue(known.value(`${path}Active`)))
    .map((path) => {
      const ssid = `${bare(known.value(`${path.replace(/AssociatedDevice\.\d+\.$/, '')}SSIDReference`))}.`;
      const signal = `${path}SignalStrength`;
      return {
        radio: known.layers(ssid)[0] ?? '',
        member: {
          path,
          name: '',
          mac: known.value(`${path}MACAddress`),
          ip: '',
          network: known.value(`${ssid}SSID`),
          signal: known.number(signal),
          down: known.number(`${path}LastDataDownlinkRate`),
          up: known.number(`${path}LastDataUplinkRate`),
          says: '',
          away: false,
          asOf: known.time(signal) || known.time(`${path}MACAddress`),
        },
      };
    });
}

/** Only those that the gateway says are there now. */
function hostsOf(known: Known): { member: Member; station: string; layer1: string }[] {
  return known
    .rows(/^(Device\.Hosts\.Host\.\d+\.)PhysAddress$/)
    .filter((path) => isTrue(known.value(`${path}Active`)))
    .map((path) => ({
      station: bare(known.value(`${path}AssociatedDevice`)),
      layer1: bare(known.value(`${path}Layer1Interface`)),
      member: {
        path,
        name: known.value(`${path}HostName`),
        mac: known.value(`${path}PhysAddress`),
        ip: known.value(`${path}IPAddress`),
        network: '',
        signal: undefined,
        down: undefined,
        up: undefined,
        says: '',
        away: false,
        asOf: known.time(`${path}Active`),
      },
    }));
}

/** What a person calls it. */
export const titleOf = ({ name, mac, ip }: Member): string => name || ip || mac || 'without a name';

export type Quality = 'good' | 'warn' | 'bad' | 'idle';

/** How good a Wi-Fi signal is, in a word: the usual steps for a home. */
export function signalWord(dbm: number): { word: string; tone: Quality } {
  if (dbm >= -60) return { word: 'strong', tone: 'good' };
  if (dbm >= -72) return { word: 'fair', tone: 'warn' };
  return { word: 'weak', tone: 'bad' };
}

export const toneOf = ({ signal }: Member): Quality => (signal === undefined ? 'idle' : signalWord(signal).tone);

/** How well it is heard, or what a thing says. */
export const signalText = ({ signal, says }: Member): string =>
  signal === undefined ? says : `${signalWord(signal).word}, ${signal} dBm`;

/** As a person says it: "286 Mbit/s". */
export const rateText = (kbps: number | undefined): string =>
  kbps === undefined ? '' : `${Math.round(kbps / 1000).toLocaleString('en')} Mbit/s`;

/** The home in a sentence, for those who do not see it, and above it. */
export function sentenceOf({ branches }: Home): string {
  const known = branches.filter((branch) => branch.kind === 'things').flatMap((branch) => branch.members);
  const all = branches.filter((branch) => branch.kind !== 'things').flatMap((branch) => branch.members);
  const away = known.filter((member) => member.away).length;
  const thingWords =
    known.length === 0
      ? ''
      : `${known.length === 1 ? '1 thing' : `${known.length} things`}${away > 0 ? `, ${away} of them away` : ''}`;
  const weak = all.filter((member) => toneOf(member) === 'bad').length;
  const wireless = all.filter((member) => member.network !== '' || member.signal !== undefined).length;
  const devices = (n: number) => (n === 1 ? '1 device' : `${n} devices`);
  if (all.length === 0) {
    return thingWords ? `${thingWords}; nobody else is at home.` : 'Nobody is at home, as far as the gateway told.';
  }
  const parts = [`${devices(all.length)} at home, ${wireless} of them by Wi-Fi`];
  if (wireless > 0)
    parts.push(weak === 0 ? 'no signal is weak' : `${weak === 1 ? 'one signal is' : `${weak} signals are`} weak`);
  if (thingWords) parts.push(thingWords);
  return `${parts.join('; ')}.`;
}
