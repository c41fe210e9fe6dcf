// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, SegmentedControl, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client';
import type { BulkData } from '../api/types';
import { CopyAs } from '../ui/CopyAs';
import { notifyDone, notifyError } from '../ui/notify';
import { addCommandOf, type BulkDraft, pathsOf, requestOf, wrongOf } from './model';

interface Props {
  id: string;
  bulk: BulkData;
  /** whether the device is managed over TR-069, which reports over HTTP alone */
  overTr069: boolean;
  onClose: () => void;
}

/** What a device is to report by itself from now on. */
export function NewReport({ id, bulk, overTr069, onClose }: Props) {
  const client = useQueryClient();
  const ways = [
    { value: 'event', label: 'As events', protocol: 'USPEventNotif' },
    { value: 'http', label: 'Over HTTP', protocol: 'HTTP' },
    { value: 'mqtt', label: 'Over MQTT', protocol: 'MQTT' },
  ].filter(({ value, protocol }) => bulk.protocols.includes(protocol) && (!overTr069 || value === 'http'));
  const [draft, setDraft] = useState<BulkDraft>({
    parameters: '',
    interval: '300',
    way: (ways[0]?.value ?? 'event') as BulkDraft['way'],
    url: `${window.location.origin}/bulk`,
    encoding: 'JSON',
    retained: '0',
    name: '',
  });
  const [keep, setKeep] = useState(false);
  const change = (part: Partial<BulkDraft>) => setDraft((old) => ({ ...old, ...part }));
  const wrong = wrongOf(draft, bulk.minInterval);
  const ready = Object.keys(wrong).length === 0;
  const add = useMutation({
    mutationFn: async () => {
      await answer(
        api.POST('/api/v1/devices/{id}/bulk/profiles', { params: { path: { id } }, body: requestOf(draft) }),
      );
      if (!keep) return;
      for (const path of pathsOf(draft.parameters).filter((each) => !each.endsWith('.'))) {
        await api.PUT('/api/v1/series/{path}', { params: { path: { path } } });
      }
    },
    onSuccess: () => {
      notifyDone('The device reports that from now on');
      onClose();
    },
    onError: notifyError,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['series'] });
      return client.invalidateQueries({ queryKey: ['bulk'] });
    },
  });
  return (
    <Modal opened onClose={onClose} title="What is it to report by itself?" size="lg">
      <form
        className="bulkform"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) add.mutate();
        }}
      >
        <Textarea
          data-autofocus
          label="Parameters, or objects with all beneath them"
          description="A path on each line; * for every row"
          placeholder="Device.WiFi.Radio.*.Stats."
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          value={draft.parameters}
          error={draft.parameters ? wrong.parameters : undefined}
          onChange={(event) => change({ parameters: event.currentTarget.value })}
        />
        <div>
          <SegmentedControl
            aria-label="Which way"
            value={draft.way}
            data={ways.map(({ value, label }) => ({ value, label }))}
            onChange={(way) => change({ way: way as BulkDraft['way'] })}
          />
          {draft.way === 'mqtt' && (
            <p className="dim bulknote">
              Over its session at the broker, to <span className="mono">{bulk.topic}</span>.
            </p>
          )}
        </div>
        {draft.way === 'http' && (
          <TextInput
            label="The collector, as the device reaches it"
            description="The device gets a login of its own; the one before ends"
            spellCheck={false}
            value={draft.url}
            error={wrong.url}
            onChange={(event) => change({ url: event.currentTarget.value })}
          />
        )}
        <div className="bulkrow">
          <TextInput
            label="Seconds between two reports"
            inputMode="numeric"
            value={draft.interval}
            error={wrong.interval}
            onChange={(event) => change({ interval: event.currentTarget.value })}
          />
          <TextInput
            label="Failed ones that it keeps"
            inputMode="numeric"
            value={draft.retained}
            error={wrong.retained}
            onChange={(event) => change({ retained: event.currentTarget.value })}
          />
          <TextInput
            label="Name, for people"
            maxLength={255}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        </div>
        <Switch
          label="Written as CSV, in place of JSON"
          checked={draft.encoding === 'CSV'}
          onChange={(event) => change({ encoding: event.currentTarget.checked ? 'CSV' : 'JSON' })}
        />
        <Switch
          label="Keep what these parameters were, of every device"
          description="Those that are named here by themselves, not whole objects"
          checked={keep}
          onChange={(event) => setKeep(event.currentTarget.checked)}
        />
        <div className="dialogfoot">
          {ready && <CopyAs command={addCommandOf(window.location.origin, id, draft)} />}
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button type="submit" disabled={!ready} loading={add.isPending}>
            From now on
          </Button>
        </div>
      </form>
    </Modal>
  );
}
