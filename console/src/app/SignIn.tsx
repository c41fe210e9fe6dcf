// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import { sessionQuery } from '../api/queries';
import { Trouble } from '../ui/Trouble';
import { Door } from './Door';
import { Ways } from './Ways';

export function SignIn({ unreachable, retry }: { unreachable: unknown; retry: () => void }) {
  const client = useQueryClient();
  return (
    <Door>
      <div style={{ padding: 28, display: 'grid', gap: 16 }}>
        {unreachable ? <Trouble error={unreachable} retry={retry} /> : null}
        <Ways onSession={(session) => client.setQueryData(sessionQuery.queryKey, session)} />
        <ByProvider />
      </div>
    </Door>
  );
}

/** Where people are vouched for elsewhere; the server says where, and why it failed a moment ago. */
function ByProvider() {
  const { data: ways } = useQuery({
    // what is not of the session is forgotten by the gate, as this is first shown
    queryKey: [...sessionQuery.queryKey, 'ways'],
    // what went wrong is said once
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: () => answer(api.GET('/api/v1/session/ways')),
  });
  if (!ways?.providers.length) return null;
  const back = encodeURIComponent(window.location.pathname + window.location.search);
  return (
    <>
      {ways.trouble && (
        <p role="alert" style={{ margin: 0, color: 'var(--mantine-color-error)' }}>
          {ways.trouble}
        </p>
      )}
      {ways.providers.map(({ id, label, path }) => (
        <Button key={id} component="a" href={`${path}?back=${back}`} variant="default" size="md">
          Sign in with {label}
        </Button>
      ))}
      {ways.signOut && <a href={ways.signOut}>Sign out at {ways.signOutAt} as well</a>}
    </>
  );
}
