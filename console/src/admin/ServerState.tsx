// SPDX-License-Identifier: Apache-2.0
import { Alert, Skeleton, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import type { SystemState } from '../api/types';
import { sizeWord } from '../format/size';
import { Ago } from '../ui/Ago';
import { Trouble } from '../ui/Trouble';
import { heldBackWords, queueWords } from './serverWords';
import './server.css';

const stateQuery = queryOptions({
  queryKey: ['system'],
  refetchInterval: 15_000,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/system', { signal })),
});

/** How the server is, what is wrong with it first. */
export function ServerState() {
  const state = useQuery(stateQuery);
  if (state.isPending) return <Skeleton height={240} radius="lg" mt="md" />;
  if (state.isError) return <Trouble error={state.error} retry={() => state.refetch()} />;
  return <Shown state={state.data} />;
}

function Shown({ state }: { state: SystemState }) {
  const { database, disk, memory, rates } = state;
  return (
    <>
      {state.troubles.length > 0 ? (
        <Alert
          color="orange"
          variant="light"
          title={
            // orange upon orange is too faint to be read by everybody
            <Text span inherit c="var(--mantine-color-text)">
              To be seen to
            </Text>
          }
          role="status"
          my="md"
        >
          <ul className="troubles">
            {state.troubles.map((trouble) => (
              <li key={trouble}>{trouble}</li>
            ))}
          </ul>
        </Alert>
      ) : (
        <p role="status">All is well with the server.</p>
      )}
      <div className="servercards">
        <section className="surface servercard" aria-labelledby="server-itself">
          <h2 id="server-itself">Server</h2>
          <dl className="facts">
            <Fact name="Version">{state.version}</Fact>
            <Fact name="Java">{state.java}</Fact>
            <Fact name="Started">
              <Ago time={state.started} />
            </Fact>
            <Fact name="Endpoint ID">{state.endpointId}</Fact>
            <Fact name="Memory">
              {sizeWord(memory.used)} of at most {sizeWord(memory.most)}
            </Fact>
            <Fact name="Disk">
              {sizeWord(disk.free)} of {sizeWord(disk.size)} free
            </Fact>
            <Fact name="Last backup">{state.lastBackup ? <Ago time={state.lastBackup} /> : 'never'}</Fact>
          </dl>
        </section>
        <section className="surface servercard" aria-labelledby="server-database">
          <h2 id="server-database">Database</h2>
          {database.up ? (
            <dl className="facts">
              <Fact name="PostgreSQL">
                {database.version} {database.own && 'of the server’s own'}
              </Fact>
              <Fact name="Size">{sizeWord(database.bytes ?? 0)}</Fact>
              <Fact name="Schema">{database.schema}</Fact>
              <Fact name="Connections">
                {database.connections} of {database.mostConnections} in use
              </Fact>
            </dl>
          ) : (
            <p>It does not answer.</p>
          )}
        </section>
        <Card title="Waiting" empty="Nothing waits." items={state.queues.filter((queue) => queue.waiting > 0)}>
          {(queue) => (
            <li key={queue.name}>
              {queueWords(queue)}
              {queue.oldest && (
                <span className="dim">
                  {' '}
                  · the first <Ago time={queue.oldest} />
                </span>
              )}
            </li>
          )}
        </Card>
        <Card title="Listeners" empty="Nothing listens." items={state.listeners}>
          {({ name, address, certificate }) => (
            <li key={name}>
              <strong>{name}</strong> <span className="mono">{address}</span>
              {certificate && (
                <span className="dim">
                  {certificate.subject}, until {certificate.until.slice(0, 10)}
                </span>
              )}
            </li>
          )}
        </Card>
        <Card title="Brokers" empty="No broker stands between the server and devices." items={state.brokers}>
          {({ name, up }) => (
            <li key={name}>
              <strong>{name}</strong>{' '}
              <span className="tag" data-tone={up ? 'good' : 'bad'}>
                {up ? 'our session stands' : 'no session'}
              </span>
            </li>
          )}
        </Card>
        <Card title="Sign-in" empty="By password, passkey and token; by no OpenID provider." items={state.providers}>
          {({ label, issuer, trouble }) => (
            <li key={issuer}>
              <strong>{label}</strong>{' '}
              <span className="tag" data-tone={trouble ? 'bad' : 'good'}>
                {trouble ? 'nobody can sign in' : 'answers'}
              </span>
              <span className="dim">{trouble ?? issuer}</span>
            </li>
          )}
        </Card>
        <Card title="Held back" empty="Nobody has asked too often." items={state.limited}>
          {(limited) => (
            <li key={limited.of + limited.who}>
              <strong>{limited.who}</strong> {heldBackWords(limited)}
              <span className="dim">
                {' '}
                · <Ago time={limited.last} />
              </span>
            </li>
          )}
        </Card>
        <section className="surface servercard" aria-labelledby="server-limits">
          <h2 id="server-limits">Limits of one</h2>
          <dl className="facts">
            <Fact name="Requests">{rates.requests ?? 'none'}</Fact>
            <Fact name="Heavy ones">{rates.heavy ?? 'none'}</Fact>
            <Fact name="Not signed in">{rates.unknown ?? 'none'}</Fact>
            <Fact name="Streams">
              {rates.streams}; {state.openStreams} of all are open
            </Fact>
          </dl>
        </section>
      </div>
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Card<Item>({
  title,
  empty,
  items,
  children,
}: {
  title: string;
  empty: string;
  items: Item[];
  children: (item: Item) => React.ReactNode;
}) {
  const id = `server-${title.toLowerCase().replace(/\W/g, '-')}`;
  return (
    <section className="surface servercard" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {items.length === 0 ? <p className="dim">{empty}</p> : <ul className="serverlist">{items.map(children)}</ul>}
    </section>
  );
}
