// SPDX-License-Identifier: Apache-2.0
import type { Device, GetAnswer, TwinItem } from '../api/types';
import { bare } from '../datamodel/known';

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
/** The places for firmware, as far as the twin knows them. */
export function banksOf(items: TwinItem[]): Bank[] {
  const values = new Map(items.map((item) => [item.path, item.value]));
  const rows = (pattern: RegExp): string[] => items.flatMap(({ path }) => pattern.exec(path)?.[1] ?? []);
  const info = 'Device.DeviceInfo.';
  const named = (reference: string) => `${bare(values.get(info + reference) ?? '')}.`;
  return rows(/^(Device\.DeviceInfo\.FirmwareImage\.\d+\.)Status$/).map(
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
}

export const UP_TIME = 'Device.DeviceInfo.UpTime';

/** When the device started, from its answer of just now; undefined if it does not tell. */
export function startOf(answer: GetAnswer, now: number = Date.now()): number | undefined {
  const [parameters] = answer.requestedPathResults.flatMap((result) => result.resolvedPathResults);
  const seconds = Number.parseInt(parameters?.resultParams.UpTime ?? '', 10);
  return Number.isNaN(seconds) ? undefined : now - seconds * 1000;
}

/** An Endpoint ID that TR-369 lists, by what the device says of itself, as far as it says it. */
export function listedId({ oui, serialNumber }: Pick<Device, 'oui' | 'serialNumber'>): string {
  return oui && serialNumber ? `os::${oui}-${encodeURIComponent(serialNumber)}` : 'os::<OUI>-<serial>';
}
