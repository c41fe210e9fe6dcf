// SPDX-License-Identifier: Apache-2.0
import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CommandText } from '../format/commands';
import { CopyAs } from '../ui/CopyAs';
import { notifyDone, notifyError } from '../ui/notify';

interface DeleteFileProps {
  /** name and version */
  called: string;
  /** what is looked at again afterwards */
  kind: 'firmware' | 'modules';
  command: CommandText;
  remove: () => Promise<void>;
}

/** Takes an image or a module out of the repository, once it was asked whether that is meant. */
export function DeleteFile({ called, kind, command, remove }: DeleteFileProps) {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const deletion = useMutation({
    mutationFn: remove,
    onSuccess: () => {
      notifyDone(`${called} is deleted`);
      void client.invalidateQueries({ queryKey: [kind] });
    },
    onError: notifyError,
    onSettled: () => setAsked(false),
  });
  return (
    <>
      <Button
        size="xs"
        variant="default"
        className="bad"
        aria-label={`Delete… ${called}`}
        onClick={() => setAsked(true)}
      >
        Delete…
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title={`Delete ${called}?`}>
        <p style={{ marginTop: 0 }}>
          The file and what is known of it are gone then. Devices that run it are not touched; those that were to fetch
          it no longer can.
        </p>
        <div className="dialogfoot">
          <CopyAs command={command} />
          <span style={{ flex: 1 }} />
          <Button variant="default" onClick={() => setAsked(false)}>
            Keep it
          </Button>
          <Button color="red" loading={deletion.isPending} onClick={() => deletion.mutate()}>
            Delete it
          </Button>
        </div>
      </Modal>
    </>
  );
}
