// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Select, Skeleton, TextInput } from '@mantine/core';
import { Suspense, useCallback, useMemo, useState } from 'react';
import type { WireEntry } from '../api/types';
import { count } from '../format/time';
import { copyText } from '../ui/clipboard';
import { Icon } from '../ui/Icon';
import { later } from '../ui/later';
import { asDocument, fits, isGap, kindsOf, missedOf, type WireFilter } from './model';
import { useWire } from './stream';
import { GapRow, WireRow } from './WireRow';
import './wire.css';

const Composer = later(() => import('../compose/Composer'), 'Composer');

interface Props {
  /** one device, or the whole fleet */
  device?: string;
  refusedOnly?: boolean;
}

/** Connections, Records and Messages as they pass, the newest first. */
export function WireFeed({ device, refusedOnly = false }: Props) {
  const { feed, state, pause, resume, clear } = useWire(device);
  const [filter, setFilter] = useState<WireFilter>({ refused: refusedOnly });
  const [opened, setOpened] = useState<number>();
  const [composing, setComposing] = useState<{ entry?: WireEntry }>();
  const change = (part: WireFilter) => setFilter((old) => ({ ...old, ...part }));
  const shown = useMemo(() => feed.lines.filter((line) => fits(line, filter)), [feed.lines, filter]);
  const kinds = useMemo(() => kindsOf(feed.lines), [feed.lines]);
  const waiting = missedOf(feed.waiting);
  const again = useCallback((entry: WireEntry) => setComposing({ entry }), []);
  const copyShown = () => {
    const documents = shown.flatMap((line) => (isGap(line) ? [] : [asDocument(line)]));
    void copyText(JSON.stringify(documents, null, 2), count(documents.length, 'entry', 'entries'));
  };
  return (
    <>
      <div className="wirebar">
        <TextInput
          className="wiresearch"
          aria-label="Search the wire"
          placeholder="Search paths, values, addresses…"
          value={filter.text ?? ''}
          onChange={(event) => change({ text: event.currentTarget.value })}
          leftSection={<Icon name="search" size={16} />}
        />
        <Select
          aria-label="Direction"
          placeholder="Both ways"
          clearable
          value={filter.direction ?? null}
          onChange={(value) => change({ direction: (value as 'in' | 'out' | null) ?? undefined })}
          data={[
            { value: 'in', label: 'From the device' },
            { value: 'out', label: 'To the device' },
          ]}
          style={{ width: 160 }}
        />
        <Select
          aria-label="Kind of message"
          placeholder="Every kind"
          clearable
          searchable
          value={filter.what ?? null}
          onChange={(value) => change({ what: value ?? undefined })}
          data={[...new Set([...kinds, ...(filter.what ? [filter.what] : [])])]}
          style={{ width: 190 }}
        />
        <Checkbox
          label="Refused only"
          checked={filter.refused ?? false}
          onChange={(event) => change({ refused: event.currentTarget.checked })}
          style={{ alignSelf: 'center' }}
        />
        <span style={{ flex: 1 }} />
        <span style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
          {device !== undefined && (
            <Button variant="default" leftSection={<Icon name="pencil" size={16} />} onClick={() => setComposing({})}>
              Compose…
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<Icon name={feed.paused ? 'play' : 'pause'} size={16} />}
            onClick={feed.paused ? resume : pause}
            aria-pressed={feed.paused}
          >
            {feed.paused ? 'Resume' : 'Pause'}
            {waiting > 0 && ` (${waiting} new)`}
          </Button>
          <Button variant="default" leftSection={<Icon name="close" size={16} />} onClick={clear}>
            Clear
          </Button>
          <Button
            variant="default"
            leftSection={<Icon name="copy" size={16} />}
            onClick={copyShown}
            disabled={shown.length === 0}
          >
            Copy as JSON
          </Button>
        </span>
      </div>
      {device !== undefined && composing && (
        <Suspense fallback={<Skeleton height={220} radius="lg" mb="md" />}>
          <Composer id={device} entry={composing.entry} onClose={() => setComposing(undefined)} />
        </Suspense>
      )}
      {state === 'down' && (
        <p role="status" className="warn" style={{ margin: '0 0 10px', fontSize: 14 }}>
          The stream broke; trying again. What passed meanwhile may be missing.
        </p>
      )}
      {shown.length === 0 ? (
        <div className="surface dim" style={{ padding: 40, textAlign: 'center' }} role="status">
          {emptySentence(feed.lines.length > 0, filter.refused === true)}
        </div>
      ) : (
        <ol className="surface wire" aria-label="Wire">
          {shown.map((line) =>
            isGap(line) ? (
              <GapRow key={`gap ${line.seq} ${line.missed}`} gap={line} />
            ) : (
              <WireRow
                key={line.seq}
                entry={line}
                withDevice={device === undefined}
                open={opened === line.seq}
                onToggle={setOpened}
                onAgain={device === undefined ? undefined : again}
              />
            ),
          )}
        </ol>
      )}
    </>
  );
}

function emptySentence(hidden: boolean, refusedOnly: boolean): string {
  if (refusedOnly) return 'Nothing was refused lately.';
  return hidden ? 'Nothing that passed fits this filter.' : 'Nothing has passed yet. It appears here as it happens.';
}
