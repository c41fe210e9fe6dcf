// SPDX-License-Identifier: Apache-2.0
import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { ApiError, explain } from '../api/problem';

const SHORTEST = 12;

interface Props {
  /** for password managers, which keep the new one beneath it */
  user: string;
  oldLabel: string;
  onDone: () => void;
  /** beside the button */
  children?: ReactNode;
}

/** Another password, typed twice. */
export function PasswordForm({ user, oldLabel, onDone, children }: Props) {
  const form = useForm({
    initialValues: { old: '', chosen: '', again: '' },
    validate: {
      old: (value) => (value ? null : 'The one before'),
      chosen: (value) => (value.length >= SHORTEST ? null : `At least ${SHORTEST} characters: some words do well`),
      again: (value, all) => (value === all.chosen ? null : 'Not the same as above'),
    },
  });
  const change = useMutation({
    mutationFn: ({ old, chosen }: { old: string; chosen: string }) =>
      api.PUT('/api/v1/session/password', { body: { old, chosen } }),
    onSuccess: onDone,
    onError: (error) =>
      form.setFieldError(error instanceof ApiError && error.status === 400 ? 'chosen' : 'old', explain(error).detail),
  });
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))} style={{ display: 'grid', gap: 14 }}>
      <input type="text" autoComplete="username" value={user} readOnly hidden />
      <PasswordInput label={oldLabel} autoComplete="current-password" autoFocus {...form.getInputProps('old')} />
      <PasswordInput label="New password" autoComplete="new-password" {...form.getInputProps('chosen')} />
      <PasswordInput label="The new one once more" autoComplete="new-password" {...form.getInputProps('again')} />
      <div className="dialogfoot">
        <span style={{ flex: 1 }} />
        {children}
        <Button type="submit" loading={change.isPending}>
          Change the password
        </Button>
      </div>
    </form>
  );
}
