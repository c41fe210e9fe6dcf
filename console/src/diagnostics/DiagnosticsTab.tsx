// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../api/rights';
import type { Device, Diagnostic } from '../api/types';
import { Trouble } from '../ui/Trouble';
import { AskForm } from './AskForm';
import { useDiagnose, useDiagnostics, useKinds } from './actions';
import { type Draft, draftOf, requestOf, subjectOf, usualOptions, usualTarget } from './draft';
import { type Kind, kindOf } from './kinds';
import { RunLine } from './RunLine';
import { verdictOf } from './result';
import './diagnostics.css';

/** Measurements from where the device stands: asked for, followed, and looked back at. */
export function DiagnosticsTab({ device }: { device: Device }) {
  const runs = useDiagnostics(device.id);
  const kinds = useKinds(device);
  const may = useMay('change');
  const fleet = useMay('fleet');
  if (runs.isPending) return <Skeleton height={200} radius="lg" mt="md" />;
  if (runs.isError) return <Trouble error={runs.error} retry={() => runs.refetch()} />;
  const { items } = runs.data;
  const usable = (kinds ?? []).filter((kind) => fleet || !kind.delicate);
  const none = kinds && kinds.length === 0 && 'This device has nothing by which it could measure anything.';
  return (
    <div className="diagnostics">
      {none && <p className="dim">{none}</p>}
      {may && usable.length > 0 && <Ask device={device} kinds={usable} runs={items} />}
      <History device={device} runs={items} may={may && device.online} />
    </div>
  );
}

function Ask({ device, kinds, runs }: { device: Device; kinds: Kind[]; runs: Diagnostic[] }) {
  const navigate = useNavigate({ from: '/devices/$id' });
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  const [name, setName] = useState(kinds[0]?.name ?? '');
  const [mine, setMine] = useState<number>();
  const diagnose = useDiagnose(device.id, (run) => {
    setMine(run);
    void navigate({ search: { tab: 'diagnostics', run }, replace: true, resetScroll: false });
  });
  const kind = kinds.find((each) => each.name === name) ?? kinds[0];
  if (!kind) return null;
  const draft = drafts[kind.name] ?? {
    kind: kind.name,
    target: usualTarget(kind, runs, window.location.hostname.replace(/^\[|\]$/g, '')),
    options: usualOptions(kind),
  };
  const told = runs.find((run) => run.id === mine);
  return (
    <>
      <AskForm
        id={device.id}
        kinds={kinds}
        kind={kind}
        draft={draft}
        onKind={setName}
        onDraft={(next) => setDrafts((old) => ({ ...old, [kind.name]: next }))}
        onAsk={(request) => diagnose.mutate(request)}
        asking={diagnose.isPending}
        hindered={device.online ? undefined : 'The device is offline: it can measure when it is back.'}
      />
      <p className="unseen" role="status">
        {told && `${kindOf(told.kind)?.label} of ${subjectOf(told) || 'this server'}: ${verdictOf(told).words}`}
      </p>
    </>
  );
}

function History({ device, runs, may }: { device: Device; runs: Diagnostic[]; may: boolean }) {
  const navigate = useNavigate({ from: '/devices/$id' });
  const { run: open } = useSearch({ from: '/devices/$id' });
  const show = (run: number | undefined) =>
    navigate({ search: { tab: 'diagnostics', ...(run && { run }) }, replace: true, resetScroll: false });
  const again = useDiagnose(device.id, show);
  if (runs.length === 0) {
    return (
      <div className="surface dim" style={{ padding: 30, textAlign: 'center' }}>
        Nothing was measured from here yet. What is measured is kept, the last hundred of each device.
      </div>
    );
  }
  return (
    <ul className="surface runlist" aria-label="What was measured">
      {runs.map((run) => {
        const kind = kindOf(run.kind);
        const request = kind && requestOf(draftOf(run), kind);
        return (
          <RunLine
            key={run.id}
            run={run}
            open={run.id === open}
            onToggle={() => show(run.id === open ? undefined : run.id)}
            onAgain={may && request ? () => again.mutate(request) : undefined}
            mayCancel={may}
          />
        );
      })}
    </ul>
  );
}
