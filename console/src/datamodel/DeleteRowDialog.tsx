// SPDX-License-Identifier: Apache-2.0
import { Button, Modal } from '@mantine/core';
import { deleteCommand } from '../format/commands';
import { CopyAs } from '../ui/CopyAs';
import { notifyDone } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { useDeleteRow } from './actions';
import { type DeviceModel, supportedPath } from './model';
import { isSecret } from './values';

interface Props {
  id: string;
  row: string;
  model: DeviceModel;
  onClose: () => void;
}

const SHOWN_AT_MOST = 6;

/** What would be lost, before it is. */
export function DeleteRowDialog({ id, row, model, onClose }: Props) {
  const remove = useDeleteRow(id);
  const known = (model.definition(row)?.supportedParams ?? [])
    .map((param) => ({ param, item: model.value(row + param.paramName) }))
    .filter(({ param, item }) => item?.value && !isSecret(param.paramName, param, item))
    .slice(0, SHOWN_AT_MOST);
  return (
    <Modal opened onClose={onClose} size="lg" title="Delete this row?">
      <p style={{ marginTop: 0 }}>
        <span className="mono">{row}</span> and everything below it will be gone from the device.
      </p>
      {known.length > 0 && (
        <dl className="facts code" style={{ whiteSpace: 'normal' }} aria-label={`What ${supportedPath(row)} holds`}>
          {known.map(({ param, item }) => [
            <dt key={param.paramName}>{param.paramName}</dt>,
            <dd key={`${param.paramName}=`}>{item?.value}</dd>,
          ])}
        </dl>
      )}
      {remove.isError && <Trouble error={remove.error} />}
      <div className="dialogfoot">
        <CopyAs command={deleteCommand(window.location.origin, id, row)} />
        <span style={{ flex: 1 }} />
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button
          color="red.8"
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(row, {
              onSuccess: () => {
                notifyDone(`${row} deleted`);
                onClose();
              },
            })
          }
        >
          Delete row
        </Button>
      </div>
    </Modal>
  );
}
