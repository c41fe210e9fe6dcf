// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type AuditSearch, auditQuery } from '../api/queries';
import type { AuditEntry } from '../api/types';
import { clock, exact } from '../format/time';
import { Trouble } from '../ui/Trouble';
import { auditSearch } from './search';

const FIELDS = [
  { name: 'user', label: 'By whom' },
  { name: 'device', label: 'On which device' },
  { name: 'action', label: 'What', placeholder: 'set, operate, create job …' },
  { name: 'text', label: 'Of what', placeholder: 'such as the path of a parameter' },
] as const;

/** Who did what; what is looked for stands in the address. */
export function AuditLog() {
  const search = auditSearch(useSearch({ from: '/admin' }));
  const navigate = useNavigate({ from: '/admin' });
  const [typed, setTyped] = useState<AuditSearch>(search);
  const [settled] = useDebouncedValue(typed, 300);
  useEffect(() => {
    const given = Object.fromEntries(Object.entries(settled).filter(([, value]) => value));
    void navigate({ search: { tab: 'audit', ...given }, replace: true, resetScroll: false });
  }, [settled, navigate]);
  const log = useInfiniteQuery({ ...auditQuery(search), placeholderData: (old) => old });
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="auditform">
        {FIELDS.map(({ name, label, ...rest }) => (
          <TextInput
            key={name}
            label={label}
            {...rest}
            value={typed[name] ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setTyped((old) => ({ ...old, [name]: value }));
            }}
          />
        ))}
      </div>
      {log.isPending && <Skeleton height={220} radius="lg" />}
      {log.isError && <Trouble error={log.error} retry={() => log.refetch()} />}
      {log.data && items.length === 0 && (
        <div className="surface dim" style={{ padding: 40, textAlign: 'center' }}>
          Nothing in the log is like this.
        </div>
      )}
      {items.length > 0 && (
        <ul className="surface adminlist auditlist" aria-label="Audit log">
          {items.map((entry) => (
            <Line key={entry.seq} entry={entry} />
          ))}
        </ul>
      )}
      {log.hasNextPage && (
        <Button variant="default" mt="md" loading={log.isFetchingNextPage} onClick={() => log.fetchNextPage()}>
          Older entries
        </Button>
      )}
      <p className="dim" style={{ fontSize: 13 }}>
        Each entry seals all before it. <span className="mono">./pharos audit verify</span> checks that none was changed
        or taken out.
      </p>
    </>
  );
}

function Line({ entry }: { entry: AuditEntry }) {
  const refused = entry.action.includes('refused');
  return (
    <li>
      <time className="dim mono" dateTime={entry.time} title={`${exact(entry.time)}\nseal ${entry.hash}`}>
        {clock(entry.time)}
      </time>
      <strong className="cut" title={entry.user}>
        {entry.user || 'somebody unknown'}
      </strong>
      <span>
        <span className="tag" data-tone={refused ? 'bad' : undefined}>
          {entry.action}
        </span>
      </span>
      <span style={{ overflowWrap: 'anywhere', minWidth: 0 }}>
        {entry.device && (
          <>
            <Link to="/devices/$id" params={{ id: entry.device }}>
              {entry.device}
            </Link>{' '}
          </>
        )}
        <span className="mono">{entry.detail}</span>
      </span>
    </li>
  );
}
