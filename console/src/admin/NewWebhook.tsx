// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, MultiSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import type { EventKind, WebhookBody, WebhookSecret } from '../api/types';
import { QueryInput } from '../devices/QueryInput';
import { EVENT_KINDS, KIND_NAMES } from '../events/search';
import { CopyAs } from '../ui/CopyAs';
import { Trouble } from '../ui/Trouble';
import { addCommand, bodyOf, isPlain, NO_WEBHOOK } from './webhooks';

/** Another system that is to be told. */
export function NewWebhook({ onMade }: { onMade: (told: WebhookSecret) => void }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(NO_WEBHOOK);
  const change = (part: Partial<typeof draft>) => setDraft((old) => ({ ...old, ...part }));
  const body = bodyOf(draft);
  const make = useMutation({
    mutationFn: (whole: WebhookBody) => answer(api.POST('/api/v1/webhooks', { body: whole })),
    onSuccess: (told) => {
      setDraft(NO_WEBHOOK);
      onMade(told);
      return client.invalidateQueries({ queryKey: ['webhooks'] });
    },
  });
  return (
    <form
      className="surface webhookform"
      aria-label="Tell another system"
      onSubmit={(event) => {
        event.preventDefault();
        if (body) make.mutate(body);
      }}
    >
      <TextInput
        label="A new webhook"
        placeholder="What it is called"
        autoComplete="off"
        maxLength={60}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Address of the other system"
        placeholder="https://duty.example/hook"
        autoComplete="off"
        spellCheck={false}
        value={draft.url}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
      <MultiSelect
        label="Events"
        placeholder={draft.kinds.length === 0 ? 'all of them' : undefined}
        data={EVENT_KINDS.map((kind) => ({ value: kind, label: KIND_NAMES[kind] }))}
        value={draft.kinds}
        onChange={(kinds) => change({ kinds: kinds as EventKind[] })}
      />
      <QueryInput
        label="Of which devices"
        placeholder="all, and events of none"
        value={draft.query}
        onChange={(query) => change({ query })}
      />
      <TextInput
        label="Whose path and name begin with"
        placeholder="Device.WiFi."
        spellCheck={false}
        value={draft.path}
        onChange={(event) => change({ path: event.currentTarget.value })}
      />
      {isPlain(draft.url) && (
        <Checkbox
          label="Without TLS: anybody on the way can read it"
          checked={draft.insecure}
          onChange={(event) => change({ insecure: event.currentTarget.checked })}
        />
      )}
      {make.isError && <Trouble error={make.error} />}
      <div className="dialogfoot" style={{ gridColumn: '1 / -1', marginTop: 0 }}>
        {body && <CopyAs command={addCommand(window.location.origin, body)} />}
        <span style={{ flex: 1 }} />
        <Button type="submit" loading={make.isPending} disabled={!body}>
          Make the webhook
        </Button>
      </div>
    </form>
  );
}
