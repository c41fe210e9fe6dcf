// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { deviceProfileQuery } from '../api/queries';
import type { DeviceProfileItem } from '../api/types';
import { count } from '../format/time';
import { Ago } from '../ui/Ago';
import { Trouble } from '../ui/Trouble';
import './profiles.css';

const STATES: Record<DeviceProfileItem['state'], { word: string; tone: string | undefined }> = {
  same: { word: 'as wanted', tone: 'good' },
  differs: { word: 'differs', tone: 'warn' },
  missing: { word: 'missing', tone: 'warn' },
  unknown: { word: 'not known', tone: undefined },
  lacking: { word: 'has no such', tone: 'bad' },
  contradiction: { word: 'contradiction', tone: 'bad' },
  unsaid: { word: 'no value', tone: 'bad' },
};

/** What profiles want of this device beside what is known of it, and why. */
export function WantedTab({ id }: { id: string }) {
  const wanted = useQuery(deviceProfileQuery(id));
  if (wanted.isPending) return <Skeleton height={160} radius="lg" mt="md" />;
  if (wanted.isError) return <Trouble error={wanted.error} retry={() => wanted.refetch()} />;
  const { profiles, items } = wanted.data;
  if (profiles.length === 0) {
    return (
      <p className="dim" style={{ margin: '16px 0' }}>
        No profile means this device. <Link to="/profiles">Profiles</Link> say what must hold on which devices.
      </p>
    );
  }
  const off = items.filter((item) => item.state !== 'same').length;
  return (
    <>
      <p className="dim" style={{ margin: '16px 0 12px' }} role="status">
        {off === 0
          ? 'It is as its profiles want it.'
          : `${count(off, 'thing')} ${off === 1 ? 'is' : 'are'} not as wanted.`}{' '}
        Meant by{' '}
        {profiles.map((name, index) => (
          <span key={name}>
            {index > 0 && ', '}
            <Link to="/profiles/$name" params={{ name }}>
              {name}
            </Link>
          </span>
        ))}
        .
      </p>
      <ul className="surface planlist" aria-label="What is wanted">
        {items.map((item) => (
          <Line key={`${item.path} ${item.place}`} item={item} />
        ))}
      </ul>
    </>
  );
}

function Line({ item }: { item: DeviceProfileItem }) {
  const { word, tone } = STATES[item.state];
  return (
    <li>
      <span>
        <span className="tag" data-tone={tone}>
          {word}
        </span>
      </span>
      <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <span className="mono">{item.path || item.place}</span>
        <span className="dim" style={{ display: 'block', fontSize: 13 }}>
          {item.why}
        </span>
        {item.drift && (
          <span className="warn" style={{ display: 'block', fontSize: 13 }}>
            put right {count(item.drift.times, 'time')}, last <Ago time={item.drift.last} />
            {item.drift.leftAlone && '; left alone for a day'}
          </span>
        )}
      </span>
      <span className="mono" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {item.state !== 'same' && item.known !== undefined && <del>{item.known || 'empty'}</del>}
        {item.wanted !== undefined && (item.state === 'same' ? item.wanted : <ins>{item.wanted}</ins>)}
      </span>
      <Link to="/profiles/$name" params={{ name: item.profile }}>
        {item.profile}
      </Link>
    </li>
  );
}
