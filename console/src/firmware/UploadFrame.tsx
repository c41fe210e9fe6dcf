// SPDX-License-Identifier: Apache-2.0
import { Alert, Button, FileInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { explain } from '../api/problem';
import { BrokenUploadError, sendBytes } from '../api/upload';
import type { CommandText } from '../format/commands';
import { sizeWord } from '../format/size';
import { CopyAs } from '../ui/CopyAs';
import { notifyDone } from '../ui/notify';
import '../jobs/jobs.css';
import '../ui/bar.css';
import { guessOf } from './upload';

/** The server's bound on a file, so that nobody waits for half a gigabyte to be refused. */
const FILE_BYTES = 512 * 1024 * 1024;

/** What is said of every file. */
interface Said {
  name: string;
  version: string;
}

/** What is typed of a file, for its fields. */
export interface SaidProps<D> {
  draft: D;
  change: (part: Partial<D>) => void;
  /** what is wrong with what was typed; what is missing only keeps the button away */
  told: (field: keyof D) => string | undefined;
  disabled: boolean;
}

interface UploadFrameProps<D extends Said> {
  kind: 'image' | 'module';
  order: 2 | 3;
  /** what the file is called */
  label: string;
  description: string;
  empty: D;
  wrongWith: (draft: D) => Partial<Record<keyof D, string>>;
  address: (draft: D, fileName: string) => string;
  command: (origin: string, draft: D, fileName: string) => CommandText;
  /** what is looked at again afterwards */
  shelf: 'firmware' | 'modules';
  fields: (props: SaidProps<D>) => ReactNode;
  onEnd: () => void;
}

/** A file and what is said of it; nothing that was typed is lost when the upload fails. */
export function UploadFrame<D extends Said>(props: UploadFrameProps<D>) {
  const { kind, shelf, wrongWith, address, command, onEnd } = props;
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [draft, setDraft] = useState(props.empty);
  const [sent, setSent] = useState(0);
  const stop = useRef<AbortController>(undefined);
  const upload = useMutation({
    mutationFn: (bytes: File) => {
      stop.current = new AbortController();
      setSent(0);
      return sendBytes<Said & { size: number }>(address(draft, bytes.name), bytes, {
        onProgress: setSent,
        signal: stop.current.signal,
      });
    },
    onSuccess: (kept) => {
      notifyDone(`${kept.name} ${kept.version} is here, ${sizeWord(kept.size)}`);
      void client.invalidateQueries({ queryKey: [shelf] });
      onEnd();
    },
  });
  // whoever leaves the room leaves the upload too
  useEffect(() => () => stop.current?.abort(), []);
  const wrong = wrongWith(draft);
  const tooLarge = file !== null && file.size > FILE_BYTES;
  const ready = file !== null && !tooLarge && Object.keys(wrong).length === 0;
  const one = kind === 'image' ? 'an image' : 'a module';
  return (
    <form
      className="surface jobform imageform"
      aria-label={`Upload ${one}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && file) upload.mutate(file);
      }}
    >
      <Title order={props.order} size={15}>
        Upload {one}
      </Title>
      <FileInput
        label={props.label}
        placeholder={`Choose the ${kind === 'image' ? 'image' : 'archive'}`}
        description={props.description}
        value={file}
        disabled={upload.isPending}
        error={tooLarge ? `This file has ${sizeWord(file.size)}; ${one} has at most 512 MiB.` : undefined}
        onChange={(chosen) => {
          setFile(chosen);
          upload.reset();
          if (chosen) {
            const { name, version } = guessOf(chosen.name);
            setDraft((old) => ({ ...old, name: old.name || name, version: old.version || version }));
          }
        }}
      />
      {props.fields({
        draft,
        change: (part) => setDraft((old) => ({ ...old, ...part })),
        told: (field) => (draft[field] ? wrong[field] : undefined),
        disabled: upload.isPending,
      })}
      {upload.isPending && <Progress part={sent} size={file?.size ?? 0} />}
      {upload.isError && <WhyNot error={upload.error} />}
      <div className="dialogfoot" style={{ marginTop: 0 }}>
        {ready && file && <CopyAs command={command(window.location.origin, draft, file.name)} />}
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

function Progress({ part, size }: { part: number; size: number }) {
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

function WhyNot({ error }: { error: Error }) {
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
