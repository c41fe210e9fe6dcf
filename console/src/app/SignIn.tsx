// SPDX-License-Identifier: Apache-2.0
import { Button, PasswordInput, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError, explain } from '../api/problem';
import { sessionQuery, signIn } from '../api/queries';
import { Lighthouse } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';

function refusal(error: unknown): string {
  if (error instanceof ApiError && error.status === 401) return 'This token is not valid. It may have been removed.';
  return explain(error).detail;
}

export function SignIn({ unreachable, retry }: { unreachable: unknown; retry: () => void }) {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { token: '' },
    validate: { token: (value) => (value.trim() ? null : 'Paste a token first') },
  });
  const enter = useMutation({
    mutationFn: (token: string) => signIn(token.trim()),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
    onError: (error) => form.setFieldError('token', refusal(error)),
  });
  return (
    <main
      style={{
        minHeight: '100dvh',
        display: 'grid',
        placeItems: 'center',
        padding: 16,
        background: 'var(--ph-canvas)',
      }}
    >
      <div className="surface" style={{ width: 'min(430px, 100%)', overflow: 'hidden' }}>
        <div style={{ background: 'var(--ph-bar)', color: '#fff', padding: '30px 28px 26px' }}>
          <Lighthouse size={46} />
          <Title order={1} size={26} mt={10}>
            Pharos
          </Title>
          <Text c="#b3c1d6" size="sm" mt={4}>
            The light over your devices: see them, understand them, change them.
          </Text>
        </div>
        <form
          onSubmit={form.onSubmit(({ token }) => enter.mutate(token))}
          style={{ padding: 28, display: 'grid', gap: 16 }}
        >
          {unreachable ? <Trouble error={unreachable} retry={retry} /> : null}
          <PasswordInput
            label="Access token"
            description={
              <>
                The server prints a sign-in link when it starts. The token also stands in{' '}
                <span className="mono">connection.json</span> of its data directory.
              </>
            }
            placeholder="Paste the token"
            autoComplete="current-password"
            autoFocus
            {...form.getInputProps('token')}
          />
          <Button type="submit" size="md" loading={enter.isPending}>
            Sign in
          </Button>
        </form>
      </div>
    </main>
  );
}
