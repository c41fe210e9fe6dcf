// SPDX-License-Identifier: Apache-2.0
import { notifyDone, notifyError } from './notify';

/** Copies and says so. The clipboard interface exists only on secure origins; elsewhere a selection does it. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else copyBySelection(text);
    notifyDone(`${what} copied`);
  } catch {
    notifyError(new Error('The browser did not allow copying.'));
  }
}

function copyBySelection(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (!copied) throw new Error('not copied');
}
