// SPDX-License-Identifier: Apache-2.0
// The software modules of a device, as its twin knows them.
import type { TwinItem } from '../api/types';

export const MODULES = 'Device.SoftwareModules.';

/** A part of a module that runs. */
export interface Unit {
  path: string;
  name: string;
  status: string;
  /** why it does not run; empty where it does, or was not asked to */
  fault: string;
}

export interface Module {
  path: string;
  name: string;
  vendor: string;
  version: string;
  status: string;
  /** what it runs in, by name; empty where the device does not say */
  environment: string;
  units: Unit[];
}

/** What installs modules, and which there are; undefined where the device has no such thing. */
export function modulesOf(items: TwinItem[]): Module[] | undefined {
  const values = new Map<string, string>();
  for (const { path, value } of items) if (path.startsWith(MODULES)) values.set(path, value);
  if (values.size === 0) return undefined;
  const at = (row: string, name: string) => values.get(row + name) ?? '';
  const rows = (table: string, name: string) =>
    [...values.keys()].flatMap((path) => {
      const row = path.slice(0, -name.length);
      return path.endsWith(`.${name}`) && new RegExp(`^${MODULES}${table}\\.\\d+\\.$`).test(row) ? [row] : [];
    });
  return rows('DeploymentUnit', 'Name').map((path) => ({
    path,
    name: at(path, 'Name'),
    vendor: at(path, 'Vendor'),
    version: at(path, 'Version'),
    status: at(path, 'Status'),
    environment: references(at(path, 'ExecutionEnvRef')).map((row) => at(row, 'Name'))[0] ?? '',
    units: references(at(path, 'ExecutionUnitList')).map((unit) => ({
      path: unit,
      name: at(unit, 'Name') || at(unit, 'ExecEnvLabel'),
      status: at(unit, 'Status'),
      fault: faultWords(at(unit, 'ExecutionFaultCode'), at(unit, 'ExecutionFaultMessage')),
    })),
  }));
}

/** Paths of rows, each with its last dot, which devices write or leave out. */
const references = (list: string): string[] =>
  list
    .split(',')
    .map((path) => path.trim().replace(/\.?$/, '.'))
    .filter((path) => path !== '.');

const faultWords = (code: string, message: string): string =>
  code === '' || code === 'NoFault' ? '' : message ? `${code}: ${message}` : code;

/** What can be asked of a unit now. */
export function wishFor(status: string): 'Active' | 'Idle' | undefined {
  return status === 'Idle' ? 'Active' : status === 'Active' ? 'Idle' : undefined;
}

/** Whether it is about to be something else. */
export const isBetween = (status: string): boolean => status === 'Starting' || status === 'Stopping';

export const unitWord = (status: string): string =>
  ({ Idle: 'stopped', Starting: 'starts', Active: 'runs', Stopping: 'stops' })[status] ?? (status || '–');

export const unitTone = (status: string, fault: string): string =>
  fault ? 'bad' : status === 'Active' ? 'good' : 'idle';

/** Whether what was typed is an address from which a device can fetch. */
export function isFetchable(url: string): boolean {
  try {
    const { protocol, hostname, username } = new URL(url);
    return /^https?:$/.test(protocol) && hostname !== '' && username === '';
  } catch {
    return false;
  }
}
