// SPDX-License-Identifier: Apache-2.0
import { Button, Menu } from '@mantine/core';
import type { CommandText } from '../format/commands';
import { copyText } from './clipboard';
import { Icon } from './Icon';

/** "Copy as": the same action for a terminal. */
export function CopyAs({ command }: { command: CommandText }) {
  return (
    <Menu position="top-start" withinPortal>
      <Menu.Target>
        <Button variant="subtle" size="compact-sm" leftSection={<Icon name="copy" size={15} />}>
          Copy as…
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <CopyItems command={command} />
      </Menu.Dropdown>
    </Menu>
  );
}

export function CopyItems({ command }: { command: CommandText }) {
  return (
    <>
      <Menu.Item onClick={() => copyText(command.pharos, 'Command')}>
        Copy as <span className="mono">./pharos …</span>
      </Menu.Item>
      <Menu.Item onClick={() => copyText(command.curl, 'Command')}>
        Copy as <span className="mono">curl</span>
      </Menu.Item>
    </>
  );
}
