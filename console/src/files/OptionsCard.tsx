// SPDX-License-Identifier: Apache-2.0
import { Button, FileButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import { useMay } from '../api/rights';
import type { Device } from '../api/types';
import { Card } from '../device/Card';
import { CopyEach } from '../ui/CopyAs';
import { notifyDone, notifyError } from '../ui/notify';
import { base64, given, objection, optionWords } from './options';

/** What vouchers have switched on in a device of TR-069, which it says when it is asked, and one more voucher. */
export function OptionsCard({ device }: { device: Device }) {
  const path = { id: device.id };
  const may = useMay('fleet');
  const asked = useMutation({
    mutationFn: () => answer(api.GET('/api/v1/devices/{id}/options', { params: { path } })),
    onError: notifyError,
  });
  const send = (voucher: string) =>
    answer(api.POST('/api/v1/devices/{id}/options', { params: { path }, body: { vouchers: [voucher] } }));
  const give = useMutation({
    mutationFn: async (file: File) => {
      const wrong = objection(file);
      if (wrong) throw new Error(wrong);
      return send(base64(new Uint8Array(await file.arrayBuffer())));
    },
    onSuccess: (done) => notifyDone(given(done)),
    onError: notifyError,
  });
  return (
    <Card title="Options by vouchers">
      {asked.data &&
        (asked.data.items.length === 0 ? (
          <p style={{ marginTop: 0 }}>No voucher has switched anything on.</p>
        ) : (
          <ul className="plain" aria-label="Options">
            {asked.data.items.map((option) => (
              <li key={`${option.name} ${option.voucher}`} style={{ overflowWrap: 'anywhere' }}>
                <span>
                  {option.name} <span className="dim">{optionWords(option)}</span>
                </span>
              </li>
            ))}
          </ul>
        ))}
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        <Button size="compact-md" variant="default" loading={asked.isPending} onClick={() => asked.mutate()}>
          {asked.data ? 'Ask for options again' : 'Ask it for its options'}
        </Button>
        {may && (
          <FileButton onChange={(file) => file && give.mutate(file)} inputProps={{ 'aria-label': 'Voucher' }}>
            {(props) => (
              <Button size="compact-md" variant="default" loading={give.isPending} {...props}>
                Give it a voucher…
              </Button>
            )}
          </FileButton>
        )}
        {may && <CopyEach of={device.id} moves={[{ label: 'Give a voucher', send: () => send('VOUCHER') }]} />}
      </div>
    </Card>
  );
}
