// SPDX-License-Identifier: Apache-2.0
import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Suspense, useCallback, useRef, useState } from 'react';
import { ApiError, explain } from '../api/problem';
import { signIn } from '../api/queries';
import type { Session } from '../api/types';
import { later } from '../ui/later';
import { tenantOf } from './tenant';

const SignInByPasskey = later(() => import('../passkeys/SignInByPasskey'), 'SignInByPasskey');

type Way = 'password' | 'token';

const WAYS = [
  { value: 'password', label: 'Name and password' },
  { value: 'token', label: 'Access token' },
];

function refusal(error: unknown, unknown: string): string {
  if (error instanceof ApiError && error.status === 401) return unknown;
  return explain(error).detail;
}

interface FormProps {
  /** who has to come back; unknown at the door */
  user?: string;
  onSession: (session: Session) => void;
}

/** What the server itself takes: a name with its password, a passkey, or a token. */
export function Ways({ user, first = 'password', onSession }: FormProps & { first?: Way }) {
  const [way, setWay] = useState<Way>(first);
  // the same function for as long as this is shown: a browser that offers passkeys goes on with its offer
  const told = useRef(onSession);
  told.current = onSession;
  const tell = useCallback((session: Session) => told.current(session), []);
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label="How to sign in"
        value={way}
        onChange={(next) => setWay(next as Way)}
        data={WAYS}
      />
      {way === 'password' ? <ByPassword user={user} onSession={onSession} /> : <ByToken onSession={onSession} />}
      {way === 'password' && (
        <Suspense
          fallback={
            <Button variant="default" size="md" disabled>
              Sign in with a passkey
            </Button>
          }
        >
          <SignInByPasskey onSession={tell} />
        </Suspense>
      )}
    </>
  );
}

const tenant = tenantOf(window.location.search);

function ByPassword({ user = '', onSession }: FormProps) {
  const form = useForm({
    initialValues: { user, password: '' },
    validate: {
      user: (value) => (value.trim() ? null : 'Your name'),
      password: (value) => (value ? null : 'Your password'),
    },
  });
  const enter = useMutation({
    mutationFn: ({ user, password }: { user: string; password: string }) =>
      signIn({ user: user.trim(), password, tenant }),
    onSuccess: onSession,
    onError: (error) =>
      form.setFieldError(
        'password',
        refusal(error, 'Nobody of this name and password may sign in. Is it spelt right?'),
      ),
  });
  return (
    <form onSubmit={form.onSubmit((values) => enter.mutate(values))} style={{ display: 'grid', gap: 16 }}>
      {tenant && <TextInput label="Tenant" value={tenant} readOnly />}
      <TextInput label="Name" autoComplete="username webauthn" autoFocus={!user} {...form.getInputProps('user')} />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        autoFocus={Boolean(user)}
        {...form.getInputProps('password')}
      />
      <Button type="submit" size="md" loading={enter.isPending}>
        Sign in
      </Button>
    </form>
  );
}

function ByToken({ onSession }: FormProps) {
  const form = useForm({
    initialValues: { token: '' },
    validate: { token: (value) => (value.trim() ? null : 'Paste a token first') },
  });
  const enter = useMutation({
    mutationFn: (token: string) => signIn({ token: token.trim() }),
    onSuccess: onSession,
    onError: (error) =>
      form.setFieldError('token', refusal(error, 'This token is not valid. It may have been removed, or has expired.')),
  });
  return (
    <form onSubmit={form.onSubmit(({ token }) => enter.mutate(token))} style={{ display: 'grid', gap: 16 }}>
      <PasswordInput
        label="Token"
        description={
          <>
            The server prints a sign-in link when it starts. The token also stands in{' '}
            <span className="mono">connection.json</span> of its data directory.
          </>
        }
        placeholder="Paste the token"
        autoComplete="off"
        autoFocus
        {...form.getInputProps('token')}
      />
      <Button type="submit" size="md" loading={enter.isPending}>
        Sign in
      </Button>
    </form>
  );
}
