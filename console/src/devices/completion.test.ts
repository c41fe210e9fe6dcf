// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { askedValues, completionsOf, type Known, patternsOf, placeOf, wantsPaths } from './completion';

const KNOWN: Known = {
  paths: patternsOf([
    'Device.DeviceInfo.UpTime',
    'Device.WiFi.Radio.1.Channel',
    'Device.WiFi.Radio.2.Channel',
    'Device.WiFi.RadioNumberOfEntries',
  ]),
  values: ['HomeBox 3', 'HomeBox 2', 'Lantern'],
  groups: ['pilot', 'lab'],
};
const texts = (before: string, known = KNOWN) => completionsOf(before, known).map((each) => each.text);
const words = (before: string, known = KNOWN) => completionsOf(before, known).map((each) => each.word);

describe('where somebody types in a query', () => {
  it.each([
    ['', 'name', ''],
    ['mod', 'name', 'mod'],
    ['model ', 'operator', ''],
    ['model =', 'value', ''],
    ['model = "Home', 'value', '"Home'],
    ['model = "HomeBox 3" ', 'joiner', ''],
    ['model = X a', 'joiner', 'a'],
    ['model = X and ', 'name', ''],
    ['not (tag:', 'value', ''],
    ['(online:true)', 'joiner', ''],
    ['acme mod', 'name', 'mod'],
    ['Device.WiFi.', 'name', 'Device.WiFi.'],
  ])('%s expects a %s', (before, expects, typed) => {
    expect(placeOf(before)).toMatchObject({ expects, typed });
  });

  it('knows whose value it is, and whether the server has to be asked for it', () => {
    expect(placeOf('online:true and SOFTWARE ~ ').name).toBe('software');
    expect(askedValues(placeOf('model = '))).toBe('model');
    expect(askedValues(placeOf('Device.WiFi.Radio.*.Channel = '))).toBe('Device.WiFi.Radio.*.Channel');
    expect(askedValues(placeOf('online:'))).toBeUndefined();
    expect(askedValues(placeOf('group:'))).toBeUndefined();
    expect(askedValues(placeOf('lastSeen < '))).toBeUndefined();
    expect(wantsPaths(placeOf('model = X and Device.W'))).toBe(true);
  });
});

describe('what may stand next', () => {
  it('is a name, with what follows it where that is one thing alone', () => {
    expect(texts('mod')).toEqual(['model ']);
    expect(texts('onl')).toEqual(['online:']);
    expect(words('')).toContain('lastSeen');
    expect(texts('acme sof')).toEqual(['acme software ']);
  });

  it('is an operator that the name has', () => {
    expect(texts('model ')).toEqual(['model = ', 'model != ', 'model ~ ']);
    expect(texts('lastSeen ')).toEqual(['lastSeen < ', 'lastSeen > ']);
    expect(words('Device.WiFi.Radio.*.Channel ')).toContain('>=');
  });

  it('is a value, in quotation marks where it needs them', () => {
    expect(texts('model = ')).toEqual(['model = "HomeBox 3" ', 'model = "HomeBox 2" ', 'model = Lantern ']);
    expect(texts('model = "homebox 3')).toEqual([]);
    expect(texts('model = "hom')).toEqual(['model = "HomeBox 3" ', 'model = "HomeBox 2" ']);
    expect(texts('online:t')).toEqual(['online:true ']);
    expect(texts('status = off')).toEqual(['status = offline ']);
    expect(texts('group:')).toEqual(['group:pilot ', 'group:lab ']);
  });

  it('is nothing where it is whole', () => {
    expect(texts('online:true')).toEqual([]);
    expect(texts('acme ')).toContain('acme model ');
    expect(texts('FLEET0001')).toEqual([]);
  });

  it('joins conditions', () => {
    expect(texts('online:true ')).toEqual(['online:true and ', 'online:true or ']);
    expect(texts('online:true an')).toEqual(['online:true and ']);
    expect(texts('online:true mod')).toEqual(['online:true model ']);
  });

  it('goes down the tree of parameters step by step, with a star for rows', () => {
    expect(texts('Dev')).toEqual(['Device.']);
    expect(texts('Device.')).toEqual(['Device.DeviceInfo.', 'Device.WiFi.']);
    expect(texts('Device.WiFi.')).toEqual(['Device.WiFi.Radio.*.', 'Device.WiFi.RadioNumberOfEntries ']);
    expect(texts('device.wifi.radio.2.ch')).toEqual(['Device.WiFi.Radio.*.Channel ']);
    expect(texts('online:true and Device.D')).toEqual(['online:true and Device.DeviceInfo.']);
  });
});
