// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, Skeleton, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../api/client';
import { isOpen, jobQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Job } from '../api/types';
import { count, exact } from '../format/time';
import { Icon } from '../ui/Icon';
import { notifyError } from '../ui/notify';
import { RoomHead } from '../ui/RoomHead';
import { Trouble } from '../ui/Trouble';
import { Within } from '../ui/Within';
import { JobBar } from './JobBar';
import { JobWord } from './JobWord';
import { jobSentence, TARGET_NAMES, TARGET_STATES, TARGET_TONES } from './progress';
import { Targets } from './Targets';
import './jobs.css';
import { CopyEach, CopySent } from '../ui/CopyAs';

export function JobPage() {
  const id = Number(useParams({ from: '/jobs/$id' }).id);
  useDocumentTitle(`Job ${id} · Pharos`);
  const job = useQuery({ ...jobQuery(id), enabled: Number.isSafeInteger(id) });
  return (
    <Within room="Jobs" back={{ to: '/jobs' }}>
      {!Number.isSafeInteger(id) && <p>There is no such job.</p>}
      {job.isLoading && <Skeleton height={160} mt="sm" radius="md" />}
      {job.isError && <Trouble error={job.error} retry={() => job.refetch()} />}
      {job.data && <Room job={job.data} />}
    </Within>
  );
}

function Room({ job }: { job: Job }) {
  const { state } = useSearch({ from: '/jobs/$id' });
  return (
    <>
      <RoomHead name={job.name} word={<JobWord job={job} />} moves={<Moves job={job} />} sentence={jobSentence(job)} />
      <JobBar counts={job.progress} />
      <Legend job={job} />
      <div className="cards">
        <section className="surface" style={{ padding: 16 }} aria-label="What it does">
          <Title order={2} size={15} mb="sm">
            What it does
          </Title>
          <ol className="mono" style={{ margin: 0, paddingLeft: 22, overflowWrap: 'anywhere', fontSize: 13 }}>
            {job.steps.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a job never change
              <li key={index}>{step}</li>
            ))}
          </ol>
        </section>
        <section className="surface" style={{ padding: 16 }} aria-label="To whom, and when">
          <Title order={2} size={15} mb="sm">
            To whom, and when
          </Title>
          <Facts job={job} />
        </section>
      </div>
      <Targets job={job.id} state={state} live={isOpen(job)} />
    </>
  );
}

/** How many stand how; one that is pressed shows only those. */
function Legend({ job }: { job: Job }) {
  const { state } = useSearch({ from: '/jobs/$id' });
  const navigate = useNavigate({ from: '/jobs/$id' });
  const shown = TARGET_STATES.filter((each) => job.progress[each] > 0 || each === state);
  return (
    <div className="legend" role="group" aria-label="Which devices">
      {shown.map((each) => (
        <button
          key={each}
          type="button"
          data-tone={TARGET_TONES[each]}
          aria-pressed={each === state}
          onClick={() => navigate({ search: each === state ? {} : { state: each }, replace: true, resetScroll: false })}
        >
          <span className="dot" /> {TARGET_NAMES[each]} <strong>{job.progress[each].toLocaleString('en')}</strong>
        </button>
      ))}
      {job.progress.devices > 0 && (
        <a
          href={`/api/v1/jobs/${job.id}/results.csv`}
          download
          style={{ alignSelf: 'center', fontSize: 13, marginLeft: 8 }}
        >
          Results as CSV
        </a>
      )}
    </div>
  );
}

function Facts({ job }: { job: Job }) {
  const { window } = job;
  return (
    <dl className="facts">
      <dt>Devices</dt>
      <dd>
        {job.campaign !== undefined ? (
          <>
            those of{' '}
            <Link to="/campaigns/$id" params={{ id: String(job.campaign) }}>
              campaign {job.campaign}
            </Link>
          </>
        ) : job.query === undefined ? (
          `${count(job.named ?? 0, 'device')}, named`
        ) : (
          <Link to="/devices" search={job.query ? { q: job.query } : {}} className="mono">
            {job.query || 'all'}
          </Link>
        )}
      </dd>
      <dt>Not before</dt>
      <dd>{exact(job.startAt)}</dd>
      {window && (
        <>
          <dt>Hours</dt>
          <dd>
            {window.from} to {window.to}
            {window.days && window.days.length < 7 && ` on ${window.days.join(', ')}`}, by each device’s clock
          </dd>
        </>
      )}
      {!job.ended && (
        <>
          <dt>Given up</dt>
          <dd>{exact(job.deadline)}</dd>
        </>
      )}
      <dt>Pace</dt>
      <dd>
        {count(job.concurrency, 'device')} at once
        {job.perMinute !== undefined && `, ${job.perMinute.toLocaleString('en')} a minute at most`}
      </dd>
      <dt>Tries</dt>
      <dd>{job.retries === 0 ? 'once' : `again up to ${count(job.retries, 'time')}`}</dd>
      <dt>Made</dt>
      <dd>
        {exact(job.created)} by {job.createdBy}
      </dd>
      {job.ended && (
        <>
          <dt>Ended</dt>
          <dd>{exact(job.ended)}</dd>
        </>
      )}
      {job.note && (
        <>
          <dt>Note</dt>
          <dd>{job.note}</dd>
        </>
      )}
    </dl>
  );
}

type Move = 'pause' | 'resume' | 'cancel';

function Moves({ job }: { job: Job }) {
  const client = useQueryClient();
  const may = useMay('fleet');
  const [asked, setAsked] = useState(false);
  const send = (what: Move) => answer(api.POST(`/api/v1/jobs/{id}/${what}`, { params: { path: { id: job.id } } }));
  const move = useMutation({
    mutationFn: send,
    onSuccess: (moved) => {
      client.setQueryData(jobQuery(job.id).queryKey, moved);
      void client.invalidateQueries({ queryKey: ['job', job.id] });
    },
    onError: notifyError,
    onSettled: () => setAsked(false),
  });
  if (!isOpen(job) || !may) return null;
  const undone = job.progress.devices - job.progress.done;
  return (
    <span style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
      <CopyEach
        of={`job ${job.id}`}
        moves={[
          job.state === 'paused'
            ? { label: 'Resume', send: () => send('resume') }
            : { label: 'Pause', send: () => send('pause') },
        ]}
      />
      {job.state === 'paused' ? (
        <Button
          variant="default"
          leftSection={<Icon name="play" size={16} />}
          loading={move.isPending}
          onClick={() => move.mutate('resume')}
        >
          Resume
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<Icon name="pause" size={16} />}
          loading={move.isPending}
          onClick={() => move.mutate('pause')}
        >
          Pause
        </Button>
      )}
      <Button variant="default" color="red" className="bad" onClick={() => setAsked(true)}>
        Cancel the job
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title="Cancel this job?">
        <p style={{ marginTop: 0 }}>
          {job.progress.devices > 0
            ? `${count(undone, 'device')} ${undone === 1 ? 'is' : 'are'} not done yet and will not be. `
            : 'It has not begun. '}
          What is under way is finished, and what was done stays. A job that was cancelled cannot be taken up again.
        </p>
        <div className="dialogfoot">
          <CopySent send={() => send('cancel')} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(false)}>
            Back
          </Button>
          <Button color="red" loading={move.isPending} onClick={() => move.mutate('cancel')}>
            Cancel the job
          </Button>
        </div>
      </Modal>
    </span>
  );
}
