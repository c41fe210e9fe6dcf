// SPDX-License-Identifier: Apache-2.0
import { Button, SegmentedControl, Title } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { twinQuery } from '../api/queries';
import type { Device } from '../api/types';
import { useRead } from '../datamodel/actions';
import { Ago } from '../ui/Ago';
import { Icon } from '../ui/Icon';
import { Drawing } from './Drawing';
import {
  type Branch,
  type Home,
  homeOf,
  type Member,
  rateText,
  sentenceOf,
  signalText,
  titleOf,
  toneOf,
} from './model';
import './homemap.css';

/** Narrower than this, lines between names could not be told apart: it is a list then. */
const DRAWN_FROM = 620;
/** What the home is made of. */
const SOURCES = ['Device.WiFi.', 'Device.Hosts.', 'Device.Ethernet.', 'Device.ProxiedDevice.'];

/** Who is at home, on what, and how well it is heard. */
export function HomeMap({ device }: { device: Device }) {
  const twin = useQuery({
    ...twinQuery(device.id),
    select: ({ items }) => ({ home: homeOf(items), sources: sourcesIn(items) }),
  });
  const read = useRead(device.id);
  const [asTable, setAsTable] = useState(false);
  const { ref, width } = useElementSize();
  const { home, sources } = twin.data ?? { home: { branches: [], asOf: '' }, sources: [] };
  if (home.branches.length === 0) return null;
  return (
    <section className="surface homemap" aria-label="The home">
      <div className="homehead">
        <Title order={2} size={15}>
          The home
        </Title>
        <span className="dim homeage">
          {home.asOf && (
            <>
              as of <Ago time={home.asOf} />
              {!device.online && ', before it went offline'}
            </>
          )}
        </span>
        <span style={{ flex: 1 }} />
        <SegmentedControl
          size="xs"
          aria-label="How the home is shown"
          value={asTable ? 'table' : 'map'}
          onChange={(next) => setAsTable(next === 'table')}
          data={[
            { value: 'map', label: 'Map' },
            { value: 'table', label: 'Table' },
          ]}
        />
        {device.online && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Icon name="refresh" size={14} />}
            loading={read.isPending}
            onClick={() => read.mutate(sources)}
          >
            Ask it now
          </Button>
        )}
      </div>
      <p className="homesentence">{sentenceOf(home)}</p>
      <div ref={ref}>
        {asTable && <HomeTable id={device.id} home={home} />}
        {!asTable && width >= DRAWN_FROM && <Drawing device={device} home={home} width={width} />}
        {!asTable && width > 0 && width < DRAWN_FROM && <HomeList id={device.id} home={home} />}
      </div>
    </section>
  );
}

const sourcesIn = (items: { path: string }[]): string[] =>
  SOURCES.filter((source) => items.some(({ path }) => path.startsWith(source)));

function ToRow({ id, path, children }: { id: string; path: string; children: ReactNode }) {
  return (
    <Link to="/devices/$id" params={{ id }} search={{ tab: 'model', path }}>
      {children}
    </Link>
  );
}

function Named({ id, branch }: { id: string; branch: Branch }) {
  return branch.path ? (
    <ToRow id={id} path={branch.path}>
      {branch.name}
    </ToRow>
  ) : (
    branch.name
  );
}

function Signal({ member }: { member: Member }) {
  return signalText(member) ? <span className={toneOf(member)}>{signalText(member)}</span> : '–';
}

function HomeList({ id, home }: { id: string; home: Home }) {
  return (
    <ul className="homelist" aria-label="Who is on what">
      {home.branches.map((branch) => (
        <li key={branch.path}>
          <div>
            <Named id={id} branch={branch} /> <span className="dim">{branch.detail}</span>
          </div>
          {branch.members.length > 0 && (
            <ul>
              {branch.members.map((member) => (
                <li key={member.path}>
                  <span className={`dot ${toneOf(member)}`} aria-hidden="true" />
                  <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                    <ToRow id={id} path={member.path}>
                      {titleOf(member)}
                    </ToRow>
                    {signalText(member) && (
                      <span className={`homesignal ${toneOf(member)}`}>
                        {signalText(member)} {rateText(member.down)}
                      </span>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

function HomeTable({ id, home }: { id: string; home: Home }) {
  const lines = home.branches.flatMap((branch) => branch.members.map((member) => ({ branch, member })));
  return (
    // a table of many columns is pushed sideways on a phone, also by keyboard
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="hometable" aria-label="The home as a table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {[
              'Name',
              'On',
              'Network',
              'Signal, or what it says',
              'To it',
              'From it',
              'Address',
              'Hardware',
              'As of',
            ].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ branch, member }) => (
            <tr key={member.path}>
              <th scope="row">
                <ToRow id={id} path={member.path}>
                  {titleOf(member)}
                </ToRow>
              </th>
              <td>{branch.name}</td>
              <td>{member.network || '–'}</td>
              <td>
                <Signal member={member} />
              </td>
              <td>{rateText(member.down) || '–'}</td>
              <td>{rateText(member.up) || '–'}</td>
              <td className="mono">{member.ip || '–'}</td>
              <td className="mono">{member.mac || '–'}</td>
              <td>{member.asOf ? <Ago time={member.asOf} /> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
