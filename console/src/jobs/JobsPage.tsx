// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { jobsQuery } from '../api/queries';
import { useMay } from '../api/rights';
import type { Job } from '../api/types';
import { count } from '../format/time';
import { Ago } from '../ui/Ago';
import { Icon } from '../ui/Icon';
import { Trouble } from '../ui/Trouble';
import { JobBar } from './JobBar';
import { JobWord } from './JobWord';
import './jobs.css';

export function JobsPage() {
  useDocumentTitle('Jobs · Pharos');
  const jobs = useInfiniteQuery(jobsQuery);
  const items = jobs.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 12, marginBottom: 14 }}>
        <Title order={1} size={20} lh="31px" style={{ flex: 1 }}>
          What is done to many devices
        </Title>
        <NewJob />
      </div>
      {jobs.isPending && <Skeleton height={180} radius="lg" />}
      {jobs.isError && <Trouble error={jobs.error} retry={() => jobs.refetch()} />}
      {jobs.data && items.length === 0 && (
        <div className="surface" style={{ padding: 40, textAlign: 'center' }}>
          <p style={{ margin: '0 0 6px' }}>There is no job yet.</p>
          <p className="dim" style={{ margin: '0 auto 18px', maxWidth: 520 }}>
            A job does the same to every device of a query, at the hours and the pace that you choose. Devices that are
            away are done when they return, and nothing runs twice.
          </p>
          <NewJob />
        </div>
      )}
      {items.length > 0 && (
        <ul className="surface joblist" aria-label="Jobs">
          {items.map((job) => (
            <Line key={job.id} job={job} />
          ))}
        </ul>
      )}
      {jobs.hasNextPage && (
        <Button variant="default" mt="md" loading={jobs.isFetchingNextPage} onClick={() => jobs.fetchNextPage()}>
          Older jobs
        </Button>
      )}
    </div>
  );
}

function NewJob() {
  const may = useMay('fleet');
  if (!may) return null;
  return (
    <Button renderRoot={(props) => <Link to="/jobs/new" {...props} />} leftSection={<Icon name="plus" size={16} />}>
      New job
    </Button>
  );
}

function Line({ job }: { job: Job }) {
  const { progress } = job;
  return (
    <li>
      <span className="mono dim">#{job.id}</span>
      <Link className="cut cover" to="/jobs/$id" params={{ id: String(job.id) }} title={job.steps.join('\n')}>
        {job.name}
      </Link>
      <span>
        <JobWord job={job} />
      </span>
      <span className="jobwide">
        <JobBar counts={progress} />
      </span>
      <span className="dim jobwide" style={{ fontSize: 13 }}>
        {progress.done.toLocaleString('en')} of {count(progress.devices, 'device')}
        {progress.failed > 0 && <span className="bad"> · {progress.failed.toLocaleString('en')} failed</span>}
        {progress.uncertain > 0 && <span className="warn"> · {progress.uncertain.toLocaleString('en')} uncertain</span>}
        {' · '}
        <Ago time={job.created} />
      </span>
    </li>
  );
}
