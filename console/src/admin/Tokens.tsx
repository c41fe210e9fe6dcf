// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, Select, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { explain } from '../api/problem';
import { tokensQuery } from '../api/queries';
import type { Role, Token } from '../api/types';
import { QueryInput } from '../devices/QueryInput';
import { exact } from '../format/time';
import { Ago } from '../ui/Ago';
import { CopySent } from '../ui/CopyAs';
import { notifyDone, notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { Only } from './Only';
import { RoleSelect } from './People';
import { ShownOnce } from './ShownOnce';

const LIVES = [
  { value: '7', label: 'a week' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: '', label: 'for ever' },
];

/** What programs sign in with. */
export function Tokens() {
  const tokens = useQuery(tokensQuery);
  const [made, setMade] = useState<Token>();
  if (tokens.isPending) return <Skeleton height={160} radius="lg" mt="md" />;
  if (tokens.isError) return <Trouble error={tokens.error} retry={() => tokens.refetch()} />;
  return (
    <>
      <NewToken onMade={setMade} />
      {made?.token && (
        <ShownOnce title={`The token ${made.name}, shown only now`} secret={made.token}>
          Programs send it as <span className="mono">Authorization: Bearer …</span>
        </ShownOnce>
      )}
      <ul className="surface adminlist" aria-label="Tokens">
        {tokens.data.items.map((token) => (
          <Line key={token.id} token={token} />
        ))}
      </ul>
    </>
  );
}

function NewToken({ onMade }: { onMade: (token: Token) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [days, setDays] = useState('90');
  const [scope, setScope] = useState('');
  const send = () =>
    answer(
      api.POST('/api/v1/tokens', { body: { name: name.trim(), role, scope, ...(days && { days: Number(days) }) } }),
    );
  const make = useMutation({
    mutationFn: send,
    onSuccess: (token) => {
      setName('');
      setScope('');
      onMade(token);
      return client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
  });
  return (
    <form
      className="adminform"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <TextInput
        label="A new token"
        placeholder="What it is for"
        autoComplete="off"
        maxLength={100}
        value={name}
        error={make.isError ? explain(make.error).detail : undefined}
        onChange={(event) => {
          setName(event.currentTarget.value);
          make.reset();
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
          make.reset();
        }}
      />
      <Select label="Holds" allowDeselect={false} value={days} onChange={(next) => setDays(next ?? '')} data={LIVES} />
      <Button type="submit" loading={make.isPending} disabled={!name.trim()}>
        Make
      </Button>
      {name.trim() && <CopySent send={send} />}
    </form>
  );
}

function Line({ token }: { token: Token }) {
  const client = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const away = () => api.DELETE('/api/v1/tokens/{tokenId}', { params: { path: { tokenId: token.id } } });
  const remove = useMutation({
    mutationFn: away,
    onSuccess: () => {
      setRemoving(false);
      notifyDone(`The token ${token.name} lets nobody in any more`);
      return client.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
    onError: notifyError,
  });
  const expired = token.expires !== undefined && Date.parse(token.expires) <= Date.now();
  return (
    <li>
      <span className="cut">
        <strong>{token.name}</strong> <span className="dim mono">{token.id}</span>
      </span>
      <span className="cut">
        {token.role}
        <Only of={token} />
      </span>
      <span className="dim" style={{ fontSize: 13 }}>
        {expired ? (
          <span className="bad">expired</span>
        ) : token.expires ? (
          <span title={exact(token.expires)}>until {exact(token.expires)}</span>
        ) : (
          'never expires'
        )}
        {' · made '}
        <Ago time={token.created} /> by {token.createdBy}
      </span>
      <Button variant="subtle" color="red" size="compact-sm" onClick={() => setRemoving(true)}>
        Remove…
      </Button>
      <Modal opened={removing} onClose={() => setRemoving(false)} title={`Remove the token ${token.name}?`}>
        <p style={{ marginTop: 0 }}>
          What signs in with it is refused from now on, and sessions that were opened with it end. A token cannot be
          brought back.
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
