// SPDX-License-Identifier: Apache-2.0
import { Checkbox, MultiSelect, SegmentedControl, Select, TextInput } from '@mantine/core';
import type { EventKind } from '../api/types';
import { QueryInput } from '../devices/QueryInput';
import { EVENT_KINDS, KIND_NAMES } from '../events/search';
import type { RuleDraft } from './draft';
import { SEVERITIES } from './search';

interface Props {
  draft: RuleDraft;
  /** whether it has its name already */
  named: boolean;
  readOnly: boolean;
  wrong: Partial<Record<keyof RuleDraft, string>>;
  change: (part: Partial<RuleDraft>) => void;
}

/** What to look for, on which devices, and how bad that is. */
export function RuleForm({ draft, named, readOnly, wrong, change }: Props) {
  return (
    <fieldset disabled={readOnly}>
      <div className="jobpace">
        <TextInput
          label="Name"
          required
          maxLength={60}
          disabled={named}
          value={draft.name}
          error={wrong.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Select
          label="How severe"
          allowDeselect={false}
          data={[...SEVERITIES]}
          value={draft.severity}
          onChange={(severity) => change({ severity: SEVERITIES.find((known) => known === severity) ?? 'major' })}
        />
      </div>
      <QueryInput
        label="Which devices"
        description="As in the list of devices; empty for all of them"
        placeholder="tag:business"
        value={draft.query}
        onChange={(query) => change({ query })}
      />
      <SegmentedControl
        aria-label="What is looked for"
        value={draft.sort}
        style={{ justifySelf: 'start', maxWidth: '100%' }}
        onChange={(sort) => change({ sort: sort === 'happens' ? 'happens' : 'holds' })}
        data={[
          { value: 'holds', label: 'What a device is' },
          { value: 'happens', label: 'Events in numbers' },
        ]}
      />
      {draft.sort === 'holds' ? (
        <Holds draft={draft} wrong={wrong} change={change} />
      ) : (
        <Happens draft={draft} wrong={wrong} change={change} />
      )}
      <Checkbox
        label="One alarm for all of these devices together"
        checked={draft.shared}
        onChange={(event) => change({ shared: event.currentTarget.checked })}
      />
      {draft.shared && (
        <TextInput
          label="Where so many percent of them are concerned"
          inputMode="numeric"
          style={{ maxWidth: 340 }}
          value={draft.percent}
          error={wrong.percent}
          onChange={(event) => change({ percent: event.currentTarget.value })}
        />
      )}
    </fieldset>
  );
}

type PartProps = Pick<Props, 'draft' | 'wrong' | 'change'>;

function Holds({ draft, wrong, change }: PartProps) {
  return (
    <div className="jobpace">
      <QueryInput
        label="A device that is"
        required
        placeholder="online:false"
        value={draft.when}
        error={wrong.when}
        onChange={(when) => change({ when })}
      />
      <TextInput
        label="For so long, without a break"
        value={draft.lasting}
        error={wrong.lasting}
        onChange={(event) => change({ lasting: event.currentTarget.value })}
      />
    </div>
  );
}

function Happens({ draft, wrong, change }: PartProps) {
  return (
    <div className="jobpace">
      <MultiSelect
        label="Events of these kinds"
        placeholder={draft.kinds.length === 0 ? 'any but alarms' : undefined}
        data={EVENT_KINDS.filter((kind) => kind !== 'alarm').map((kind) => ({ value: kind, label: KIND_NAMES[kind] }))}
        value={draft.kinds}
        onChange={(kinds) => change({ kinds: kinds as EventKind[] })}
      />
      <TextInput
        label="Whose path and name begin with"
        placeholder="Device.Boot!"
        value={draft.path}
        onChange={(event) => change({ path: event.currentTarget.value })}
      />
      <TextInput
        label="So many on one device, at least"
        inputMode="numeric"
        value={draft.atLeast}
        error={wrong.atLeast}
        onChange={(event) => change({ atLeast: event.currentTarget.value })}
      />
      <TextInput
        label="Within"
        value={draft.within}
        error={wrong.within}
        onChange={(event) => change({ within: event.currentTarget.value })}
      />
    </div>
  );
}
