// SPDX-License-Identifier: Apache-2.0
import { createColumnHelper } from '@tanstack/react-table';
import type { Device } from '../api/types';
import { Ago } from '../ui/Ago';
import { DeviceLink } from './DeviceLink';
import { DeviceState, TrustTags } from './DeviceState';
import { transportName } from './transport';

const column = createColumnHelper<Device>();

/** Each column's share of the width, in the order of the columns. */
export const COLUMN_WIDTHS =
  'minmax(110px, 1.2fr) minmax(220px, 2fr) minmax(120px, 1.2fr) minmax(110px, 1fr) minmax(90px, .9fr) 92px 92px';

/** Only what the server can sort by is sortable, so that the order holds over all pages. */
export const COLUMNS = [
  column.display({
    id: 'status',
    header: 'State',
    cell: ({ row }) => <DeviceState device={row.original} withReason />,
  }),
  column.accessor('id', {
    header: 'Endpoint ID',
    enableSorting: true,
    cell: ({ row }) => (
      <span style={{ display: 'flex', gap: 8, alignItems: 'center', minWidth: 0 }}>
        <DeviceLink id={row.original.id} />
        <TrustTags device={row.original} />
      </span>
    ),
  }),
  column.accessor('modelName', {
    header: 'Model',
    enableSorting: true,
    cell: ({ row }) => (
      <span className="cut" title={`${row.original.manufacturer} ${row.original.modelName}`}>
        {row.original.modelName || '–'}
      </span>
    ),
  }),
  column.accessor('serialNumber', {
    header: 'Serial',
    enableSorting: false,
    cell: (cell) => <span className="cut mono">{cell.getValue() || '–'}</span>,
  }),
  column.accessor('softwareVersion', {
    header: 'Software',
    enableSorting: false,
    cell: (cell) => (
      <span className="cut" title={cell.getValue()}>
        {cell.getValue() || '–'}
      </span>
    ),
  }),
  column.accessor('transport', {
    header: 'Transport',
    enableSorting: false,
    cell: (cell) => <span className="cut">{transportName(cell.getValue())}</span>,
  }),
  column.accessor('lastSeen', {
    header: 'Last seen',
    enableSorting: true,
    sortDescFirst: true,
    cell: (cell) => <Ago time={cell.getValue()} />,
  }),
];
