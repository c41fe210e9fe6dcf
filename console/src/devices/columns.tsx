// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import type { Device } from '../api/types';
import { Ago } from '../ui/Ago';
import { DeviceLink } from './DeviceLink';
import { DeviceState, TrustTags } from './DeviceState';
import { isParameter, parameterTitle } from './search';
import { transportName } from './transport';

export interface Column {
  /** a field of a device, or the path of a parameter */
  id: string;
  title: string;
  /** the least of its width in pixels, and its share of what is left over; none where it is always as wide */
  width: [least: number, share?: number];
  /** Only what the server can sort by is sortable, so that the order holds over all pages. */
  sortable?: 'up' | 'down';
  cell: (device: Device) => ReactNode;
}

const text = (value: string) => (
  <span className="cut" title={value}>
    {value || '–'}
  </span>
);
const mono = (value: string) => <span className="cut mono">{value || '–'}</span>;
const answer = (value: boolean) => (value ? 'yes' : <span className="warn">no</span>);

/** What the inventory has of each device. */
export const INVENTORY: readonly Column[] = [
  { id: 'status', title: 'State', width: [110, 1.2], cell: (device) => <DeviceState device={device} withReason /> },
  {
    id: 'id',
    title: 'Endpoint ID',
    width: [220, 2],
    sortable: 'up',
    cell: (device) => (
      <span style={{ display: 'flex', gap: 8, alignItems: 'center', minWidth: 0 }}>
        <DeviceLink id={device.id} />
        <TrustTags device={device} />
      </span>
    ),
  },
  {
    id: 'modelName',
    title: 'Model',
    width: [120, 1.2],
    sortable: 'up',
    cell: ({ manufacturer, modelName }) => (
      <span className="cut" title={`${manufacturer} ${modelName}`}>
        {modelName || '–'}
      </span>
    ),
  },
  { id: 'serialNumber', title: 'Serial', width: [110, 1], cell: (device) => mono(device.serialNumber) },
  { id: 'softwareVersion', title: 'Software', width: [90, 0.9], cell: (device) => text(device.softwareVersion) },
  { id: 'transport', title: 'Transport', width: [92], cell: (device) => text(transportName(device.transport)) },
  {
    id: 'lastSeen',
    title: 'Last seen',
    width: [92],
    sortable: 'down',
    cell: (device) => <Ago time={device.lastSeen} />,
  },
  { id: 'health', title: 'Health', width: [70], cell: ({ health }) => health ?? '–' },
  { id: 'tags', title: 'Tags', width: [110, 1], cell: (device) => text(device.tags.join(', ')) },
  { id: 'manufacturer', title: 'Manufacturer', width: [110, 1], cell: (device) => text(device.manufacturer) },
  { id: 'oui', title: 'OUI', width: [80], cell: (device) => mono(device.oui) },
  { id: 'productClass', title: 'Product class', width: [110, 1], cell: (device) => text(device.productClass) },
  { id: 'hardwareVersion', title: 'Hardware', width: [90, 0.9], cell: (device) => text(device.hardwareVersion) },
  { id: 'address', title: 'Address', width: [130, 1], cell: (device) => mono(device.address) },
  {
    id: 'protocolVersions',
    title: 'USP versions',
    width: [100, 0.7],
    cell: (device) => text(device.protocolVersions.replaceAll(',', ', ')),
  },
  {
    id: 'parameterCount',
    title: 'Values known',
    width: [100],
    cell: (device) => device.parameterCount.toLocaleString('en'),
  },
  { id: 'approved', title: 'Approved', width: [80], cell: (device) => answer(device.approved) },
  { id: 'verified', title: 'Verified', width: [80], cell: (device) => answer(device.verified) },
  { id: 'firstSeen', title: 'First seen', width: [92], cell: (device) => <Ago time={device.firstSeen} /> },
];

/** What its twin knows of a parameter; several rows one beside the other. */
function Values({ device, path }: { device: Device; path: string }) {
  const known = device.values?.[path];
  if (!known) return <span className="dim">–</span>;
  const whole = known.items.map((item) => `${item.path} = ${item.value} (${item.time})`).join('\n');
  return (
    <span className="cut" title={known.more ? `${whole}\n…` : whole}>
      {known.items.map((item) => item.value || 'empty').join(' · ')}
      {known.more && ' …'}
    </span>
  );
}

/** The columns of these names, in their order; what the inventory does not have is left out. */
export function columnsOf(ids: readonly string[]): Column[] {
  return ids.flatMap((id): Column[] => {
    if (!isParameter(id)) return INVENTORY.filter((column) => column.id === id);
    const cell = (device: Device) => <Values device={device} path={id} />;
    return [{ id, title: parameterTitle(id), width: [110, 1], cell }];
  });
}

const GAP = 14;
const SIDES = 32;

/** As a grid has it, and how wide a table with these columns is at least. */
export function layoutOf(columns: readonly Column[]): { template: string; least: number } {
  return {
    template: columns
      .map(({ width: [least, share] }) => (share ? `minmax(${least}px, ${share}fr)` : `${least}px`))
      .join(' '),
    least: columns.reduce((sum, { width: [least] }) => sum + least + GAP, SIDES - GAP),
  };
}
