// SPDX-License-Identifier: Apache-2.0
import { answer, api } from '../api/client';
import type { Device } from '../api/types';

/** The most that one answer holds. */
const PAGE = 1_000;
/** More of them a browser should not hold at once; scripts ask the REST interface. */
const MOST = 100_000;

const COLUMNS: [name: string, value: (device: Device) => string | number | boolean | null][] = [
  ['id', (device) => device.id],
  ['status', (device) => device.status],
  ['reason', (device) => device.statusReason],
  ['manufacturer', (device) => device.manufacturer],
  ['oui', (device) => device.oui],
  ['model', (device) => device.modelName],
  ['class', (device) => device.productClass],
  ['serial', (device) => device.serialNumber],
  ['hardware', (device) => device.hardwareVersion],
  ['software', (device) => device.softwareVersion],
  ['transport', (device) => device.transport],
  ['address', (device) => device.address],
  ['protocol', (device) => device.protocolVersions],
  ['approved', (device) => device.approved],
  ['verified', (device) => device.verified],
  ['tags', (device) => device.tags.join(' ')],
  ['parameters', (device) => device.parameterCount],
  ['firstSeen', (device) => device.firstSeen],
  ['lastSeen', (device) => device.lastSeen],
];

/** One cell as RFC 4180 has it. What a spreadsheet would take for a formula is text: devices choose their names. */
export function cell(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** @param parameters columns beside those of the inventory, as the devices were asked for with them */
export function csvOf(devices: Device[], parameters: readonly string[] = []): string {
  const knownOf = (device: Device, path: string): string => {
    const known = device.values?.[path];
    const values = known?.items.map((item) => item.value) ?? [];
    return (known?.more ? [...values, '…'] : values).join(' | ');
  };
  const lines = [
    [...COLUMNS.map(([name]) => name), ...parameters],
    ...devices.map((device) => [
      ...COLUMNS.map(([, value]) => cell(value(device))),
      ...parameters.map((path) => cell(knownOf(device, path))),
    ]),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

/** Has the browser save the devices of a query, in their order; says how many they are. */
export async function saveDevices(
  q: string,
  sort: string,
  parameters: readonly string[],
): Promise<{ saved: number; whole: boolean }> {
  const devices: Device[] = [];
  let cursor: string | undefined;
  do {
    const query = { q: q || undefined, sort, parameters: parameters.join(',') || undefined, limit: PAGE, cursor };
    const page = await answer(api.GET('/api/v1/devices', { params: { query } }));
    devices.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor && devices.length < MOST);
  const address = URL.createObjectURL(new Blob([csvOf(devices, parameters)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'devices.csv';
  link.click();
  URL.revokeObjectURL(address);
  return { saved: devices.length, whole: cursor === undefined };
}
