// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core';
import { EMPTY_MODULE, type ModuleDraft, moduleAddress, moduleCommand, wrongModule } from './module';
import { UploadFrame } from './UploadFrame';

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

/** A module and what is said of it. */
export function ModuleUpload({ onEnd }: { onEnd: () => void }) {
  return (
    <UploadFrame
      kind="module"
      order={3}
      label="Archive"
      description="tar, tar.gz or zip, up to 512 MiB"
      empty={EMPTY_MODULE}
      wrongWith={wrongModule}
      address={moduleAddress}
      command={moduleCommand}
      shelf="modules"
      fields={({ draft, change, told, disabled }) => (
        <div className="jobpace">
          {FIELDS.map(({ name, label, hint, required }) => (
            <TextInput
              key={name}
              label={label}
              placeholder={hint}
              required={required}
              maxLength={name === 'signature' ? 2048 : 500}
              disabled={disabled}
              value={draft[name]}
              error={told(name)}
              onChange={(event) => change({ [name]: event.currentTarget.value })}
            />
          ))}
        </div>
      )}
      onEnd={onEnd}
    />
  );
}
