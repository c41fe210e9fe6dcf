// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { SwapSetting, SwapView } from '../api/types';
import { type Course, shown, stateOf, wrongKey } from './model';

const setting = (action: string, secret = false): SwapSetting => ({
  id: 'wifi.name',
  name: 'Wi-Fi: name',
  old: { path: 'Device.A', value: 'Home' },
  action,
  why: '',
  secret,
});
const begun = (action: string) => ({ settings: [setting(action)] }) as SwapView;

describe('what a setting is at', () => {
  it.each([
    ['set', undefined, 'under way', 'to set'],
    ['same', undefined, 'under way', 'is so'],
    ['cannot', 'set', 'done', 'cannot'],
    ['set', 'set', 'under way', 'being set'],
    ['same', 'set', 'under way', 'read back'],
    ['set', 'set', 'not whole', 'not set'],
    ['same', 'same', 'done', 'is so'],
  ])('%s after %s, the job %s', (now, before, course, word) => {
    expect(stateOf(setting(now), before === undefined ? undefined : begun(before), course as Course).word).toBe(word);
  });

  it('a secret is as good as the job', () => {
    expect(stateOf(setting('set', true), begun('set'), 'under way').word).toBe('being set');
    expect(stateOf(setting('set', true), begun('set'), 'done')).toEqual({ word: 'set', tone: 'good' });
    expect(stateOf(setting('set', true), begun('set'), 'not whole').word).toBe('not known');
  });
});

describe('values and keys', () => {
  it('shows no secret, and says what is not there', () => {
    expect(shown(setting('set', true), 'old')).toBe('secret');
    expect(shown(setting('set'), 'now')).toBe('nothing');
    expect(shown(setting('set'), 'old')).toBe('Home');
  });

  it.each([
    ['', true],
    ['correct horse', true],
    ['short', false],
    ['ééééééééé', false],
    ['a'.repeat(64), true],
    ['z'.repeat(64), false],
  ])('%s', (key, right) => {
    expect(wrongKey(key) === undefined).toBe(right);
  });
});
