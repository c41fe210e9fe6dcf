// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Webhook } from '../api/types';
import { addCommand, bodyOf, isPlain, NO_WEBHOOK, standing, wantedWords } from './webhooks';

const webhook = (part: Partial<Webhook>): Webhook => ({
  name: 'duty',
  url: 'https://duty.example/hook',
  kinds: [],
  query: '',
  path: '',
  insecure: false,
  state: 'active',
  note: '',
  waiting: 0,
  dead: 0,
  replaying: false,
  created: '2026-11-26T20:00:00Z',
  createdBy: 'anna',
  ...part,
});

describe('a webhook', () => {
  it('is sent when it has a name and an address, and plain http to others only where that is meant', () => {
    const draft = { ...NO_WEBHOOK, name: 'duty', url: 'https://duty.example/hook' };
    expect(bodyOf(draft)).toEqual({ name: 'duty', url: 'https://duty.example/hook' });
    expect(bodyOf({ ...draft, name: ' ' })).toBeUndefined();
    expect(bodyOf({ ...draft, url: 'duty.example' })).toBeUndefined();
    const plain = { ...draft, url: 'http://duty.example/hook' };
    expect(isPlain(plain.url)).toBe(true);
    expect(isPlain('http://127.0.0.1:9000/')).toBe(false);
    expect(bodyOf(plain)).toBeUndefined();
    expect(bodyOf({ ...plain, insecure: true })?.insecure).toBe(true);
  });

  it('is the same on the command line', () => {
    const body = bodyOf({
      ...NO_WEBHOOK,
      name: 'duty',
      url: 'https://duty.example/hook',
      kinds: ['alarm', 'offline'],
      query: 'tag:business',
    });
    expect(body && addCommand('', body).pharos).toBe(
      './pharos webhooks add duty https://duty.example/hook --kind alarm,offline --query tag:business',
    );
  });

  it('says what it wants and how it goes', () => {
    expect(wantedWords(webhook({}), {})).toBe('every event');
    expect(wantedWords(webhook({ kinds: ['alarm'], path: 'Device.WiFi.' }), { alarm: 'Alarm' })).toBe(
      'Alarm, beginning with Device.WiFi.',
    );
    expect(standing(webhook({ state: 'failing', waiting: 2, lastError: 'answered 500' }))).toEqual({
      words: 'It does not take them, 2 deliveries waiting: answered 500',
      tone: 'bad',
    });
    expect(standing(webhook({ state: 'paused' })).words).toBe('Nothing is sent.');
  });
});
