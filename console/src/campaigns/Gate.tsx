// SPDX-License-Identifier: Apache-2.0
import { Autocomplete, Button, Select, TextInput } from '@mantine/core';
import { Icon } from '../ui/Icon';
import { type CampaignDraft, isParameter, MEASURE_EXAMPLES, type MeasureDraft, UNKNOWNS, wrongMargin } from './draft';

interface Props {
  draft: CampaignDraft;
  change: (part: Partial<CampaignDraft>) => void;
}

/** What must not get worse on updated devices than on the others. */
export function Gate({ draft, change }: Props) {
  const set = (next: MeasureDraft) =>
    change({ measures: draft.measures.map((old) => (old.key === next.key ? next : old)) });
  const add = () => {
    const key = Math.max(0, ...draft.measures.map((each) => each.key)) + 1;
    change({ measures: [...draft.measures, { key, subject: '', direction: 'rises', margin: '' }] });
  };
  return (
    <fieldset>
      <legend>What must not get worse on updated devices than on the others</legend>
      {draft.measures.length === 0 && (
        <p className="dim" style={{ margin: 0, fontSize: 14 }}>
          Nothing is compared: only failures stop it.
        </p>
      )}
      {draft.measures.map((measure, index) => (
        <Line
          key={measure.key}
          measure={measure}
          number={index + 1}
          onChange={set}
          onRemove={() => change({ measures: draft.measures.filter((old) => old.key !== measure.key) })}
        />
      ))}
      <div>
        <Button variant="default" size="compact-sm" leftSection={<Icon name="plus" size={14} />} onClick={add}>
          Another measure
        </Button>
      </div>
      {draft.measures.length > 0 && (
        <div className="jobpace">
          <TextInput
            label="Devices that tell, on each side"
            inputMode="numeric"
            value={draft.atLeast}
            onChange={(event) => change({ atLeast: event.currentTarget.value })}
          />
          <Select
            label="Where too few tell"
            allowDeselect={false}
            data={UNKNOWNS}
            value={draft.unknown}
            onChange={(unknown) => change({ unknown: unknown ?? 'hold' })}
          />
        </div>
      )}
    </fieldset>
  );
}

interface LineProps {
  measure: MeasureDraft;
  number: number;
  onChange: (measure: MeasureDraft) => void;
  onRemove: () => void;
}

function Line({ measure, number, onChange, onRemove }: LineProps) {
  return (
    <div className="measureline">
      <Autocomplete
        aria-label={`Measure ${number}: an event, or a parameter`}
        placeholder="Boot!, or the path of a parameter"
        data={MEASURE_EXAMPLES}
        value={measure.subject}
        onChange={(subject) => onChange({ ...measure, subject })}
      />
      <Select
        aria-label={`Measure ${number}: where it gets worse`}
        allowDeselect={false}
        disabled={!isParameter(measure.subject)}
        data={[
          { value: 'rises', label: 'rises by more than' },
          { value: 'falls', label: 'falls by more than' },
        ]}
        value={isParameter(measure.subject) ? measure.direction : 'rises'}
        onChange={(direction) => onChange({ ...measure, direction: direction === 'falls' ? 'falls' : 'rises' })}
      />
      <TextInput
        aria-label={`Measure ${number}: by how much`}
        placeholder={isParameter(measure.subject) ? '10%' : 'a device and hour'}
        value={measure.margin}
        error={measure.margin ? wrongMargin(measure) : undefined}
        onChange={(event) => onChange({ ...measure, margin: event.currentTarget.value })}
      />
      <Button variant="subtle" color="gray" px={8} aria-label={`Remove measure ${number}`} onClick={onRemove}>
        <Icon name="trash" size={16} />
      </Button>
    </div>
  );
}
