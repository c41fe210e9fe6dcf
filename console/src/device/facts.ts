// SPDX-License-Identifier: Apache-2.0
import type { GetAnswer, TwinItem } from '../api/types';
import { isTrue } from '../datamodel/values';

export interface Network {
  path: string;
  ssid: string;
  enabled: boolean;
  clients: number;
}
export interface Client {
  path: string;
  name: string;
  address: string;
  /** dBm */
  signal: number | undefined;
  network: string;
}
/** A place for a firmware image. */
export interface Bank {
  path: string;
  number: number;
  version: string;
  status: string;
  /** whether it runs now */
  active: boolean;
  /** whether the device starts from it next time */
  next: boolean;
  failure: string;
}
export interface Facts {
  banks: Bank[];
  networks: Network[];
  clients: Client[];
}

/** A reference without its last dot, as devices write it both ways. */
const bare = (path: string): string => path.replace(/\.$/, '');

/** What people ask first of a gateway, as far as its twin knows it. */
export function factsOf(items: TwinItem[]): Facts {
  const values = new Map(items.map((item) => [item.path, item.value]));
  const rows = (pattern: RegExp): string[] => items.flatMap(({ path }) => pattern.exec(path)?.[1] ?? []);
  const hostNames = new Map(
    rows(/^(Device\.Hosts\.Host\.\d+\.)PhysAddress$/).map((row) => [
      values.get(`${row}PhysAddress`)?.toLowerCase(),
      values.get(`${row}HostName`) ?? '',
    ]),
  );
  const clients = rows(/^(Device\.WiFi\.AccessPoint\.\d+\.AssociatedDevice\.\d+\.)MACAddress$/).map((row): Client => {
    const accessPoint = row.replace(/AssociatedDevice\.\d+\.$/, '');
    const address = values.get(`${row}MACAddress`) ?? '';
    const signal = values.get(`${row}SignalStrength`);
    return {
      path: row,
      name: hostNames.get(address.toLowerCase()) ?? '',
      address,
      signal: signal ? Number(signal) : undefined,
      network: bare(values.get(`${accessPoint}SSIDReference`) ?? ''),
    };
  });
  const networks = rows(/^(Device\.WiFi\.SSID\.\d+\.)SSID$/).map(
    (path): Network => ({
      path,
      ssid: values.get(`${path}SSID`) ?? '',
      enabled: isTrue(values.get(`${path}Enable`) ?? ''),
      clients: clients.filter((client) => client.network === bare(path)).length,
    }),
  );
  const info = 'Device.DeviceInfo.';
  const named = (reference: string) => `${bare(values.get(info + reference) ?? '')}.`;
  const banks = rows(/^(Device\.DeviceInfo\.FirmwareImage\.\d+\.)Status$/).map(
    (path): Bank => ({
      path,
      number: Number(path.split('.').at(-2)),
      version: values.get(`${path}Version`) ?? '',
      status: values.get(`${path}Status`) ?? '',
      active: named('ActiveFirmwareImage') === path,
      next: named('BootFirmwareImage') === path,
      failure: values.get(`${path}BootFailureLog`) ?? '',
    }),
  );
  return { networks, clients, banks };
}

export const UP_TIME = 'Device.DeviceInfo.UpTime';

/** When the device started, from its answer of just now; undefined if it does not tell. */
export function startOf(answer: GetAnswer, now: number = Date.now()): number | undefined {
  const [parameters] = answer.requestedPathResults.flatMap((result) => result.resolvedPathResults);
  const seconds = Number.parseInt(parameters?.resultParams.UpTime ?? '', 10);
  return Number.isNaN(seconds) ? undefined : now - seconds * 1000;
}

/** How good a Wi-Fi signal is, in a word: the usual steps for a home. */
export function signalWord(dbm: number): { word: string; tone: 'good' | 'warn' | 'bad' } {
  if (dbm >= -60) return { word: 'strong', tone: 'good' };
  if (dbm >= -72) return { word: 'fair', tone: 'warn' };
  return { word: 'weak', tone: 'bad' };
}
