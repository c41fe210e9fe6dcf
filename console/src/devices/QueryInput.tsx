// SPDX-License-Identifier: Apache-2.0
import { Autocomplete, type AutocompleteProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { type Ref, useLayoutEffect, useRef, useState } from 'react';
import { devicesQuery, facetsQuery, groupsQuery, twinQuery } from '../api/queries';
import { askedValues, completionsOf, patternsOf, placeOf, wantsPaths } from './completion';

/** Devices whose twins say which parameters there are: one of each of so many models. */
const SAMPLED = 3;

interface Props extends Omit<AutocompleteProps, 'data' | 'value' | 'onChange' | 'ref'> {
  value: string;
  onChange: (text: string) => void;
  inputRef?: Ref<HTMLInputElement>;
}

/** A field for a query, which offers what may stand next. */
export function QueryInput({ value, onChange, inputRef, ...others }: Props) {
  const [asked, setAsked] = useState(false);
  const [caret, setCaret] = useState(value.length);
  const own = useRef<HTMLInputElement | null>(null);
  const chosen = useRef<{ text: string; end: number }>(undefined);
  // before the next key is taken, the caret stands behind what was chosen
  useLayoutEffect(() => {
    if (chosen.current?.text !== value) return;
    const { end } = chosen.current;
    chosen.current = undefined;
    own.current?.setSelectionRange(end, end);
    setCaret(end);
  }, [value]);
  const at = Math.min(caret, value.length);
  const before = value.slice(0, at);
  const known = useKnown(before, asked);
  const completions = completionsOf(before, known);
  const rest = value.slice(at);
  return (
    <Autocomplete
      ref={(input) => {
        own.current = input;
        if (typeof inputRef === 'function') inputRef(input);
        else if (inputRef) inputRef.current = input;
      }}
      openOnFocus={false}
      spellCheck={false}
      autoCapitalize="none"
      maxDropdownHeight={320}
      comboboxProps={{ shadow: 'md', width: 'target' }}
      data={completions.map((each) => each.text + rest)}
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const shown = completions.find((each) => each.text + rest === option.value);
        return (
          <span style={{ display: 'flex', gap: 10, width: '100%', alignItems: 'baseline' }}>
            <span className="mono" style={{ overflowWrap: 'anywhere' }}>
              {shown?.word}
            </span>
            <span className="dim" style={{ marginLeft: 'auto', fontSize: 12 }}>
              {shown?.hint}
            </span>
          </span>
        );
      }}
      value={value}
      onChange={(text) => {
        setAsked(true);
        if (text !== chosen.current?.text) chosen.current = undefined;
        setCaret(own.current?.selectionStart ?? text.length);
        onChange(text);
      }}
      onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? value.length)}
      onOptionSubmit={(text) => {
        chosen.current = { text, end: text.length - rest.length };
      }}
      onClick={() => setAsked(true)}
      {...others}
    />
  );
}

/** What is known of values, groups and parameters at this place; asked for when it is wanted. */
function useKnown(before: string, asked: boolean) {
  const place = placeOf(before);
  const [by] = useDebouncedValue(askedValues(place), 150);
  const facets = useQuery({ ...facetsQuery('', by ?? ''), enabled: asked && by !== undefined });
  const groups = useQuery({ ...groupsQuery, enabled: asked && place.name === 'group' });
  const paths = usePaths(asked && wantsPaths(place));
  return {
    paths,
    values: by === undefined ? [] : (facets.data?.values ?? []).map((each) => each.value),
    groups: (groups.data?.items ?? []).map((group) => group.name),
  };
}

/** The parameters that devices have, as far as one of each model tells. */
export function usePaths(wanted: boolean): string[] {
  const devices = useInfiniteQuery({ ...devicesQuery('', '-lastSeen'), enabled: wanted });
  const models = new Map<string, string>();
  for (const device of devices.data?.pages[0]?.items ?? []) {
    const model = `${device.manufacturer} ${device.modelName}`;
    if (device.parameterCount > 0 && !models.has(model) && models.size < SAMPLED) models.set(model, device.id);
  }
  return useQueries({
    queries: wanted ? [...models.values()].map((id) => ({ ...twinQuery(id), staleTime: 300_000 })) : [],
    combine: (twins) => patternsOf(twins.flatMap((twin) => twin.data?.items.map((item) => item.path) ?? [])),
  });
}
