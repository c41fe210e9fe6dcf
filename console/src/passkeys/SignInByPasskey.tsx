// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { explain } from '../api/problem';
import type { Session } from '../api/types';
import { hindrance, offersByItself, signInByPasskey } from './browser';
import { offerPasskeys } from './offer';

/** Neither name nor password: the device knows who it is. Browsers that can offer it in the field of the name too. */
export function SignInByPasskey({ onSession }: { onSession: (session: Session) => void }) {
  const [refusal, setRefusal] = useState<unknown>();
  const enter = useMutation({
    mutationFn: async () => {
      const why = hindrance(window);
      if (why) throw new Error(why);
      return signInByPasskey();
    },
    onMutate: () => setRefusal(undefined),
    onSuccess: onSession,
    onError: setRefusal,
  });
  const asks = enter.isPending || enter.isSuccess;
  useEffect(() => {
    // a browser asks for one passkey at a time
    if (asks) return undefined;
    const over = new AbortController();
    const offer = async () => {
      if (!(await offersByItself(window))) return;
      try {
        const session = await offerPasskeys(signInByPasskey, over.signal);
        if (session) onSession(session);
      } catch (refused) {
        setRefusal(refused);
      }
    };
    void offer();
    return () => over.abort();
  }, [asks, onSession]);
  return (
    <div style={{ display: 'grid', gap: 10 }}>
      <Button variant="default" size="md" loading={enter.isPending} onClick={() => enter.mutate()}>
        Sign in with a passkey
      </Button>
      {refusal !== undefined && (
        <p role="alert" style={{ margin: 0, fontSize: 13, color: 'var(--ph-bad)' }}>
          {explain(refusal).detail}
        </p>
      )}
    </div>
  );
}
