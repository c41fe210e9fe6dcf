// SPDX-License-Identifier: Apache-2.0
import { useMediaQuery } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Device } from '../api/types';
import { Ago } from '../ui/Ago';
import { Icon } from '../ui/Icon';
import { type Column, columnsOf, layoutOf } from './columns';
import { DeviceLink } from './DeviceLink';
import { DeviceState, TrustTags } from './DeviceState';
import { isParameter, type Sort } from './search';
import { transportName } from './transport';

const ROW_HEIGHT = 46;
const CARD_HEIGHT = 104;
const CARD_LINE = 22;
/** What a page keeps free at both sides at most, and the bar by which it is scrolled. */
const PAGE_SIDES = 95;

interface Props {
  devices: Device[];
  total: number;
  columns: readonly string[];
  sort: Sort;
  compact: boolean;
  onSort: (sort: Sort) => void;
  /** loads the next page; absent when there is none or it is on its way */
  more: (() => void) | undefined;
}

/** Any number of devices: only those in the window are drawn, and the next page comes when its place is near. */
export function DeviceTable({ devices, total, columns: ids, sort, compact, onSort, more }: Props) {
  const columns = useMemo(() => columnsOf(ids), [ids]);
  const { template, least } = layoutOf(columns);
  // a table that is pushed sideways cannot keep its head at the top of the window as well
  const wide = useMediaQuery(`(max-width: ${least + PAGE_SIDES}px)`, false, { getInitialValueInEffect: false });
  const parameters = columns.filter((column) => isParameter(column.id));
  const list = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(list.current?.offsetTop ?? 0), []);
  const height = compact ? CARD_HEIGHT + CARD_LINE * parameters.length : ROW_HEIGHT;
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

  const table = (
    <div
      className="surface"
      role="table"
      aria-label="Devices"
      aria-rowcount={total + 1}
      style={compact ? undefined : { minWidth: least }}
    >
      {!compact && (
        <div
          role="row"
          className="gridhead"
          style={{ gridTemplateColumns: template, ...(wide && { top: 0 }) }}
          aria-rowindex={1}
        >
          {columns.map((column) => (
            <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
          ))}
        </div>
      )}
      <div ref={list} role="rowgroup" style={{ position: 'relative', height: virtual.getTotalSize() }}>
        {lines.map((line) => {
          const device = devices[line.index];
          if (!device) return null;
          return (
            <div
              key={device.id}
              role="row"
              aria-rowindex={line.index + 2}
              className="gridrow"
              style={{
                height: line.size,
                transform: `translateY(${line.start - offset}px)`,
                gridTemplateColumns: compact ? undefined : template,
              }}
            >
              {compact ? (
                <Card device={device} parameters={parameters} />
              ) : (
                columns.map((column) => (
                  <div key={column.id} role="cell" style={{ minWidth: 0, display: 'flex' }}>
                    {column.cell(device)}
                  </div>
                ))
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
  if (compact || !wide) return table;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Wide table" tabIndex={0} style={{ overflowX: 'auto' }}>
      {table}
    </section>
  );
}

function HeadCell({ column, sort, onSort }: { column: Column; sort: Sort; onSort: (sort: Sort) => void }) {
  const { id, title, sortable } = column;
  const down = sort === `-${id}`;
  const sorted = down || sort === id;
  const next = sorted ? !down : sortable === 'down';
  return (
    <div
      role="columnheader"
      aria-sort={sorted ? (down ? 'descending' : 'ascending') : undefined}
      style={{ minWidth: 0 }}
      title={isParameter(id) ? id : undefined}
    >
      {sortable ? (
        <button type="button" className="sorter" onClick={() => onSort(`${next ? '-' : ''}${id}` as Sort)}>
          {title}
          {sorted && <Icon name={down ? 'down' : 'up'} size={13} />}
        </button>
      ) : (
        <div className="cut">{title}</div>
      )}
    </div>
  );
}

function Card({ device, parameters }: { device: Device; parameters: Column[] }) {
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
      {parameters.map(({ id, title, cell }) => (
        <span key={id} style={{ display: 'flex', gap: 8, fontSize: 12.5, lineHeight: '17px', minWidth: 0 }}>
          <span className="dim" style={{ flex: 'none' }}>
            {title}
          </span>
          {cell(device)}
        </span>
      ))}
    </div>
  );
}
