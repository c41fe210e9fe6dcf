// SPDX-License-Identifier: Apache-2.0
/// <reference types="node" />
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What a browser may fetch of JavaScript, compressed, before any page of ours can be used; in kB of 1,000 bytes. */
const FIRST_LOAD_KB = 250;

/** The part of a chunk that counts: who imports whom, and what must be there at once. */
export interface Part {
  code: string;
  isEntry: boolean;
  imports: string[];
  dynamicImports: string[];
}

/** The files that a browser needs for this one, itself among them. */
function needed(parts: Record<string, Part>, name: string, found = new Set<string>()): Set<string> {
  if (found.has(name) || !parts[name]) return found;
  found.add(name);
  for (const other of parts[name].imports) needed(parts, other, found);
  return found;
}

export interface FirstLoad {
  /** the page that needs most; the entry alone where nothing is loaded later */
  page: string;
  bytes: number;
}

/** The frame of every page and the page that needs most beside it, compressed as servers do by default. */
export function heaviestFirstLoad(parts: Record<string, Part>): FirstLoad {
  const sizes = new Map<string, number>();
  const size = (name: string): number => {
    if (!sizes.has(name)) sizes.set(name, gzipSync(parts[name]?.code ?? '').length);
    return sizes.get(name) ?? 0;
  };
  const entries = Object.keys(parts).filter((name) => parts[name]?.isEntry);
  const frame = entries.reduce((found, name) => needed(parts, name, found), new Set<string>());
  const pages = [...frame].flatMap((name) => parts[name]?.dynamicImports ?? []);
  const loads = [...entries, ...pages].map((page) => {
    const files = needed(parts, page, new Set(frame));
    return { page, bytes: [...files].reduce((sum, name) => sum + size(name), 0) };
  });
  return loads.reduce((most, load) => (load.bytes > most.bytes ? load : most), { page: '', bytes: 0 });
}

/** Says how much JavaScript the first load takes, and fails the build where it is too much. */
export function firstLoadGate(): Plugin {
  return {
    name: 'pharos:first-load',
    apply: 'build',
    writeBundle(_, bundle) {
      const parts: Record<string, Part> = {};
      for (const [name, chunk] of Object.entries(bundle)) if (chunk.type === 'chunk') parts[name] = chunk;
      const { page, bytes } = heaviestFirstLoad(parts);
      const words = `first load: ${(bytes / 1000).toFixed(1)} kB of compressed JavaScript at most (${page}), ${FIRST_LOAD_KB} kB allowed`;
      if (bytes > FIRST_LOAD_KB * 1000) this.error(words);
      console.log(words);
    },
  };
}
