// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core';
import { shownZone } from '../format/zone';
import type { JobDraft } from './draft';
import { Hours } from './Hours';

/** When a job begins, at which hours and how fast. */
export function When({ draft, change }: { draft: JobDraft; change: (part: Partial<JobDraft>) => void }) {
  return (
    <fieldset>
      <legend>When, and how fast</legend>
      <div className="jobpace">
        <TextInput
          label="Not before"
          description={`in ${shownZone()}`}
          inputWrapperOrder={['label', 'input', 'description']}
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
          label="Devices at once, at most"
          inputMode="numeric"
          placeholder={draft.firmware === undefined ? 'as the server has it' : 'each fetches and restarts'}
          value={draft.concurrency}
          error={/^\d*$/.test(draft.concurrency.trim()) ? undefined : 'A number'}
          onChange={(event) => change({ concurrency: event.currentTarget.value })}
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
      <Hours hours={draft} change={change} />
    </fieldset>
  );
}
