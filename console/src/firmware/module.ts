// SPDX-License-Identifier: Apache-2.0
// A software module while it is uploaded, and how the same is done in a terminal.
import type { SoftwareModule } from '../api/types';
import { type CommandText, curlOf, shellQuote } from '../format/commands';

export interface ModuleDraft {
  name: string;
  /** a domain name */
  vendor: string;
  version: string;
  devices: string;
  environment: string;
  architectures: string;
  /** KiB */
  memory: string;
  disk: string;
  requires: string;
  /** base64 */
  signature: string;
  note: string;
}

export const EMPTY_MODULE: ModuleDraft = {
  name: '',
  vendor: '',
  version: '',
  devices: '',
  environment: '',
  architectures: '',
  memory: '',
  disk: '',
  requires: '',
  signature: '',
  note: '',
};

/** What is missing or wrong, by field; the server says the same, but only once all was sent. */
export function wrongModule(draft: ModuleDraft): Partial<Record<keyof ModuleDraft, string>> {
  const kib = (text: string) => text.trim() === '' || /^\d{1,10}$/.test(text.trim());
  return {
    ...(!/^[A-Za-z0-9][A-Za-z0-9 ._+-]{0,59}$/.test(draft.name) && { name: 'As the archive says it' }),
    ...(!/^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/.test(draft.vendor) && {
      vendor: 'A domain name, as the archive says it',
    }),
    ...(!/^[0-9A-Za-z][0-9A-Za-z.+~_-]{0,31}$/.test(draft.version) && { version: 'As the archive says it' }),
    ...(!kib(draft.memory) && { memory: 'A whole number of KiB' }),
    ...(!kib(draft.disk) && { disk: 'A whole number of KiB' }),
  };
}

/** Where the bytes go, with what is said of them. */
export function moduleAddress(draft: ModuleDraft, fileName: string): string {
  const said = Object.entries({ ...draft, fileName }).map(([name, value]) => [name, value.trim()]);
  return `/api/v1/modules?${new URLSearchParams(said.filter(([, value]) => value !== ''))}`;
}

/** What a module needs of a device, each in a few words. */
export function needsOf(module: SoftwareModule): string[] {
  return [
    module.environment && `execution environment ${module.environment}`,
    module.architectures.length > 0 && `one of ${module.architectures.join(', ')}`,
    module.memory > 0 && `${module.memory.toLocaleString('en')} KiB of memory`,
    module.disk > 0 && `${module.disk.toLocaleString('en')} KiB of disk space`,
    ...module.requires,
  ].filter((need) => typeof need === 'string' && need !== '') as string[];
}

export function deleteModuleCommand(origin: string, id: number): CommandText {
  return { pharos: `./pharos modules delete ${id}`, curl: curlOf(origin, 'DELETE', `/api/v1/modules/${id}`) };
}

/** The same upload for a terminal. */
export function moduleCommand(origin: string, draft: ModuleDraft, fileName: string): CommandText {
  const several = (option: string, text: string) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)
      .map((part) => `${option} ${shellQuote(part)}`);
  const one = (option: string, text: string) => (text.trim() ? [`${option} ${shellQuote(text.trim())}`] : []);
  return {
    pharos: [
      `./pharos modules upload ${shellQuote(fileName)}`,
      ...one('--name', draft.name),
      ...one('--vendor', draft.vendor),
      ...one('--version', draft.version),
      ...one('--for', draft.devices),
      ...one('--environment', draft.environment),
      ...several('--architecture', draft.architectures),
      ...one('--memory', draft.memory),
      ...one('--disk', draft.disk),
      ...several('--requires', draft.requires),
      ...one('--note', draft.note),
      ...(draft.signature.trim() ? ['--signature signature.bin'] : []),
    ].join(' '),
    curl: curlOf(origin, 'POST', moduleAddress(draft, fileName), { file: fileName }),
  };
}
