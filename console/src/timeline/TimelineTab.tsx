// SPDX-License-Identifier: Apache-2.0
import { Button, Chip, Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { TimelineEntry } from '../api/types';
import { clock, exact } from '../format/time';
import { Trouble } from '../ui/Trouble';
import { useTimeline } from './feed';
import { MANY, readKinds, sentence, TIMELINE_KINDS, tone, word } from './model';
import './timeline.css';

const LINE = { wide: 44, narrow: 78 };

/** All that happened with a device, in one list; which kinds are shown stands in the address. */
export function TimelineTab({ id }: { id: string }) {
  const { kinds } = useSearch({ from: '/devices/$id' });
  const navigate = useNavigate({ from: '/devices/$id' });
  const chosen = readKinds(kinds);
  const { history, newest, entries } = useTimeline(id, chosen);
  const seen = history.data?.pages[0]?.kinds;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = history;
  const choose = (next: string[]) => {
    const named = TIMELINE_KINDS.filter((kind) => next.includes(kind)).join(',');
    void navigate({ search: { tab: 'timeline', ...(named && { kinds: named }) }, replace: true, resetScroll: false });
  };
  return (
    <>
      <div className="timelinebar" role="group" aria-label="What the timeline shows">
        <Chip.Group multiple value={chosen} onChange={choose}>
          {TIMELINE_KINDS.filter((kind) => seen?.includes(kind) ?? kind !== 'edit').map((kind) => (
            <Chip key={kind} value={kind} size="sm" variant="outline">
              {MANY[kind]}
            </Chip>
          ))}
        </Chip.Group>
        {chosen.length > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => choose([])}>
            Show all
          </Button>
        )}
      </div>
      {history.isPending && <Skeleton height={220} radius="lg" />}
      {history.isError && <Trouble error={history.error} retry={() => history.refetch()} />}
      {newest.isError && history.data && (
        <p role="status" className="warn" style={{ margin: '0 0 10px', fontSize: 14 }}>
          What happens now does not reach this page; it is as of{' '}
          <time>{clock(new Date(newest.dataUpdatedAt || history.dataUpdatedAt).toISOString())}</time>.
        </p>
      )}
      {history.data && entries.length === 0 && (
        <div className="surface dim" style={{ padding: 40, textAlign: 'center' }}>
          {chosen.length > 0 ? 'Nothing of this kind has happened.' : 'Nothing has happened yet.'}
        </div>
      )}
      {entries.length > 0 && (
        <List device={id} entries={entries} more={hasNextPage && !isFetchingNextPage ? fetchNextPage : undefined} />
      )}
      {seen && !seen.includes('edit') && (
        <p className="dim" style={{ fontSize: 13 }}>
          What people did with it is shown to those who may read the audit log.
        </p>
      )}
    </>
  );
}

interface ListProps {
  device: string;
  entries: TimelineEntry[];
  more: (() => unknown) | undefined;
}

function List({ device, entries, more }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(list.current?.offsetTop ?? 0), []);
  const narrow = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false });
  const height = narrow ? LINE.narrow : LINE.wide;
  const virtual = useWindowVirtualizer({
    count: entries.length,
    estimateSize: () => height,
    overscan: 15,
    scrollMargin: offset,
    getItemKey: (index) => entries[index]?.id ?? index,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of all rows changed
  useEffect(() => virtual.measure(), [height]);
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= entries.length - 20) more();
  }, [last, entries.length, more]);
  return (
    <div className="surface" style={{ overflow: 'hidden' }}>
      <div
        ref={list}
        role="list"
        aria-label="Timeline"
        style={{ position: 'relative', height: virtual.getTotalSize() }}
      >
        {lines.map((line) => {
          const entry = entries[line.index];
          return (
            entry && (
              <div
                key={line.key}
                role="listitem"
                className="gridrow timelinerow"
                data-kind={entry.kind}
                data-narrow={narrow || undefined}
                style={{ height: line.size, transform: `translateY(${line.start - offset}px)` }}
              >
                <Line device={device} entry={entry} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function Line({ device, entry }: { device: string; entry: TimelineEntry }) {
  const text = sentence(entry);
  return (
    <>
      <time className="dim mono timelinetime" dateTime={entry.time} title={exact(entry.time)}>
        {clock(entry.time)}
      </time>
      <span className="timelinekind">
        <span className="tag" data-tone={tone(entry)}>
          {word(entry)}
        </span>
      </span>
      <span className="timelinetext" title={[text, entry.path].filter(Boolean).join('\n')}>
        <Way device={device} entry={entry}>
          {text}
        </Way>
      </span>
      <span className="cut dim timelineby" title={entry.by}>
        {entry.by && `by ${entry.by}`}
      </span>
    </>
  );
}

/** To where there is more of it. */
function Way({ device, entry, children }: { device: string; entry: TimelineEntry; children: ReactNode }) {
  if (entry.id.startsWith('j')) {
    return (
      <Link className="cover" to="/jobs/$id" params={{ id: String(entry.number) }}>
        {children}
      </Link>
    );
  }
  switch (entry.kind) {
    case 'diagnostic':
      return (
        <Link
          className="cover"
          to="/devices/$id"
          params={{ id: device }}
          search={{ tab: 'diagnostics', run: entry.number }}
        >
          {children}
        </Link>
      );
    case 'edit':
      return (
        <Link className="cover" to="/admin" search={{ tab: 'audit', device, action: entry.title }}>
          {children}
        </Link>
      );
    case 'alarm':
      return (
        <Link className="cover" to="/alarms" search={{ device, state: 'all', alarm: entry.number }}>
          {children}
        </Link>
      );
    default:
      return entry.path ? (
        <Link
          className="cover"
          to="/devices/$id"
          params={{ id: device }}
          search={{ tab: 'model', path: entry.path.replace(/[^.]*$/, '') }}
        >
          {children}
        </Link>
      ) : (
        children
      );
  }
}
