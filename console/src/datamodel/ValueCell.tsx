// SPDX-License-Identifier: Apache-2.0
import { ActionIcon } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../ui/Icon';
import type { Edit } from './edits';
import type { ParamNode } from './model';
import { ValueInput } from './ValueInput';
import { isSecret, isWritable, problemWith } from './values';

interface Props {
  node: ParamNode;
  edit: Edit | undefined;
  editing: boolean;
  /** whether nothing may be changed */
  locked: boolean;
  onEditing: (editing: boolean) => void;
  onStage: (edit: Edit) => void;
  onUnstage: () => void;
}

/** A value: shown, or edited where it stands. What is edited is staged, not sent. */
export function ValueCell({ node, edit, editing, locked, onEditing, onStage, onUnstage }: Props) {
  const { path, name, param, item } = node;
  const secret = isSecret(path, param, item);
  const writable = isWritable(param) && !locked;
  const shown = edit?.to ?? item?.value ?? '';
  const stageValue = (to: string, from = edit ? edit.from : item?.value) => onStage({ path, from, to, secret });

  if (editing) {
    return (
      <Editor
        node={node}
        secret={secret}
        start={secret ? '' : shown}
        onDone={(to, from) => {
          if (to !== undefined) stageValue(to, edit ? edit.from : from);
          onEditing(false);
        }}
      />
    );
  }
  if (writable && !secret && param?.valueType === 'PARAM_BOOLEAN') {
    return (
      <span className="value">
        <ValueInput label={name} type={param.valueType} value={shown} secret={false} onChange={stageValue} />
        <span className="dim">{shown || (item ? '' : 'not read')}</span>
        {edit && <Undo name={name} onUnstage={onUnstage} />}
      </span>
    );
  }
  const stead = insteadOfValue({ secret, staged: edit !== undefined, read: item !== undefined, shown });
  const text = stead ? <span className="dim">{stead}</span> : shown;
  return (
    <span className="value">
      {writable ? (
        <button
          type="button"
          className="valuebutton cut"
          tabIndex={-1}
          aria-label={`Change ${name}: ${stead ?? shown}`}
          title={secret ? undefined : shown}
          onClick={() => onEditing(true)}
        >
          {text}
          <Icon name="pencil" size={13} />
        </button>
      ) : (
        <span className="cut" title={secret ? undefined : shown}>
          {text}
        </span>
      )}
      {edit && <Undo name={name} onUnstage={onUnstage} />}
    </span>
  );
}

/** What stands where there is no value to show. */
function insteadOfValue(of: { secret: boolean; staged: boolean; read: boolean; shown: string }): string | undefined {
  if (of.secret) return of.staged ? 'new secret' : 'hidden';
  if (!of.read && !of.staged) return 'not read';
  return of.shown === '' ? 'empty' : undefined;
}

function Undo({ name, onUnstage }: { name: string; onUnstage: () => void }) {
  return (
    <ActionIcon
      variant="subtle"
      size="sm"
      color="lantern.7"
      aria-label={`Undo the change of ${name}`}
      onClick={onUnstage}
    >
      <Icon name="close" size={14} />
    </ActionIcon>
  );
}

interface EditorProps {
  node: ParamNode;
  secret: boolean;
  start: string;
  /** with what the device had when the editor opened: somebody else may change it meanwhile */
  onDone: (to: string | undefined, from?: string) => void;
}

function Editor({ node: { name, param, item }, secret, start: shown, onDone }: EditorProps) {
  const [{ start, from }] = useState({ start: shown, from: item?.value });
  const [text, setText] = useState(start);
  const commit = () => {
    if (text === start || (secret && text === '')) onDone(undefined);
    else if (text === '' || problemWith(param?.valueType, text) === undefined) onDone(text, from);
  };
  return (
    <span className="value" style={{ overflow: 'visible' }}>
      <ValueInput
        label={name}
        type={param?.valueType}
        value={text}
        secret={secret}
        autoFocus
        onChange={setText}
        onCommit={commit}
        onCancel={() => onDone(undefined)}
      />
    </span>
  );
}
