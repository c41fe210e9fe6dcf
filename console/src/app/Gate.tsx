// SPDX-License-Identifier: Apache-2.0
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { sessionEndedQuery, sessionQuery, signIn } from '../api/queries';
import { later } from '../ui/later';
import { notifyError } from '../ui/notify';
import { takeTokenFromAddress } from './address';
import { router } from './router';

// whoever is signed in already needs no form
const FirstPassword = later(() => import('./FirstPassword'), 'FirstPassword');
const SignIn = later(() => import('./SignIn'), 'SignIn');
const SignInAgain = later(() => import('./SignInAgain'), 'SignInAgain');

/** Shows the rooms to whoever is signed in, and the door to everyone else, on any address. */
export function Gate() {
  return (
    <Suspense fallback={<output className="unseen">Signing in…</output>}>
      <Doorkeeper />
    </Suspense>
  );
}

function Doorkeeper() {
  const client = useQueryClient();
  // read before the first request, so that the token leaves the address at once
  const [token, setToken] = useState(takeTokenFromAddress);
  const session = useQuery({ ...sessionQuery, enabled: token === undefined });
  const { data: ended } = useQuery(sessionEndedQuery);

  useEffect(() => {
    if (token === undefined) return;
    signIn({ token })
      .then((opened) => client.setQueryData(sessionQuery.queryKey, opened))
      .catch(notifyError)
      .finally(() => setToken(undefined));
  }, [token, client]);

  // what one person saw is not kept for the next; only here, where the rooms that read it are already closed
  const signedOut = session.data === null;
  useEffect(() => {
    if (!signedOut) return;
    // whoever left has nothing to come back to, though the last answers may have found no session any more
    client.setQueryData(sessionEndedQuery.queryKey, false);
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
  }, [signedOut, client]);

  if (session.data?.mustChangePassword) return <FirstPassword session={session.data} />;
  if (session.data) {
    return (
      <>
        <RouterProvider router={router} />
        {ended && (
          <Suspense>
            <SignInAgain session={session.data} />
          </Suspense>
        )}
      </>
    );
  }
  if (token !== undefined || session.isPending) return <output className="unseen">Signing in…</output>;
  return <SignIn unreachable={session.error} retry={() => session.refetch()} />;
}
