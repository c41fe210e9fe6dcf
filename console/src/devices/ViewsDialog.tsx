// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Button, Modal, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { explain } from '../api/problem';
import type { SavedView } from '../api/types';
import { copyText } from '../ui/clipboard';
import { Icon } from '../ui/Icon';
import { notifyDone, notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import type { DevicesSearch } from './search';
import { contentOf, isShown, searchOf, type ViewContent, viewsQuery, viewWords } from './views';

interface Props {
  search: DevicesSearch;
  onClose: () => void;
}

/** Views of the person who is signed in: filter, columns, order and counts under a name. */
export function ViewsDialog({ search, onClose }: Props) {
  const views = useQuery(viewsQuery);
  return (
    <Modal opened onClose={onClose} title="Your views" size="lg">
      {views.isPending && <Skeleton height={90} />}
      {views.isError && <Trouble error={views.error} retry={() => views.refetch()} />}
      {views.data?.items.length === 0 && (
        <p className="dim" style={{ marginTop: 0 }}>
          You have no view yet. A view keeps the filter, the columns, the order and what is counted; it follows you to
          every browser, and only you see it.
        </p>
      )}
      {views.data && views.data.items.length > 0 && (
        <ul aria-label="Views" style={{ listStyle: 'none', margin: '0 0 8px', padding: 0, display: 'grid', gap: 8 }}>
          {views.data.items.map((view) => (
            <Row key={view.name} view={view} shown={isShown(view, search)} onOpen={onClose} />
          ))}
        </ul>
      )}
      <SaveForm content={contentOf(search)} names={views.data?.items.map((view) => view.name) ?? []} />
    </Modal>
  );
}

function Row({ view, shown, onOpen }: { view: SavedView; shown: boolean; onOpen: () => void }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const remove = useMutation({
    mutationFn: async () => {
      await api.DELETE('/api/v1/session/views/{name}', { params: { path: { name: view.name } } });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: viewsQuery.queryKey }),
    onError: notifyError,
  });
  return (
    <li className="surface" style={{ padding: '8px 10px', display: 'flex', alignItems: 'center', gap: 8 }}>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Link
          to="/devices"
          search={searchOf(view)}
          onClick={onOpen}
          style={{ fontWeight: 570, color: 'var(--mantine-color-anchor)' }}
        >
          {view.name}
        </Link>{' '}
        {shown && <span className="tag">shown now</span>}
        <div className="dim" style={{ fontSize: 13, overflowWrap: 'anywhere' }}>
          {viewWords(view)}
        </div>
      </div>
      {asked ? (
        <>
          <Button size="compact-sm" variant="default" onClick={() => setAsked(false)}>
            Keep it
          </Button>
          <Button size="compact-sm" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Delete
          </Button>
        </>
      ) : (
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Copy the address of ${view.name}`}
            title="Copy its address, for others"
            onClick={() => copyText(addressOf(view), 'Address')}
          >
            <Icon name="copy" size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Delete ${view.name}`}
            title="Delete it"
            onClick={() => setAsked(true)}
          >
            <Icon name="trash" size={16} />
          </ActionIcon>
        </>
      )}
    </li>
  );
}

function addressOf(view: SavedView): string {
  const entries = Object.entries(searchOf(view)).map(([name, value]) => [name, String(value)]);
  return `${window.location.origin}/devices?${new URLSearchParams(entries)}`;
}

function SaveForm({ content, names }: { content: ViewContent; names: string[] }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const save = useMutation({
    mutationFn: () =>
      answer(api.PUT('/api/v1/session/views/{name}', { params: { path: { name: name.trim() } }, body: content })),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: viewsQuery.queryKey });
      notifyDone(`View ${saved.name} saved`);
      setName('');
    },
  });
  return (
    <form
      style={{ borderTop: '1px solid var(--ph-line)', paddingTop: 14, marginTop: 14 }}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextInput
        label="Keep what is shown now as a view"
        description={viewWords(content)}
        placeholder="Its name"
        maxLength={60}
        value={name}
        error={save.isError ? explain(save.error).detail : undefined}
        onChange={(event) => {
          setName(event.currentTarget.value);
          save.reset();
        }}
      />
      <div className="dialogfoot">
        <span style={{ flex: 1 }} />
        <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
          {names.includes(name.trim()) ? 'Replace the view' : 'Save the view'}
        </Button>
      </div>
    </form>
  );
}
