// SPDX-License-Identifier: Apache-2.0
// What a device must be told, in the words of what runs on it. No secret is ever part of it: files and logins are named.
import { shellQuote } from '../format/commands';
import type { Kind } from './search';
import { isLoopback, urlOf, type Way } from './ways';

export interface Wanted {
  kind: Kind;
  /** of the device */
  id: string;
  way: Way;
  /** where the device finds the server */
  host: string;
  controller: string;
  /** whether the broker asks for a user name and a password */
  login: boolean;
}

/** What Pharos' own agent takes for the controller's id where nothing is said. */
const USUAL_CONTROLLER = 'self::pharos';
const PASSWORD_FILE = 'password.txt';
const CA_FILE = 'authority.pem';

export const hasBroker = ({ protocol }: Way): boolean => protocol === 'mqtt' || protocol === 'stomp';

/** Whether the configuration for it exists: only our own agent goes to a socket of this host. */
export const fits = (kind: Kind, way: Way): boolean =>
  way.protocol !== 'uds' || kind === 'agent' || kind === 'simulated';

/** Whether something must be said for a connection without encryption that leaves its host. */
const inTheOpen = ({ way, host }: Wanted): boolean => way.protocol !== 'uds' && !way.secure && !isLoopback(host);

export function configurationOf(wanted: Wanted): string {
  switch (wanted.kind) {
    case 'agent':
    case 'simulated':
      return agentCommand(wanted);
    case 'obuspa':
      return obuspaFile(wanted);
    case 'prplos':
      return uciFile(wanted);
  }
}

function agentCommand(wanted: Wanted): string {
  const { kind, id, way, host, controller, login } = wanted;
  const parts = [
    './pharos agent',
    `--endpoint-id ${shellQuote(id)}`,
    `--controller ${shellQuote(urlOf(way, host))}`,
    ...(controller === USUAL_CONTROLLER ? [] : [`--controller-id ${shellQuote(controller)}`]),
    ...(kind === 'simulated' ? ['--device simulated'] : []),
    ...(login && hasBroker(way) ? [`--username ${shellQuote(id)}`, `--password-file ${PASSWORD_FILE}`] : []),
    ...(way.secure ? [`--ca ${CA_FILE}`] : []),
    ...(inTheOpen(wanted) ? ['--insecure'] : []),
  ];
  return parts.join(' \\\n    ');
}

const uciQuote = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;

function uciFile(wanted: Wanted): string {
  const { id, way, host, controller, login } = wanted;
  const options: [string, string][] = [
    ['enabled', '1'],
    ['endpoint_id', id],
    ['controller_url', urlOf(way, host)],
    ['mtp', way.protocol],
    ...(controller === USUAL_CONTROLLER ? [] : [['controller_id', controller] as [string, string]]),
    ...(login && hasBroker(way)
      ? ([
          ['username', id],
          ['password_file', `/etc/pharos-agent/${PASSWORD_FILE}`],
        ] as [string, string][])
      : []),
    ...(way.secure ? [['ca', `/etc/pharos-agent/${CA_FILE}`] as [string, string]] : []),
    ...(inTheOpen(wanted) ? [['insecure', '1'] as [string, string]] : []),
  ];
  return ['config usp', ...options.map(([name, value]) => `    option ${name} ${uciQuote(value)}`)].join('\n');
}

/** As the brokers' topics and destinations write an Endpoint ID: these characters mean something there. */
function escaped(id: string, special: string): string {
  return [...id].map((c) => (special.includes(c) ? `%${c.charCodeAt(0).toString(16).padStart(2, '0')}` : c)).join('');
}

type Row = [parameter: string, value: string | number | boolean];

const OWN = 'Device.LocalAgent.MTP.1.';
const WAY = 'Device.LocalAgent.Controller.1.MTP.1.';

/** A reset file: a parameter and its value in quotation marks, one a line. */
function obuspaFile(wanted: Wanted): string {
  const { id, controller } = wanted;
  const rows: Row[] = [
    ['Device.LocalAgent.EndpointID', id],
    ['Device.LocalAgent.Controller.1.Enable', true],
    ['Device.LocalAgent.Controller.1.EndpointID', controller],
    ['Device.LocalAgent.Controller.1.AssignedRole', 'Device.LocalAgent.ControllerTrust.Role.1'],
    [`${WAY}Enable`, true],
    ...obuspaWay(wanted),
    ['Internal.Reboot.Cause', 'LocalFactoryReset'],
  ];
  return rows.map(([parameter, value]) => `${parameter} "${String(value).replace(/["\\]/g, '\\$&')}"`).join('\n');
}

