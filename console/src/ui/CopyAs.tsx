// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Button, Menu } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { ActionText } from '../format/action';
import type { CommandText } from '../format/commands';
import { copyText } from './clipboard';
import { Icon } from './Icon';
import { notifyError } from './notify';

/** "Copy as": the same action for a terminal. */
export function CopyAs({ command }: { command: CommandText }) {
  return (
    <CopyMenu>
      <CopyItems command={command} />
    </CopyMenu>
  );
}

/** The same of what a button beside it sends: made from that request, when the menu opens; nothing is sent. */
export function CopySent({ send }: { send: () => Promise<unknown> }) {
  return (
    <CopyMenu>
      <SentItems send={send} />
    </CopyMenu>
  );
}

function CopyMenu({ children }: { children: ReactNode }) {
  return (
    <Menu position="top-start" withinPortal>
      <Menu.Target>
        <Button variant="subtle" size="compact-sm" leftSection={<Icon name="copy" size={15} />}>
          Copy as…
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}

/** Something that buttons beside it send. */
export interface Sendable {
  /** as on its button */
  label: string;
  send: () => Promise<unknown>;
}

/** "Copy as" of several buttons, as an icon. */
export function CopyEach({ of, moves }: { of: string; moves: Sendable[] }) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Copy as… for ${of}`} title="Copy as…">
          <Icon name="copy" size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <EachItems moves={moves} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** "Copy as" of the items of a menu, as its last item. */
export function CopySub({ moves }: { moves: Sendable[] }) {
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item>Copy as…</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        <EachItems moves={moves} />
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function EachItems({ moves }: { moves: Sendable[] }) {
  return moves.map(({ label, send }) => <SentItems key={label} label={label} send={send} />);
}

function SentItems({ label, send }: { label?: string; send: () => Promise<unknown> }) {
  const [command, setCommand] = useState<ActionText>();
  useEffect(() => {
    let here = true;
    // the words come when somebody wants them
    import('../format/action')
      .then(({ actionOf }) => actionOf(window.location.origin, send))
      .then((made) => here && setCommand(made))
      .catch(notifyError);
    return () => {
      here = false;
    };
  }, [send]);
  return command ? <CopyItems label={label} command={command} /> : null;
}

interface ItemsProps {
  label?: string | undefined;
  command: ActionText;
}

export function CopyItems({ label = 'Copy', command: { pharos, curl } }: ItemsProps) {
  return (
    <>
      {pharos !== undefined && (
        <Menu.Item onClick={() => copyText(pharos, 'Command')}>
          {label} as <span className="mono">./pharos …</span>
        </Menu.Item>
      )}
      <Menu.Item onClick={() => copyText(curl, 'Command')}>
        {label} as <span className="mono">curl</span>
      </Menu.Item>
    </>
  );
}
