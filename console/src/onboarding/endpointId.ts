// SPDX-License-Identifier: Apache-2.0
import type { Kind } from './search';

export const USUAL_ID: Record<Kind, string> = {
  agent: 'os::012345-HOST',
  simulated: 'os::012345-SIM0001',
  obuspa: 'os::012345-OBUSPA',
  prplos: 'os::012345-GATEWAY',
};

const AUTHORITY_NEEDED = ['oui', 'cid', 'pen', 'os', 'ops'];
const MOST_CHARACTERS = 400;

/** What is wrong with an Endpoint ID, in a sentence; undefined where nothing is (TR-369, 2.2). */
export function faultOf(id: string): string | undefined {
  const [, scheme = '', authority = '', instance = ''] = /^([^:]*):([^:]*):(.*)$/s.exec(id) ?? [];
  if (!scheme) return 'An Endpoint ID has three parts with colons between them, as os::012345-HOST.';
  if (id.length > MOST_CHARACTERS) return `It is longer than ${MOST_CHARACTERS} characters.`;
  if (/[^\x21-\x7e]/.test(id)) return 'It has no blanks and only letters of ASCII.';
  if (!instance) return 'What follows the second colon says which device it is.';
  if (['os', 'ops'].includes(scheme)) {
    return authority || !/^[0-9A-F]{6}-/.test(instance)
      ? `After ${scheme}:: come the maker’s OUI, six hexadecimal digits in capitals, a hyphen, and the serial number.`
      : undefined;
  }
  if (AUTHORITY_NEEDED.includes(scheme) && !authority)
    return `Between the colons of ${scheme} stands who gave the number.`;
  return undefined;
}
