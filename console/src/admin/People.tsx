// SPDX-License-Identifier: Apache-2.0
import { Button, Menu, Modal, Select, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { explain } from '../api/problem';
import { sessionQuery, usersQuery } from '../api/queries';
import type { Role, User } from '../api/types';
import { QueryInput } from '../devices/QueryInput';
import { Ago } from '../ui/Ago';
import { CopySent, CopySub } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { notifyDone, notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { LimitTo, Only } from './Only';
import { mayOf, ROLES } from './roles';
import { ShownOnce } from './ShownOnce';

/** The people who sign in, and what each may do. */
export function People() {
  const users = useQuery(usersQuery);
  const [letIn, setLetIn] = useState<User>();
  if (users.isPending) return <Skeleton height={160} radius="lg" mt="md" />;
  if (users.isError) return <Trouble error={users.error} retry={() => users.refetch()} />;
  return (
    <>
      <Newcomer onLetIn={setLetIn} />
      {letIn?.password && (
        <ShownOnce title={`The password of ${letIn.name}, shown only now`} secret={letIn.password}>
          {letIn.name} signs in with it and chooses another one.
        </ShownOnce>
      )}
      {users.data.items.length === 0 ? (
        <p className="dim">Nobody signs in by name yet. You came with a token, which may do everything.</p>
      ) : (
        <ul className="surface adminlist" aria-label="People">
          {users.data.items.map((user) => (
            <Person key={user.name} user={user} onReset={setLetIn} />
          ))}
        </ul>
      )}
    </>
  );
}

function Newcomer({ onLetIn }: { onLetIn: (user: User) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [scope, setScope] = useState('');
  const [provider, setProvider] = useState('');
  const { data: ways } = useQuery({
    queryKey: ['sign-in ways'],
    queryFn: () => answer(api.GET('/api/v1/session/ways')),
  });
  const providers = (ways?.providers ?? []).filter(({ id }) => id);
  const send = () => answer(api.POST('/api/v1/users', { body: { name: name.trim(), role, scope, provider } }));
  const add = useMutation({
    mutationFn: send,
    onSuccess: (made) => {
      setName('');
      setScope('');
      onLetIn(made);
      return client.invalidateQueries({ queryKey: usersQuery.queryKey });
    },
  });
  return (
    <form
      className="adminform"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <TextInput
        label="A new person"
        placeholder="Name"
        autoComplete="off"
        value={name}
        error={add.isError ? explain(add.error).detail : undefined}
        onChange={(event) => {
          setName(event.currentTarget.value);
          add.reset();
        }}
      />
      <RoleSelect label="Role" role={role} onRole={setRole} />
      <QueryInput
        label="Sees only"
        placeholder="every device"
        disabled={role === 'admin'}
        value={scope}
        onChange={(query) => {
          setScope(query);
          add.reset();
        }}
      />
      {providers.length > 0 && (
        <Select
          label="Signs in"
          description={provider && 'by the name that it calls them'}
          inputWrapperOrder={['label', 'input', 'description']}
          allowDeselect={false}
          value={provider}
          onChange={(next) => setProvider(next ?? '')}
          data={[
            { value: '', label: 'by password' },
            ...providers.map(({ id, label }) => ({ value: id, label: `with ${label}` })),
          ]}
        />
      )}
      <Button type="submit" loading={add.isPending} disabled={!name.trim()}>
        Let in
      </Button>
      {name.trim() && <CopySent send={send} />}
    </form>
  );
}

export function RoleSelect({
  label,
  role,
  onRole,
  ...rest
}: {
  label?: string;
  role: Role;
  onRole: (role: Role) => void;
  'aria-label'?: string;
}) {
  return (
    <Select
      {...rest}
      label={label}
      description={label && mayOf(role)}
      inputWrapperOrder={['label', 'input', 'description']}
      allowDeselect={false}
      value={role}
      onChange={(next) => next && onRole(next as Role)}
      data={ROLES.map(({ value, label: name }) => ({ value, label: name }))}
      renderOption={({ option }) => (
        <span>
          {option.label}
          <span className="dim" style={{ display: 'block', fontSize: 12 }}>
            {mayOf(option.value as Role)}
          </span>
        </span>
      )}
      comboboxProps={{ width: 300, position: 'bottom-start' }}
    />
  );
}

function Person({ user, onReset }: { user: User; onReset: (user: User) => void }) {
  const client = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const [removing, setRemoving] = useState(false);
  const [limiting, setLimiting] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: usersQuery.queryKey });
  const params = { path: { name: user.name } };
  const put = (body: { role: Role; disabled: boolean }) => answer(api.PUT('/api/v1/users/{name}', { params, body }));
  const change = useMutation({
    mutationFn: put,
    onSuccess: refresh,
    onError: notifyError,
  });
  const newPassword = () => answer(api.POST('/api/v1/users/{name}/password', { params }));
  const reset = useMutation({
    mutationFn: newPassword,
    onSuccess: (made) => {
      onReset(made);
      return refresh();
    },
    onError: notifyError,
  });
  const noPasskeys = () => api.DELETE('/api/v1/users/{name}/passkeys', { params });
  const lostDevice = useMutation({
    mutationFn: noPasskeys,
    onSuccess: () => {
      notifyDone(`The passkeys of ${user.name} are removed, and their sessions have ended`);
      return refresh();
    },
    onError: notifyError,
  });
  const away = () => api.DELETE('/api/v1/users/{name}', { params });
  const remove = useMutation({
    mutationFn: away,
    onSuccess: () => {
      setRemoving(false);
      notifyDone(`${user.name} may sign in no more`);
      return refresh();
    },
    onError: notifyError,
  });
  const turned = { role: user.role, disabled: !user.disabled };
  const turn = () => put(turned);
  const sameAgain = () => put({ role: user.role, disabled: user.disabled });
  // nobody is called like a token
  const own = session?.user === user.name;
  return (
    <li>
      <span className="cut">
        <strong>{user.name}</strong> {own && <span className="dim">· you</span>}
        {user.disabled && (
          <span className="tag" data-tone="bad" style={{ marginLeft: 8 }}>
            shut out
          </span>
        )}
        {user.mustChangePassword && !user.disabled && (
          <span className="tag" data-tone="warn" style={{ marginLeft: 8 }}>
            has chosen no password yet
          </span>
        )}
        <Only of={user} />
        {user.provider && (
          <span className="dim" style={{ display: 'block', fontSize: 13 }}>
            {user.awaited ? 'has not come yet, through' : 'comes through'} {user.provider}
          </span>
        )}
      </span>
      {user.roleFromProvider ? (
        <span title="Follows from their groups there, at each sign-in">{user.role}</span>
      ) : (
        <RoleSelect
          aria-label={`Role of ${user.name}`}
          role={user.role}
          onRole={(role) => change.mutate({ role, disabled: user.disabled })}
        />
      )}
      <span className="dim" style={{ fontSize: 13 }}>
        {user.lastSignIn ? (
          <>
            signed in <Ago time={user.lastSignIn} />
          </>
        ) : (
          'never signed in'
        )}
        {user.passkeys > 0 && (user.passkeys === 1 ? ' · 1 passkey' : ` · ${user.passkeys} passkeys`)}
      </span>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="subtle" color="gray" px={8} aria-label={`More for ${user.name}`}>
            <Icon name="more" size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {!user.provider && <Menu.Item onClick={() => reset.mutate()}>Make a new password</Menu.Item>}
          {user.passkeys > 0 && <Menu.Item onClick={() => lostDevice.mutate()}>Remove the passkeys</Menu.Item>}
          <Menu.Item disabled={own} onClick={() => change.mutate(turned)}>
            {user.disabled ? 'Let in again' : 'Shut out'}
          </Menu.Item>
          {!user.roleFromProvider && (
            <Menu.Item disabled={user.role === 'admin'} onClick={() => setLimiting(true)}>
              Limit…
            </Menu.Item>
          )}
          <Menu.Item color="red" disabled={own} onClick={() => setRemoving(true)}>
            Remove…
          </Menu.Item>
          <Menu.Divider />
          <CopySub
            moves={[
              { label: user.disabled ? 'Let in again' : 'Shut out', send: turn },
              ...(user.roleFromProvider ? [] : [{ label: `Role ${user.role}`, send: sameAgain }]),
              ...(user.provider ? [] : [{ label: 'New password', send: newPassword }]),
              ...(user.passkeys > 0 ? [{ label: 'Remove the passkeys', send: noPasskeys }] : []),
            ]}
          />
        </Menu.Dropdown>
      </Menu>
      {limiting && <LimitTo user={user} onClose={() => setLimiting(false)} />}
      <Modal opened={removing} onClose={() => setRemoving(false)} title={`Remove ${user.name}?`}>
        <p style={{ marginTop: 0 }}>
          {user.name} is signed out and may sign in no more. What {user.name} did stays in the log. To let somebody in
          again later, shut them out instead.
        </p>
        <div className="dialogfoot">
          <CopySent send={away} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setRemoving(false)}>
            Back
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Remove
          </Button>
        </div>
      </Modal>
    </li>
  );
}
