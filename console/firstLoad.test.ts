// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { heaviestFirstLoad, type Part } from './firstLoad';

const part = (bytes: number, also: Partial<Part> = {}): Part => ({
  code: randomBytes(bytes).toString('hex'),
  isEntry: false,
  imports: [],
  dynamicImports: [],
  ...also,
});
const zipped = (...parts: Part[]): number => parts.reduce((sum, { code }) => sum + gzipSync(code).length, 0);

test('the first load is the frame with the heaviest page, each file counted once', () => {
  const parts = {
    'index.js': part(50, { isEntry: true, imports: ['shared.js'], dynamicImports: ['light.js', 'heavy.js'] }),
    'shared.js': part(100),
    'light.js': part(20, { imports: ['shared.js'] }),
    'heavy.js': part(300, { imports: ['shared.js', 'table.js'] }),
    'table.js': part(200, { imports: ['heavy.js'] }),
    'nobody.js': part(9_000),
  };
  expect(heaviestFirstLoad(parts)).toEqual({
    page: 'heavy.js',
    bytes: zipped(parts['index.js'], parts['shared.js'], parts['heavy.js'], parts['table.js']),
  });
});

test('what a page loads later, when a button is pressed, is not of its first load', () => {
  const parts = {
    'index.js': part(50, { isEntry: true, dynamicImports: ['page.js'] }),
    'page.js': part(20, { dynamicImports: ['dialog.js'] }),
    'dialog.js': part(900),
  };
  expect(heaviestFirstLoad(parts)).toEqual({ page: 'page.js', bytes: zipped(parts['index.js'], parts['page.js']) });
});
