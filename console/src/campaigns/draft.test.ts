// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { bodyOf, createCommand, emptyDraft, wrongFields, wrongMargin } from './draft';

const whole = { ...emptyDraft('FLEET', 1), name: 'spring', waves: '5, 10%, rest', soak: '1m' };

describe('a campaign that is being typed', () => {
  it('becomes what the server takes', () => {
    expect(bodyOf(whole)).toEqual({
      name: 'spring',
      query: 'FLEET',
      firmware: 1,
      waves: ['5', '10%', 'rest'],
      successPercent: 95,
      stopAt: '5%',
      soakSeconds: 60,
      patienceSeconds: 86_400,
      approval: true,
      gate: { measures: ['Boot! rises 0.5'], atLeast: 5, unknown: 'hold' },
    });
    expect(bodyOf({ ...whole, measures: [] })).not.toHaveProperty('gate');
  });

  it('is not sent while something is missing, and says what', () => {
    expect(bodyOf({ ...whole, name: ' ' })).toBeUndefined();
    expect(bodyOf({ ...whole, name: ' ' }, 'preview')?.name).toBe('preview');
    const wrong = wrongFields({ ...whole, firmware: undefined, soak: 'long', success: '101', stopAt: 'few' });
    expect(Object.keys(wrong)).toEqual(['firmware', 'success', 'stopAt', 'soak']);
    expect(wrongFields(whole)).toEqual({});
  });

  it('compares events by number alone, and parameters in percent too', () => {
    const measure = { key: 1, subject: 'Boot!', direction: 'falls', margin: '10%' } as const;
    expect(wrongMargin(measure)).toContain('for each device and hour');
    const memory = { ...measure, subject: 'Device.DeviceInfo.MemoryStatus.Free' };
    expect(wrongMargin(memory)).toBeUndefined();
    expect(bodyOf({ ...whole, measures: [memory] })?.gate?.measures).toEqual([
      'Device.DeviceInfo.MemoryStatus.Free falls 10%',
    ]);
    expect(bodyOf({ ...whole, measures: [{ ...measure, margin: '1' }] })?.gate?.measures).toEqual(['Boot! rises 1']);
  });

  it('is the same on the command line', () => {
    expect(createCommand('https://acs.example', { ...whole, approval: false, windowed: true })?.pharos).toBe(
      "./pharos campaign create --name spring --query FLEET --firmware 1 --waves '5, 10%, rest' --success 95 --stop-at 5% " +
        "--soak 1m --patience 24h --gate 'Boot! rises 0.5' --gate-devices 5 --gate-unknown hold --no-approval --window 01:00-05:00",
    );
  });

  it('brings a module in place of an image', () => {
    const bringing = { ...whole, work: 'module' as const, firmware: undefined, module: 7, action: 'update' as const };
    expect(bodyOf(bringing)?.module).toEqual({ id: 7, action: 'update', keepData: true });
    expect(Object.keys(wrongFields({ ...bringing, module: undefined }))).toEqual(['module']);
    expect(createCommand('https://acs.example', bringing)?.pharos).toContain(
      '--module 7 --action update --module-data keep --waves',
    );
  });

  it('moves devices in place of an image', () => {
    const moving = { ...whole, work: 'migration' as const, firmware: undefined, settle: '2m', keepCwmp: true };
    expect(bodyOf(moving)?.migration).toEqual({ to: 'ws', keepCwmp: true, settle: 120, byNetwork: false });
    expect(bodyOf({ ...moving, byNetwork: true })?.migration?.byNetwork).toBe(true);
    expect(bodyOf(moving)?.firmware).toBeUndefined();
    expect(createCommand('https://acs.example', moving)?.pharos).toContain(
      '--migrate --to ws --settle 120 --keep-cwmp --waves',
    );
  });
});
