// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { explain } from '../api/problem';
import { sessionQuery } from '../api/queries';
import { hindrance, signInByPasskey } from './browser';

/** Neither name nor password: the device knows who it is. */
export function SignInByPasskey() {
  const client = useQueryClient();
  const enter = useMutation({
    mutationFn: async () => {
      const why = hindrance(window);
      if (why) throw new Error(why);
      return signInByPasskey();
    },
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
  return (
    <div style={{ display: 'grid', gap: 10 }}>
      <Button variant="default" size="md" loading={enter.isPending} onClick={() => enter.mutate()}>
        Sign in with a passkey
      </Button>
      {enter.isError && (
        <p role="alert" style={{ margin: 0, fontSize: 13, color: 'var(--ph-bad)' }}>
          {explain(enter.error).detail}
        </p>
      )}
    </div>
  );
}
