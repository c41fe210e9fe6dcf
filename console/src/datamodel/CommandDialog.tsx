// SPDX-License-Identifier: Apache-2.0
import { Button, Loader, Modal } from '@mantine/core';
import { useState } from 'react';
import type { OperationResult, PharosEvent } from '../api/types';
import { operateCommand, splitParam } from '../format/commands';
import { clock } from '../format/time';
import { CopyAs } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { useOperate } from './actions';
import { failed, newCommandKey, useCompletion } from './completion';
import type { DeviceModel } from './model';
import { ValueInput } from './ValueInput';
import { isSecret } from './values';

interface Props {
  id: string;
  path: string;
  model: DeviceModel;
  onClose: () => void;
}

/** A command: its arguments, its run, and what came of it, at once or later. */
export function CommandDialog({ id, path, model, onClose }: Props) {
  const [owner, name] = splitParam(path);
  const command = model.definition(owner)?.supportedCommands.find((c) => c.commandName === name);
  const [args, setArgs] = useState<ReadonlyMap<string, string>>(new Map());
  // tells the end of this run from the end of anyone else's
  const [commandKey] = useState(newCommandKey);
  const operate = useOperate(id);
  const completed = useCompletion(id, path, commandKey);
  const filled = [...args].filter(([, value]) => value !== '');
  const settings = filled.map(([arg, value]) => ({ path: arg, value, secret: isSecret(arg) }));
  return (
    <Modal opened onClose={onClose} size="lg" title={<span className="mono">{path}</span>}>
      {!operate.data && (
        <>
          {command && command.inputArgNames.length === 0 && (
            <p style={{ marginTop: 0 }}>This command takes no arguments.</p>
          )}
          <div className="paramform">
            {command?.inputArgNames.map((arg) => (
              <ValueInput
                key={arg}
                labelled
                label={arg}
                type={undefined}
                value={args.get(arg) ?? ''}
                secret={isSecret(arg)}
                onChange={(value) => setArgs((old) => new Map(old).set(arg, value))}
              />
            ))}
          </div>
        </>
      )}
      {operate.isError && <Trouble error={operate.error} />}
      {operate.data && <Result result={operate.data} completed={completed} />}
      <div className="dialogfoot">
        <CopyAs command={operateCommand(window.location.origin, id, path, settings)} />
        <span style={{ flex: 1 }} />
        <Button variant="default" onClick={onClose}>
          {operate.data ? 'Close' : 'Back'}
        </Button>
        {!operate.data && (
          <Button
            leftSection={<Icon name="play" size={15} />}
            loading={operate.isPending}
            onClick={() => operate.mutate({ command: path, commandKey, inputArgs: Object.fromEntries(filled) })}
          >
            Run
          </Button>
        )}
      </div>
    </Modal>
  );
}

/** The end of the run, as the device tells it; listened for from the start, since it may come before the answer. */
function Result({ result, completed }: { result: OperationResult; completed: PharosEvent | undefined }) {
  if (result.reqOutputArgs) {
    return (
      <div role="status">
        <p className="good resultline">
          <Icon name="check" size={16} /> Done
        </p>
        <Arguments args={result.reqOutputArgs.outputArgs} />
      </div>
    );
  }
  return (
    <div role="status">
      <p style={{ marginTop: 0 }}>
        The device works on it as <span className="mono">{result.reqObjPath}</span>
      </p>
      {completed ? (
        <>
          <p className={`resultline ${failed(completed) ? 'bad' : 'good'}`}>
            <Icon name={failed(completed) ? 'close' : 'check'} size={16} />
            {completed.text || (failed(completed) ? 'Failed' : 'Complete')}{' '}
            <span className="dim">{clock(completed.time)}</span>
          </p>
          <Arguments args={completed.args} />
        </>
      ) : (
        <p className="resultline">
          <Loader size="xs" /> Waiting for the device to say that it is done. You may close this; the end also appears
          among the events.
        </p>
      )}
    </div>
  );
}

function Arguments({ args }: { args: Record<string, string> }) {
  const entries = Object.entries(args ?? {}).filter(([key]) => !/^command_?key$/i.test(key));
  if (entries.length === 0) return <p className="dim">It gave no output.</p>;
  return (
    <dl className="facts code" style={{ whiteSpace: 'normal' }}>
      {entries.map(([key, value]) => [
        <dt key={key}>{key}</dt>,
        <dd key={`${key}=`}>{isSecret(key) ? 'hidden' : value || 'empty'}</dd>,
      ])}
    </dl>
  );
}
