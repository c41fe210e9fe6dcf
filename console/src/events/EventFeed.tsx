// SPDX-License-Identifier: Apache-2.0
import { Button, Select, Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { EventKind, PharosEvent } from '../api/types';
import { clock, exact } from '../format/time';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { useEventFeed } from './feed';
import { EVENT_KINDS, KIND_NAMES } from './search';

const LINE = { wide: 44, narrow: 74 };

interface Props {
  /** one device, or the whole fleet */
  device?: string;
  kind: EventKind | undefined;
  onKind: (kind: EventKind | undefined) => void;
}

/** Events as they come above what was before, filtered by kind; pause to read in peace. */
export function EventFeed({ device, kind, onKind }: Props) {
  const feed = useEventFeed(device);
  const shown = kind ? feed.events.filter((event) => event.kind === kind) : feed.events;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = feed.history;
  const more = hasNextPage && !isFetchingNextPage && !feed.paused ? fetchNextPage : undefined;
  // a rare kind may not be among the pages loaded so far
  const starving = kind !== undefined && shown.length < 30;
  useEffect(() => {
    if (starving && more) void more();
  }, [starving, more]);
  return (
    <>
      <div style={{ display: 'flex', gap: 10, flexWrap: 'wrap', margin: '14px 0' }}>
        <Select
          aria-label="Kind of event"
          placeholder="Every kind"
          clearable
          value={kind ?? null}
          onChange={(value) => onKind((value as EventKind | null) ?? undefined)}
          data={EVENT_KINDS.map((value) => ({ value, label: KIND_NAMES[value] }))}
          style={{ width: 220 }}
        />
        <Button
          variant="default"
          leftSection={<Icon name={feed.paused ? 'play' : 'pause'} size={16} />}
          onClick={feed.paused ? feed.resume : feed.pause}
          aria-pressed={feed.paused}
        >
          {feed.paused ? 'Resume' : 'Pause'}
          {feed.waiting > 0 && ` (${feed.waiting} new)`}
        </Button>
      </div>
      {feed.history.isPending && <Skeleton height={220} radius="lg" />}
      {feed.history.isError && <Trouble error={feed.history.error} retry={() => feed.history.refetch()} />}
      {feed.history.data && shown.length === 0 && (
        <div className="surface dim" style={{ padding: 40, textAlign: 'center' }}>
          {isFetchingNextPage
            ? 'Looking further back…'
            : kind
              ? `No “${KIND_NAMES[kind]}” so far.`
              : 'Nothing has happened yet.'}
        </div>
      )}
      {shown.length > 0 && <EventList events={shown} withDevice={device === undefined} more={more} />}
    </>
  );
}

function EventList({ events, withDevice, more }: { events: PharosEvent[]; withDevice: boolean; more?: () => unknown }) {
  const list = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(list.current?.offsetTop ?? 0), []);
  const narrow = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false });
  const height = narrow ? LINE.narrow : LINE.wide;
  const virtual = useWindowVirtualizer({
    count: events.length,
    estimateSize: () => height,
    overscan: 15,
    scrollMargin: offset,
    getItemKey: (index) => events[index]?.seq ?? index,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of all rows changed
  useEffect(() => virtual.measure(), [height]);
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= events.length - 20) more();
  }, [last, events.length, more]);
  return (
    <div className="surface" style={{ overflow: 'hidden' }}>
      <div ref={list} role="list" aria-label="Events" style={{ position: 'relative', height: virtual.getTotalSize() }}>
        {lines.map((line) => {
          const event = events[line.index];
          return (
            event && (
              <div
                key={line.key}
                role="listitem"
                className="gridrow eventrow"
                data-kind={event.kind}
                data-narrow={narrow || undefined}
                data-device={withDevice || undefined}
                style={{ height: line.size, transform: `translateY(${line.start - offset}px)` }}
              >
                <EventLine event={event} withDevice={withDevice} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

const TONES: Partial<Record<EventKind, string>> = {
  refused: 'bad',
  warning: 'warn',
  offline: 'warn',
  online: 'good',
  onboarded: 'good',
};

/** Sentences of the server begin small, as parts of a log line do. */
const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function EventLine({ event, withDevice }: { event: PharosEvent; withDevice: boolean }) {
  return (
    <>
      <time className="dim mono eventtime" dateTime={event.time} title={exact(event.time)}>
        {clock(event.time)}
      </time>
      <span className="eventkind">
        <span className="tag" data-tone={TONES[event.kind]}>
          {KIND_NAMES[event.kind] ?? event.kind}
        </span>
      </span>
      {withDevice && event.kind === 'job' && (
        <Link className="cut eventdevice" to="/jobs/$id" params={{ id: event.args.job ?? '' }}>
          job {event.args.job}
        </Link>
      )}
      {withDevice &&
        event.kind !== 'job' &&
        (event.device && event.kind !== 'refused' ? (
          <Link className="cut eventdevice" to="/devices/$id" params={{ id: event.device }} title={event.device}>
            {event.device}
          </Link>
        ) : (
          <span className="cut eventdevice" title={event.device}>
            {event.device || 'unknown'}
          </span>
        ))}
      <span className="cut eventtext" title={[event.text, event.path + event.name].filter(Boolean).join('\n')}>
        {capitalized(event.text) || `${event.path}${event.name} ${event.value}`}
      </span>
    </>
  );
}
