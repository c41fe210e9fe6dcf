// SPDX-License-Identifier: Apache-2.0
import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { signedInAgain } from '../api/client';
import { explain } from '../api/problem';
import { currentSession, sessionEndedQuery, sessionQuery } from '../api/queries';
import { liveStream } from '../api/stream';
import type { Session } from '../api/types';
import { Ways } from './Ways';

/** The session ended in the middle of something: the page stays as it is, behind this, until its user is back. */
export function SignInAgain({ session }: { session: Session }) {
  const client = useQueryClient();
  const goOn = (opened: Session) => {
    // what one person saw and typed is not the next one's
    if (opened.user !== session.user) {
      window.location.reload();
      return;
    }
    client.setQueryData(sessionQuery.queryKey, opened);
    client.setQueryData(sessionEndedQuery.queryKey, false);
    signedInAgain();
    liveStream.start();
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
  };
  const leave = () => {
    client.setQueryData(sessionQuery.queryKey, null);
    client.setQueryData(sessionEndedQuery.queryKey, false);
  };
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      overlayProps={{ blur: 7 }}
      title="Your session has ended"
      zIndex={400}
    >
      <div style={{ display: 'grid', gap: 16 }}>
        <p style={{ margin: 0 }}>
          Sign in as <strong>{session.user}</strong> once more: what you typed is still there.
        </p>
        <Ways user={session.user} first={session.byPassword ? 'password' : 'token'} onSession={goOn} />
        <Elsewhere onSession={goOn} />
        <div className="dialogfoot">
          <span style={{ flex: 1 }} />
          <Button variant="subtle" color="gray" onClick={leave}>
            Leave, and forget what I typed
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** Whoever comes through a provider would have to leave this page for it: another window shares the session. */
function Elsewhere({ onSession }: { onSession: (session: Session) => void }) {
  const look = useMutation({
    mutationFn: async () => {
      const found = await currentSession();
      if (!found) throw new Error('Nobody is signed in there yet.');
      return found;
    },
    onSuccess: onSession,
  });
  return (
    <div style={{ display: 'grid', gap: 8, fontSize: 14 }}>
      <span>
        Or{' '}
        <a href="/" target="_blank" rel="noreferrer">
          sign in in another window
        </a>
        , and come back.
      </span>
      <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
        I have signed in there
      </Button>
      {look.isError && (
        <p role="alert" className="bad" style={{ margin: 0, fontSize: 13 }}>
          {explain(look.error).detail}
        </p>
      )}
    </div>
  );
}
