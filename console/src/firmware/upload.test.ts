// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { EMPTY_IMAGE, guessOf, upgradeCommand, uploadAddress, uploadCommand, wrongWith } from './upload';

const image = { ...EMPTY_IMAGE, name: 'gateway', version: '2.0.0', devices: 'model = "X"' };

it('reads name and version from what vendors call their files', () => {
  expect(guessOf('gateway-2.0.0.img')).toEqual({ name: 'gateway', version: '2.0.0' });
  expect(guessOf('HomeBox_v7.1.3-rc2.tar.gz')).toEqual({ name: 'HomeBox', version: '7.1.3-rc2' });
  expect(guessOf('firmware.bin')).toEqual({ name: 'firmware', version: '' });
  expect(guessOf('böx 3-1.2.bin')).toEqual({ name: 'b-x 3', version: '1.2' });
});

it('says what is wrong before a byte is sent', () => {
  expect(wrongWith(image)).toEqual({});
  expect(Object.keys(wrongWith({ ...image, version: ' 2' }))).toEqual(['version']);
  expect(Object.keys(wrongWith({ ...image, name: '-', sha256: 'abc' }))).toEqual(['name', 'sha256']);
});

it('names only what was said, each thing quoted for its address', () => {
  expect(uploadAddress({ ...image, sha256: ' ABC ' }, 'a b.img')).toBe(
    '/api/v1/firmware?name=gateway&version=2.0.0&devices=model+%3D+%22X%22&sha256=abc&fileName=a+b.img',
  );
});

it('is the same for a terminal', () => {
  const { pharos, curl } = uploadCommand('https://usp.example.net', image, "it's.img");
  expect(pharos).toBe(`./pharos firmware upload 'it'\\''s.img' --version 2.0.0 --name gateway --for 'model = "X"'`);
  expect(curl).toContain(`--data-binary '@it'\\''s.img'`);
  expect(upgradeCommand('https://usp.example.net', 'os::1', 3).curl).toContain('{"devices":["os::1"],"firmware":3}');
});
