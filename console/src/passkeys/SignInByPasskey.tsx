// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { explain } from '../api/problem';
import type { Session } from '../api/types';
import { hindrance, signInByPasskey } from './browser';

/** Neither name nor password: the device knows who it is. */
export function SignInByPasskey({ onSession }: { onSession: (session: Session) => void }) {
  const enter = useMutation({
    mutationFn: async () => {
      const why = hindrance(window);
      if (why) throw new Error(why);
      return signInByPasskey();
    },
    onSuccess: onSession,
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
