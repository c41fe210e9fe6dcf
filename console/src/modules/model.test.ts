// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { TwinItem } from '../api/types';
import { isFetchable, MODULES, modulesOf, unitTone, unitWord, wishFor } from './model';

const items = (values: Record<string, string>): TwinItem[] =>
  Object.entries(values).map(([path, value]) => ({ path: MODULES + path, value }) as TwinItem);

describe('the modules of a device', () => {
  it('are none where it has no such object, and empty where nothing is installed', () => {
    expect(modulesOf([{ path: 'Device.DeviceInfo.UpTime', value: '1' } as TwinItem])).toBeUndefined();
    expect(modulesOf(items({ DeploymentUnitNumberOfEntries: '0' }))).toEqual([]);
  });

  it('have their units, and say why one does not run', () => {
    const [hello] =
      modulesOf(
        items({
          'DeploymentUnit.2.Name': 'hello',
          'DeploymentUnit.2.Vendor': 'example.org',
          'DeploymentUnit.2.Version': '1.0.0',
          'DeploymentUnit.2.Status': 'Installed',
          'DeploymentUnit.2.ExecutionEnvRef': `${MODULES}ExecEnv.2`,
          'ExecEnv.2.Name': 'OCI',
          'DeploymentUnit.2.ExecutionUnitList': `${MODULES}ExecutionUnit.1,${MODULES}ExecutionUnit.7.`,
          'ExecutionUnit.1.Name': 'main',
          'ExecutionUnit.1.Status': 'Active',
          'ExecutionUnit.1.ExecutionFaultCode': 'NoFault',
          'ExecutionUnit.7.Name': 'other',
          'ExecutionUnit.7.Status': 'Idle',
          'ExecutionUnit.7.ExecutionFaultCode': 'FailureOnStart',
          'ExecutionUnit.7.ExecutionFaultMessage': 'it ended with 3',
        }),
      ) ?? [];
    expect(hello).toMatchObject({
      path: `${MODULES}DeploymentUnit.2.`,
      name: 'hello',
      version: '1.0.0',
      environment: 'OCI',
    });
    expect(hello?.units).toEqual([
      { path: `${MODULES}ExecutionUnit.1.`, name: 'main', status: 'Active', fault: '' },
      { path: `${MODULES}ExecutionUnit.7.`, name: 'other', status: 'Idle', fault: 'FailureOnStart: it ended with 3' },
    ]);
  });

  it('are started where they are stopped, stopped where they run, and left alone between', () => {
    expect([wishFor('Idle'), wishFor('Active'), wishFor('Starting')]).toEqual(['Active', 'Idle', undefined]);
    expect([unitWord('Active'), unitWord(''), unitWord('Odd')]).toEqual(['runs', '–', 'Odd']);
    expect([unitTone('Active', ''), unitTone('Idle', ''), unitTone('Idle', 'x')]).toEqual(['good', 'idle', 'bad']);
  });

  it('come from addresses without a login in them', () => {
    expect(isFetchable('https://files.example/a.tar.gz')).toBe(true);
    for (const wrong of ['', 'a.tar.gz', 'ftp://x/a', 'https://me@x/a']) expect(isFetchable(wrong)).toBe(false);
  });
});
