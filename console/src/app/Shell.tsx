// SPDX-License-Identifier: Apache-2.0
import { Menu, Modal, Skeleton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { Suspense, useState, useSyncExternalStore } from 'react';
import { useLiveCache, useStreamState } from '../api/live';
import { sessionQuery, signOut, summaryQuery } from '../api/queries';
import { useMay } from '../api/rights';
import { chooseZone, chosenZone, onZone } from '../format/zone';
import { Icon, Lighthouse } from '../ui/Icon';
import { later } from '../ui/later';
import { notifyDone, notifyError } from '../ui/notify';

const Palette = later(() => import('./Palette'), 'Palette');
const TimeZoneForm = later(() => import('./TimeZoneForm'), 'TimeZoneForm');
const PasswordForm = later(() => import('./PasswordForm'), 'PasswordForm');
const Passkeys = later(() => import('../passkeys/Passkeys'), 'Passkeys');

export function useToggleScheme(): [scheme: 'light' | 'dark', toggle: () => void] {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  return [scheme, () => setColorScheme(scheme === 'dark' ? 'light' : 'dark')];
}

const useChosenZone = () => useSyncExternalStore(onZone, chosenZone);

const STREAM_WORDS = { connecting: 'Connecting', live: 'Live', down: 'Not live' } as const;

function LiveMark() {
  const state = useStreamState();
  return (
    <output className="live" data-state={state} title={state === 'down' ? 'The stream broke; trying again' : undefined}>
      <span className="dot" />
      <span className="wide">{STREAM_WORDS[state]}</span>
      <span className="unseen">{STREAM_WORDS[state]}</span>
    </output>
  );
}

/** The frame of every page: where to go, how to find, who is here. */
export function Shell() {
  useLiveCache();
  const [scheme, toggle] = useToggleScheme();
  const mayPeople = useMay('people');
  const mayAudit = useMay('audit');
  const mayFleet = useMay('fleet');
  const zone = useChosenZone();
  return (
    <>
      <a href="#content" className="skip">
        To the content
      </a>
      <header className="bar">
        <Link to="/" className="brand" aria-label="Pharos, what needs a look">
          <Lighthouse />
          <span>Pharos</span>
        </Link>
        <nav aria-label="Pages" style={{ display: 'flex', gap: 4 }}>
          <Link to="/" className="navlink" activeOptions={{ exact: true }}>
            Today
          </Link>
          <Link to="/devices" className="navlink">
            Devices
          </Link>
          <Link to="/alarms" className="navlink">
            Alarms
          </Link>
          <Link to="/jobs" className="navlink">
            Jobs
          </Link>
          <Link to="/campaigns" className="navlink">
            Campaigns
          </Link>
          <Link to="/profiles" className="navlink">
            Profiles
          </Link>
          <Link to="/firmware" className="navlink">
            Firmware
          </Link>
          <Link to="/events" className="navlink">
            Events
          </Link>
          <Link to="/refused" className="navlink">
            Refused
          </Link>
          {(mayPeople || mayAudit || mayFleet) && (
            <Link to="/admin" className="navlink">
              Admin
            </Link>
          )}
        </nav>
        <span style={{ flex: 1 }} />
        <span className="asof">
          <LiveMark />
          {zone && <ZoneMark zone={zone} />}
        </span>
        <button
          type="button"
          className="barbutton"
          onClick={spotlight.open}
          aria-label="Find anything"
          aria-keyshortcuts="Control+K"
        >
          <Icon name="search" size={16} />
          <span className="wide">Find</span>
          <kbd className="wide" data-keys="Ctrl K" />
        </button>
        <button
          type="button"
          className="barbutton"
          onClick={toggle}
          aria-label={scheme === 'dark' ? 'Use light colours' : 'Use dark colours'}
        >
          <Icon name={scheme === 'dark' ? 'sun' : 'moon'} size={16} />
        </button>
        <UserMenu />
      </header>
      <main id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <Outlet key={zone} />
      </main>
      <Suspense>
        <Palette />
      </Suspense>
    </>
  );
}

/** Where times are not the browser's, so that nobody takes them for that: how far they are from UTC, for which there is room. */
function ZoneMark({ zone }: { zone: string }) {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts();
  return (
    <span className="zonemark" title={`Times are shown in ${zone}`}>
      {parts.find(({ type }) => type === 'timeZoneName')?.value}
    </span>
  );
}

function UserMenu() {
  const client = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const { data: summary } = useQuery(summaryQuery);
  const { setColorScheme } = useMantineColorScheme();
  const [own, setOwn] = useState<'password' | 'passkeys' | 'zone'>();
  const close = () => setOwn(undefined);
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => client.setQueryData(sessionQuery.queryKey, null),
    onError: notifyError,
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <button type="button" className="barbutton" aria-label={`Signed in as ${session?.user ?? ''}`}>
            {(session?.user ?? '?').slice(0, 1).toUpperCase()}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {session?.user}, {session?.role}, on <span className="mono">{summary?.endpointId}</span>
            {session?.scope && (
              <div>
                sees only <span className="mono">{session.scope}</span>
              </div>
            )}
            {session?.changes && (
              <div>
                changes only <span className="mono">{session.changes.join(', ')}</span>
              </div>
            )}
          </Menu.Label>
          {session?.byPassword && (
            <>
              <Menu.Item onClick={() => setOwn('password')}>Change your password…</Menu.Item>
              <Menu.Item onClick={() => setOwn('passkeys')}>Your passkeys…</Menu.Item>
            </>
          )}
          <Menu.Item onClick={() => setOwn('zone')}>Time zone…</Menu.Item>
          <Menu.Item onClick={() => setColorScheme('auto')}>Colours as the system has them</Menu.Item>
          <Menu.Item component="a" href="/api/openapi.json" target="_blank" rel="noreferrer">
            REST interface (OpenAPI)
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name="out" size={16} />} onClick={() => leave.mutate()}>
            Sign out
          </Menu.Item>
          <Menu.Label>Pharos {summary?.version}</Menu.Label>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={own === 'passkeys'} onClose={close} title="Your passkeys">
        <Suspense fallback={<Skeleton height={250} />}>
          <Passkeys user={session?.user ?? ''} />
        </Suspense>
      </Modal>
      <Modal opened={own === 'zone'} onClose={close} title="Time zone">
        <Suspense fallback={<Skeleton height={170} />}>
          <TimeZoneForm
            onChosen={(zone) => {
              close();
              chooseZone(zone);
            }}
          />
        </Suspense>
      </Modal>
      <Modal opened={own === 'password'} onClose={close} title="Change your password">
        <Suspense fallback={<Skeleton height={250} />}>
          <PasswordForm
            user={session?.user ?? ''}
            oldLabel="The password before"
            onDone={() => {
              close();
              notifyDone('Your password is changed; your other sessions have ended');
            }}
          />
        </Suspense>
      </Modal>
    </>
  );
}
