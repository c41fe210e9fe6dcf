// SPDX-License-Identifier: Apache-2.0
import { PasswordInput, Switch, TextInput } from '@mantine/core';
import type { ValueType } from '../api/types';
import { isNumber, isTrue, problemWith } from './values';

interface Props {
  label: string;
  type: ValueType | undefined;
  value: string;
  secret: boolean;
  /** shows the label above instead of only telling it to screen readers */
  labelled?: boolean;
  description?: string;
  autoFocus?: boolean;
  onChange: (value: string) => void;
  onCommit?: () => void;
  onCancel?: () => void;
}

/** The input that fits the type: a switch, digits, text, or for secrets one that never shows. */
export function ValueInput(props: Props) {
  const { label, type, value, secret, labelled, description, autoFocus, onChange, onCommit, onCancel } = props;
  const naming = labelled ? { label, description } : { 'aria-label': label };
  if (type === 'PARAM_BOOLEAN' && !secret) {
    return (
      <Switch
        {...naming}
        size="sm"
        checked={isTrue(value)}
        onChange={(event) => onChange(String(event.currentTarget.checked))}
      />
    );
  }
  const shared = {
    ...naming,
    size: labelled ? 'sm' : 'xs',
    value,
    autoFocus,
    error: value === '' ? undefined : problemWith(type, value),
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => onChange(event.currentTarget.value),
    onBlur: onCommit,
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'Enter') onCommit?.();
      if (event.key === 'Escape') onCancel?.();
      if (onCommit && event.key !== 'Tab') event.stopPropagation();
    },
  } as const;
  if (secret) return <PasswordInput {...shared} placeholder="New value; never shown" autoComplete="new-password" />;
  return (
    <TextInput
      {...shared}
      autoComplete="off"
      spellCheck={false}
      inputMode={isNumber(type) ? 'decimal' : undefined}
      placeholder={type === 'PARAM_DATE_TIME' ? '2026-11-23T10:00:00Z' : undefined}
    />
  );
}
