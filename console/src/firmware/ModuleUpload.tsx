// SPDX-License-Identifier: Apache-2.0
import { Button, FileInput, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { SoftwareModule } from '../api/types';
import { sendBytes } from '../api/upload';
import { sizeWord } from '../format/size';
import { CopyAs } from '../ui/CopyAs';
import { notifyDone } from '../ui/notify';
import { EMPTY_MODULE, type ModuleDraft, moduleAddress, moduleCommand, wrongModule } from './module';
import { IMAGE_BYTES, Progress, WhyNot } from './UploadForm';
import { guessOf } from './upload';

const FIELDS: { name: keyof ModuleDraft; label: string; hint?: string; required?: boolean }[] = [
  { name: 'name', label: 'Name', hint: 'as the archive says it', required: true },
  { name: 'vendor', label: 'Vendor', hint: 'example.org, as the archive says it', required: true },
  { name: 'version', label: 'Version', hint: 'as the archive says it', required: true },
  { name: 'devices', label: 'For which devices', hint: 'model = "HomeBox 3"; empty for all' },
  { name: 'environment', label: 'Execution environment', hint: 'Linux; any where empty' },
  { name: 'architectures', label: 'Architectures', hint: 'x86_64, arm; any where empty' },
  { name: 'memory', label: 'Free memory in KiB' },
  { name: 'disk', label: 'Free disk space in KiB' },
  { name: 'requires', label: 'Other modules that it needs', hint: 'runtime@example.org>=2.1' },
  { name: 'signature', label: 'Signature in base64', hint: 'of the archive, by its maker' },
  { name: 'note', label: 'Note' },
];

/** A module and what is said of it; nothing that was typed is lost when the upload fails. */
export function ModuleUpload({ onEnd }: { onEnd: () => void }) {
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [draft, setDraft] = useState<ModuleDraft>(EMPTY_MODULE);
  const [sent, setSent] = useState(0);
  const stop = useRef<AbortController>(undefined);
  const upload = useMutation({
    mutationFn: (bytes: File) => {
      stop.current = new AbortController();
      setSent(0);
      return sendBytes<SoftwareModule>(moduleAddress(draft, bytes.name), bytes, {
        onProgress: setSent,
        signal: stop.current.signal,
      });
    },
    onSuccess: (module) => {
      notifyDone(`${module.name} ${module.version} is here, ${sizeWord(module.size)}`);
      void client.invalidateQueries({ queryKey: ['modules'] });
      onEnd();
    },
  });
  // whoever leaves the room leaves the upload too
  useEffect(() => () => stop.current?.abort(), []);
  const wrong = wrongModule(draft);
  const tooLarge = file !== null && file.size > IMAGE_BYTES;
  const ready = file !== null && !tooLarge && Object.keys(wrong).length === 0;
  return (
    <form
      className="surface jobform imageform"
      aria-label="Upload a module"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && file) upload.mutate(file);
      }}
    >
      <Title order={3} size={15}>
        Upload a module
      </Title>
      <FileInput
        label="Archive"
        placeholder="Choose the archive"
        description="tar, tar.gz or zip, up to 512 MiB"
        value={file}
        disabled={upload.isPending}
        error={tooLarge ? `This file has ${sizeWord(file.size)}; a module has at most 512 MiB.` : undefined}
        onChange={(chosen) => {
          setFile(chosen);
          upload.reset();
          if (chosen) {
            const { name, version } = guessOf(chosen.name);
            setDraft((old) => ({ ...old, name: old.name || name, version: old.version || version }));
          }
        }}
      />
      <div className="jobpace">
        {FIELDS.map(({ name, label, hint, required }) => (
          <TextInput
            key={name}
            label={label}
            placeholder={hint}
            required={required}
            maxLength={name === 'signature' ? 2048 : 500}
            disabled={upload.isPending}
            value={draft[name]}
            error={draft[name] ? wrong[name] : undefined}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setDraft((old) => ({ ...old, [name]: value }));
            }}
          />
        ))}
      </div>
      {upload.isPending && <Progress part={sent} size={file?.size ?? 0} />}
      {upload.isError && <WhyNot error={upload.error} />}
      <div className="dialogfoot" style={{ marginTop: 0 }}>
        {ready && file && <CopyAs command={moduleCommand(window.location.origin, draft, file.name)} />}
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
