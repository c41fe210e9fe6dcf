// SPDX-License-Identifier: Apache-2.0
import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { EventFeed } from './EventFeed';

export function EventsPage() {
  useDocumentTitle('Events · Pharos');
  const { kind } = useSearch({ from: '/events' });
  const navigate = useNavigate({ from: '/events' });
  return (
    <div className="page">
      <Title order={1} size={20} lh="31px">
        {kind === 'refused' ? 'Peers that were not let in' : 'What happens in the fleet'}
      </Title>
      <EventFeed kind={kind} onKind={(next) => navigate({ search: next ? { kind: next } : {}, replace: true })} />
    </div>
  );
}
