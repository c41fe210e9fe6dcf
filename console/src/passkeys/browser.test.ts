// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { hindrance, sentenceOf } from './browser';

const NEW = { parseCreationOptionsFromJSON: () => ({}) };

function at(origin: string, isSecureContext: boolean, PublicKeyCredential?: object): Window & typeof globalThis {
  return { location: { origin }, isSecureContext, PublicKeyCredential } as unknown as Window & typeof globalThis;
}

describe('a browser', () => {
  it('says in words why it has no passkeys here', () => {
    expect(hindrance(at('http://192.0.2.7:8080', false))).toContain('over HTTPS only');
    expect(hindrance(at('http://192.0.2.7:8080', false))).toContain('http://192.0.2.7:8080');
    expect(hindrance(at('https://pharos.example', true))).toContain('too old');
    expect(hindrance(at('https://pharos.example', true, {}))).toContain('too old');
    expect(hindrance(at('https://pharos.example', true, NEW))).toBeUndefined();
  });

  it('tells what became of it, whatever its own words', () => {
    const said = (name: string) => (sentenceOf(new DOMException('its words', name), 'nothing came') as Error).message;
    expect(said('NotAllowedError')).toBe('nothing came');
    expect(said('AbortError')).toBe('nothing came');
    expect(said('InvalidStateError')).toContain('already');
    expect(said('SecurityError')).toContain('its words');
    const other = new Error('of the server');
    expect(sentenceOf(other, 'nothing came')).toBe(other);
  });
});
