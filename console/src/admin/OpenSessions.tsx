// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client';
import { openSessionsQuery } from '../api/queries';
import type { OpenSession } from '../api/types';
import { Ago } from '../ui/Ago';
import { CopyEach } from '../ui/CopyAs';
import { notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';

/** Who is signed in to the page. */
export function OpenSessions() {
  const sessions = useQuery(openSessionsQuery);
  if (sessions.isPending) return <Skeleton height={160} radius="lg" mt="md" />;
  if (sessions.isError) return <Trouble error={sessions.error} retry={() => sessions.refetch()} />;
  return (
    <ul className="surface adminlist" aria-label="Sessions" style={{ marginTop: 16 }}>
      {sessions.data.items.map((session) => (
        <Line key={session.id} session={session} />
      ))}
    </ul>
  );
}

function Line({ session }: { session: OpenSession }) {
  const client = useQueryClient();
  const send = () => api.DELETE('/api/v1/sessions/{session}', { params: { path: { session: session.id } } });
  const end = useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: openSessionsQuery.queryKey }),
    onError: notifyError,
  });
  return (
    <li>
      <span className="cut">
        <strong>{session.user}</strong> <span className="dim">by {session.by}</span>
        {session.current && (
          <span className="tag" data-tone="good" style={{ marginLeft: 8 }}>
            this one
          </span>
        )}
      </span>
      <span className="mono dim">{session.address}</span>
      <span className="dim" style={{ fontSize: 13 }}>
        used <Ago time={session.used} /> · since <Ago time={session.opened} />
      </span>
      <span style={{ display: 'flex', alignItems: 'center', justifyContent: 'flex-end' }}>
        {!session.current && <CopyEach of={`the session of ${session.user}`} moves={[{ label: 'End', send }]} />}
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          aria-label={`End the session of ${session.user}`}
          disabled={session.current}
          loading={end.isPending}
          onClick={() => end.mutate()}
        >
          End
        </Button>
      </span>
    </li>
  );
}
