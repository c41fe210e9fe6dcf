// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Diagnostic, SupportedObject } from '../api/types';
import { diagnoseCommand, draftOf, isMasked, requestOf, shownKinds, supportedKinds, usualTarget } from './draft';
import { type Kind, kindOf } from './kinds';

const ID = 'os::0200F0-1';
const known = (name: string): Kind => {
  const kind = kindOf(name);
  if (!kind) throw new Error(name);
  return kind;
};

const run = (kind: string, inputs: Record<string, string>): Diagnostic => ({
  id: 1,
  device: ID,
  kind,
  state: 'complete',
  begun: '2026-11-26T22:41:05Z',
  by: 'anna',
  inputs,
  outputs: {},
  fault: '',
});

const object = (supportedObjPath: string, commands: Record<string, string[]>): SupportedObject => ({
  supportedObjPath,
  access: 'OBJ_READ_ONLY',
  isMultiInstance: false,
  supportedParams: [],
  supportedEvents: [],
  supportedCommands: Object.entries(commands).map(([commandName, inputArgNames]) => ({
    commandName,
    inputArgNames,
    outputArgNames: [],
    commandType: 'CMD_ASYNC',
  })),
  uniqueKeySets: [],
  divergentPaths: [],
});

describe('a measurement that is asked for', () => {
  it('is of what the device has, with the fields that its command takes', () => {
    const kinds = supportedKinds([
      object('Device.IP.Diagnostics.', { 'IPPing()': ['Host', 'NumberOfRepetitions', 'Timeout'] }),
    ]);
    expect(kinds.map((kind) => kind.name)).toEqual(['ping']);
    expect(kinds[0]?.fields.map((field) => field.argument)).toEqual(['NumberOfRepetitions', 'Timeout']);
  });

  it('is of what a device of TR-069 shows, with the fields that it has', () => {
    const kinds = shownKinds(
      ['IP.Diagnostics.IPPing.DiagnosticsState', 'IP.Diagnostics.IPPing.DSCP', 'IP.Diagnostics.TraceRoute.Host'].map(
        (path) => ({ path: `Device.${path}` }),
      ),
    );
    expect(kinds.map((kind) => kind.name)).toEqual(['ping']);
    expect(kinds[0]?.fields.map((field) => field.argument)).toEqual(['DSCP']);
  });

  it('needs a target, but not of a transfer, which is with this server then', () => {
    expect(requestOf({ kind: 'ping', target: ' ', options: {} }, known('ping'))).toBeUndefined();
    expect(requestOf({ kind: 'download', target: '', options: {} }, known('download'))).toEqual({ kind: 'download' });
  });

  it('is no capture over TR-069', () => {
    expect(shownKinds([{ path: 'Device.PacketCaptureDiagnostics.DiagnosticsState' }])).toEqual([]);
  });

  it('has a capture go to this server, and can have it so once more', () => {
    const draft = { kind: 'capture', target: '', options: { FilterExpression: 'udp port 53', PacketCount: '5' } };
    const request = requestOf(draft, known('capture'));
    expect(request && diagnoseCommand('https://acs.example', ID, request).pharos).toBe(
      "./pharos diagnose os::0200F0-1 capture --filter 'udp port 53' --count 5",
    );
    const done = run('capture', {
      FileTarget: 'https://acs.example/device-files/7/capture?token=******',
      Duration: '3',
    });
    expect(isMasked(done)).toBe(false);
    expect(draftOf(done)).toEqual({ kind: 'capture', target: '', options: { Duration: '3' } });
  });

  it('is not sent while a number is none', () => {
    const draft = { kind: 'ping', target: 'a.example', options: { NumberOfRepetitions: 'many' } };
    expect(requestOf(draft, known('ping'))).toBeUndefined();
  });

  it('is the same on the command line', () => {
    const draft = {
      kind: 'ping',
      target: '2001:db8::1',
      options: { NumberOfRepetitions: '10', ProtocolVersion: 'IPv6', DSCP: '' },
    };
    const request = requestOf(draft, known('ping'));
    expect(request && diagnoseCommand('https://acs.example', ID, request)).toEqual({
      pharos: './pharos diagnose os::0200F0-1 ping 2001:db8::1 --count 10 -6',
      curl: [
        `curl -sS -X POST https://acs.example/api/v1/devices/os%3A%3A0200F0-1/diagnostics \\`,
        `  -H "Authorization: Bearer $PHAROS_TOKEN" \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d '{"kind":"ping","target":"2001:db8::1","arguments":{"NumberOfRepetitions":"10","ProtocolVersion":"IPv6"}}'`,
      ].join('\n'),
    });
  });

  it('names several hosts one by one on the command line, and with commas to the server', () => {
    const request = requestOf({ kind: 'servers', target: 'a.example, b.example', options: {} }, known('servers'));
    expect(request?.target).toBe('a.example,b.example');
    expect(request && diagnoseCommand('', ID, request).pharos).toBe(
      './pharos diagnose os::0200F0-1 servers a.example b.example',
    );
  });

  it('can be asked for once more as it was, without the link of this server', () => {
    const again = run('download', {
      DownloadURL: 'http://127.0.0.1:8480/transfer-tests/download?expires=1&token=******',
      ProtocolVersion: 'Any',
      TimeBasedTestDuration: '3',
    });
    expect(draftOf(again)).toEqual({ kind: 'download', target: '', options: { TimeBasedTestDuration: '3' } });
    expect(isMasked(again)).toBe(false);
    expect(isMasked(run('download', { DownloadURL: 'https://files.example/?token=******' }))).toBe(true);
  });

  it('is of the host that was asked last, or else of this server', () => {
    const runs = [run('lookup', { HostName: 'www.example' }), run('trace', { Host: '192.0.2.1' })];
    expect(usualTarget(known('ping'), runs, 'acs.example')).toBe('192.0.2.1');
    expect(usualTarget(known('ping'), [], 'acs.example')).toBe('acs.example');
    expect(usualTarget(known('lookup'), runs, 'acs.example')).toBe('www.example');
    expect(usualTarget(known('servers'), runs, 'acs.example')).toBe('');
  });
});
