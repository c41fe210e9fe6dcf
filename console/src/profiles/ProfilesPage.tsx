// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { profilesQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Profile } from '../api/types';
import { count } from '../format/time';
import { Ago } from '../ui/Ago';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import './profiles.css';

export function ProfilesPage() {
  useDocumentTitle('Profiles · Pharos');
  const profiles = useQuery(profilesQuery);
  return (
    <div className="page">
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 12, marginBottom: 14 }}>
        <Title order={1} size={20} lh="31px" style={{ flex: 1 }}>
          What must hold on which devices
        </Title>
        <NewProfile />
      </div>
      {profiles.isPending && <Skeleton height={160} radius="lg" />}
      {profiles.isError && <Trouble error={profiles.error} retry={() => profiles.refetch()} />}
      {profiles.data?.items.length === 0 && (
        <div className="surface" style={{ padding: 40, textAlign: 'center' }}>
          <p style={{ margin: '0 0 6px' }}>There is no profile yet.</p>
          <p className="dim" style={{ margin: '0 auto 18px', maxWidth: 540 }}>
            A profile says what parameters and rows are to be on the devices of a query. It shows what it would change
            before it changes anything, holds from then on, and is taken back as a whole.
          </p>
          <NewProfile />
        </div>
      )}
      {profiles.data && profiles.data.items.length > 0 && (
        <ul className="surface profilelist" aria-label="Profiles">
          {profiles.data.items.map((profile) => (
            <Line key={profile.name} profile={profile} />
          ))}
        </ul>
      )}
    </div>
  );
}

function NewProfile() {
  const may = useMay('fleet');
  if (!may) return null;
  return (
    <Button
      renderRoot={(props) => <Link to="/profiles/$name" params={{ name: '+' }} {...props} />}
      leftSection={<Icon name="plus" size={16} />}
    >
      New profile
    </Button>
  );
}

function Line({ profile }: { profile: Profile }) {
  const parameters = Object.keys(profile.parameters ?? {}).length;
  const rows = profile.rows?.length ?? 0;
  return (
    <li>
      <Link className="cut cover" to="/profiles/$name" params={{ name: profile.name }}>
        {profile.name}
      </Link>
      <span className="mono cut" title={profile.query}>
        {profile.query || 'all devices'}
      </span>
      <span>
        {[parameters > 0 && count(parameters, 'parameter'), rows > 0 && count(rows, 'row')].filter(Boolean).join(', ')}
      </span>
      <span className="dim">priority {profile.priority}</span>
      <span className="dim" style={{ fontSize: 13 }}>
        version {profile.version}, <Ago time={profile.changed} /> by {profile.changedBy}
      </span>
    </li>
  );
}
