// SPDX-License-Identifier: Apache-2.0
import { Alert, Button, FileInput, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { explain } from '../api/problem';
import type { Firmware } from '../api/types';
import { BrokenUploadError, sendBytes } from '../api/upload';
import { sizeWord } from '../format/size';
import { Reach } from '../jobs/Reach';
import { CopyAs } from '../ui/CopyAs';
import { notifyDone } from '../ui/notify';
import '../jobs/jobs.css';
import '../ui/bar.css';
import { EMPTY_IMAGE, guessOf, type ImageDraft, uploadAddress, uploadCommand, wrongWith } from './upload';

/** The server's bound on an image, so that nobody waits for half a gigabyte to be refused. */
export const IMAGE_BYTES = 512 * 1024 * 1024;

/** An image and what is said of it; nothing that was typed is lost when the upload fails. */
export function UploadForm({ onEnd }: { onEnd: () => void }) {
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [draft, setDraft] = useState<ImageDraft>(EMPTY_IMAGE);
  const [sent, setSent] = useState(0);
  const stop = useRef<AbortController>(undefined);
  const change = (part: Partial<ImageDraft>) => setDraft((old) => ({ ...old, ...part }));
  const upload = useMutation({
    mutationFn: (bytes: File) => {
      stop.current = new AbortController();
      setSent(0);
      return sendBytes<Firmware>(uploadAddress(draft, bytes.name), bytes, {
        onProgress: setSent,
        signal: stop.current.signal,
      });
    },
    onSuccess: (image) => {
      notifyDone(`${image.name} ${image.version} is here, ${sizeWord(image.size)}`);
      void client.invalidateQueries({ queryKey: ['firmware'] });
      onEnd();
    },
  });
  // whoever leaves the room leaves the upload too
  useEffect(() => () => stop.current?.abort(), []);
  const wrong = wrongWith(draft);
  const tooLarge = file !== null && file.size > IMAGE_BYTES;
  const ready = file !== null && !tooLarge && Object.keys(wrong).length === 0;
  return (
    <form
      className="surface jobform imageform"
      aria-label="Upload an image"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && file) upload.mutate(file);
      }}
    >
      <Title order={2} size={15}>
        Upload an image
      </Title>
      <FileInput
        label="File"
        placeholder="Choose the image"
        description="Up to 512 MiB"
        value={file}
        disabled={upload.isPending}
        error={tooLarge ? `This file has ${sizeWord(file.size)}; an image has at most 512 MiB.` : undefined}
        onChange={(chosen) => {
          setFile(chosen);
          upload.reset();
          if (chosen) {
            const { name, version } = guessOf(chosen.name);
            setDraft((old) => ({ ...old, name: old.name || name, version: old.version || version }));
          }
        }}
      />
      <Said draft={draft} change={change} wrong={wrong} disabled={upload.isPending} />
      {upload.isPending && <Progress part={sent} size={file?.size ?? 0} />}
      {upload.isError && <WhyNot error={upload.error} />}
      <div className="dialogfoot" style={{ marginTop: 0 }}>
        {ready && file && <CopyAs command={uploadCommand(window.location.origin, draft, file.name)} />}
        <span style={{ flex: 1 }} />
        {upload.isPending ? (
          <Button variant="default" className="bad" onClick={() => stop.current?.abort()}>
            Stop the upload
          </Button>
        ) : (
          <Button variant="default" onClick={onEnd}>
            Cancel
          </Button>
        )}
        <Button type="submit" disabled={!ready} loading={upload.isPending}>
          Upload
        </Button>
      </div>
    </form>
  );
}

interface SaidProps {
  draft: ImageDraft;
  change: (part: Partial<ImageDraft>) => void;
  wrong: Partial<Record<keyof ImageDraft, string>>;
  disabled: boolean;
}

function Said({ draft, change, wrong, disabled }: SaidProps) {
  const told = (field: keyof ImageDraft) => (draft[field] ? wrong[field] : undefined);
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

export function Progress({ part, size }: { part: number; size: number }) {
  const percent = Math.floor(part * 100);
  const words = part < 1 ? `${percent} % of ${sizeWord(size)} sent` : 'All sent; the server checks and keeps it';
  return (
    <div>
      <div
        className="jobbar"
        role="progressbar"
        aria-label="Upload"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={words}
      >
        <span data-tone="busy" style={{ flex: `0 0 ${part * 100}%` }} />
      </div>
      <p className="dim" role="status" style={{ margin: '6px 0 0', fontSize: 13 }}>
        {words}
      </p>
    </div>
  );
}

export function WhyNot({ error }: { error: Error }) {
  const stopped = error.name === 'AbortError';
  const { title, detail } = stopped
    ? { title: 'The upload was stopped', detail: 'Nothing of it is kept.' }
    : error instanceof BrokenUploadError
      ? { title: 'The upload broke off', detail: error.message }
      : explain(error);
  return (
    <Alert color={stopped ? 'gray' : 'red'} variant="light" title={title} role="alert">
      <span style={{ overflowWrap: 'anywhere' }}>{detail}</span>
    </Alert>
  );
}
