// SPDX-License-Identifier: Apache-2.0

const TRANSPORT_NAMES: Record<string, string> = {
  websocket: 'WebSocket',
  mqtt: 'MQTT',
  stomp: 'STOMP',
  coap: 'CoAP',
  uds: 'Unix socket',
  cwmp: 'TR-069',
};

export const transportName = (transport: string | null): string =>
  transport ? (TRANSPORT_NAMES[transport] ?? transport) : '–';
