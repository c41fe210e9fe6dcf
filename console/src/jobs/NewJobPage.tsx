// SPDX-License-Identifier: Apache-2.0
import { Button, Select, Textarea, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { imageQuery } from '../api/images';
import { useKeyOfBody } from '../api/key';
import type { JobBody } from '../api/types';
import { QueryInput } from '../devices/QueryInput';
import { sizeWord } from '../format/size';
import { CopyAs } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { Within } from '../ui/Within';
import {
  bodyOf,
  createCommand,
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
import { Reach } from './Reach';
import { When } from './When';
import './jobs.css';

export function NewJobPage() {
  useDocumentTitle('New job · Pharos');
  const { q = '', firmware } = useSearch({ from: '/jobs/new' });
  const navigate = useNavigate({ from: '/jobs/new' });
  const [draft, setDraft] = useState<JobDraft>(() => emptyDraft(q, firmware));
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
    <Within room="Jobs" back={{ to: '/jobs' }}>
      <Title order={1} size={22} mt={4} mb="md">
        {firmware === undefined ? 'The same to many devices' : 'Upgrade devices'}
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
          <QueryInput
            aria-label="Which devices"
            description="As in the list of devices: words, or conditions; empty for all of them"
            placeholder="model = X and lastSeen < 1h"
            value={draft.query}
            onChange={(query) => change({ query })}
          />
          <Reach query={draft.query} />
        </fieldset>
        {firmware === undefined ? <Steps draft={draft} change={change} /> : <Image id={firmware} />}
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
    </Within>
  );
}

interface PartProps {
  draft: JobDraft;
  change: (part: Partial<JobDraft>) => void;
}

function Steps({ draft, change }: PartProps) {
  return (
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
  );
}

/** The image that the devices are to run, and for whom it is. */
function Image({ id }: { id: number }) {
  const image = useQuery(imageQuery(id));
  return (
    <fieldset>
      <legend>What they are to run</legend>
      {image.isError && <Trouble error={image.error} retry={() => image.refetch()} />}
      {image.data && (
        <p style={{ margin: 0, fontSize: 14, overflowWrap: 'anywhere' }}>
          <strong>
            {image.data.name} {image.data.version}
          </strong>
          , {sizeWord(image.data.size)}
          {image.data.devices && (
            <>
              , for <span className="mono">{image.data.devices}</span>; any other device fails
            </>
          )}
          <br />
          <span className="dim">
            Each fetches it, restarts, and is done when it says {image.data.version} as its software version. One that
            runs it already is left alone.
          </span>
        </p>
      )}
    </fieldset>
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
