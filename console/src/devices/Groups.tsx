// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Button, Modal, Skeleton, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { explain } from '../api/problem';
import { groupQuery, groupsQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Group } from '../api/types';
import { count } from '../format/time';
import { CopyEach, CopySent } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { notifyDone, notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { groupCondition } from './search';

interface Props {
  /** the filter as it was typed; empty where there is none */
  q: string;
  onQuery: (q: string) => void;
}

/** Queries that have a name: to choose from, and to save the filter as one. */
export function GroupsButton({ q, onQuery }: Props) {
  const [open, setOpen] = useState(false);
  const mayFleet = useMay('fleet');
  return (
    <>
      <Button variant="default" leftSection={<Icon name="group" size={16} />} onClick={() => setOpen(true)}>
        Groups
      </Button>
      {open && (
        <Modal opened onClose={() => setOpen(false)} size="lg" title="Groups">
          <Chooser
            onPick={(name) => {
              onQuery(groupCondition(name));
              setOpen(false);
            }}
          />
          {mayFleet && <SaveForm q={q.trim()} />}
        </Modal>
      )}
    </>
  );
}

type Named = Pick<Group, 'name' | 'query' | 'description'>;

const sendGroup = ({ name, query, description }: Named) =>
  answer(api.PUT('/api/v1/groups/{name}', { params: { path: { name } }, body: { query, description } }));

function useSaveGroup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: sendGroup,
    onSuccess: () => client.invalidateQueries({ queryKey: ['groups'] }),
  });
}

function Chooser({ onPick }: { onPick: (name: string) => void }) {
  const groups = useQuery(groupsQuery);
  if (groups.isPending) return <Skeleton height={90} />;
  if (groups.isError) return <Trouble error={groups.error} retry={() => groups.refetch()} />;
  if (groups.data.items.length === 0) {
    return (
      <p className="dim" style={{ marginTop: 0 }}>
        There is no group yet. A group is a filter with a name; who is in it is asked anew each time.
      </p>
    );
  }
  return (
    <ul aria-label="Groups" style={{ listStyle: 'none', margin: '0 0 8px', padding: 0, display: 'grid', gap: 8 }}>
      {groups.data.items.map((group) => (
        <Row key={group.name} group={group} onPick={() => onPick(group.name)} />
      ))}
    </ul>
  );
}

function Row({ group, onPick }: { group: Group; onPick: () => void }) {
  const mayFleet = useMay('fleet');
  const counted = useQuery(groupQuery(group.name));
  const client = useQueryClient();
  const save = useSaveGroup();
  const away = () => api.DELETE('/api/v1/groups/{name}', { params: { path: { name: group.name } } });
  const remove = useMutation({
    mutationFn: away,
    onSuccess: () => {
      // out of the list first, so that nobody asks how many are in it
      client.setQueryData(
        groupsQuery.queryKey,
        (old) => old && { items: old.items.filter((other) => other.name !== group.name) },
      );
      client.removeQueries({ queryKey: groupQuery(group.name).queryKey });
      const id = `group-${group.name}`;
      notifications.show({
        id,
        autoClose: 10_000,
        withBorder: true,
        message: (
          <span style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
            <span style={{ flex: 1 }}>Group {group.name} deleted</span>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                notifications.hide(id);
                save.mutate(group, { onError: notifyError });
              }}
            >
              Undo
            </Button>
          </span>
        ),
      });
    },
    onError: notifyError,
  });
  return (
    <li className="surface" style={{ padding: '8px 10px', display: 'flex', alignItems: 'center', gap: 10 }}>
      <div style={{ flex: 1, minWidth: 0 }}>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'baseline' }}>
          <strong>{group.name}</strong>
          <span className="dim" style={{ fontSize: 13 }} role="status">
            {counted.data && count(counted.data.devices ?? 0, 'device')}
            {counted.isError && explain(counted.error).detail}
          </span>
        </div>
        <div className="mono dim" style={{ overflowWrap: 'anywhere' }}>
          {group.query}
        </div>
        {group.description && <div style={{ fontSize: 13 }}>{group.description}</div>}
      </div>
      <Button size="compact-sm" variant="default" onClick={onPick}>
        Show
      </Button>
      {mayFleet && <CopyEach of={`group ${group.name}`} moves={[{ label: 'Delete', send: away }]} />}
      {mayFleet && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Delete group ${group.name}`}
          loading={remove.isPending}
          onClick={() => remove.mutate()}
        >
          <Icon name="trash" size={16} />
        </ActionIcon>
      )}
    </li>
  );
}

function SaveForm({ q }: { q: string }) {
  const groups = useQuery(groupsQuery);
  const save = useSaveGroup();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  if (!q) {
    return (
      <p className="dim" style={{ marginBottom: 0 }}>
        To save a group, type a filter first: <span className="mono">model = X and lastSeen &lt; 1h</span>
      </p>
    );
  }
  const replaces = groups.data?.items.some((group) => group.name === name.trim()) ?? false;
  return (
    <form
      style={{ display: 'grid', gap: 10, marginTop: 14 }}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { name: name.trim(), query: q, description },
          {
            onSuccess: (saved) => {
              notifyDone(`Group ${saved.name} saved, with ${count(saved.devices ?? 0, 'device')}`);
              setName('');
              setDescription('');
            },
          },
        );
      }}
    >
      <div>
        Save this filter as a group: <span className="mono">{q}</span>
      </div>
      <TextInput
        label="Name"
        required
        maxLength={60}
        value={name}
        error={save.isError ? explain(save.error).detail : undefined}
        onChange={(event) => {
          setName(event.currentTarget.value);
          save.reset();
        }}
      />
      <TextInput
        label="What it is for"
        maxLength={500}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <div className="dialogfoot">
        {name.trim() && <CopySent send={() => sendGroup({ name: name.trim(), query: q, description })} />}
        <span style={{ flex: 1 }} />
        <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
          {replaces ? 'Replace the group' : 'Save the group'}
        </Button>
      </div>
    </form>
  );
}
