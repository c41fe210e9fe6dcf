// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Chip, Select, Textarea, TextInput, Title } from '@mantine/core';
import { useDebouncedValue, useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { answer, api } from '../api/client';
import { explain } from '../api/problem';
import { previewQuery } from '../api/queries';
import type { JobBody } from '../api/types';
import { count } from '../format/time';
import { CopyAs } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import {
  bodyOf,
  createCommand,
  DAYS,
  emptyDraft,
  type JobDraft,
  STEP_EXAMPLES,
  STEP_HINTS,
  STEP_KINDS,
  STEP_NAMES,
  type StepDraft,
  type StepKind,
  withStep,
  wrongStep,
} from './draft';
import './jobs.css';

export function NewJobPage() {
  useDocumentTitle('New job · Pharos');
  const { q = '' } = useSearch({ from: '/jobs/new' });
  const navigate = useNavigate({ from: '/jobs/new' });
  const [draft, setDraft] = useState<JobDraft>(() => emptyDraft(q));
  const keyOf = useKeyOfBody();
  const change = (part: Partial<JobDraft>) => setDraft((old) => ({ ...old, ...part }));
  const body = bodyOf(draft);
  const create = useMutation({
    mutationFn: (whole: JobBody) =>
      answer(api.POST('/api/v1/jobs', { body: whole, params: { header: { 'Idempotency-Key': keyOf(whole) } } })),
    onSuccess: (job) => navigate({ to: '/jobs/$id', params: { id: String(job.id) } }),
  });
  const command = createCommand(window.location.origin, draft);
  return (
    <div className="page" style={{ paddingTop: 14 }}>
      <nav aria-label="Where you are" style={{ fontSize: 13 }}>
        <Link to="/jobs" className="back">
          <Icon name="left" size={14} /> Jobs
        </Link>
      </nav>
      <Title order={1} size={22} mt={4} mb="md">
        The same to many devices
      </Title>
      <form
        className="jobform"
        onSubmit={(event) => {
          event.preventDefault();
          if (body) create.mutate(body);
        }}
      >
        <fieldset>
          <legend>Which devices</legend>
          <TextInput
            aria-label="Which devices"
            description="As in the list of devices: words, or conditions; empty for all of them"
            placeholder="model = X and lastSeen < 1h"
            value={draft.query}
            onChange={(event) => change({ query: event.currentTarget.value })}
          />
          <Reach draft={draft} />
        </fieldset>
        <fieldset>
          <legend>What is done to each, in this order</legend>
          {draft.steps.map((step, index) => (
            <Step
              key={step.key}
              step={step}
              number={index + 1}
              onChange={(next) => change({ steps: draft.steps.map((old) => (old.key === step.key ? next : old)) })}
              onRemove={
                draft.steps.length > 1
                  ? () => change({ steps: draft.steps.filter((old) => old.key !== step.key) })
                  : undefined
              }
            />
          ))}
          <div>
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<Icon name="plus" size={14} />}
              onClick={() => change({ steps: withStep(draft.steps) })}
            >
              And then
            </Button>
          </div>
        </fieldset>
        <When draft={draft} change={change} />
        {create.isError && <Trouble error={create.error} />}
        <div className="dialogfoot">
          {command && <CopyAs command={command} />}
          <span style={{ flex: 1 }} />
          <Button renderRoot={(props) => <Link to="/jobs" {...props} />} variant="default">
            Back
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!body}>
            {draft.startAt || draft.windowed ? 'Make the job' : 'Start the job'}
          </Button>
        </div>
      </form>
    </div>
  );
}

/** One key for the same body, so that what is sent again after a lost answer makes one job. */
function useKeyOfBody(): (body: JobBody) => string {
  const last = useRef({ text: '', key: '' });
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current.text !== text) {
      const random = () => Math.random().toString(36).slice(2);
      last.current = { text, key: `console-${random()}${random()}` };
    }
    return last.current.key;
  };
}

