// SPDX-License-Identifier: Apache-2.0
import type { SwapSetting, SwapView } from '../api/types';

export interface State {
  word: string;
  tone: 'good' | 'busy' | 'bad' | undefined;
}

/** How the job stands that sets it. */
export type Course = 'under way' | 'done' | 'not whole';

/** What a setting is at: before, while and after it is set. */
export function stateOf(setting: SwapSetting, begun: SwapView | undefined, course: Course): State {
  if (setting.action === 'cannot') return { word: 'cannot', tone: 'bad' };
  const was = begun?.settings.find(({ id }) => id === setting.id);
  if (was?.action !== 'set')
    return setting.action === 'same' ? { word: 'is so', tone: 'good' } : { word: 'to set', tone: undefined };
  if (setting.secret) {
    // what nobody can read back is as good as the job
    if (course === 'not whole') return { word: 'not known', tone: 'bad' };
    return course === 'done' ? { word: 'set', tone: 'good' } : { word: 'being set', tone: 'busy' };
  }
  if (setting.action === 'same') return { word: 'read back', tone: 'good' };
  return course === 'under way' ? { word: 'being set', tone: 'busy' } : { word: 'not set', tone: 'bad' };
}

/** A value as people read it. */
export function shown(setting: SwapSetting, column: 'old' | 'now'): string {
  if (setting.secret) return 'secret';
  const value = setting[column]?.value;
  return value === undefined ? 'nothing' : value === '' ? 'empty' : value;
}

/** Why a text is no Wi-Fi key; the server looks once more. */
export function wrongKey(key: string): string | undefined {
  return key === '' || /^[ -~]{8,63}$/.test(key) || /^[0-9A-Fa-f]{64}$/.test(key)
    ? undefined
    : '8 to 63 characters without accents, or 64 hexadecimal digits';
}
