// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Profile } from '../api/types';
import { FIRST_PROFILE, hasMask, MASK, profileText, scalar } from './text';

const profile = (part: Partial<Profile>): Profile => ({
  name: 'wifi',
  version: 3,
  deleted: false,
  query: 'model = "X"',
  priority: 20,
  changed: '2026-01-01T00:00:00Z',
  changedBy: 'anna',
  ...part,
});

describe('a profile as text', () => {
  it('has its parameters and rows as people write them', () => {
    const text = profileText(
      profile({
        parameters: {
          'Device.WiFi.SSID.1.SSID': 'Home-{serial:last 4}',
          'Device.WiFi.Radio.*.AutoChannelEnable': 'true',
        },
        rows: [{ object: 'Device.Time.Client.', key: { Servers: 'ntp.example.net' }, values: { Enable: 'true' } }],
      }),
    );
    expect(text).toBe(`name: wifi
query: "model = \\"X\\""
priority: 20
parameters:
  Device.WiFi.SSID.1.SSID: "Home-{serial:last 4}"
  Device.WiFi.Radio.*.AutoChannelEnable: "true"
rows:
  - object: Device.Time.Client.
    key:
      Servers: ntp.example.net
    values:
      Enable: "true"
`);
  });

  it('quotes what YAML would read as something else', () => {
    for (const odd of [
      '',
      ' x',
      'a: b',
      '# no comment',
      '- x',
      '010',
      'yes',
      'NULL',
      '{x}',
      'a"b',
      'tab\there',
      '*x',
    ]) {
      expect(scalar(odd), odd).toBe(JSON.stringify(odd));
    }
    expect(scalar('Lantern-5')).toBe('Lantern-5');
  });

  it('shows where a secret is not, so that the mask is not written as one', () => {
    expect(hasMask(profileText(profile({ parameters: { 'Device.X.KeyPassphrase': MASK } })))).toBe(true);
    expect(hasMask(FIRST_PROFILE)).toBe(false);
  });
});
