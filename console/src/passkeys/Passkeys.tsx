// SPDX-License-Identifier: Apache-2.0
import { Button, PasswordInput, Skeleton, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { ApiError, explain } from '../api/problem';
import type { Passkey } from '../api/types';
import { Ago } from '../ui/Ago';
import { notifyDone, notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { addPasskey, hindrance } from './browser';
import './passkeys.css';

const passkeysQuery = queryOptions({
  queryKey: ['passkeys'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/session/passkeys', { signal })),
});

/** What whoever is signed in may sign in with in place of their password. */
export function Passkeys({ user }: { user: string }) {
  const passkeys = useQuery(passkeysQuery);
  if (passkeys.isPending) return <Skeleton height={220} />;
  if (passkeys.isError) return <Trouble error={passkeys.error} retry={() => passkeys.refetch()} />;
  const { items, origin, most } = passkeys.data;
  const elsewhere =
    window.location.origin === origin
      ? undefined
      : `The passkeys of this server belong to ${origin}, and this page is open at ${window.location.origin}. Open it there to add one.`;
  const why = hindrance(window) ?? elsewhere;
  return (
    <>
      <p className="dim" style={{ marginTop: 0, fontSize: 14 }}>
        A passkey is in your phone, your computer or a key on your ring. You sign in with it by finger, face or PIN:
        nothing is typed that somebody could read or ask you for.
      </p>
      {items.length > 0 && (
        <ul className="passkeys" aria-label="Your passkeys">
          {items.map((each) => (
            <Line key={each.id} passkey={each} />
          ))}
        </ul>
      )}
      {why && <p className="dim">{why}</p>}
      {!why && items.length >= most && <p className="dim">You have {most}, as many as may be: remove one first.</p>}
      {!why && items.length < most && <AddForm user={user} />}
    </>
  );
}

function Line({ passkey }: { passkey: Passkey }) {
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.DELETE('/api/v1/session/passkeys/{passkey}', { params: { path: { passkey: passkey.id } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: passkeysQuery.queryKey }),
    onError: notifyError,
  });
  if (renaming) return <Rename passkey={passkey} onEnd={() => setRenaming(false)} />;
  return (
    <li>
      <span className="passkeyname">
        <strong>{passkey.name}</strong>
        <span className="dim">
          made <Ago time={passkey.created} /> ·{' '}
          {passkey.lastUsed ? (
            <>
              used <Ago time={passkey.lastUsed} />
            </>
          ) : (
            'never used'
          )}
        </span>
      </span>
      {sure ? (
        <span className="passkeysure">
          <Button size="compact-sm" variant="default" onClick={() => setSure(false)}>
            Keep
          </Button>
          <Button
            size="compact-sm"
            color="red"
            aria-label={`Remove ${passkey.name} for good`}
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            Remove
          </Button>
        </span>
      ) : (
        <span className="passkeysure">
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`Rename ${passkey.name}`}
            onClick={() => setRenaming(true)}
          >
            Rename
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            aria-label={`Remove ${passkey.name}`}
            onClick={() => setSure(true)}
          >
            Remove…
          </Button>
        </span>
      )}
    </li>
  );
}

function Rename({ passkey, onEnd }: { passkey: Passkey; onEnd: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(passkey.name);
  const rename = useMutation({
    mutationFn: () =>
      answer(
        api.PUT('/api/v1/session/passkeys/{passkey}', {
          params: { path: { passkey: passkey.id } },
          body: { name: name.trim() },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: passkeysQuery.queryKey });
      onEnd();
    },
  });
  return (
    <li>
      <form
        className="passkeyrename"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate();
        }}
      >
        <TextInput
          aria-label={`Another name for ${passkey.name}`}
          autoComplete="off"
          autoFocus
          maxLength={60}
          value={name}
          error={rename.isError ? explain(rename.error).detail : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button size="compact-sm" variant="default" onClick={onEnd}>
          Back
        </Button>
        <Button size="compact-sm" type="submit" loading={rename.isPending} disabled={!name.trim()}>
          Rename
        </Button>
      </form>
    </li>
  );
}

function AddForm({ user }: { user: string }) {
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: '', password: '' },
    validate: {
      name: (value) => (value.trim() ? null : 'What you call it, such as: my phone'),
      password: (value) => (value ? null : 'Your password'),
    },
  });
  const add = useMutation({
    mutationFn: ({ name, password }: { name: string; password: string }) => addPasskey(name.trim(), password),
    onSuccess: (made) => {
      form.reset();
      notifyDone(`You can sign in with ${made.name} from now on`);
      return client.invalidateQueries({ queryKey: passkeysQuery.queryKey });
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 422 && error.problem.title === 'Wrong password') {
        form.setFieldError('password', explain(error).detail);
      } else {
        notifyError(error);
      }
    },
  });
  return (
    <form className="passkeyform" onSubmit={form.onSubmit((values) => add.mutate(values))}>
      <input type="text" autoComplete="username" value={user} readOnly hidden />
      <TextInput
        label="Name of a new passkey"
        placeholder="my phone"
        maxLength={60}
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      <PasswordInput label="Your password" autoComplete="current-password" {...form.getInputProps('password')} />
      <Button type="submit" loading={add.isPending}>
        Add a passkey
      </Button>
    </form>
  );
}
