// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Autocomplete, Button, Modal } from '@mantine/core';
import { useRef, useState } from 'react';
import { Icon } from '../ui/Icon';
import { columnsOf, INVENTORY } from './columns';
import { usePaths } from './QueryInput';
import { DEFAULT_COLUMNS, isParameter, isParameterPath, MOST_COLUMNS, MOST_PARAMETERS } from './search';

/** Parameters that are offered at once; typing narrows them. */
const OFFERED = 30;

interface Props {
  columns: readonly string[];
  onColumns: (columns: readonly string[]) => void;
  onClose: () => void;
}

/** Which columns the table has, and in which order; what is changed shows in the table at once. */
export function ColumnsDialog({ columns, onColumns, onClose }: Props) {
  const move = (from: number, to: number) => {
    const next = columns.filter((_, i) => i !== from);
    onColumns([...next.slice(0, to), ...columns.slice(from, from + 1), ...next.slice(to)]);
  };
  return (
    <Modal opened onClose={onClose} title="Columns" size="lg">
      <ol aria-label="Columns" style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 4 }}>
        {columnsOf(columns).map(({ id, title }, i) => (
          <li key={id} style={{ display: 'flex', alignItems: 'center', gap: 4, minHeight: 32 }}>
            <span style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
              {title}{' '}
              {isParameter(id) && (
                <span className="mono dim" style={{ fontSize: 12 }}>
                  {id}
                </span>
              )}
            </span>
            <Move name="up" label={`Move ${title} up`} disabled={i === 0} onClick={() => move(i, i - 1)} />
            <Move
              name="down"
              label={`Move ${title} down`}
              disabled={i === columns.length - 1}
              onClick={() => move(i, i + 1)}
            />
            <Move
              name="close"
              label={id === 'id' ? 'Endpoint ID stays: it leads to the device' : `Leave out ${title}`}
              disabled={id === 'id'}
              onClick={() => onColumns(columns.filter((other) => other !== id))}
            />
          </li>
        ))}
      </ol>
      <Add columns={columns} onAdd={(id) => onColumns([...columns, id])} />
      <div className="dialogfoot">
        <Button
          variant="default"
          disabled={columns.join() === DEFAULT_COLUMNS.join()}
          onClick={() => onColumns(DEFAULT_COLUMNS)}
        >
          As everybody has them
        </Button>
        <span style={{ flex: 1 }} />
        <Button onClick={onClose}>Done</Button>
      </div>
    </Modal>
  );
}

interface MoveProps {
  name: 'up' | 'down' | 'close';
  label: string;
  disabled: boolean;
  onClick: () => void;
}

function Move({ name, label, disabled, onClick }: MoveProps) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon name={name} size={16} />
    </ActionIcon>
  );
}

function Add({ columns, onAdd }: { columns: readonly string[]; onAdd: (id: string) => void }) {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<string>();
  // what was chosen is written into the field afterwards, where nothing is to stand any more
  const chosen = useRef<string>(undefined);
  const paths = usePaths(true);
  const words = typed.trim().toLowerCase().split(/\s+/);
  const fits = (name: string) => words.every((word) => name.toLowerCase().includes(word));
  const inventory = INVENTORY.filter(({ id, title }) => !columns.includes(id) && fits(title));
  const parameters = paths.filter((path) => !columns.includes(path) && fits(path)).slice(0, OFFERED);
  const add = (text: string) => {
    const name = text.trim();
    const known = INVENTORY.find(({ id, title }) =>
      [id, title].some((each) => each.toLowerCase() === name.toLowerCase()),
    );
    const id = known?.id ?? name;
    if (!name) return;
    const reason = reasonAgainst(id, columns);
    setWrong(reason);
    if (reason) return;
    onAdd(id);
    setTyped('');
  };
  return (
    <Autocomplete
      mt="md"
      label="Add a column"
      description="Something of the inventory, or a parameter: Device.WiFi.Radio.*.Channel"
      placeholder="Type to search"
      data={[
        { group: 'Inventory', items: inventory.map(({ title }) => title) },
        { group: 'Parameters', items: parameters },
      ].filter(({ items }) => items.length > 0)}
      filter={({ options }) => options}
      maxDropdownHeight={260}
      value={typed}
      error={wrong}
      selectFirstOptionOnChange
      onChange={(text) => {
        if (text === chosen.current) return;
        setTyped(text);
        setWrong(undefined);
      }}
      onOptionSubmit={(text) => {
        chosen.current = text;
        add(text);
      }}
      onKeyDown={(event) => {
        // what is offered goes first
        if (event.key === 'Enter' && inventory.length + parameters.length === 0) add(typed);
      }}
      rightSectionWidth={70}
      rightSection={
        <Button size="compact-sm" variant="subtle" disabled={!typed.trim()} onClick={() => add(typed)}>
          Add
        </Button>
      }
    />
  );
}

/** Why this cannot be one more column; undefined where it can. */
function reasonAgainst(id: string, columns: readonly string[]): string | undefined {
  if (columns.includes(id)) return 'It is in the table already.';
  if (columns.length >= MOST_COLUMNS) return `A table has ${MOST_COLUMNS} columns at most: leave one out first.`;
  if (INVENTORY.some((column) => column.id === id)) return undefined;
  if (!isParameterPath(id)) {
    return 'This is neither a column of the inventory nor the path of a parameter such as Device.WiFi.Radio.*.Channel.';
  }
  return columns.filter(isParameter).length >= MOST_PARAMETERS
    ? `A table shows ${MOST_PARAMETERS} parameters at most: leave one out first.`
    : undefined;
}
