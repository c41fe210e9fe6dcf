// SPDX-License-Identifier: Apache-2.0
import { Button, PasswordInput, Skeleton, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { jobQuery } from '../api/queries';
import type { SwapSetting, SwapView } from '../api/types';
import { OtherDevice } from '../device/OtherDevice';
import { Ago } from '../ui/Ago';
import { notifyError } from '../ui/notify';
import { Trouble } from '../ui/Trouble';
import { type Course as JobCourse, shown, stateOf, wrongKey } from './model';
import '../compare/compare.css';
import { CopySent } from '../ui/CopyAs';

const LOOKS_AGAIN_MS = 1_500;

/** Another router in the place of this one: what goes over, and how far it is. */
export function SwapTab({ id }: { id: string }) {
  const { with: other = '' } = useSearch({ from: '/devices/$id' });
  const navigate = useNavigate({ from: '/devices/$id' });
  return (
    <>
      <Title order={2} size={17} mt="md">
        Replace this router
      </Title>
      <div className="comparebar">
        <OtherDevice
          id={id}
          other={other}
          onOther={(chosen) => navigate({ search: { tab: 'replace', with: chosen }, resetScroll: false })}
          label="The new router"
        />
      </div>
      {other ? (
        <Swap key={other} old={id} now={other} />
      ) : (
        <p className="surface dim" style={{ padding: 30, textAlign: 'center', margin: 0 }}>
          Choose the router that takes its place, by its serial number for example: what is personal here is shown
          beside what it has. Nothing is done until you say so.
        </p>
      )}
    </>
  );
}

function Swap({ old, now }: { old: string; now: string }) {
  const client = useQueryClient();
  const [wifiKey, setWifiKey] = useState('');
  const [guestKey, setGuestKey] = useState('');
  const [begun, setBegun] = useState<SwapView>();
  const keys = {
    ...(wifiKey && !wrongKey(wifiKey) && { wifiKey }),
    ...(guestKey && !wrongKey(guestKey) && { guestKey }),
  };
  const request = { params: { path: { id: now }, query: { from: old } } };
  const [settled] = useDebouncedValue(keys, 300);
  const job = useQuery({ ...jobQuery(begun?.job ?? 0), enabled: begun?.job !== undefined });
  const ended = begun !== undefined && (begun.job === undefined || job.data?.ended !== undefined);
  const [back, setBack] = useState<number>();
  const course: JobCourse = !ended
    ? 'under way'
    : begun.job === undefined || job.data?.progress.done === 1
      ? 'done'
      : 'not whole';
  const plan = useQuery({
    // of the keys only which are there: none of them is kept with what was answered
    queryKey: ['swap', old, now, Object.keys(settled).join(), ended],
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
    refetchInterval: begun && !(ended && back === undefined) ? LOOKS_AGAIN_MS : false,
    queryFn: ({ signal }) => answer(api.POST('/api/v1/devices/{id}/swap-plan', { ...request, body: settled, signal })),
  });
  const send = () => answer(api.POST('/api/v1/devices/{id}/swap', { ...request, body: keys }));
  const begin = useMutation({
    mutationFn: send,
    onSuccess: (made) => {
      setBegun(made);
      client.invalidateQueries({ queryKey: ['device'] });
    },
    onError: notifyError,
  });
  const sendUndo = () =>
    answer(
      api.POST('/api/v1/devices/{id}/swap-undo', {
        params: { path: { id: now } },
        body: { job: begun?.job ?? 0 },
      }),
    );
  const undo = useMutation({
    mutationFn: sendUndo,
    onSuccess: ({ id }) => setBack(id),
    onError: notifyError,
  });
  if (plan.isError) return <Trouble error={plan.error} retry={() => plan.refetch()} />;
  if (!plan.data) return <Skeleton height={240} radius="lg" />;
  return (
    <>
      <p className="comparenote" role="status">
        {plan.data.detail}
        {!plan.data.from.online && (
          <>
            {' '}
            The old router is away; what stands here is from <Ago time={plan.data.from.lastSeen} />.
          </>
        )}
      </p>
      {!begun && (
        <form
          className="comparebar"
          onSubmit={(event) => {
            event.preventDefault();
            begin.mutate();
          }}
        >
          <PasswordInput
            label="Wi-Fi key for the new router"
            description="None can be read from the old one. Empty leaves the new router its own."
            value={wifiKey}
            error={wrongKey(wifiKey)}
            onChange={(event) => setWifiKey(event.currentTarget.value)}
            autoComplete="new-password"
            style={{ flex: '1 1 260px' }}
          />
          <PasswordInput
            label="Key of the network of guests"
            description="The same for further networks."
            value={guestKey}
            error={wrongKey(guestKey)}
            onChange={(event) => setGuestKey(event.currentTarget.value)}
            autoComplete="new-password"
            style={{ flex: '1 1 260px' }}
          />
          <Button
            type="submit"
            loading={begin.isPending}
            disabled={Boolean(wrongKey(wifiKey)) || Boolean(wrongKey(guestKey))}
          >
            Replace it
          </Button>
          <CopySent send={send} />
        </form>
      )}
      {begun && (
        <Course
          begun={begun}
          ended={ended}
          undone={back}
          busy={undo.isPending}
          onUndo={() => undo.mutate()}
          sendUndo={sendUndo}
        />
      )}
      <Settings settings={plan.data.settings} begun={back === undefined ? begun : undefined} course={course} />
      {!begun && (plan.data.tags.length > 0 || plan.data.attributes.length > 0) && (
        <p className="dim comparenote" style={{ marginTop: 10 }}>
          {`Tags and notes that go over, where you may manage the fleet: ${[...plan.data.tags, ...plan.data.attributes].join(', ')}.`}
        </p>
      )}
    </>
  );
}

interface CourseProps {
  begun: SwapView;
  ended: boolean;
  undone: number | undefined;
  busy: boolean;
  onUndo: () => void;
  sendUndo: () => Promise<unknown>;
}

/** What was begun, and the way back. */
function Course({ begun, ended, undone, busy, onUndo, sendUndo }: CourseProps) {
  return (
    <div className="comparebar">
      <span role="status">
        {begun.job === undefined
          ? 'Nothing had to be set.'
          : ended
            ? 'It has ended.'
            : 'It is being set, also when nobody looks.'}
        {begun.recorded ? ' The old router is retired.' : ' Tags and notes stayed where they are.'}
      </span>
      {begun.job !== undefined && (
        <Link to="/jobs/$id" params={{ id: String(begun.job) }}>
          {`Job ${begun.job}`}
        </Link>
      )}
      {begun.job !== undefined &&
        ended &&
        (undone === undefined ? (
          <>
            <Button variant="default" size="compact-md" loading={busy} onClick={onUndo}>
              Take it back
            </Button>
            <CopySent send={sendUndo} />
          </>
        ) : (
          <Link to="/jobs/$id" params={{ id: String(undone) }}>
            {`Job ${undone} takes it back`}
          </Link>
        ))}
    </div>
  );
}

function Settings({
  settings,
  begun,
  course,
}: {
  settings: SwapSetting[];
  begun: SwapView | undefined;
  course: JobCourse;
}) {
  if (settings.length === 0) return null;
  return (
    // a wide table is pushed sideways on a phone, also by keyboard
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="surface comparetable" aria-label="Settings of both routers" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">This router</th>
            <th scope="col">The new one</th>
            <th scope="col">How it stands</th>
          </tr>
        </thead>
        <tbody>
          {settings.map((setting) => {
            const { word, tone } = stateOf(setting, begun, course);
            return (
              <tr key={setting.id}>
                <th scope="row">{setting.name}</th>
                <td title={setting.old.path}>{shown(setting, 'old')}</td>
                <td title={setting.now?.path}>{shown(setting, 'now')}</td>
                <td>
                  <span className="tag" data-tone={tone}>
                    {word}
                  </span>
                  {setting.why && <span className="dim">{` ${setting.why}`}</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
