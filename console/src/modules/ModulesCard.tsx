// SPDX-License-Identifier: Apache-2.0
import { Button, Loader, Menu, Modal, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useMay } from '../api/rights';
import type { Device } from '../api/types';
import { useOperate, useRead } from '../datamodel/actions';
import { failed, newCommandKey, useCompletion } from '../datamodel/completion';
import { Card } from '../device/Card';
import { operateCommand } from '../format/commands';
import { awaitedWords } from '../format/session';
import { CopyAs } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { notifyError } from '../ui/notify';
import { isBetween, isFetchable, MODULES, type Module, type Unit, unitTone, unitWord, wishFor } from './model';

/** One command on its way, and what it is in words. */
interface Run {
  command: string;
  commandKey: string;
  inputArgs: Record<string, string>;
  what: string;
}

/** A unit that starts or stops is asked again: it tells nobody by itself. */
const LOOK_AGAIN_MS = 2_000;

type Begin = (command: string, what: string, inputArgs?: Record<string, string>) => void;

/** What is installed on a device, what of it runs, and what can be done with it. */
export function ModulesCard({ device, modules }: { device: Device; modules: Module[] }) {
  const mayFleet = useMay('fleet');
  const bySession = device.transport === 'cwmp';
  const may = mayFleet && (device.online || bySession);
  const [run, setRun] = useState<Run>();
  const [installing, setInstalling] = useState(false);
  const { mutate: read } = useRead(device.id);
  const moving = may && modules.some(({ units }) => units.some(({ status }) => isBetween(status)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: as long as what is known now says so
  useEffect(() => {
    if (!moving) return;
    const later = setTimeout(() => read([MODULES]), LOOK_AGAIN_MS);
    return () => clearTimeout(later);
  }, [moving, modules, read]);
  const begin: Begin = (command, what, inputArgs = {}) =>
    setRun({ command, commandKey: newCommandKey(), inputArgs, what });
  return (
    <Card title="Software modules">
      {bySession && (
        <p className="dim" style={{ marginTop: 0, fontSize: 13 }}>
          As of its last session over TR-069. What is asked is done when the device comes, which it does at once where
          it can be called.
        </p>
      )}
      {modules.length === 0 && <p className="dim">Nothing is installed.</p>}
      <ul className="plain" aria-label="Modules">
        {modules.map((module) => (
          <ModuleLine key={module.path} module={module} may={may} begin={begin} />
        ))}
      </ul>
      {run && <Progress key={run.commandKey} id={device.id} run={run} bySession={bySession} />}
      {may && (
        <Button size="compact-sm" variant="default" mt={12} onClick={() => setInstalling(true)}>
          Install…
        </Button>
      )}
      {installing && <Install id={device.id} onClose={() => setInstalling(false)} begin={begin} />}
    </Card>
  );
}

function ModuleLine({ module, may, begin }: { module: Module; may: boolean; begin: Begin }) {
  return (
    <li style={{ flexWrap: 'wrap' }}>
      <span className="cut" style={{ flex: 1 }} title={module.vendor || undefined}>
        <strong>{module.name}</strong> {module.version} <span className="dim">{module.vendor}</span>
        {module.environment && <span className="dim"> in {module.environment}</span>}
      </span>
      {module.status !== 'Installed' && <span className="warn">{module.status}</span>}
      {may && <More module={module} begin={begin} />}
      <ul className="plain" style={{ flexBasis: '100%', paddingLeft: 12 }} aria-label={`Units of ${module.name}`}>
        {module.units.map((unit) => (
          <UnitLine key={unit.path} unit={unit} may={may} begin={begin} />
        ))}
      </ul>
    </li>
  );
}

function More({ module, begin }: { module: Module; begin: Begin }) {
  const [removing, setRemoving] = useState(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-sm" variant="subtle" aria-label={`More of ${module.name} ${module.version}`}>
            …
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => begin(`${module.path}Update()`, `Update of ${module.name}`, { RetainData: 'true' })}
          >
            Update from where it came
          </Menu.Item>
          <Menu.Item color="red" onClick={() => setRemoving(true)}>
            Uninstall…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={removing} onClose={() => setRemoving(false)} title={`Remove ${module.name} ${module.version}?`}>
        <p style={{ marginTop: 0 }}>Its programs are stopped, and its data is deleted.</p>
        <div className="dialogfoot">
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setRemoving(false)}>
            Keep it
          </Button>
          <Button
            color="red.9"
            onClick={() => {
              setRemoving(false);
              begin(`${module.path}Uninstall()`, `Removal of ${module.name}`);
            }}
          >
            Remove it
          </Button>
        </div>
      </Modal>
    </>
  );
}