function obuspaWay({ id, way, host, controller, login }: Wanted): Row[] {
  const words: Row[] = login
    ? [
        ['Username', id],
        ['Password', 'PASSWORD'],
      ]
    : [];
  switch (way.protocol) {
    case 'websocket':
      return [
        [`${WAY}Protocol`, 'WebSocket'],
        [`${WAY}WebSocket.Host`, host],
        [`${WAY}WebSocket.Port`, way.port],
        [`${WAY}WebSocket.Path`, way.path],
        [`${WAY}WebSocket.EnableEncryption`, way.secure],
      ];
    case 'mqtt': {
      const client = 'Device.MQTT.Client.1';
      return [
        [`${WAY}Protocol`, 'MQTT'],
        [`${WAY}MQTT.Reference`, client],
        [`${WAY}MQTT.Topic`, `usp/controller/${escaped(controller, '%/+#')}`],
        [`${OWN}Enable`, true],
        [`${OWN}Protocol`, 'MQTT'],
        [`${OWN}MQTT.Reference`, client],
        [`${OWN}MQTT.ResponseTopicConfigured`, `usp/agent/${escaped(id, '%/+#')}`],
        [`${client}.Enable`, true],
        [`${client}.BrokerAddress`, host],
        [`${client}.BrokerPort`, way.port],
        [`${client}.TransportProtocol`, way.secure ? 'TLS' : 'TCP/IP'],
        [`${client}.ProtocolVersion`, '5.0'],
        [`${client}.ClientID`, id],
        ...words.map(([name, value]): Row => [`${client}.${name}`, value]),
      ];
    }
    case 'stomp': {
      const connection = 'Device.STOMP.Connection.1';
      return [
        [`${WAY}Protocol`, 'STOMP'],
        [`${WAY}STOMP.Reference`, connection],
        [`${WAY}STOMP.Destination`, `/topic/usp.controller.${escaped(controller, '%/*#')}`],
        [`${OWN}Enable`, true],
        [`${OWN}Protocol`, 'STOMP'],
        [`${OWN}STOMP.Reference`, connection],
        [`${OWN}STOMP.Destination`, `/topic/usp.agent.${escaped(id, '%/*#')}`],
        [`${connection}.Enable`, true],
        [`${connection}.Host`, host],
        [`${connection}.Port`, way.port],
        [`${connection}.EnableEncryption`, way.secure],
        ...words.map(([name, value]): Row => [`${connection}.${name}`, value]),
      ];
    }
    case 'uds':
      return [];
  }
}

export interface Place {
  /** what the text is, and where it goes */
  title: string;
  /** how it is made to count, where the text itself is not what is run */
  command?: string;
}

export function placeOf({ kind, way }: Wanted): Place {
  switch (kind) {
    case 'agent':
      return { title: 'Run this on the device' };
    case 'simulated':
      return { title: 'Run this anywhere: the gateway lives in it' };
    case 'obuspa':
      return {
        title: 'The reset file, pharos.txt',
        command: `obuspa -f pharos.db -r pharos.txt -i eth0${way.secure ? ` -t ${CA_FILE}` : ''}`,
      };
    case 'prplos':
      return { title: 'The file /etc/config/usp', command: '/etc/init.d/pharos-agent restart' };
  }
}

/** What the reader must bring or know, a sentence each. */
export function remarksOf({ kind, id, way, host, login }: Wanted): string[] {
  return [
    way.secure &&
      `${CA_FILE} holds the certificate of whoever signed this server’s; bring it to the device. Where the server asks devices for a certificate (--ca), it needs its own as well.`,
    login &&
      hasBroker(way) &&
      `./pharos bootstraps --login ${shellQuote(id)} makes the login at the server’s own broker, shows its password once, and lets the device in; ${
        kind === 'obuspa' ? 'write it for PASSWORD' : `put it into ${PASSWORD_FILE}`
      }. A broker of your own has its own logins.`,
    kind === 'obuspa' &&
      'obuspa reads the file when its database, pharos.db, does not exist yet; remove that to start anew. eth0 is the interface that leads here.',
    kind === 'prplos' && 'The agent’s package for opkg is made by ./pharos package openwrt.',
    isLoopback(way.host) &&
      way.protocol !== 'uds' &&
      'This server listens on its own machine only. For devices elsewhere, start it with --host and TLS.',
    way.protocol !== 'uds' &&
      !way.secure &&
      !isLoopback(host) &&
      'Without TLS anybody on the way reads and changes what passes: for a laboratory.',
  ].filter((remark): remark is string => typeof remark === 'string');
}
