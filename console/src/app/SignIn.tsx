// SPDX-License-Identifier: Apache-2.0
import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { ApiError, explain } from '../api/problem';
import { sessionQuery, signIn } from '../api/queries';
import { SignInByPasskey } from '../passkeys/SignInByPasskey';
import { Trouble } from '../ui/Trouble';
import { Door } from './Door';

type Way = 'password' | 'token';

const WAYS = [
  { value: 'password', label: 'Name and password' },
  { value: 'token', label: 'Access token' },
];

function refusal(error: unknown, unknown: string): string {
  if (error instanceof ApiError && error.status === 401) return unknown;
  return explain(error).detail;
}

export function SignIn({ unreachable, retry }: { unreachable: unknown; retry: () => void }) {
  const [way, setWay] = useState<Way>('password');
  return (
    <Door>
      <div style={{ padding: 28, display: 'grid', gap: 16 }}>
        {unreachable ? <Trouble error={unreachable} retry={retry} /> : null}
        <SegmentedControl
          fullWidth
          aria-label="How to sign in"
          value={way}
          onChange={(next) => setWay(next as Way)}
          data={WAYS}
        />
        {way === 'password' ? <ByPassword /> : <ByToken />}
        {way === 'password' && <SignInByPasskey />}
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
  if (!ways?.provider) return null;
  const back = encodeURIComponent(window.location.pathname + window.location.search);
  return (
    <>
      {ways.trouble && (
        <p role="alert" style={{ margin: 0, color: 'var(--mantine-color-error)' }}>
          {ways.trouble}
        </p>
      )}
      <Button component="a" href={`/signin/openid?back=${back}`} variant="default" size="md">
        Sign in with {ways.provider}
      </Button>
      {ways.signOut && <a href={ways.signOut}>Sign out at {ways.provider} as well</a>}
    </>
  );
}

function ByPassword() {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { user: '', password: '' },
    validate: {
      user: (value) => (value.trim() ? null : 'Your name'),
      password: (value) => (value ? null : 'Your password'),
    },
  });
  const enter = useMutation({
    mutationFn: ({ user, password }: { user: string; password: string }) => signIn({ user: user.trim(), password }),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
    onError: (error) =>
      form.setFieldError(
        'password',
        refusal(error, 'Nobody of this name and password may sign in. Is it spelt right?'),
      ),
  });
  return (
    <form onSubmit={form.onSubmit((values) => enter.mutate(values))} style={{ display: 'grid', gap: 16 }}>
      <TextInput label="Name" autoComplete="username" autoFocus {...form.getInputProps('user')} />
      <PasswordInput label="Password" autoComplete="current-password" {...form.getInputProps('password')} />
      <Button type="submit" size="md" loading={enter.isPending}>
        Sign in
      </Button>
    </form>
  );
}

function ByToken() {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { token: '' },
    validate: { token: (value) => (value.trim() ? null : 'Paste a token first') },
  });
  const enter = useMutation({
    mutationFn: (token: string) => signIn({ token: token.trim() }),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
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
