// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { addCommand, deleteCommand, getCommand, operateCommand, setCommand, shellQuote, splitParam } from './commands';

const ORIGIN = 'http://localhost:8080';

describe('commands for a terminal', () => {
  it('quotes only what the shell would change', () => {
    expect(shellQuote('Device.WiFi.SSID.1.')).toBe('Device.WiFi.SSID.1.');
    expect(shellQuote('Café del Mar')).toBe("'Café del Mar'");
    expect(shellQuote("it's")).toBe(`'it'\\''s'`);
    expect(shellQuote('')).toBe("''");
    expect(shellQuote('$HOME')).toBe("'$HOME'");
    expect(shellQuote('Device.WiFi.SSID.*.')).toBe("'Device.WiFi.SSID.*.'");
  });

  it('encodes the endpoint id once in the address', () => {
    const { pharos, curl } = getCommand(ORIGIN, 'os::012345-A%2FB', ['Device.DeviceInfo.']);
    expect(pharos).toBe('./pharos get os::012345-A%2FB Device.DeviceInfo.');
    expect(curl).toContain('/api/v1/devices/os%3A%3A012345-A%252FB/usp/get');
    expect(curl).toContain('"paths":["Device.DeviceInfo."]');
    expect(curl).toContain('Bearer $PHAROS_TOKEN');
  });

  it('groups the settings of a set by object', () => {
    const settings = [
      { path: 'Device.WiFi.SSID.1.SSID', value: 'My home' },
      { path: 'Device.WiFi.SSID.1.Enable', value: 'true' },
      { path: 'Device.Time.Enable', value: 'false' },
    ];
    const { pharos, curl } = setCommand(ORIGIN, 'self::a', settings, false);
    expect(pharos).toBe(
      "./pharos set self::a 'Device.WiFi.SSID.1.SSID=My home' Device.WiFi.SSID.1.Enable=true Device.Time.Enable=false",
    );
    expect(curl.match(/objPath/g)).toHaveLength(2);
    expect(curl).toContain('"required":true');
  });

  it('never holds a secret', () => {
    const secret = { path: 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase', value: 'hunter22', secret: true };
    const { pharos, curl } = setCommand(ORIGIN, 'self::a', [secret], true);
    expect(pharos + curl).not.toContain('hunter22');
    expect(pharos).toContain('KeyPassphrase="$SECRET"');
  });

  it('writes adds, deletes and commands', () => {
    expect(addCommand(ORIGIN, 'self::a', 'Device.NAT.PortMapping.', [{ path: 'Alias', value: 'web' }]).pharos).toBe(
      './pharos add self::a Device.NAT.PortMapping. Alias=web',
    );
    expect(deleteCommand(ORIGIN, 'self::a', 'Device.NAT.PortMapping.2.').pharos).toBe(
      './pharos delete self::a Device.NAT.PortMapping.2.',
    );
    const ping = operateCommand(ORIGIN, 'self::a', 'Device.IP.Diagnostics.IPPing()', [{ path: 'Host', value: 'a.b' }]);
    expect(ping.pharos).toBe("./pharos operate self::a 'Device.IP.Diagnostics.IPPing()' Host=a.b");
  });

  it('splits a parameter path at its last dot', () => {
    expect(splitParam('Device.WiFi.SSID.1.Name')).toEqual(['Device.WiFi.SSID.1.', 'Name']);
    expect(splitParam('Device.Reboot()')).toEqual(['Device.', 'Reboot()']);
  });
});
