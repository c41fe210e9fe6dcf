// SPDX-License-Identifier: Apache-2.0
import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Within } from '../ui/Within';
import { Guide } from './Guide';

export function OnboardPage() {
  useDocumentTitle('Connect a device · Pharos');
  const draft = useSearch({ from: '/onboard' });
  const navigate = useNavigate({ from: '/onboard' });
  return (
    <Within room="Devices" back={{ to: '/devices' }}>
      <Title order={1} size={22} mt={4} mb="md">
        Connect a device
      </Title>
      <Guide draft={draft} onDraft={(next) => navigate({ search: next, replace: true, resetScroll: false })} />
    </Within>
  );
}
