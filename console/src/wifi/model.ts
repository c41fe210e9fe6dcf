// SPDX-License-Identifier: Apache-2.0
// The wireless networks of a device, as forms show them, and what its radios hear of others.
import type { TwinItem } from '../api/types';
import type { Edit } from '../datamodel/edits';
import { bare, Known } from '../datamodel/known';
import { isTrue } from '../datamodel/values';
import { homeOf, type Member } from '../homemap/model';

export interface Radio {
  path: string;
  /** "2.4GHz", as TR-181 writes it; empty where it does not say */
  band: string;
  channel: number | undefined;
  /** that it may be set to, in their order */
  possible: number[];
}

export interface Network {
  /** its row of `Device.WiFi.SSID.` */
  path: string;
  name: string;
  on: boolean;
  radio: Radio | undefined;
  /** how it is secured, such as "WPA2-Personal"; empty where nobody knows */
  mode: string;
  /** the parameters that hold its key; empty where it has none */
  keys: string[];
  clients: Member[];
}

/** "1,6,11" or "36-48,52"; what is no number is left out. */
export function channelsOf(text: string): number[] {
  const all = text.split(',').flatMap((part) => {
    const [, from, to = from] = /^\s*(\d{1,3})(?:-(\d{1,3}))?\s*$/.exec(part) ?? [];
    if (from === undefined) return [];
    const step = Number(from) > 14 ? 4 : 1;
    const found: number[] = [];
    for (let at = Number(from); at <= Number(to); at += step) found.push(at);
    return found;
  });
  return [...new Set(all)].sort((a, b) => a - b);
}

function radioOf(known: Known, row: string): Radio | undefined {
  if (!/^Device\.WiFi\.Radio\.\d+\.$/.test(row)) return undefined;
  return {
    path: row,
    band: known.value(`${row}OperatingFrequencyBand`),
    channel: known.number(`${row}Channel`),
    possible: channelsOf(known.value(`${row}PossibleChannels`)),
  };
}

/** The parameters of a security row that hold its key; with SAE, as WPA3 has it, also that which SAE alone uses. */
const keysOf = (mode: string): string[] => (/WPA3/.test(mode) ? ['KeyPassphrase', 'SAEPassphrase'] : ['KeyPassphrase']);

export function networksOf(items: TwinItem[]): Network[] {
  const known = new Known(items);
  const members = homeOf(items).branches.flatMap((branch) => branch.members);
  const points = known.rows(/^(Device\.WiFi\.AccessPoint\.\d+\.)SSIDReference$/);
  return known.rows(/^(Device\.WiFi\.SSID\.\d+\.)SSID$/).map((path) => {
    const own = points.filter((point) => bare(known.value(`${point}SSIDReference`)) === bare(path));
    const [point = ''] = own;
    const security = `${point}Security.`;
    const mode = known.value(`${security}ModeEnabled`);
    return {
      path,
      name: known.value(`${path}SSID`),
      on: isTrue(known.value(`${path}Enable`)),
      radio: radioOf(known, `${known.layers(path)[0] ?? ''}.`),
      mode,
      keys: keysOf(mode)
        .map((name) => security + name)
        .filter((key) => known.has(key)),
      clients: members.filter((member) => own.some((each) => member.path.startsWith(`${each}AssociatedDevice.`))),
    };
  });
}

/** The band for people. */
export const bandWord = (band: string): string => band.replace(/GHz$/, ' GHz');

/** "2.4 GHz, channel 6". */
export const placeOf = ({ radio }: Network): string =>
  [bandWord(radio?.band ?? ''), radio?.channel && `channel ${radio.channel}`].filter(Boolean).join(', ');

/** Why it cannot be the name of a network; undefined where it can (IEEE 802.11: 1 to 32 bytes). */
export function nameProblem(name: string): string | undefined {
  const bytes = new TextEncoder().encode(name).length;
  if (bytes === 0) return 'A name is needed';
  return bytes > 32 ? `A name has 32 bytes at most, and this one has ${bytes}` : undefined;
}

/** Why it cannot be a key; undefined where it can: a passphrase of 8 to 63 characters of ASCII. */
export function keyProblem(key: string): string | undefined {
  if (!/^[\x20-\x7e]*$/.test(key)) return 'A key has no letters beyond those of an English keyboard';
  if (key.length < 8) return 'A key has at least 8 characters';
  return key.length > 63 ? 'A key has at most 63 characters' : undefined;
}

/** What has to be sent so that these networks have this name, and this key where one is given. */
export function editsOf(networks: Network[], name: string | undefined, key: string): Edit[] {
  return networks.flatMap(({ path, name: before, keys }) => [
    ...(name !== undefined && name !== before ? [{ path: `${path}SSID`, from: before, to: name, secret: false }] : []),
    ...(key === '' ? [] : keys.map((each) => ({ path: each, from: undefined, to: key, secret: true }))),
  ]);
}
