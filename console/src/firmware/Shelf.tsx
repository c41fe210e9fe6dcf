// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Fragment, type ReactNode, useState } from 'react';
import { useMay } from '../api/rights';
import type { CommandText } from '../format/commands';
import { sizeWord } from '../format/size';
import { Ago } from '../ui/Ago';
import { copyText } from '../ui/clipboard';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { DeleteFile } from './DeleteFile';
import './firmware.css';

/** What every file of the repository is known by. */
interface Kept {
  id: number;
  name: string;
  version: string;
  devices: string;
  note: string;
  fileName: string;
  size: number;
  sha256: string;
  uploaded: string;
  uploadedBy: string;
}

interface ShelfProps<T extends Kept> {
  items: UseQueryResult<{ items: T[] }>;
  title: ReactNode;
  /** what the button says that adds one */
  add: string;
  /** what the list is called */
  label: string;
  form: (end: () => void) => ReactNode;
  /** what is said where there is none; with the button, for those who may */
  empty: (button: ReactNode) => ReactNode;
  line: (item: T) => ReactNode;
  plain?: boolean;
}

/** The files of a kind, the newest first, and the form that adds one. */
export function Shelf<T extends Kept>({ items, title, add, label, form, empty, line, plain }: ShelfProps<T>) {
  const mayFleet = useMay('fleet');
  const [adding, setAdding] = useState(false);
  const button = mayFleet && (
    <Button
      variant={plain ? 'default' : undefined}
      leftSection={<Icon name="up" size={16} />}
      onClick={() => setAdding(true)}
    >
      {add}
    </Button>
  );
  return (
    <>
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 12, marginBottom: 14 }}>
        {title}
        {!adding && button}
      </div>
      {adding && form(() => setAdding(false))}
      {items.isPending && <Skeleton height={140} radius="lg" />}
      {items.isError && <Trouble error={items.error} retry={() => items.refetch()} />}
      {items.data?.items.length === 0 && !adding && empty(button)}
      {items.data && items.data.items.length > 0 && (
        <ul className="surface imagelist" aria-label={label}>
          {items.data.items.map((item) => (
            <Fragment key={item.id}>{line(item)}</Fragment>
          ))}
        </ul>
      )}
    </>
  );
}

interface ShelfLineProps {
  item: Kept;
  /** beneath its name */
  maker?: string;
  /** what else is said of it */
  facts: [name: string, value: ReactNode][];
  /** what can be done with it, but for deleting */
  moves: ReactNode;
  kind: 'firmware' | 'modules';
  command: CommandText;
  remove: () => Promise<void>;
}

/** One file: what it is, what is known of it, and what can be done with it by those who may. */
export function ShelfLine({ item, maker, facts, moves, kind, command, remove }: ShelfLineProps) {
  const mayFleet = useMay('fleet');
  return (
    <li>
      <div style={{ minWidth: 0 }}>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 8px', alignItems: 'baseline' }}>
          <span className="mono dim">#{item.id}</span>
          <strong>{item.name}</strong>
          <span className="tag">{item.version}</span>
        </div>
        {maker && (
          <div className="dim" style={{ fontSize: 13, overflowWrap: 'anywhere' }}>
            {maker}
          </div>
        )}
        {item.note && <div style={{ fontSize: 13, overflowWrap: 'anywhere' }}>{item.note}</div>}
      </div>
      <dl>
        <dt>For</dt>
        <dd className={item.devices ? 'mono' : undefined}>{item.devices || 'all devices'}</dd>
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
        <dt>File</dt>
        <dd>
          {item.fileName}, {sizeWord(item.size)}
        </dd>
        <dt>SHA-256</dt>
        <dd>
          <button
            type="button"
            className="linebutton mono"
            title={`${item.sha256}: copy it`}
            onClick={() => copyText(item.sha256, 'Checksum')}
          >
            {item.sha256.slice(0, 16)}…
          </button>
        </dd>
        <dt>Uploaded</dt>
        <dd>
          <Ago time={item.uploaded} /> by {item.uploadedBy}
        </dd>
      </dl>
      {mayFleet && (
        <div className="imagemoves">
          {moves}
          <DeleteFile called={`${item.name} ${item.version}`} kind={kind} command={command} remove={remove} />
        </div>
      )}
    </li>
  );
}
