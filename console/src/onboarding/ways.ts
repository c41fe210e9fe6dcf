// SPDX-License-Identifier: Apache-2.0
// The ways to this server, from what it says it listens on.
import type { Summary } from '../api/types';

export type Protocol = 'websocket' | 'mqtt' | 'stomp' | 'uds';

export interface Way {
  /** the server's name of the listener: ws, wss, mqtt, … */
  name: string;
  protocol: Protocol;
  label: string;
  secure: boolean;
  /** as the server listens: an address of its own, or all of them */
  host: string;
  port: number;
  /** of a URL, with its slash; of a socket, its file */
  path: string;
}

const KNOWN: [name: string, protocol: Protocol, label: string, usualPort: number][] = [
  ['wss', 'websocket', 'WebSocket, TLS', 443],
  ['mqtts', 'mqtt', 'MQTT, TLS', 8883],
  ['stomps', 'stomp', 'STOMP, TLS', 61_614],
  ['ws', 'websocket', 'WebSocket', 80],
  ['mqtt', 'mqtt', 'MQTT', 1883],
  ['stomp', 'stomp', 'STOMP', 61_613],
  ['uds', 'uds', 'Unix socket', 0],
];

/** In the order in which they are to be preferred. What is obsolete (CoAP) is not offered. */
export function waysOf(listeners: Summary['listeners']): Way[] {
  return KNOWN.flatMap(([name, protocol, label, usualPort]): Way[] => {
    const address = listeners[name];
    if (!address) return [];
    if (protocol === 'uds') {
      return [{ name, protocol, label, secure: false, host: '', port: 0, path: address.replace(/^unix:/, '') }];
    }
    const [, scheme = name, host = '', port, path = ''] = /^([a-z]+):\/\/(.*?)(?::(\d+))?(\/.*)?$/.exec(address) ?? [];
    const secure = /^(wss|mqtts|stomps)$/.test(scheme);
    return [{ name, protocol, label, secure, host, port: port ? Number(port) : usualPort, path }];
  });
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1)$/i.test(bare(host));

const isWildcard = (host: string): boolean => /^(0\.0\.0\.0|::|0:0:0:0:0:0:0:0)$/.test(bare(host));

/** Where a device finds the server, as far as that can be known: what it listens on, or what this page was opened by. */
export function usualHost(way: Way, pageHost: string): string {
  return isWildcard(way.host) ? bare(pageHost) : bare(way.host);
}

/** The scheme goes by what is spoken, not by the name: a broker of one's own is "mqtt" also where it has TLS. */
export function urlOf(way: Way, host: string): string {
  if (way.protocol === 'uds') return `unix:${way.path}`;
  const scheme = { websocket: 'ws', mqtt: 'mqtt', stomp: 'stomp' }[way.protocol] + (way.secure ? 's' : '');
  return `${scheme}://${host.includes(':') ? `[${bare(host)}]` : host}:${way.port}${way.path}`;
}
