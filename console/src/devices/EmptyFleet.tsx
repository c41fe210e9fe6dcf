// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Text, Title } from '@mantine/core';
import type { Summary } from '../api/types';
import { copyText } from '../ui/clipboard';
import { Icon, Lighthouse } from '../ui/Icon';

/** No device yet: the commands that bring the first one, with this server's own addresses in them. */
export function EmptyFleet({ summary }: { summary: Summary | undefined }) {
  const ws = summary?.listeners.ws;
  const mqtt = summary?.listeners.mqtt;
  const controller = summary?.endpointId ?? 'self::pharos';
  const named = controller === 'self::pharos' ? '' : ` --controller-id ${controller}`;
  const agent = (url: string, serial: string) =>
    `./pharos agent --endpoint-id os::012345-${serial} --controller ${url}${named}`;
  return (
    <section className="surface" style={{ padding: 'clamp(20px, 4vw, 44px)', display: 'grid', gap: 22, maxWidth: 900 }}>
      <div>
        <span style={{ display: 'inline-grid', padding: 12, borderRadius: 14, background: 'var(--ph-bar)' }}>
          <Lighthouse size={40} />
        </span>
        <Title order={2} size="h3" mt="md">
          The light is on. No ship yet.
        </Title>
        <Text className="dim" mt={4}>
          Connect a first agent from the folder you started Pharos in; it appears here by itself.
        </Text>
      </div>
      {ws && <Step title="This host, over WebSocket" command={agent(ws, 'HOST')} />}
      {ws && <Step title="A simulated home gateway" command={`${agent(ws, 'SIM0001')} --device simulated`} />}
      {mqtt && <Step title="The same over MQTT" command={`${agent(mqtt, 'SIM0002')} --device simulated`} />}
      {ws && <Step title="A thousand of them" command={`./pharos fleet --agents 1000 --controller ${ws}`} />}
    </section>
  );
}

function Step({ title, command }: { title: string; command: string }) {
  return (
    <div>
      <Text size="sm" fw={600} mb={6}>
        {title}
      </Text>
      <div style={{ display: 'flex', gap: 8, alignItems: 'start' }}>
        <pre className="code" style={{ flex: 1, minWidth: 0 }}>
          {command}
        </pre>
        <ActionIcon
          variant="default"
          size={38}
          aria-label={`Copy the command: ${title}`}
          onClick={() => copyText(command, 'Command')}
        >
          <Icon name="copy" size={16} />
        </ActionIcon>
      </div>
    </div>
  );
}
