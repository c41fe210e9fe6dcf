// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { DeviceFileRequest } from '../api/types';
import { askCommand, filesAddress, outcomeOf } from './words';

const request: DeviceFileRequest = {
  id: 1,
  device: 'os::0200F0-1',
  action: 'backup',
  number: 1,
  name: 'settings.txt',
  state: 'running',
  begun: '2026-11-27T09:00:00Z',
  expires: '2026-11-27T10:00:00Z',
  by: 'admin',
  fault: '',
};

describe('files of a device', () => {
  it('says what became of a request, and why', () => {
    expect(outcomeOf(request)).toBe('The device is giving settings.txt away');
    expect(outcomeOf({ ...request, fault: 'it broke off' })).toBe(
      'The device is giving settings.txt away; the last try: it broke off',
    );
    expect(outcomeOf({ ...request, awaitedSession: '2020-01-01T10:00:00Z', fault: 'It cannot be called.' })).toMatch(
      /^The device is asked for giving .* away: waits for its next session \(was expected .*\): It cannot/,
    );
    expect(outcomeOf({ ...request, state: 'complete', file: 3 })).toBe('settings.txt is here');
    expect(outcomeOf({ ...request, action: 'restore', state: 'failed', fault: '7022 no room' })).toBe(
      'The device failed at taking settings.txt back: 7022 no room',
    );
    expect(outcomeOf({ ...request, action: 'send', name: '4 Tone File', state: 'complete', file: 3 })).toBe(
      'The device has taken 4 Tone File',
    );
    expect(outcomeOf({ ...request, state: 'lost' })).toBe('Nothing came of giving settings.txt away');
  });

  it('asks the same from a terminal, whatever the device is called', () => {
    const command = askCommand('https://x', 'os::0200F0-a%2Fb', { action: 'restore', file: 7 });
    expect(command.pharos).toBe('./pharos files os::0200F0-a%2Fb restore 7');
    expect(command.curl).toContain('https://x/api/v1/devices/os%3A%3A0200F0-a%252Fb/files/requests');
    expect(filesAddress('os::1')).toBe('/api/v1/devices/os%3A%3A1/files');
  });
});
