// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Menu } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import { getCommand } from '../format/commands';
import { count, exact } from '../format/time';
import { Ago } from '../ui/Ago';
import { CopyItems } from '../ui/CopyAs';
import { copyText } from '../ui/clipboard';
import { Icon } from '../ui/Icon';
import type { Edit } from './edits';
import type { TreeNode } from './model';
import { ValueCell } from './ValueCell';
import { isSecret, isWritable, typeName } from './values';

export interface LineActions {
  id: string;
  toggle: (path: string) => void;
  read: (path: string) => void;
  add: (table: string) => void;
  remove: (row: string) => void;
  run: (path: string) => void;
  edit: (path: string | undefined) => void;
  stage: (edit: Edit) => void;
  unstage: (path: string) => void;
  /** whether whoever looks may change anything */
  mayChange: boolean;
}

interface Props {
  node: TreeNode;
  open: boolean;
  edit: Edit | undefined;
  editing: boolean;
  actions: LineActions;
}

const SOURCES = {
  get: 'read',
  set: 'set',
  notify: 'notified',
  onboarding: 'read at onboarding',
  bulk: 'reported',
} as const;

export function canAdd(node: TreeNode): boolean {
  return node.kind === 'table' && ['OBJ_ADD_DELETE', 'OBJ_ADD_ONLY'].includes(node.object?.access ?? '');
}

export function canDelete(node: TreeNode): boolean {
  return node.kind === 'row' && ['OBJ_ADD_DELETE', 'OBJ_DELETE_ONLY'].includes(node.object?.access ?? '');
}

/** One line of the tree: name, what it is, its value, how old and from where, and what can be done. */
export function TreeLine({ node, open, edit, editing, actions }: Props) {
  return (
    <>
      <div role="gridcell" className="treename" style={{ paddingLeft: `calc(${node.depth} * var(--tree-step))` }}>
        <NameOf node={node} open={open} toggle={actions.toggle} />
      </div>
      <div role="gridcell" className="treetype dim">
        {describe(node)}
      </div>
      <div role="gridcell" className="treevalue" style={{ '--depth': node.depth } as CSSProperties}>
        {node.kind === 'param' && (
          <ValueCell
            node={node}
            edit={edit}
            editing={editing}
            locked={!actions.mayChange}
            onEditing={(on) => actions.edit(on ? node.path : undefined)}
            onStage={actions.stage}
            onUnstage={() => actions.unstage(node.path)}
          />
        )}
        {node.kind === 'command' && actions.mayChange && (
          <LineButton icon="play" onClick={() => actions.run(node.path)} label={`Run ${node.path}`}>
            Run…
          </LineButton>
        )}
        {canAdd(node) && actions.mayChange && (
          <LineButton icon="plus" onClick={() => actions.add(node.path)} label={`Add row to ${node.path}`}>
            Add row…
          </LineButton>
        )}
      </div>
      <div role="gridcell" className="treeage dim">
        {node.kind === 'param' && node.item && (
          <span
            title={`${SOURCES[node.item.source]}, ${exact(node.item.time)}${node.item.from ? `, from ${node.item.from}` : ''}`}
          >
            <Ago time={node.item.time} />
            <span className="treesource"> · {SOURCES[node.item.source]}</span>
          </span>
        )}
      </div>
      <div role="gridcell" className="treemore">
        {node.kind !== 'event' && <LineMenu node={node} actions={actions} />}
      </div>
    </>
  );
}

function LineButton(props: { icon: 'play' | 'plus'; label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="linebutton" tabIndex={-1} aria-label={props.label} onClick={props.onClick}>
      <Icon name={props.icon} size={13} />
      {props.children}
    </button>
  );
}

function NameOf({ node, open, toggle }: { node: TreeNode; open: boolean; toggle: (path: string) => void }) {
  if (node.kind === 'param' || node.kind === 'command' || node.kind === 'event') {
    const icon = node.kind === 'command' ? 'bolt' : node.kind === 'event' ? 'pulse' : undefined;
    return (
      <span className="leaf cut" title={node.path}>
        {icon && <Icon name={icon} size={14} />}
        <span className="cut">{node.name}</span>
      </span>
    );
  }
  return (
    <button type="button" className="branch cut" tabIndex={-1} title={node.path} onClick={() => toggle(node.path)}>
      <span className="chevron" data-open={open || undefined}>
        <Icon name="right" size={14} />
      </span>
      <span className="cut">{node.name}</span>
      {node.kind === 'row' && node.label && <span className="dim cut rowlabel">{node.label}</span>}
    </button>
  );
}

function describe(node: TreeNode): ReactNode {
  switch (node.kind) {
    case 'object':
      return '';
    case 'table':
      return count(node.rows, 'row');
    case 'row':
      return '';
    case 'param':
      return (
        <>
          {typeName(node.param?.valueType)}
          {isSecret(node.path, node.param, node.item) && <span className="tag">secret</span>}
          {node.param && !isWritable(node.param) && <span>· read-only</span>}
          {!node.param && (
            <span className="tag" title="The device has it, but its schema does not tell about it">
              not in schema
            </span>
          )}
        </>
      );
    case 'command':
      return node.command.commandType === 'CMD_ASYNC' ? 'command, asynchronous' : 'command';
    case 'event':
      return 'event';
  }
}

function LineMenu({ node, actions }: { node: TreeNode; actions: LineActions }) {
  const command = getCommand(window.location.origin, actions.id, [node.path]);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" size="sm" color="gray" tabIndex={-1} aria-label={`Actions for ${node.path}`}>
          <Icon name="more" size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className="mono">{node.path}</Menu.Label>
        {node.kind === 'command' ? (
          <Menu.Item
            disabled={!actions.mayChange}
            leftSection={<Icon name="play" size={15} />}
            onClick={() => actions.run(node.path)}
          >
            Run…
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<Icon name="refresh" size={15} />} onClick={() => actions.read(node.path)}>
            Read again
          </Menu.Item>
        )}
        {node.kind === 'param' && isWritable(node.param) && actions.mayChange && (
          <Menu.Item leftSection={<Icon name="pencil" size={15} />} onClick={() => actions.edit(node.path)}>
            Change…
          </Menu.Item>
        )}
        {canAdd(node) && actions.mayChange && (
          <Menu.Item leftSection={<Icon name="plus" size={15} />} onClick={() => actions.add(node.path)}>
            Add row…
          </Menu.Item>
        )}
        {canDelete(node) && actions.mayChange && (
          <Menu.Item
            color="red"
            leftSection={<Icon name="trash" size={15} />}
            onClick={() => actions.remove(node.path)}
          >
            Delete row…
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="copy" size={15} />} onClick={() => copyText(node.path, 'Path')}>
          Copy path
        </Menu.Item>
        {node.kind !== 'command' && <CopyItems command={command} />}
      </Menu.Dropdown>
    </Menu>
  );
}
