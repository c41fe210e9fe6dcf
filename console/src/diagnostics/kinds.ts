// SPDX-License-Identifier: Apache-2.0
// What a device can be asked to measure, in words, in its data model and on the command line.

/** A field of the form: an input argument of the command. */
export interface Field {
  /** the argument in the data model */
  argument: string;
  /** of `./pharos diagnose` */
  option: string;
  label: string;
  /** what counts where it is left empty */
  usual?: string;
  /** the values it may have; digits where they are left out */
  choices?: readonly string[];
  /** whether any words may stand there */
  words?: boolean;
}

export interface Kind {
  /** as the server calls it */
  name: string;
  label: string;
  what: string;
  /** the path of its command */
  command: string;
  /** the argument that says of whom */
  targetArgument: string;
  target: string;
  /** whether it can do without: then it is with this server */
  ownServer?: boolean;
  /** whether it shows what people say over the device: for those who manage the fleet, and over USP alone */
  delicate?: boolean;
  fields: readonly Field[];
}

const VERSION: Field = {
  argument: 'ProtocolVersion',
  option: '',
  label: 'IP version',
  usual: 'any',
  choices: ['IPv4', 'IPv6'],
};
const INTERFACE: Field = { argument: 'Interface', option: '--interface', label: 'By which interface', words: true };
const DSCP: Field = { argument: 'DSCP', option: '--dscp', label: 'DSCP', usual: '0' };

const count = (argument: string, label: string, usual: string): Field => ({
  argument,
  option: '--count',
  label,
  usual,
});
const reply = (usual: string): Field => ({
  argument: 'Timeout',
  option: '--reply',
  label: 'Waits for each answer, ms',
  usual,
});
const size = (usual?: string): Field => ({
  argument: 'DataBlockSize',
  option: '--size',
  label: 'Bytes in each packet',
  ...(usual && { usual }),
});
const TRANSFER: readonly Field[] = [
  { argument: 'TimeBasedTestDuration', option: '--duration', label: 'Seconds', usual: '5' },
  { argument: 'TimeBasedTestMeasurementInterval', option: '--interval', label: 'Tells its rate every … seconds' },
  { argument: 'NumberOfConnections', option: '--connections', label: 'Connections at once', usual: '1' },
  DSCP,
  VERSION,
  INTERFACE,
];

export const KINDS: readonly Kind[] = [
  {
    name: 'ping',
    label: 'Ping',
    what: 'Whether a host answers, and how fast',
    command: 'Device.IP.Diagnostics.IPPing()',
    targetArgument: 'Host',
    target: 'Host or address',
    fields: [count('NumberOfRepetitions', 'Packets', '4'), size('56'), reply('1000'), DSCP, VERSION, INTERFACE],
  },
  {
    name: 'trace',
    label: 'Trace',
    what: 'By which routers packets get there',
    command: 'Device.IP.Diagnostics.TraceRoute()',
    targetArgument: 'Host',
    target: 'Host or address',
    fields: [
      { argument: 'MaxHopCount', option: '--hops', label: 'Hops, at most', usual: '30' },
      count('NumberOfTries', 'Tries at each hop', '3'),
      size(),
      reply('2000'),
      DSCP,
      VERSION,
      INTERFACE,
    ],
  },
  {
    name: 'download',
    label: 'Download',
    what: 'How fast a file comes',
    command: 'Device.IP.Diagnostics.DownloadDiagnostics()',
    targetArgument: 'DownloadURL',
    target: 'URL',
    ownServer: true,
    fields: TRANSFER,
  },
  {
    name: 'upload',
    label: 'Upload',
    what: 'How fast a file goes',
    command: 'Device.IP.Diagnostics.UploadDiagnostics()',
    targetArgument: 'UploadURL',
    target: 'URL',
    ownServer: true,
    fields: TRANSFER,
  },
  {
    name: 'lookup',
    label: 'Name lookup',
    what: 'Which addresses DNS tells the device for a name',
    command: 'Device.DNS.Diagnostics.NSLookupDiagnostics()',
    targetArgument: 'HostName',
    target: 'Name',
    fields: [
      { argument: 'DNSServer', option: '--dns', label: 'DNS server', usual: 'the device’s own', words: true },
      count('NumberOfRepetitions', 'Times', '1'),
      reply('5000'),
      INTERFACE,
    ],
  },
  {
    name: 'udp-echo',
    label: 'UDP echo',
    what: 'Whether packets of UDP come back, and how fast',
    command: 'Device.IP.Diagnostics.UDPEchoDiagnostics()',
    targetArgument: 'Host',
    target: 'Host or address',
    fields: [
      { argument: 'Port', option: '--port', label: 'Port', usual: '7' },
      count('NumberOfRepetitions', 'Packets', '4'),
      size(),
      reply('1000'),
      DSCP,
      VERSION,
      INTERFACE,
    ],
  },
  {
    name: 'servers',
    label: 'Fastest server',
    what: 'Which of several hosts answers fastest',
    command: 'Device.IP.Diagnostics.ServerSelectionDiagnostics()',
    targetArgument: 'HostList',
    target: 'Hosts, with commas between them',
    fields: [
      { argument: 'Protocol', option: '--protocol', label: 'Asked by', usual: 'ICMP', choices: ['ICMP', 'UDP Echo'] },
      count('NumberOfRepetitions', 'Times', '3'),
      reply('1000'),
      VERSION,
      INTERFACE,
    ],
  },
  {
    name: 'capture',
    label: 'Capture',
    what: 'What passes its links, as a file for Wireshark',
    command: 'Device.PacketCaptureDiagnostics()',
    targetArgument: 'FileTarget',
    target: 'Where the file goes',
    ownServer: true,
    delicate: true,
    fields: [
      { argument: 'FilterExpression', option: '--filter', label: 'Which packets', usual: 'all', words: true },
      { argument: 'Duration', option: '--duration', label: 'Seconds, at most', usual: '10' },
      count('PacketCount', 'Packets, at most', 'no bound'),
      { argument: 'ByteCount', option: '--size', label: 'Bytes, at most', usual: 'no bound' },
      { argument: 'Format', option: '--format', label: 'Format', usual: 'libpcap', choices: ['libpcap', 'pcapng'] },
      INTERFACE,
    ],
  },
];

export const kindOf = (name: string): Kind | undefined => KINDS.find((kind) => kind.name === name);