/** Whom it would concern now, asked of the server while it is typed. */
function Reach({ draft }: { draft: JobDraft }) {
  const [query] = useDebouncedValue(draft.query.trim(), 300);
  // the devices do not depend on the steps; these stand in while none is whole
  const probe: JobBody = { query, steps: [{ get: { paths: ['Device.DeviceInfo.'], maxDepth: 0 } }] };
  const preview = useQuery({ ...previewQuery(probe), placeholderData: (old) => old });
  if (preview.isError) {
    return (
      <p className="bad" role="status" style={{ margin: 0, fontSize: 14 }}>
        {explain(preview.error).detail}
      </p>
    );
  }
  if (!preview.data) return <p style={{ margin: 0, height: 22 }} />;
  const { devices, online, first } = preview.data;
  const more = devices - first.length;
  return (
    <p role="status" style={{ margin: 0, fontSize: 14 }}>
      <strong>{count(devices, 'device')}</strong> now,{' '}
      <span className="good">{online.toLocaleString('en')} online</span>
      {first.length > 0 && (
        <span className="dim" style={{ overflowWrap: 'anywhere' }}>
          {' '}
          · {first.slice(0, 5).join(', ')}
          {more + Math.max(0, first.length - 5) > 0 && ' …'}
        </span>
      )}
    </p>
  );
}

interface StepProps {
  step: StepDraft;
  number: number;
  onChange: (step: StepDraft) => void;
  onRemove: (() => void) | undefined;
}

function Step({ step, number, onChange, onRemove }: StepProps) {
  const wrong = wrongStep(step);
  const [left, setLeft] = useState(false);
  return (
    <div className="jobstep">
      <Select
        aria-label={`Step ${number}`}
        allowDeselect={false}
        value={step.kind}
        onChange={(kind) => onChange({ ...step, kind: (kind as StepKind | null) ?? 'get' })}
        data={STEP_KINDS.map((kind) => ({ value: kind, label: STEP_NAMES[kind] }))}
      />
      <Textarea
        className="jobwide"
        aria-label={`${STEP_NAMES[step.kind]}, step ${number}`}
        autosize
        minRows={2}
        maxRows={12}
        placeholder={STEP_EXAMPLES[step.kind]}
        description={STEP_HINTS[step.kind]}
        error={left && step.text.trim() ? wrong : undefined}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        spellCheck={false}
        value={step.text}
        onBlur={() => setLeft(true)}
        onChange={(event) => onChange({ ...step, text: event.currentTarget.value })}
      />
      <Button
        variant="subtle"
        color="gray"
        px={8}
        aria-label={`Remove step ${number}`}
        disabled={!onRemove}
        onClick={onRemove}
      >
        <Icon name="trash" size={16} />
      </Button>
    </div>
  );
}

function When({ draft, change }: { draft: JobDraft; change: (part: Partial<JobDraft>) => void }) {
  return (
    <fieldset>
      <legend>When, and how fast</legend>
      <div className="jobpace">
        <TextInput
          label="Not before"
          type="datetime-local"
          value={draft.startAt}
          onChange={(event) => change({ startAt: event.currentTarget.value })}
        />
        <TextInput
          label="Devices a minute, at most"
          inputMode="numeric"
          placeholder="no bound"
          value={draft.perMinute}
          error={/^\d*$/.test(draft.perMinute.trim()) ? undefined : 'A number'}
          onChange={(event) => change({ perMinute: event.currentTarget.value })}
        />
        <TextInput
          label="Tries again where it may pass"
          inputMode="numeric"
          value={draft.retries}
          error={/^\d*$/.test(draft.retries.trim()) ? undefined : 'A number'}
          onChange={(event) => change({ retries: event.currentTarget.value })}
        />
        <TextInput
          label="Name"
          maxLength={200}
          placeholder="what the first step does"
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
      </div>
      <Checkbox
        label="Only at certain hours, by each device’s own clock"
        checked={draft.windowed}
        onChange={(event) => change({ windowed: event.currentTarget.checked })}
      />
      {draft.windowed && (
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, alignItems: 'end' }}>
          <TextInput
            label="From"
            type="time"
            required
            value={draft.from}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <TextInput
            label="To"
            type="time"
            required
            value={draft.to}
            onChange={(event) => change({ to: event.currentTarget.value })}
          />
          <Chip.Group multiple value={draft.days} onChange={(days) => change({ days })}>
            <span style={{ display: 'flex', flexWrap: 'wrap', gap: 6 }} role="group" aria-label="Days; all where none">
              {DAYS.map((day) => (
                <Chip key={day} value={day} size="xs" variant="outline">
                  {day}
                </Chip>
              ))}
            </span>
          </Chip.Group>
        </div>
      )}
    </fieldset>
  );
}
