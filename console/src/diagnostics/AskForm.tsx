// SPDX-License-Identifier: Apache-2.0
import { Button, Chip, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { twinQuery } from '../api/queries';
import type { DiagnosticRequest } from '../api/types';
import { CopyAs } from '../ui/CopyAs';
import { Icon } from '../ui/Icon';
import { type Draft, diagnoseCommand, requestOf, wrongField } from './draft';
import type { Field, Kind } from './kinds';

interface Props {
  id: string;
  kinds: Kind[];
  kind: Kind;
  draft: Draft;
  onKind: (name: string) => void;
  onDraft: (draft: Draft) => void;
  onAsk: (request: DiagnosticRequest) => void;
  asking: boolean;
  /** why it cannot be asked now */
  hindered: string | undefined;
}

/** What is to be measured, of whom, and how where it is not to be as usual. */
export function AskForm({ id, kinds, kind, draft, onKind, onDraft, onAsk, asking, hindered }: Props) {
  const request = requestOf(draft, kind);
  return (
    <form
      className="surface askform"
      aria-label="Have the device measure"
      onSubmit={(event) => {
        event.preventDefault();
        if (request && !hindered) onAsk(request);
      }}
    >
      <Chip.Group value={kind.name} onChange={(name) => onKind(name as string)}>
        <span className="askkinds" role="radiogroup" aria-label="What to measure">
          {kinds.map((each) => (
            <Chip key={each.name} value={each.name} variant="outline" title={each.what}>
              {each.label}
            </Chip>
          ))}
        </span>
      </Chip.Group>
      <div className="askline">
        <TextInput
          label={kind.target}
          description={kind.what}
          placeholder={kind.ownServer ? 'this server' : undefined}
          value={draft.target}
          spellCheck={false}
          autoCapitalize="none"
          onChange={(event) => onDraft({ ...draft, target: event.currentTarget.value })}
        />
        <Button
          type="submit"
          leftSection={<Icon name="play" size={15} />}
          loading={asking}
          disabled={!request || hindered !== undefined}
        >
          Measure
        </Button>
        {request && <CopyAs command={diagnoseCommand(window.location.origin, id, request)} />}
      </div>
      {hindered && (
        <p className="warn" style={{ margin: 0, fontSize: 14 }}>
          {hindered}
        </p>
      )}
      {kind.fields.length > 0 && (
        <details>
          <summary>How to measure</summary>
          <div className="askfields">
            {kind.fields.map((field) => (
              <FieldInput
                key={field.argument}
                id={id}
                field={field}
                value={draft.options[field.argument] ?? ''}
                onChange={(value) => onDraft({ ...draft, options: { ...draft.options, [field.argument]: value } })}
              />
            ))}
          </div>
        </details>
      )}
    </form>
  );
}

interface FieldProps {
  id: string;
  field: Field;
  value: string;
  onChange: (value: string) => void;
}

function FieldInput({ id, field, value, onChange }: FieldProps) {
  if (field.argument === 'Interface') return <InterfaceInput id={id} field={field} value={value} onChange={onChange} />;
  if (field.choices) {
    return (
      <Select
        label={field.label}
        placeholder={field.usual}
        clearable
        data={[...field.choices]}
        value={value || null}
        onChange={(next) => onChange(next ?? '')}
      />
    );
  }
  return (
    <TextInput
      label={field.label}
      placeholder={field.usual}
      inputMode={field.words ? undefined : 'numeric'}
      error={wrongField(field, value)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** The interfaces that the device is known to have, by their names. */
function InterfaceInput({ id, field, value, onChange }: FieldProps) {
  const rows = useQuery({
    ...twinQuery(id),
    select: ({ items }) =>
      items.flatMap((item) => {
        const path = /^(Device\.IP\.Interface\.\d+\.)Name$/.exec(item.path)?.[1];
        return path ? [{ value: path, label: item.value ? `${item.value} · ${path}` : path }] : [];
      }),
  });
  return (
    <Select
      label={field.label}
      placeholder="as it is routed"
      clearable
      data={rows.data ?? []}
      value={value || null}
      onChange={(next) => onChange(next ?? '')}
      nothingFoundMessage="None is known"
    />
  );
}
