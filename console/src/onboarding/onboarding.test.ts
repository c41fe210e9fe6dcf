// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Device, RefusedPeer, WireEntry } from '../api/types';
import { configurationOf, fits, remarksOf, type Wanted } from './configuration';
import { faultOf, USUAL_ID } from './endpointId';
import { isDone, othersRefused, stepsOf } from './progress';
import { readOnboardSearch } from './search';
import { urlOf, usualHost, type Way, waysOf } from './ways';

const way = (listeners: Record<string, string>): Way => {
  const [first] = waysOf(listeners);
  if (!first) throw new Error('no way');
  return first;
};

const wanted = (listeners: Record<string, string>, part: Partial<Wanted> = {}): Wanted => ({
  kind: 'agent',
  id: 'os::012345-A',
  way: way(listeners),
  host: 'acs.example',
  controller: 'self::pharos',
  login: false,
  ...part,
});

describe('the ways to the server', () => {
  it('are those that it listens on, encrypted ones first, and nothing that is no way for a device', () => {
    const ways = waysOf({
      ws: 'ws://127.0.0.1:8183/usp',
      mqtts: 'mqtts://0.0.0.0:8883',
      stomp: 'stomp://::1:61613',
      uds: 'unix:/run/usp',
      cwmp: 'http://127.0.0.1:7547/cwmp',
      coap: 'coap://127.0.0.1:5683/usp',
    });
    expect(ways.map((each) => each.name)).toEqual(['mqtts', 'ws', 'stomp', 'uds']);
    expect(ways.map((each) => [each.host, each.port, each.path])).toEqual([
      ['0.0.0.0', 8883, ''],
      ['127.0.0.1', 8183, '/usp'],
      ['::1', 61613, ''],
      ['', 0, '/run/usp'],
    ]);
  });
  it('lead to where the server is, as far as that is known', () => {
    expect(usualHost(way({ ws: 'ws://0.0.0.0:8183/usp' }), 'acs.example')).toBe('acs.example');
    expect(usualHost(way({ ws: 'ws://127.0.0.1:8183/usp' }), 'localhost')).toBe('127.0.0.1');
    expect(urlOf(way({ ws: 'ws://0.0.0.0:8183/usp' }), '2001:db8::1')).toBe('ws://[2001:db8::1]:8183/usp');
    expect(urlOf(way({ mqtt: 'mqtts://broker.example' }), 'broker.example')).toBe('mqtts://broker.example:1883');
    expect(urlOf(way({ uds: 'unix:/run/usp' }), '')).toBe('unix:/run/usp');
  });
});

describe('what a device must be told', () => {
  it('is one command for our own agent', () => {
    expect(configurationOf(wanted({ ws: 'ws://127.0.0.1:8183/usp' }, { host: '127.0.0.1' }))).toBe(
      './pharos agent \\\n    --endpoint-id os::012345-A \\\n    --controller ws://127.0.0.1:8183/usp',
    );
    const far = configurationOf(
      wanted({ mqtt: 'mqtt://0.0.0.0:1883' }, { kind: 'simulated', controller: 'self::x', login: true }),
    );
    expect(far).toContain('--controller-id self::x');
    expect(far).toContain('--device simulated');
    expect(far).toContain('--username os::012345-A \\\n    --password-file password.txt');
    expect(far).toContain('--insecure');
    expect(configurationOf(wanted({ wss: 'wss://0.0.0.0:8184/usp' }))).toContain('--ca authority.pem');
  });
  it('is a reset file for obuspa, with its own topics', () => {
    const file = configurationOf(
      wanted({ mqtts: 'mqtts://0.0.0.0:8883' }, { kind: 'obuspa', id: 'os::012345-A+B', login: true }),
    );
    expect(file).toContain('Device.LocalAgent.EndpointID "os::012345-A+B"');
    expect(file).toContain('MQTT.Topic "usp/controller/self::pharos"');
    expect(file).toContain('ResponseTopicConfigured "usp/agent/os::012345-A%2bB"');
    expect(file).toContain('Device.MQTT.Client.1.TransportProtocol "TLS"');
    expect(file).toContain('Device.MQTT.Client.1.Password "PASSWORD"');
    const socket = configurationOf(wanted({ ws: 'ws://0.0.0.0:8183/usp' }, { kind: 'obuspa' }));
    expect(socket).toContain('WebSocket.Host "acs.example"');
    expect(socket).toContain('WebSocket.Port "8183"');
    expect(socket).toContain('WebSocket.EnableEncryption "false"');
    const queue = configurationOf(wanted({ stomp: 'stomp://0.0.0.0:61613' }, { kind: 'obuspa' }));
    expect(queue).toContain('STOMP.Destination "/topic/usp.agent.os::012345-A"');
    expect(queue).not.toContain('Password');
  });
  it('is a section of uci for prplOS', () => {
    const file = configurationOf(wanted({ wss: 'wss://0.0.0.0:8184/usp' }, { kind: 'prplos', id: "os::012345-O'N" }));
    expect(file).toContain("config usp\n    option enabled '1'");
    expect(file).toContain("option endpoint_id 'os::012345-O'\\''N'");
    expect(file).toContain("option controller_url 'wss://acs.example:8184/usp'");
    expect(file).not.toContain('insecure');
  });
  it('is none where a device could not come', () => {
    expect(fits('obuspa', way({ uds: 'unix:/run/usp' }))).toBe(false);
    expect(fits('agent', way({ uds: 'unix:/run/usp' }))).toBe(true);
  });
  it('comes with what its reader must know', () => {
    expect(remarksOf(wanted({ ws: 'ws://127.0.0.1:8183/usp' }, { host: '127.0.0.1' }))).toEqual([
      expect.stringContaining('its own machine only'),
    ]);
    expect(remarksOf(wanted({ mqtt: 'mqtt://0.0.0.0:1883' }, { login: true }))).toEqual([
      expect.stringContaining('bootstraps --login os::012345-A'),
      expect.stringContaining('for a laboratory'),
    ]);
  });
});

