// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core';
import { Reach } from '../jobs/Reach';
import { type SaidProps, UploadFrame } from './UploadFrame';
import { EMPTY_IMAGE, type ImageDraft, uploadAddress, uploadCommand, wrongWith } from './upload';

/** An image and what is said of it. */
export function UploadForm({ onEnd }: { onEnd: () => void }) {
  return (
    <UploadFrame
      kind="image"
      order={2}
      label="File"
      description="Up to 512 MiB"
      empty={EMPTY_IMAGE}
      wrongWith={wrongWith}
      address={uploadAddress}
      command={uploadCommand}
      shelf="firmware"
      fields={(props) => <Said {...props} />}
      onEnd={onEnd}
    />
  );
}

function Said({ draft, change, told, disabled }: SaidProps<ImageDraft>) {
  const field = (name: keyof ImageDraft) => ({
    value: draft[name],
    error: told(name),
    disabled,
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <div className="jobpace">
        <TextInput label="What it is an image of" required maxLength={60} {...field('name')} />
        <TextInput
          label="Version"
          description="Just as devices say it when it runs"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          maxLength={64}
          {...field('version')}
        />
      </div>
      <div>
        <TextInput
          label="For which devices"
          placeholder='model = "HomeBox 3"; empty for all'
          maxLength={500}
          {...field('devices')}
        />
        <Reach query={draft.devices} />
      </div>
      <div className="jobpace">
        <TextInput
          label="Its SHA-256, to be compared"
          placeholder="not compared where empty"
          spellCheck={false}
          {...field('sha256')}
        />
        <TextInput label="Note" maxLength={500} {...field('note')} />
      </div>
    </>
  );
}