function UnitLine({ unit, may, begin }: { unit: Unit; may: boolean; begin: Begin }) {
  const wish = wishFor(unit.status);
  const word = wish === 'Active' ? 'Start' : 'Stop';
  return (
    <li style={{ flexWrap: 'wrap' }}>
      <span
        className={`dot ${unitTone(unit.status, unit.fault)}`}
        data-hollow={unit.status !== 'Active' || undefined}
      />
      <span className="cut" style={{ flex: 1 }}>
        {unit.name}
      </span>
      <span className="dim">{unitWord(unit.status)}</span>
      {may && wish && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${word} ${unit.name}`}
          onClick={() => begin(`${unit.path}SetRequestedState()`, `${word} of ${unit.name}`, { RequestedState: wish })}
        >
          {word}
        </Button>
      )}
      {unit.fault && (
        <span className="bad" style={{ flexBasis: '100%', overflowWrap: 'anywhere', fontSize: 13 }}>
          {unit.fault}
        </span>
      )}
    </li>
  );
}

/** What the device does of it, until it says how it ended; what it has then is read. */
function Progress({ id, run, bySession }: { id: string; run: Run; bySession: boolean }) {
  const { mutate: operate, data, isError } = useOperate(id);
  const { mutate: read } = useRead(id);
  const completed = useCompletion(id, run.command, run.commandKey);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each run
  useEffect(() => {
    operate({ command: run.command, commandKey: run.commandKey, inputArgs: run.inputArgs }, { onError: notifyError });
  }, [run]);
  const answered = data?.reqOutputArgs !== undefined;
  const ended = answered || completed !== undefined || isError;
  useEffect(() => {
    if (!ended) return;
    read([MODULES]);
    if (!bySession) return;
    // it tells the end first, and what it has then is read just after
    const later = setTimeout(() => read([MODULES]), LOOK_AGAIN_MS);
    return () => clearTimeout(later);
  }, [ended, read, bySession]);
  const waits = data?.nextSession?.queued ? data.nextSession : undefined;
  const wrong = isError || (completed && failed(completed));
  return (
    <p
      role="status"
      style={{ margin: '10px 0 0', fontSize: 14, overflowWrap: 'anywhere' }}
      className={wrong ? 'bad' : ''}
    >
      {!ended && <Loader size="xs" />} {run.what}
      {!ended && (waits ? `: ${awaitedWords(waits.expected)}` : ': the device is at work')}
      {isError && ': the device did not begin it'}
      {ended && !isError && `: ${wrong ? completed?.text || 'failed' : 'done'}`}
    </p>
  );
}

function Install({ id, onClose, begin }: { id: string; onClose: () => void; begin: Begin }) {
  const [url, setUrl] = useState('');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const command = `${MODULES}InstallDU()`;
  const filled = Object.entries({ URL: url.trim(), Username: username, Password: password }).filter(
    ([, value]) => value,
  );
  const settings = filled.map(([path, value]) => ({ path, value, secret: path === 'Password' }));
  const wrong = url.trim() !== '' && !isFetchable(url.trim());
  return (
    <Modal opened onClose={onClose} title="Install a module">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          begin(command, 'Installation', Object.fromEntries(filled));
        }}
      >
        <TextInput
          data-autofocus
          label="Where the device fetches it"
          placeholder="https://files.example/hello-1.0.0.tar.gz"
          autoComplete="off"
          value={url}
          error={wrong && 'An address that begins with https:// or http://, without a login in it'}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <TextInput
          label="Login there, if it needs one"
          autoComplete="off"
          mt="sm"
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password there"
          autoComplete="off"
          mt="sm"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <p className="dim" style={{ fontSize: 13 }}>
          Whoever may install runs programs on the device. The archive is not signed: take https.
        </p>
        <div className="dialogfoot">
          <CopyAs command={operateCommand(window.location.origin, id, command, settings)} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button type="submit" leftSection={<Icon name="play" size={15} />} disabled={!isFetchable(url.trim())}>
            Install it
          </Button>
        </div>
      </form>
    </Modal>
  );
}
