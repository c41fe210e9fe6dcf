// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { sessionQuery, signOut } from '../api/queries';
import type { Session } from '../api/types';
import { notifyError } from '../ui/notify';
import { Door } from './Door';
import { PasswordForm } from './PasswordForm';

/** For who has signed in with a password that somebody else made: nothing else is allowed before. */
export function FirstPassword({ session }: { session: Session }) {
  const client = useQueryClient();
  const leave = () =>
    signOut()
      .then(() => client.setQueryData(sessionQuery.queryKey, null))
      .catch(notifyError);
  return (
    <Door>
      <div style={{ padding: 28 }}>
        <p style={{ marginTop: 0 }}>
          Welcome, {session.user}. Somebody else knows the password that you came with: choose one of your own.
        </p>
        <PasswordForm
          user={session.user}
          oldLabel="The password that you were given"
          onDone={() => client.invalidateQueries({ queryKey: sessionQuery.queryKey })}
        >
          <Button variant="default" onClick={leave}>
            Sign out
          </Button>
        </PasswordForm>
      </div>
    </Door>
  );
}
