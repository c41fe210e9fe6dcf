// SPDX-License-Identifier: Apache-2.0
import { Button, CloseButton, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type Dispatch, type SetStateAction, useEffect, useMemo, useRef, useState } from 'react';
import { schemaQuery, twinQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Device } from '../api/types';
import { count } from '../format/time';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { AddRowDialog } from './AddRowDialog';
import { useRead } from './actions';
import { CommandDialog } from './CommandDialog';
import { DeleteRowDialog } from './DeleteRowDialog';
import { type Edits, stage, unstage } from './edits';
import { DeviceModel, ROOT } from './model';
import { ReviewDialog } from './ReviewDialog';
import { Tree } from './Tree';
import type { LineActions } from './TreeLine';
import { ancestors, matchingLines, openLines } from './visible';

type Dialog = { kind: 'review' } | { kind: 'add' | 'delete' | 'run'; path: string };

interface Props {
  device: Device;
  edits: Edits;
  setEdits: Dispatch<SetStateAction<Edits>>;
}

/** Everything the device supports and has: read, search, change, add, delete, run. */
export function DataModelTab({ device, edits, setEdits }: Props) {
  const { id } = device;
  const { path: start } = useSearch({ from: '/devices/$id' });
  const schema = useQuery(schemaQuery(id));
  const twin = useQuery(twinQuery(id));
  const model = useMemo(
    () => new DeviceModel(schema.data?.supportedObjs ?? [], twin.data?.items ?? []),
    [schema.data, twin.data],
  );
  // sorts and writes out what is searched, before the first letter is typed
  useEffect(() => {
    const later = setTimeout(() => matchingLines(model, ROOT), 400);
    return () => clearTimeout(later);
  }, [model]);
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set([...(start ? [...ancestors(start), start] : []), `${ROOT}DeviceInfo.`]),
  );
  const [filter, setFilter] = useState('');
  const [editing, setEditing] = useState<string>();
  const [dialog, setDialog] = useState<Dialog>();
  const read = useRead(id);
  const mayChange = useMay('change');
  const [text] = useDebouncedValue(filter.trim(), 150);
  const found = useMemo(() => (text ? matchingLines(model, text) : undefined), [model, text]);
  const lines = useMemo(() => found?.lines ?? openLines(model, open), [found, model, open]);

  const actions: LineActions = {
    id,
    toggle: (path) => setOpen((old) => toggled(old, path)),
    read: (path) => read.mutate([path]),
    add: (path) => setDialog({ kind: 'add', path }),
    remove: (path) => setDialog({ kind: 'delete', path }),
    run: (path) => setDialog({ kind: 'run', path }),
    edit: setEditing,
    stage: (edit) => setEdits((old) => stage(old, edit)),
    unstage: (path) => setEdits((old) => unstage(old, path)),
    mayChange,
  };

  if (schema.isPending || twin.isPending) return <Skeleton height={320} radius="lg" mt="md" />;
  // what was there before stays, and what is being typed in it
  const failed = (!schema.data && schema.error) || (!twin.data && twin.error);
  if (failed) return <Trouble error={failed} retry={() => Promise.all([schema.refetch(), twin.refetch()])} />;
  const close = () => setDialog(undefined);
  return (
    <>
      <Toolbar
        filter={filter}
        onFilter={setFilter}
        matches={found?.matches}
        reading={read.isPending}
        onCollapse={() => setOpen(new Set())}
        onReadAll={() => read.mutate([ROOT])}
      />
      {lines.length === 0 ? (
        <div className="surface dim" style={{ padding: 40, textAlign: 'center' }}>
          {text ? `Neither a name nor a value holds “${text}”.` : 'Nothing has been read from this device yet.'}
        </div>
      ) : (
        <div className="surface" style={{ overflow: 'clip' }}>
          <Tree
            lines={lines}
            isOpen={(path) => found !== undefined || open.has(path)}
            edits={edits}
            editing={editing}
            start={start}
            actions={actions}
          />
        </div>
      )}
      {edits.size > 0 && (
        <section className="stagebar" aria-label="Staged changes">
          <strong>{count(edits.size, 'change')}</strong>
          <span className="dim wide">not sent yet</span>
          <span style={{ flex: 1 }} />
          <Button variant="subtle" color="gray" onClick={() => setEdits(new Map())}>
            Discard
          </Button>
          <Button onClick={() => setDialog({ kind: 'review' })}>Review…</Button>
        </section>
      )}
      {dialog?.kind === 'review' && (
        <ReviewDialog
          id={id}
          edits={[...edits.values()]}
          onClose={close}
          onApplied={(paths) => setEdits((old) => paths.reduce(unstage, old))}
        />
      )}
      {dialog?.kind === 'add' && (
        <AddRowDialog
          id={id}
          table={dialog.path}
          definition={model.definition(dialog.path)}
          onClose={close}
          onAdded={(row) => setOpen((old) => new Set([...old, ...ancestors(row), row]))}
        />
      )}
      {dialog?.kind === 'delete' && <DeleteRowDialog id={id} row={dialog.path} model={model} onClose={close} />}
      {dialog?.kind === 'run' && <CommandDialog id={id} path={dialog.path} model={model} onClose={close} />}
    </>
  );
}

function toggled(old: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(old);
  if (!next.delete(path)) next.add(path);
  return next;
}

interface ToolbarProps {
  filter: string;
  onFilter: (text: string) => void;
  matches: number | undefined;
  reading: boolean;
  onCollapse: () => void;
  onReadAll: () => void;
}

function Toolbar({ filter, onFilter, matches, reading, onCollapse, onReadAll }: ToolbarProps) {
  const input = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => input.current?.focus()]]);
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 10, margin: '14px 0', alignItems: 'center' }}>
      <TextInput
        ref={input}
        style={{ flex: '1 1 260px', maxWidth: 460 }}
        aria-label="Search names and values"
        placeholder="Search names and values…"
        value={filter}
        onChange={(event) => onFilter(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onFilter('')}
        leftSection={<Icon name="search" size={16} />}
        rightSection={
          filter ? (
            <CloseButton size="sm" aria-label="Clear the search" onClick={() => onFilter('')} />
          ) : (
            <kbd className="tag wide">/</kbd>
          )
        }
      />
      <Button variant="default" loading={reading} leftSection={<Icon name="refresh" size={16} />} onClick={onReadAll}>
        Read all again
      </Button>
      {matches === undefined && (
        <Button variant="subtle" color="gray" onClick={onCollapse}>
          Close all
        </Button>
      )}
      <span className="dim" style={{ fontSize: 13 }} role="status">
        {matches !== undefined && `${count(matches, 'match', 'matches')}`}
      </span>
    </div>
  );
}
