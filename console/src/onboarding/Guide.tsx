// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Checkbox, SegmentedControl, Select, Skeleton, TextInput, Title } from '@mantine/core';
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { summaryQuery } from '../api/queries';
import type { Summary } from '../api/types';
import { copyText } from '../ui/clipboard';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { configurationOf, fits, hasBroker, placeOf, remarksOf, type Wanted } from './configuration';
import { faultOf, USUAL_ID } from './endpointId';
import type { Kind, OnboardSearch } from './search';
import { Watch } from './Watch';
import { isLoopback, usualHost, type Way, waysOf } from './ways';
import './onboarding.css';

const KIND_NAMES: Record<Kind, string> = {
  agent: 'Pharos’ agent, on a host',
  simulated: 'A simulated gateway',
  obuspa: 'obuspa',
  prplos: 'prplOS or OpenWrt',
};

const TYPED_MS = 400;

interface Props {
  draft: OnboardSearch;
  onDraft: (draft: OnboardSearch) => void;
}

/** From nothing to a device that is managed: what it is, how it comes, what it must be told, and how far it is. */
export function Guide({ draft, onDraft }: Props) {
  const summary = useQuery(summaryQuery);
  if (summary.isPending) return <Skeleton height={320} radius="lg" />;
  if (summary.isError) return <Trouble error={summary.error} retry={() => summary.refetch()} />;
  const ways = waysOf(summary.data.listeners);
  if (ways.length === 0) {
    return (
      <section className="surface guide">
        <p style={{ margin: 0 }}>
          This server listens for no device of USP: start it with one of --ws, --wss, --mqtt, --mqtts, --stomp or
          --stomps.
        </p>
        <Acs listeners={summary.data.listeners} />
      </section>
    );
  }
  return <Steps draft={draft} onDraft={onDraft} summary={summary.data} ways={ways} />;
}

function Steps({ draft, onDraft, summary, ways }: Props & { summary: Summary; ways: Way[] }) {
  const narrow = useMediaQuery('(max-width: 720px)', false, { getInitialValueInEffect: false });
  const change = (part: OnboardSearch) => onDraft({ ...draft, ...part });
  const kind = draft.kind ?? 'agent';
  const fitting = ways.filter((way) => fits(kind, way));
  const way = fitting.find((each) => each.name === draft.way) ?? fitting[0];
  const id = draft.id ?? USUAL_ID[kind];
  const fault = faultOf(id);
  const [settled] = useDebouncedValue(id, TYPED_MS);
  const wanted: Wanted | undefined = way && {
    kind,
    id,
    way,
    host: draft.at ?? usualHost(way, window.location.hostname),
    controller: summary.endpointId,
    login: draft.login ?? !isLoopback(way.host),
  };
  return (
    <section className="surface guide" aria-label="Connect a device">
      <Step number={1} title="What is it?">
        <Select
          label="What runs on it"
          allowDeselect={false}
          data={Object.entries(KIND_NAMES).map(([value, label]) => ({ value, label }))}
          value={kind}
          onChange={(next) => next && change({ kind: next as Kind })}
        />
        <TextInput
          label="Its Endpoint ID"
          description="Who it is, for ever: os::, the maker’s OUI, a hyphen, the serial number"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          spellCheck={false}
          autoComplete="off"
          error={fault}
          value={id}
          onChange={(event) => change({ id: event.currentTarget.value })}
        />
      </Step>
      <Step number={2} title="How does it come?">
        {wanted ? (
          <>
            <div>
              <span className="guidelabel" id="guide-way">
                Over
              </span>
              <SegmentedControl
                aria-labelledby="guide-way"
                orientation={narrow && fitting.length > 3 ? 'vertical' : 'horizontal'}
                fullWidth={narrow}
                value={wanted.way.name}
                onChange={(next) => change({ way: next, at: undefined })}
                data={fitting.map(({ name, label }) => ({ value: name, label }))}
              />
            </div>
            {wanted.way.protocol !== 'uds' && (
              <TextInput
                label="Where it finds this server"
                description={`A name or address by which the device reaches port ${wanted.way.port}`}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                spellCheck={false}
                autoComplete="off"
                value={wanted.host}
                onChange={(event) => change({ at: event.currentTarget.value.trim() })}
              />
            )}
            {hasBroker(wanted.way) && (
              <Checkbox
                label="The broker asks for a login"
                checked={wanted.login}
                onChange={(event) => change({ login: event.currentTarget.checked })}
              />
            )}
          </>
        ) : (
          <p className="dim" style={{ margin: 0 }}>
            Not over what this server listens on.
          </p>
        )}
        <Acs listeners={summary.listeners} />
      </Step>
      <Step number={3} title="What must it be told?">
        {wanted && !fault && wanted.host !== '' ? (
          <Told wanted={wanted} />
        ) : (
          <p className="dim" style={{ margin: 0 }}>
            It stands here once the above is right.
          </p>
        )}
      </Step>
      <Step number={4} title="How far is it?">
        {faultOf(settled) === undefined ? (
          <Watch key={settled} id={settled} />
        ) : (
          <p className="dim" style={{ margin: 0 }}>
            It is looked for once its Endpoint ID is right.
          </p>
        )}
      </Step>
    </section>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <div className="guidestep">
      <Title order={2} size={16} className="guidetitle">
        <span className="guidenumber" aria-hidden="true">
          {number}
        </span>
        {title}
      </Title>
      <div className="guidebody">{children}</div>
    </div>
  );
}

function Told({ wanted }: { wanted: Wanted }) {
  const text = configurationOf(wanted);
  const { title, command } = placeOf(wanted);
  const remarks = remarksOf(wanted);
  return (
    <>
      <Copied title={title} text={text} />
      {command && <Copied title="Then" text={command} />}
      {remarks.length > 0 && (
        <ul className="remarks">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Copied({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <span className="guidelabel">{title}</span>
      <div style={{ display: 'flex', gap: 8, alignItems: 'start' }}>
        <pre className="code" style={{ flex: 1, minWidth: 0 }}>
          {text}
        </pre>
        <ActionIcon variant="default" size={38} aria-label={`Copy: ${title}`} onClick={() => copyText(text, 'Text')}>
          <Icon name="copy" size={16} />
        </ActionIcon>
      </div>
    </div>
  );
}

/** Devices of TR-069 are told one address, and need no guide. */
function Acs({ listeners }: { listeners: Summary['listeners'] }) {
  const url = listeners.cwmps ?? listeners.cwmp;
  if (!url) return null;
  return (
    <p className="dim" style={{ margin: 0, fontSize: 13 }}>
      A device of TR-069 needs its ACS URL only: <span className="mono">{url}</span>. It comes into the list by itself.
    </p>
  );
}