describe('an Endpoint ID', () => {
  it('is right, or it is said what is wrong', () => {
    for (const id of [...Object.values(USUAL_ID), 'proto::x', 'self::a', 'oui:00256D:my-serial']) {
      expect(faultOf(id)).toBeUndefined();
    }
    expect(faultOf('gateway')).toContain('three parts');
    expect(faultOf('os::12345-A')).toContain('six hexadecimal digits');
    expect(faultOf('os:x:012345-A')).toContain('six hexadecimal digits');
    expect(faultOf('oui::A')).toContain('who gave the number');
    expect(faultOf('proto::')).toContain('second colon');
    expect(faultOf('proto::a b')).toContain('no blanks');
  });
  it('is in the address', () => {
    expect(readOnboardSearch({ kind: 'obuspa', id: ' proto::a ', way: 'ws', at: 1, login: true, x: 1 })).toEqual({
      kind: 'obuspa',
      id: 'proto::a',
      way: 'ws',
      at: '1',
      login: true,
    });
    expect(readOnboardSearch({ kind: 'toaster' })).toEqual({});
  });
});

const entry = (part: Partial<WireEntry>): WireEntry =>
  ({
    kind: 'record',
    direction: 'in',
    transport: 'mqtt',
    address: '192.0.2.1',
    note: '',
    refused: null,
    ...part,
  }) as WireEntry;

const device = (part: Partial<Device>): Device =>
  ({
    id: 'os::012345-A',
    status: 'online',
    statusReason: '',
    approved: true,
    verified: false,
    transport: 'mqtt',
    address: '192.0.2.1',
    manufacturer: 'Acme',
    modelName: 'Box',
    parameterCount: 12,
    lastSeen: '2026-11-27T05:00:00Z',
    ...part,
  }) as Device;

const states = (...given: Parameters<typeof stepsOf>) => stepsOf(...given).map((step) => step.state);

describe('the steps of a device', () => {
  it('are taken one after the other', () => {
    expect(states([], undefined)).toEqual(['working', 'waiting', 'waiting']);
    expect(states([entry({ kind: 'opened' })], undefined)).toEqual(['done', 'working', 'waiting']);
    expect(states([entry({})], device({ status: 'onboarding' }))).toEqual(['done', 'done', 'working']);
    const all = stepsOf([entry({})], device({}));
    expect(isDone(all)).toBe(true);
    expect(all.map((step) => step.text).at(-1)).toBe('Acme Box: 12 parameters read.');
  });
  it('stop with the reason', () => {
    const [, refused] = stepsOf(
      [entry({ kind: 'closed', note: 'gone' }), entry({ refused: 'a wrong password' })],
      undefined,
    );
    expect(refused).toMatchObject({ state: 'stopped', text: 'A wrong password.' });
    const [, left] = stepsOf([entry({ kind: 'closed', note: 'gone' })], undefined);
    expect(left).toMatchObject({ state: 'stopped', text: 'It left before it was let in: gone' });
    expect(stepsOf([], device({ status: 'error', statusReason: '' })).at(-1)).toMatchObject({ state: 'stopped' });
  });
  it('stop at the door until somebody opens it, and go on when they come back', () => {
    const waits = device({ status: 'offline', approved: false });
    expect(stepsOf([entry({ refused: 'it waits' })], waits)[1]).toMatchObject({ state: 'stopped', approve: true });
    const [known] = stepsOf([], device({ status: 'offline' }), Date.parse('2026-11-27T05:01:00Z'));
    expect(known).toMatchObject({ state: 'working', text: expect.stringContaining('was here 1 min ago') });
  });
  it('name who else was turned away since then, and nobody before', () => {
    const peer = (name: string, lastTime: string): RefusedPeer => ({ device: name, lastTime }) as RefusedPeer;
    const all = [peer('', '3'), peer('os::012345-A', '3'), peer('b', '1')];
    expect(othersRefused(all, 'os::012345-A', '2')).toEqual([all[0]]);
    expect(othersRefused(all, 'os::012345-A', undefined)).toEqual([]);
  });
});
