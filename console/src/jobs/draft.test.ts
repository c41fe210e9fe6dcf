// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { bodyOf, createCommand, emptyDraft, type JobDraft, pairOf, type StepDraft, withStep, wrongStep } from './draft';

const step = (kind: StepDraft['kind'], text: string, key = 1): StepDraft => ({ key, kind, text });
const draft = (...steps: StepDraft[]): JobDraft => ({ ...emptyDraft('tag:pilot'), steps });

describe('a step that is typed', () => {
  it('is split at the equals sign that ends its path', () => {
    expect(pairOf('Device.WiFi.SSID.1.SSID=a=b')).toEqual(['Device.WiFi.SSID.1.SSID', 'a=b']);
    expect(pairOf('Device.WiFi.SSID.[Alias=="x"].SSID=home')).toEqual(['Device.WiFi.SSID.[Alias=="x"].SSID', 'home']);
    expect(pairOf('=x')).toBeUndefined();
    expect(pairOf('Device.')).toBeUndefined();
  });

  it('says what is missing', () => {
    expect(wrongStep(step('set', ''))).toContain('One PATH=VALUE a line');
    expect(wrongStep(step('set', 'Device.X.Y=1\nDevice.X.Z'))).toBe('“Device.X.Z” has no “=” with a name before it');
    expect(wrongStep(step('operate', 'Device.Reboot()'))).toBeUndefined();
    expect(wrongStep(step('operate', 'Device.IP.Diagnostics.IPPing()\nHost'))).toContain('“Host”');
    expect(wrongStep(step('get', 'Device.'))).toBeUndefined();
  });

  it('keeps its own key when another is added', () => {
    const steps = withStep(withStep([step('get', 'Device.')]));
    expect(steps.map((each) => each.key)).toEqual([1, 2, 3]);
  });
});

describe('the body of a job', () => {
  it('groups what is set by object', () => {
    const body = bodyOf(draft(step('set', 'Device.A.1.X=1\nDevice.B.Y=2\nDevice.A.1.Z= 3')));
    expect(body?.steps?.[0]?.set?.updateObjects).toEqual([
      {
        objPath: 'Device.A.1.',
        paramSettings: [
          { param: 'X', value: '1', required: true },
          { param: 'Z', value: ' 3', required: true },
        ],
      },
      { objPath: 'Device.B.', paramSettings: [{ param: 'Y', value: '2', required: true }] },
    ]);
  });

  it('is absent while a step is not whole', () => {
    expect(bodyOf(draft(step('get', ' ')))).toBeUndefined();
    expect(bodyOf(draft())).toBeUndefined();
  });

  it('names hours, pace and tries only where somebody chose them', () => {
    const plain = draft(step('get', 'Device.'));
    expect(Object.keys(bodyOf(plain) ?? {})).toEqual(['query', 'steps']);
    const careful = bodyOf({ ...plain, windowed: true, days: ['mon'], perMinute: '600', retries: '2' });
    expect(careful).toMatchObject({
      window: { from: '01:00', to: '05:00', days: ['mon'] },
      perMinute: 600,
      retries: 2,
    });
  });
});

describe('an upgrade', () => {
  const upgrade: JobDraft = { ...emptyDraft('tag:pilot', 3), concurrency: '20' };

  it('names the image in place of steps', () => {
    expect(bodyOf(upgrade)).toEqual({ query: 'tag:pilot', firmware: 3, concurrency: 20 });
  });

  it('is the same for a terminal', () => {
    const command = createCommand('http://localhost:8080', upgrade);
    expect(command?.pharos).toBe('./pharos jobs create --query tag:pilot --concurrency 20 firmware 3');
    expect(command?.curl).toContain('"firmware":3');
  });
});

describe('the same job for a terminal', () => {
  it('parts steps by then and quotes what needs it', () => {
    const command = createCommand(
      'http://localhost:8080',
      draft(step('set', 'Device.WiFi.Radio.1.Channel=36'), step('operate', 'Device.Reboot()')),
    );
    expect(command?.pharos).toBe(
      "./pharos jobs create --query tag:pilot set Device.WiFi.Radio.1.Channel=36 then operate 'Device.Reboot()'",
    );
  });

  it('holds no secret, in neither form', () => {
    const command = createCommand(
      'http://localhost:8080',
      draft(step('set', 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase=correct horse')),
    );
    expect(command?.pharos).toContain('KeyPassphrase="$SECRET"');
    expect(`${command?.pharos}${command?.curl}`).not.toContain('horse');
  });
});
