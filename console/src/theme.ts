// SPDX-License-Identifier: Apache-2.0
import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The sea at night: surfaces of the dark scheme and every deep blue. */
const deep: MantineColorsTuple = [
  '#edf3fc',
  '#d6e3f6',
  '#adc6ec',
  '#80a7e1',
  '#5a8cd8',
  '#3f79d0',
  '#2c68c4',
  '#1f56a8',
  '#174487',
  '#0f3167',
];

/** The lantern: only for what should draw the eye. */
const lantern: MantineColorsTuple = [
  '#fff7e6',
  '#fdebc8',
  '#fad694',
  '#f7c05d',
  '#f5ad33',
  '#f5a524',
  '#d98a0b',
  '#ad6c05',
  '#845103',
  '#5c3800',
];

const night: MantineColorsTuple = [
  '#dce5f2',
  '#b3c1d6',
  '#8a9bb5',
  '#66789a',
  '#33455f',
  '#25364f',
  '#16253b',
  '#0d1a2d',
  '#091424',
  '#060e1a',
];

export const theme = createTheme({
  colors: { deep, lantern, dark: night },
  primaryColor: 'deep',
  // white on it has a contrast of 7:1, and of 5:1
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Modal: {
      styles: { title: { fontWeight: 650 } },
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.4, blur: 2 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Tooltip: {
      defaultProps: {
        openDelay: 300,
        withArrow: true,
        multiline: true,
        maw: 360,
        events: { hover: true, focus: true, touch: false },
      },
    },
  },
});
