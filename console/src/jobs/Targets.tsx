// SPDX-License-Identifier: Apache-2.0
import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { errorSentence } from '../api/problem';
import { targetsQuery } from '../api/queries';
import type { JobResult, JobTarget, JobTargetState } from '../api/types';
import { clock, exact } from '../format/time';
import { Ago } from '../ui/Ago';
import { Trouble } from '../ui/Trouble';
import { TARGET_NAMES, TARGET_TONES } from './progress';

/** Lines of an answer that are shown before somebody asks for the rest. */
const SHOWN_AT_ONCE = 3;

interface Props {
  job: number;
  state: JobTargetState | undefined;
  /** whether the job goes on, so that the list does */
  live: boolean;
}

/** The devices of a job: how each stands, why, and what it answered. */
export function Targets({ job, state, live }: Props) {
  const targets = useInfiniteQuery({
    ...targetsQuery(job, state, live),
    placeholderData: (old, query) => (query?.queryKey[3] === (state ?? '') ? old : undefined),
  });
  if (targets.isPending) return <Skeleton height={140} radius="lg" mt="md" />;
  if (targets.isError) return <Trouble error={targets.error} retry={() => targets.refetch()} />;
  const items = targets.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <div className="surface dim" style={{ padding: 30, textAlign: 'center', marginTop: 14 }}>
        {state ? `No device of this job is “${TARGET_NAMES[state]}” now.` : 'Its devices are chosen when it starts.'}
      </div>
    );
  }
  return (
    <>
      <ul className="surface jobtargets" aria-label="Devices of this job" style={{ marginTop: 14 }}>
        {items.map((target) => (
          <Line key={target.device} target={target} />
        ))}
      </ul>
      {targets.hasNextPage && (
        <Button variant="default" mt="md" loading={targets.isFetchingNextPage} onClick={() => targets.fetchNextPage()}>
          More devices
        </Button>
      )}
    </>
  );
}

function Line({ target }: { target: JobTarget }) {
  // where the answer says what went wrong, the server's sentence would only repeat it
  const told = target.results.some((result) => result.errCode !== undefined);
  const detail = told ? '' : target.detail;
  return (
    <li>
      <Link className="cut" to="/devices/$id" params={{ id: target.device }} title={target.device}>
        {target.device}
      </Link>
      <span>
        <span className="tag" data-tone={TARGET_TONES[target.state]}>
          {TARGET_NAMES[target.state]}
        </span>
      </span>
      <span className="jobwide" style={{ minWidth: 0 }}>
        {(detail || target.due) && (
          <div style={{ overflowWrap: 'anywhere' }}>
            {detail}
            {target.due && (
              <span className="dim" title={exact(target.due)}>
                {detail && ' · '}due {clock(target.due)}
              </span>
            )}
          </div>
        )}
        <Answers results={target.results} />
        {target.results.length === 0 && !detail && !target.due && <span className="dim">–</span>}
      </span>
      <span className="dim" style={{ fontSize: 13 }}>
        <Ago time={target.changed} />
      </span>
    </li>
  );
}

function Answers({ results }: { results: JobResult[] }) {
  if (results.length === 0) return null;
  const lines = (some: JobResult[]) =>
    some.map((result, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: an answer never changes its order
      <div key={index} className={result.errCode === undefined ? undefined : 'bad'}>
        <span className="mono">{result.path}</span>{' '}
        {result.errCode === undefined
          ? result.value !== '' && <span className="mono">= {result.value}</span>
          : errorSentence(result.errCode, result.errMsg ?? '')}
      </div>
    ));
  if (results.length <= SHOWN_AT_ONCE) return <div className="jobanswers">{lines(results)}</div>;
  return (
    <details className="jobanswers">
      <summary>{results.length.toLocaleString('en')} lines of answer</summary>
      {lines(results)}
    </details>
  );
}
