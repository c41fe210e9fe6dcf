// SPDX-License-Identifier: Apache-2.0
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useState } from 'react';
import { devicesQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Device } from '../api/types';
import { Icon } from '../ui/Icon';
import { useToggleScheme } from './Shell';

const FOUND_AT_MOST = 8;

/** Ctrl or Cmd + K: any device, any page. Devices are found by the server, not among those that are loaded. */
export function Palette() {
  const navigate = useNavigate();
  const [scheme, toggleScheme] = useToggleScheme();
  const mayFleet = useMay('fleet');
  const mayPeople = useMay('people');
  const mayAudit = useMay('audit');
  const [query, setQuery] = useState('');
  const [text] = useDebouncedValue(query.trim(), 150);
  const found = useInfiniteQuery({ ...devicesQuery(text, '-lastSeen'), enabled: text.length > 0 });
  const devices = text ? (found.data?.pages[0]?.items.slice(0, FOUND_AT_MOST) ?? []) : [];

  const pages: SpotlightActionData[] = [
    {
      id: 'today',
      label: 'Today',
      description: 'What needs a look',
      leftSection: <Icon name="pulse" />,
      onClick: () => navigate({ to: '/' }),
    },
    {
      id: 'devices',
      label: 'Devices',
      leftSection: <Icon name="device" />,
      onClick: () => navigate({ to: '/devices' }),
    },
    {
      id: 'onboard',
      label: 'Connect a device',
      description: 'What it must be told, and how far it is',
      leftSection: <Icon name="plus" />,
      onClick: () => navigate({ to: '/onboard' }),
    },
    {
      id: 'profiles',
      label: 'Profiles',
      description: 'What must hold on which devices',
      leftSection: <Icon name="check" />,
      onClick: () => navigate({ to: '/profiles' }),
    },
    { id: 'jobs', label: 'Jobs', leftSection: <Icon name="stack" />, onClick: () => navigate({ to: '/jobs' }) },
    ...(mayFleet
      ? [
          {
            id: 'newjob',
            label: 'New job',
            description: 'The same to many devices',
            leftSection: <Icon name="plus" />,
            onClick: () => navigate({ to: '/jobs/new' }),
          },
        ]
      : []),
    {
      id: 'alarms',
      label: 'Alarms',
      description: 'What somebody wanted to be told of, and the rules for it',
      leftSection: <Icon name="bolt" />,
      onClick: () => navigate({ to: '/alarms' }),
    },
    {
      id: 'campaigns',
      label: 'Campaigns',
      description: 'Firmware to many devices, in waves',
      leftSection: <Icon name="stack" />,
      onClick: () => navigate({ to: '/campaigns' }),
    },
    {
      id: 'firmware',
      label: 'Firmware',
      description: 'Images that devices can be made to run',
      leftSection: <Icon name="up" />,
      onClick: () => navigate({ to: '/firmware' }),
    },
    { id: 'events', label: 'Events', leftSection: <Icon name="pulse" />, onClick: () => navigate({ to: '/events' }) },
    {
      id: 'refused',
      label: 'Refused peers',
      description: 'Who tried to connect and was not let in',
      leftSection: <Icon name="close" />,
      onClick: () => navigate({ to: '/refused' }),
    },
    ...(mayPeople || mayAudit || mayFleet
      ? [
          {
            id: 'admin',
            label: 'Administration',
            description: 'People, tokens, sessions, approvals, webhooks, who did what',
            leftSection: <Icon name="people" />,
            onClick: () => navigate({ to: '/admin' }),
          },
        ]
      : []),
    {
      id: 'scheme',
      label: scheme === 'dark' ? 'Light colours' : 'Dark colours',
      leftSection: <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />,
      onClick: toggleScheme,
    },
  ];
  const asAction = (device: Device): SpotlightActionData => ({
    id: device.id,
    label: device.id,
    description: [device.modelName, device.serialNumber, device.status].filter(Boolean).join(' · '),
    leftSection: <Icon name="device" />,
    onClick: () => navigate({ to: '/devices/$id', params: { id: device.id } }),
  });
  const actions = [...pages.filter((page) => matches(page, query)), ...devices.map(asAction)];
  const takeFirst = (event: KeyboardEvent<HTMLInputElement>) => {
    // the library takes what the arrow keys chose; without a choice it is the first
    if (event.key !== 'Enter' || document.querySelector('[data-action][data-selected]')) return;
    event.preventDefault();
    const first = actions[0];
    if (!first?.onClick) return;
    spotlight.close();
    (first.onClick as () => void)();
  };
  return (
    <Spotlight
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      actions={actions}
      // both lists are filtered already, the devices by the server
      filter={(_query, all) => all}
      nothingFound={found.isFetching ? 'Searching…' : 'No device and no page is called that'}
      searchProps={{
        onKeyDown: takeFirst,
        leftSection: <Icon name="search" />,
        placeholder: 'A device, its model or serial number, or a page…',
        'aria-label': 'Find a device or a page',
      }}
      scrollable
      maxHeight={420}
      highlightQuery
    />
  );
}

function matches(action: SpotlightActionData, query: string): boolean {
  return `${action.label} ${action.description ?? ''}`.toLowerCase().includes(query.trim().toLowerCase());
}
