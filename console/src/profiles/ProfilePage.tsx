// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, Skeleton, Textarea, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { applyProfiles, planProfiles, profileVersionsQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Profile } from '../api/types';
import { Ago } from '../ui/Ago';
import { notifyDone, notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { Within } from '../ui/Within';
import { PlanView } from './PlanView';
import { FIRST_PROFILE, hasMask, profileText } from './text';
import './profiles.css';
import { CopySent } from '../ui/CopyAs';

/** What stands in the address for a profile that is not there yet; no profile can be called so. */
const NEW = '+';

export function ProfilePage() {
  const { name } = useParams({ from: '/profiles/$name' });
  useDocumentTitle(`${name === NEW ? 'New profile' : name} · Pharos`);
  return (
    <Within room="Profiles" back={{ to: '/profiles' }}>
      {name === NEW ? (
        <>
          <Title order={1} size={22} mt={4} mb="md">
            A new profile
          </Title>
          <Editor start={FIRST_PROFILE} />
        </>
      ) : (
        <Known key={name} name={name} />
      )}
    </Within>
  );
}

function Known({ name }: { name: string }) {
  const versions = useQuery(profileVersionsQuery(name));
  if (versions.isPending) return <Skeleton height={260} mt="sm" radius="md" />;
  if (versions.isError) return <Trouble error={versions.error} retry={() => versions.refetch()} />;
  const [newest] = versions.data.items;
  if (!newest) return null;
  // the last text that it had, for one that was deleted
  const text = versions.data.items.find((version) => !version.deleted) ?? newest;
  return (
    <>
      <header
        style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px 14px', margin: '4px 0 12px' }}
      >
        <Title order={1} size={22} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Title>
        {newest.deleted && (
          <span className="tag" data-tone="warn">
            deleted
          </span>
        )}
        <span className="dim" style={{ fontSize: 14 }}>
          version {newest.version}, <Ago time={newest.changed} /> by {newest.changedBy}
        </span>
        <span style={{ flex: 1 }} />
        <Moves profile={newest} />
      </header>
      <Editor key={newest.version} start={profileText(text)} />
      <Versions versions={versions.data.items} />
    </>
  );
}

function Editor({ start }: { start: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const may = useMay('fleet');
  const [text, setText] = useState(start);
  const plan = useMutation({ mutationFn: planProfiles });
  const apply = useMutation({
    mutationFn: applyProfiles,
    onSuccess: ({ items }) => {
      void client.invalidateQueries({ queryKey: ['profiles'] });
      const [first] = items;
      notifyDone(
        items.length === 1 && first
          ? `The profile ${first.profile} holds from now on`
          : `${items.length} profiles hold from now on`,
      );
      if (first) void navigate({ to: '/jobs/$id', params: { id: String(first.job) } });
    },
  });
  const masked = hasMask(text);
  // what is applied is what was looked at
  const planned = plan.data !== undefined && plan.variables === text;
  return (
    <>
      <Textarea
        aria-label="The profile, as YAML"
        autosize
        minRows={10}
        maxRows={40}
        spellCheck={false}
        readOnly={!may}
        value={text}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {masked && may && (
        <p className="warn" style={{ margin: '8px 0 0', fontSize: 14 }}>
          It holds secrets, which are not shown. Put them in place of the stars, or apply it from its file.
        </p>
      )}
      {may && (
        <div className="dialogfoot">
          {planned && <CopySent send={() => applyProfiles(text)} />}
          <span style={{ flex: 1 }} />
          <Button
            variant={planned ? 'default' : 'filled'}
            loading={plan.isPending}
            disabled={masked}
            onClick={() => {
              apply.reset();
              plan.mutate(text);
            }}
          >
            What would it change?
          </Button>
          <Button loading={apply.isPending} disabled={!planned || masked} onClick={() => apply.mutate(text)}>
            Apply
          </Button>
        </div>
      )}
      {plan.isError && <Trouble error={plan.error} />}
      {apply.isError && <Trouble error={apply.error} />}
      {planned && plan.data && <PlanView plan={plan.data} />}
      {plan.data && !planned && <p className="dim">The text was changed since: look again at what it would change.</p>}
    </>
  );
}

function Moves({ profile }: { profile: Profile }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const may = useMay('fleet');
  const [asked, setAsked] = useState<'undo' | 'delete'>();
  const refresh = () => client.invalidateQueries({ queryKey: ['profiles'] });
  const back = () => answer(api.POST('/api/v1/profiles/undo', { body: { profile: profile.name } }));
  const undo = useMutation({
    mutationFn: back,
    onSuccess: ({ items }) => {
      void refresh();
      const [first] = items;
      if (first) void navigate({ to: '/jobs/$id', params: { id: String(first.job) } });
    },
    onError: notifyError,
    onSettled: () => setAsked(undefined),
  });
  const away = () => api.DELETE('/api/v1/profiles/{name}', { params: { path: { name: profile.name } } });
  const remove = useMutation({
    mutationFn: away,
    onSuccess: () => {
      notifyDone(`The profile ${profile.name} holds no more`);
      void navigate({ to: '/profiles' });
      return refresh();
    },
    onError: notifyError,
    onSettled: () => setAsked(undefined),
  });
  if (!may) return null;
  return (
    <span style={{ display: 'flex', gap: 8 }}>
      {profile.job !== undefined && (
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/jobs/$id" params={{ id: String(profile.job) }} {...props} />}
        >
          Its job
        </Button>
      )}
      {profile.job !== undefined && (
        <Button variant="default" onClick={() => setAsked('undo')}>
          Take back…
        </Button>
      )}
      {!profile.deleted && (
        <Button variant="default" className="bad" onClick={() => setAsked('delete')}>
          Delete…
        </Button>
      )}
      <Modal opened={asked === 'undo'} onClose={() => setAsked(undefined)} title={`Take back ${profile.name}?`}>
        <p style={{ marginTop: 0 }}>
          The profile becomes what it was before its last change, and a job brings the devices back to the values that
          they had.
        </p>
        <div className="dialogfoot">
          <CopySent send={back} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(undefined)}>
            Back
          </Button>
          <Button loading={undo.isPending} onClick={() => undo.mutate()}>
            Take it back
          </Button>
        </div>
      </Modal>
      <Modal opened={asked === 'delete'} onClose={() => setAsked(undefined)} title={`Delete ${profile.name}?`}>
        <p style={{ marginTop: 0 }}>
          It holds no more. What it wanted stays on the devices, and its versions are kept. To bring the devices back to
          what they were, take it back instead.
        </p>
        <div className="dialogfoot">
          <CopySent send={away} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(undefined)}>
            Back
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Delete the profile
          </Button>
        </div>
      </Modal>
    </span>
  );
}

function Versions({ versions }: { versions: Profile[] }) {
  if (versions.length < 2) return null;
  return (
    <details style={{ marginTop: 24 }}>
      <summary>What it was before</summary>
      {versions.slice(1).map((version) => (
        <section key={version.version} style={{ margin: '12px 0' }}>
          <p className="dim" style={{ margin: '0 0 6px', fontSize: 13 }}>
            version {version.version}, <Ago time={version.changed} /> by {version.changedBy}
          </p>
          <pre className="code">{version.deleted ? 'deleted' : profileText(version)}</pre>
        </section>
      ))}
    </details>
  );
}
