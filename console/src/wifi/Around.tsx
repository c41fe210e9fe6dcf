// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { schemaQuery } from '../api/queries';
import type { Device } from '../api/types';
import { useOperate } from '../datamodel/actions';
import { failed, newCommandKey, useCompletion } from '../datamodel/completion';
import type { Edit } from '../datamodel/edits';
import { operateCommand } from '../format/commands';
import { count } from '../format/time';
import { CopyAs } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { type Advice, adviceOf, heardBy, loadWord, type Neighbour, neighboursOf } from './air';
import { bandWord, type Network, type Radio } from './model';

const LOOK = 'Device.WiFi.NeighboringWiFiDiagnostic()';

interface Props {
  device: Device;
  networks: Network[];
  may: boolean;
  /** somebody wants to use another channel */
  onUse: (edit: Edit) => void;
}

/** Has the radios listen for others, and says where there is less of them. */
export function Around({ device, networks, may, onUse }: Props) {
  const can = useQuery({
    ...schemaQuery(device.id),
    enabled: device.transport !== 'cwmp',
    select: ({ supportedObjs }) =>
      supportedObjs
        .find((object) => object.supportedObjPath === 'Device.WiFi.')
        ?.supportedCommands.some(({ commandName }) => LOOK.endsWith(`.${commandName}`)) ?? false,
  }).data;
  const [commandKey, setCommandKey] = useState(newCommandKey);
  const operate = useOperate(device.id);
  const completed = useCompletion(device.id, LOOK, commandKey);
  if (!can || !may) return null;
  const outputs =
    operate.data?.reqOutputArgs?.outputArgs ?? (completed && !failed(completed) ? completed.args : undefined);
  const look = () => {
    const key = newCommandKey();
    setCommandKey(key);
    operate.mutate({ command: LOOK, commandKey: key, inputArgs: {} });
  };
  return (
    <div className="around">
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="search" size={14} />}
          loading={operate.isPending || (operate.isSuccess && !outputs && !completed)}
          onClick={look}
        >
          Look for better channels
        </Button>
        <CopyAs command={operateCommand(window.location.origin, device.id, LOOK, [])} />
      </div>
      {operate.isError && <Trouble error={operate.error} />}
      {completed && failed(completed) && (
        <p role="alert" className="bad">
          {completed.text || 'The device could not listen.'}
        </p>
      )}
      {outputs && <Air networks={networks} heard={neighboursOf(outputs)} onUse={onUse} />}
    </div>
  );
}

function Air({ networks, heard, onUse }: { networks: Network[]; heard: Neighbour[]; onUse: (edit: Edit) => void }) {
  const radios = new Map(networks.flatMap(({ radio }) => (radio ? [[radio.path, radio] as const] : [])));
  return (
    <div role="status" aria-label="Who else is on the air">
      {[...radios.values()].map((radio) => (
        <RadioAir key={radio.path} radio={radio} heard={heard} onUse={onUse} />
      ))}
    </div>
  );
}

function words({ radio, sharing, now }: Advice): string {
  const [strongest] = sharing;
  const others = strongest
    ? `shared with ${count(sharing.length, 'other network')}, the strongest at ${strongest.signal} dBm`
    : 'nobody else is heard on it';
  return `${bandWord(radio.band)}, channel ${radio.channel}: ${loadWord(now)}, ${others}.`;
}

function RadioAir({ radio, heard, onUse }: { radio: Radio; heard: Neighbour[]; onUse: (edit: Edit) => void }) {
  const advice = adviceOf(radio, heard);
  if (!advice) return null;
  const { better } = advice;
  const all = heardBy(radio, heard);
  return (
    <section className="radioair" aria-label={`The air of ${bandWord(radio.band)}`}>
      <p>{words(advice)}</p>
      {better ? (
        <p>
          Channel {better.channel} is {loadWord(better.load)}.{' '}
          <Button
            size="compact-sm"
            variant="light"
            onClick={() =>
              onUse({
                path: `${radio.path}Channel`,
                from: String(radio.channel),
                to: String(better.channel),
                secret: false,
              })
            }
          >
            Use channel {better.channel}…
          </Button>
        </p>
      ) : (
        <p className="good">No channel is better by enough to move.</p>
      )}
      {all.length > 0 && (
        <details>
          <summary>{count(all.length, 'neighbour')}</summary>
          <ul>
            {all.map((each, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they are listed once, as they were heard
              <li key={at}>
                <span className="cut" style={{ flex: 1 }}>
                  {each.name || 'hidden'}
                </span>
                <span className="dim">channel {each.channel}</span>
                <span>{each.signal} dBm</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
