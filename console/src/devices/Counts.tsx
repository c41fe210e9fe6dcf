// SPDX-License-Identifier: Apache-2.0
import { Autocomplete, CloseButton, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { facetsQuery } from '../api/queries';
import type { Facets } from '../api/types';
import { count } from '../format/time';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { ATTRIBUTES, conditionOf, conditionOfRange } from './search';
import './counts.css';

/** What the devices are counted by: something of the inventory, or the path of a parameter. */
export function CountBy({ by, onBy }: { by: string | undefined; onBy: (by: string | undefined) => void }) {
  const [typed, setTyped] = useState(by ?? '');
  useEffect(() => setTyped(by ?? ''), [by]);
  const settle = (text: string) => onBy(text.trim() || undefined);
  return (
    <Autocomplete
      style={{ flex: '0 1 230px' }}
      aria-label="Count devices by"
      placeholder="Count by model, tag, path …"
      data={[...ATTRIBUTES, 'Device.WiFi.Radio.*.Channel']}
      value={typed}
      onChange={setTyped}
      onOptionSubmit={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle(event.currentTarget.value);
        if (event.key === 'Escape') setTyped(by ?? '');
      }}
      onBlur={() => settle(typed)}
      leftSection={<Icon name="chart" size={16} />}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}

interface CountsProps {
  q: string;
  by: string;
  onPick: (condition: string) => void;
  onClose: () => void;
}

/** The devices of the filter as bars; a bar that is pressed narrows the filter to its devices. */
export function Counts({ q, by, onPick, onClose }: CountsProps) {
  const facets = useQuery({ ...facetsQuery(q, by), placeholderData: (old) => (old?.by === by ? old : undefined) });
  return (
    <section className="surface counts" aria-label={`Devices by ${by}`}>
      <header>
        <h2>
          Devices by <span className="mono">{by}</span>
        </h2>
        <CloseButton size="sm" aria-label="Close the counts" onClick={onClose} />
      </header>
      {facets.isPending && <Skeleton height={70} />}
      {facets.isError && <Trouble error={facets.error} retry={() => facets.refetch()} />}
      {facets.data && <Bars facets={facets.data} onPick={onPick} />}
    </section>
  );
}

function Bars({ facets, onPick }: { facets: Facets; onPick: (condition: string) => void }) {
  const ranges = facets.bars.length > 0 && facets.distinct > facets.values.length;
  const bars = ranges
    ? facets.bars.map((bar, i) => ({
        label: `${bar.from} … ${bar.to}`,
        devices: bar.devices,
        condition: conditionOfRange(facets.by, bar.from, bar.to, i === facets.bars.length - 1),
      }))
    : facets.values.map(({ value, devices }) => ({
        label: value || '(empty)',
        devices,
        condition: conditionOf(facets.by, value),
      }));
  const most = Math.max(1, ...bars.map((bar) => bar.devices));
  const without = facets.devices - facets.having;
  const more = ranges ? 0 : facets.distinct - facets.values.length;
  return (
    <>
      <ul>
        {bars.map((bar) => (
          <li key={bar.label}>
            <button
              type="button"
              disabled={bar.devices === 0}
              title={`Show only these: ${bar.condition}`}
              onClick={() => onPick(bar.condition)}
            >
              <span className="cut">{bar.label}</span>
              <span className="track" aria-hidden="true">
                <span style={{ width: `${(bar.devices / most) * 100}%` }} />
              </span>
              <span className="number">{bar.devices.toLocaleString('en')}</span>
              <span className="unseen">{bar.devices === 1 ? 'device' : 'devices'}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="dim">
        {count(facets.devices, 'device')}
        {without > 0 && `, ${without.toLocaleString('en')} without a known value`}
        {more > 0 && `, ${more.toLocaleString('en')} more values`}
      </p>
    </>
  );
}
