// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import copied from './copied.json';
import { VERBS } from './verbs';

const ORIGIN = 'https://pharos.example';
const SRC = join(import.meta.dirname, '..');

let api: Record<string, (path: string, options: object) => Promise<unknown>>;
let actionOf: typeof import('./action').actionOf;
let withoutSecrets: typeof import('./action').withoutSecrets;
let applyProfiles: typeof import('../api/queries').applyProfiles;
const sent = vi.fn(() => Promise.reject(new Error('sent after all')));

beforeAll(async () => {
  // as on a page: an address is of its origin
  class OfPage extends Request {
    constructor(address: string, init: RequestInit) {
      super(new URL(address, ORIGIN), init);
    }
  }
  vi.stubGlobal('Request', OfPage);
  vi.stubGlobal('fetch', sent);
  api = (await import('../api/client')).api as never;
  ({ actionOf, withoutSecrets } = await import('./action'));
  ({ applyProfiles } = await import('../api/queries'));
});

const send = (operation: string, options: object) => () => {
  const [method = '', path = ''] = operation.split(' ');
  return api[method]?.(path, options) as Promise<unknown>;
};

describe('what a button sends, as commands', () => {
  it.each(copied.map((each) => [each.pharos, each] as const))('%s', async (pharos, { operation, params, body }) => {
    const made = await actionOf(ORIGIN, send(operation, { params, body }));
    expect(made.pharos).toBe(pharos);
    expect(made.curl).toMatch(new RegExp(`^curl -sS -X ${operation.split(' ')[0]} '?${ORIGIN}/api/v1/`));
    expect(sent).not.toHaveBeenCalled();
  });

  it('has each command tried', () => {
    const tried = new Set(copied.map(({ operation }) => operation));
    expect(Object.keys(VERBS).filter((operation) => !tried.has(operation) && !operation.endsWith('/apply'))).toEqual(
      [],
    );
  });

  it('is curl alone where no command does it', async () => {
    const approve = send('PATCH /api/v1/devices/{id}', {
      params: { path: { id: 'os::a/1' } },
      body: { approved: true },
    });
    expect(await actionOf(ORIGIN, approve)).toEqual({
      curl: [
        `curl -sS -X PATCH ${ORIGIN}/api/v1/devices/os%3A%3Aa%2F1 \\`,
        `  -H "Authorization: Bearer $PHAROS_TOKEN" \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d '{"approved":true}'`,
      ].join('\n'),
    });
  });

  it('reads a profile from a file, for it may hold secrets', async () => {
    const made = await actionOf(ORIGIN, () => applyProfiles('settings: { Key: hidden }'));
    expect(made.pharos).toBe('./pharos apply -f profile.yaml');
    expect(made.curl).toContain(`-H 'Content-Type: application/yaml' \\\n  --data-binary @profile.yaml`);
    expect(made.curl).not.toContain('hidden');
  });

  it('holds no secret', async () => {
    const swap = send('POST /api/v1/devices/{id}/swap', {
      params: { path: { id: 'b' }, query: { from: 'a' } },
      body: { wifiKey: 'hidden one', guestKey: 'hidden two' },
    });
    const made = await actionOf(ORIGIN, swap);
    expect(made.curl).toContain('swap?from=a');
    expect(JSON.stringify(made)).not.toContain('hidden');
    expect(withoutSecrets({ a: [{ password: 'x', name: 'y' }], newSecret: 'z', keys: 3 })).toEqual({
      a: [{ password: 'SECRET', name: 'y' }],
      newSecret: 'SECRET',
      keys: 3,
    });
  });

  it('says where nothing would be sent', () => {
    expect(() => actionOf(ORIGIN, () => Promise.resolve())).toThrow('Nothing would be sent.');
  });
});

describe('whatever changes something', () => {
  /** Of whoever is signed in, with the page's session: no token can do it. */
  const OWN = /^\/api\/v1\/session(\/|$)/;
  /** Asks, and changes nothing. */
  const ASKS = /(\/preview|\/plan|\/swap-plan|\/usp\/get)$/;

  const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts') && !name.endsWith('.d.ts'),
  );
  const text = new Map(sources.map((name) => [name, readFileSync(join(SRC, name), 'utf8')]));

  /** Where it is sent elsewhere than where the button is. */
  const BUTTONS: Record<string, string> = {
    'alarms/actions.ts': 'alarms/AlarmLine.tsx',
    'api/queries.ts': 'profiles/ProfilePage.tsx',
    'datamodel/actions.ts': 'datamodel/ReviewDialog.tsx',
    'diagnostics/actions.ts': 'diagnostics/RunLine.tsx',
    'firmware/FirmwarePage.tsx': 'firmware/DeleteFile.tsx',
    'firmware/ModulesShelf.tsx': 'firmware/DeleteFile.tsx',
  };

  it('can be copied where its button is', () => {
    const silent: string[] = [];
    let found = 0;
    for (const [name, source] of text) {
      for (const [, address = ''] of source.matchAll(/\bapi\.(?:POST|PUT|PATCH|DELETE)\(\s*['"`]([^'"`]+)['"`]/g)) {
        if (OWN.test(address) || ASKS.test(address)) continue;
        found++;
        if (!/<Copy(As|Sent|Each|Sub|Items)\b/.test(text.get(BUTTONS[name] ?? name) ?? ''))
          silent.push(`${name}: ${address}`);
      }
    }
    expect(found).toBeGreaterThan(50);
    expect(silent).toEqual([]);
  });
});
