// SPDX-License-Identifier: Apache-2.0
import type { GetAnswer, TwinItem } from '../api/types';
import { isTrue } from '../datamodel/values';

export interface Network {
  path: string;
  ssid: string;
  enabled: boolean;
  clients: number;
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
}

/** A reference without its last dot, as devices write it both ways. */
const bare = (path: string): string => path.replace(/\.$/, '');

/** What people ask first of a gateway, as far as its twin knows it. */
export function factsOf(items: TwinItem[]): Facts {
  const values = new Map(items.map((item) => [item.path, item.value]));
  const rows = (pattern: RegExp): string[] => items.flatMap(({ path }) => pattern.exec(path)?.[1] ?? []);
  const clients = rows(/^(Device\.WiFi\.AccessPoint\.\d+\.)AssociatedDevice\.\d+\.MACAddress$/).map((accessPoint) =>
    bare(values.get(`${accessPoint}SSIDReference`) ?? ''),
  );
  const networks = rows(/^(Device\.WiFi\.SSID\.\d+\.)SSID$/).map(
    (path): Network => ({
      path,
      ssid: values.get(`${path}SSID`) ?? '',
      enabled: isTrue(values.get(`${path}Enable`) ?? ''),
      clients: clients.filter((network) => network === bare(path)).length,
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
  return { networks, banks };
}

export const UP_TIME = 'Device.DeviceInfo.UpTime';

/** When the device started, from its answer of just now; undefined if it does not tell. */
export function startOf(answer: GetAnswer, now: number = Date.now()): number | undefined {
  const [parameters] = answer.requestedPathResults.flatMap((result) => result.resolvedPathResults);
  const seconds = Number.parseInt(parameters?.resultParams.UpTime ?? '', 10);
  return Number.isNaN(seconds) ? undefined : now - seconds * 1000;
}
