// SPDX-License-Identifier: Apache-2.0
// A profile as the YAML in which people write it.
import type { Profile } from '../api/types';

/** What the server shows in place of a secret. */
export const MASK = '******';

export const FIRST_PROFILE = `# What must hold on which devices: see docs/profiles.md
name: wifi-home
query: "online:true"
priority: 20
parameters:
  Device.WiFi.SSID.1.SSID: "Home-{serial:last 4}"
`;

/** A value that YAML reads as the same text: in quotation marks wherever it could be anything else. */
export function scalar(value: string): string {
  if (/^[A-Za-z][A-Za-z0-9_.-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value)) return value;
  return JSON.stringify(value);
}

function pairs(values: Record<string, string>, indent: string): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        `${indent}${/^[A-Za-z][\w.*-]*$/.test(name) ? name : JSON.stringify(name)}: ${scalar(value)}\n`,
    )
    .join('');
}

export function profileText(profile: Profile): string {
  const { parameters = {}, rows = [] } = profile;
  let text = `name: ${scalar(profile.name)}\nquery: ${JSON.stringify(profile.query ?? '')}\npriority: ${profile.priority ?? 0}\n`;
  if (Object.keys(parameters).length > 0) text += `parameters:\n${pairs(parameters, '  ')}`;
  if (rows.length > 0) {
    text += 'rows:\n';
    for (const row of rows) {
      text += `  - object: ${scalar(row.object)}\n    key:\n${pairs(row.key, '      ')}`;
      if (Object.keys(row.values).length > 0) text += `    values:\n${pairs(row.values, '      ')}`;
    }
  }
  return text;
}

/** Whether the text holds a mask in place of a secret, which must not be written as one. */
export const hasMask = (text: string): boolean => text.includes(MASK);
