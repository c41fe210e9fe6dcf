// SPDX-License-Identifier: Apache-2.0
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { SupportedObject } from '../api/types';
import { addCommand } from '../format/commands';
import { CopyAs } from '../ui/CopyAs';
import { notifyDone } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { useAddRow } from './actions';
import { ValueInput } from './ValueInput';
import { isSecret, isWritable, problemWith, typeName } from './values';

interface Props {
  id: string;
  table: string;
  definition: SupportedObject | undefined;
  onClose: () => void;
  onAdded: (row: string) => void;
}

/** A new row of a table; what is left untouched gets the device's own default. */
export function AddRowDialog({ id, table, definition, onClose, onAdded }: Props) {
  const add = useAddRow(id);
  const [values, setValues] = useState<ReadonlyMap<string, string>>(new Map());
  const keys = new Set(definition?.uniqueKeySets.flatMap((set) => set.keyNames));
  const params = (definition?.supportedParams ?? [])
    .filter(isWritable)
    .sort((a, b) => Number(keys.has(b.paramName)) - Number(keys.has(a.paramName)));
  const filled = params.filter((p) => values.get(p.paramName));
  const invalid = filled.some((p) => problemWith(p.valueType, values.get(p.paramName) ?? '') !== undefined);
  const settings = filled.map((p) => ({
    path: p.paramName,
    value: values.get(p.paramName) ?? '',
    secret: isSecret(p.paramName, p),
  }));
  const send = () =>
    add.mutate(
      { table, settings: settings.map((s) => ({ param: s.path, value: s.value, required: true })) },
      {
        onSuccess: (row) => {
          notifyDone(`${row} added`);
          onAdded(row);
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} size="lg" title="Add a row">
      <p className="dim" style={{ marginTop: 0 }}>
        to <span className="mono">{table}</span> – whatever you leave alone gets the default of the device.
      </p>
      <div className="paramform">
        {params.map((param) => (
          <ValueInput
            key={param.paramName}
            labelled
            label={param.paramName}
            description={[typeName(param.valueType), keys.has(param.paramName) && 'part of a unique key']
              .filter(Boolean)
              .join(', ')}
            type={param.valueType}
            value={values.get(param.paramName) ?? ''}
            secret={isSecret(param.paramName, param)}
            onChange={(value) => setValues((old) => new Map(old).set(param.paramName, value))}
          />
        ))}
      </div>
      {add.isError && <Trouble error={add.error} />}
      <div className="dialogfoot">
        <CopyAs command={addCommand(window.location.origin, id, table, settings)} />
        <span style={{ flex: 1 }} />
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
        <Button loading={add.isPending} disabled={invalid} onClick={send}>
          Add row
        </Button>
      </div>
    </Modal>
  );
}
