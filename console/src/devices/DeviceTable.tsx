// SPDX-License-Identifier: Apache-2.0
import { flexRender, getCoreRowModel, type Header, useReactTable } from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Device } from '../api/types';
import { Ago } from '../ui/Ago';
import { Icon } from '../ui/Icon';
import { COLUMN_WIDTHS, COLUMNS } from './columns';
import { DeviceLink } from './DeviceLink';
import { DeviceState, TrustTags } from './DeviceState';
import type { Sort } from './search';
import { transportName } from './transport';

const ROW_HEIGHT = 46;
const CARD_HEIGHT = 104;

interface Props {
  devices: Device[];
  total: number;
  sort: Sort;
  compact: boolean;
  onSort: (sort: Sort) => void;
  /** loads the next page; absent when there is none or it is on its way */
  more: (() => void) | undefined;
}

/** Any number of devices: only those in the window are drawn, and the next page comes when its place is near. */
export function DeviceTable({ devices, total, sort, compact, onSort, more }: Props) {
  const table = useReactTable({
    data: devices,
    columns: COLUMNS,
    getCoreRowModel: getCoreRowModel(),
    getRowId: (device) => device.id,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting: [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }] },
    onSortingChange: (update) => {
      const old = [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }];
      const next = (typeof update === 'function' ? update(old) : update)[0];
      if (next) onSort(`${next.desc ? '-' : ''}${next.id}` as Sort);
    },
  });
  const list = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(list.current?.offsetTop ?? 0), []);
  const height = compact ? CARD_HEIGHT : ROW_HEIGHT;
  const virtual = useWindowVirtualizer({
    count: devices.length,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: offset,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of all rows changed
  useEffect(() => virtual.measure(), [height]);
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= devices.length - 20) more();
  }, [last, devices.length, more]);
  const rows = table.getRowModel().rows;

  return (
    <div className="surface" role="table" aria-label="Devices" aria-rowcount={total + 1}>
      {!compact && (
        <div role="row" className="gridhead" style={{ gridTemplateColumns: COLUMN_WIDTHS }} aria-rowindex={1}>
          {table.getHeaderGroups()[0]?.headers.map((header) => (
            <HeadCell key={header.id} header={header} />
          ))}
        </div>
      )}
      <div ref={list} role="rowgroup" style={{ position: 'relative', height: virtual.getTotalSize() }}>
        {lines.map((line) => {
          const row = rows[line.index];
          if (!row) return null;
          return (
            <div
              key={row.id}
              role="row"
              aria-rowindex={line.index + 2}
              className="gridrow"
              style={{
                height: line.size,
                transform: `translateY(${line.start - offset}px)`,
                gridTemplateColumns: compact ? undefined : COLUMN_WIDTHS,
              }}
            >
              {compact ? (
                <Card device={row.original} />
              ) : (
                row.getVisibleCells().map((cell) => (
                  <div key={cell.id} role="cell" style={{ minWidth: 0, display: 'flex' }}>
                    {flexRender(cell.column.columnDef.cell, cell.getContext())}
                  </div>
                ))
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function HeadCell({ header }: { header: Header<Device, unknown> }) {
  const sorted = header.column.getIsSorted();
  const words = flexRender(header.column.columnDef.header, header.getContext());
  return (
    <div
      role="columnheader"
      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
      style={{ minWidth: 0 }}
    >
      {header.column.getCanSort() ? (
        <button type="button" className="sorter" onClick={header.column.getToggleSortingHandler()}>
          {words}
          {sorted && <Icon name={sorted === 'asc' ? 'up' : 'down'} size={13} />}
        </button>
      ) : (
        words
      )}
    </div>
  );
}

function Card({ device }: { device: Device }) {
  return (
    <div role="cell" style={{ display: 'grid', gap: 5, gridColumn: '1 / -1', minWidth: 0 }}>
      <DeviceLink id={device.id} />
      <span style={{ display: 'flex', justifyContent: 'space-between', gap: 10, fontSize: 13 }}>
        <DeviceState device={device} withReason />
        <span className="dim">
          <Ago time={device.lastSeen} />
        </span>
      </span>
      <span style={{ display: 'flex', gap: 6, alignItems: 'center', fontSize: 12.5, minWidth: 0 }}>
        <span className="dim cut" style={{ flex: 1 }}>
          {[device.modelName, device.softwareVersion, device.transport && transportName(device.transport)]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <TrustTags device={device} />
      </span>
    </div>
  );
}
