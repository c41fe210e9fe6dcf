// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { EMPTY_MODULE, moduleAddress, moduleCommand, needsOf, wrongModule } from './module';

const module = { ...EMPTY_MODULE, name: 'hello', vendor: 'example.org', version: '1.0.0' };

it('says what is wrong with a module before a byte is sent', () => {
  expect(wrongModule(module)).toEqual({});
  expect(Object.keys(wrongModule({ ...module, vendor: 'no domain', memory: '1 GiB' }))).toEqual(['vendor', 'memory']);
});

it('names only what was said of a module', () => {
  expect(moduleAddress({ ...module, requires: ' a@b.c>=2 ' }, 'hello.tar.gz')).toBe(
    '/api/v1/modules?name=hello&vendor=example.org&version=1.0.0&requires=a%40b.c%3E%3D2&fileName=hello.tar.gz',
  );
});

it('uploads a module from a terminal just so', () => {
  const { pharos } = moduleCommand('https://usp.example.net', { ...module, architectures: 'x86_64, arm' }, 'h.tgz');
  expect(pharos).toBe(
    './pharos modules upload h.tgz --name hello --vendor example.org --version 1.0.0 --architecture x86_64 --architecture arm',
  );
});

it('says in words what a module needs', () => {
  const kept = {
    ...module,
    id: 1,
    uuid: '',
    fileName: '',
    size: 1,
    sha256: '',
    signer: '',
    uploaded: '',
    uploadedBy: '',
  };
  expect(
    needsOf({ ...kept, environment: 'OCI', architectures: ['arm'], memory: 65536, disk: 0, requires: ['a@b.c>=2'] }),
  ).toEqual(['execution environment OCI', 'one of arm', '65,536 KiB of memory', 'a@b.c>=2']);
});
