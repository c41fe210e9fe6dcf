// SPDX-License-Identifier: Apache-2.0
import { type CommandText, curlOf, shellQuote } from '../format/commands';

export interface ImageDraft {
  name: string;
  version: string;
  /** a query for the devices that it is meant for; empty for all */
  devices: string;
  note: string;
  /** what it must have; empty where nobody says */
  sha256: string;
}

export const EMPTY_IMAGE: ImageDraft = { name: '', version: '', devices: '', note: '', sha256: '' };

const VERSION_IN_NAME = /[-_ ]v?(\d+(?:\.\d+)+[\w.+-]*)$/;

/** What the name of a file says of the image: "gateway-2.0.0.img" is gateway, 2.0.0. */
export function guessOf(fileName: string): { name: string; version: string } {
  const plain = fileName.replace(/(?:\.(?:img|bin|itb|trx|tar|gz|zip|swu|pkgtb))+$/i, '');
  const found = VERSION_IN_NAME.exec(plain);
  const name = (found ? plain.slice(0, found.index) : plain).replace(/[^A-Za-z0-9 ._+-]/g, '-').slice(0, 60);
  return { name, version: found?.[1] ?? '' };
}

/** What is missing or wrong in a sentence, by field; the server says the same, but only once all was sent. */
export function wrongWith(draft: ImageDraft): Partial<Record<keyof ImageDraft, string>> {
  return {
    ...(!/^[A-Za-z0-9][A-Za-z0-9 ._+-]{0,59}$/.test(draft.name) && {
      name: '1 to 60 letters, digits, blanks and . _ + -, a letter or digit first',
    }),
    ...(!/^[!-~](?:[ -~]{0,62}[!-~])?$/.test(draft.version) && {
      version: 'As devices say it when the image runs: 1 to 64 plain characters',
    }),
    ...(draft.sha256.trim() &&
      !/^[0-9a-f]{64}$/i.test(draft.sha256.trim()) && { sha256: '64 hexadecimal digits, as sha256sum prints them' }),
  };
}

/** Where the bytes of the image go, with what is said of it. */
export function uploadAddress(draft: ImageDraft, fileName: string): string {
  const said = Object.entries({ ...draft, fileName, sha256: draft.sha256.trim().toLowerCase() });
  return `/api/v1/firmware?${new URLSearchParams(said.filter(([, value]) => value !== ''))}`;
}

/** The same upload for a terminal. */
export function uploadCommand(origin: string, draft: ImageDraft, fileName: string): CommandText {
  const options = [
    ['--version', draft.version],
    ['--name', draft.name],
    ['--for', draft.devices],
    ['--note', draft.note],
    ['--sha256', draft.sha256.trim()],
  ].filter(([, value]) => value);
  return {
    pharos: ['./pharos firmware upload', shellQuote(fileName)]
      .concat(options.map(([option, value]) => `${option} ${shellQuote(value ?? '')}`))
      .join(' '),
    curl: curlOf(origin, 'POST', uploadAddress(draft, fileName), { file: fileName }),
  };
}

export function deleteImageCommand(origin: string, id: number): CommandText {
  return { pharos: `./pharos firmware delete ${id}`, curl: curlOf(origin, 'DELETE', `/api/v1/firmware/${id}`) };
}

export function upgradeCommand(origin: string, device: string, image: number): CommandText {
  return {
    pharos: `./pharos firmware upgrade ${shellQuote(device)} ${image}`,
    curl: curlOf(origin, 'POST', '/api/v1/jobs', { json: { devices: [device], firmware: image } }),
  };
}
