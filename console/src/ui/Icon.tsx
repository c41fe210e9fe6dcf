// SPDX-License-Identifier: Apache-2.0

/** Strokes on a grid of 24; drawn for this page. */
const SHAPES = {
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 20 20',
  sun: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  right: 'M9.5 6l6 6-6 6',
  left: 'M14.500 6l-6 6 6 6',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  refresh: 'M20 12a8 8 0 1 1-2.4-5.7M20 3.5V8h-4.500',
  copy: 'M9 9h10.500v10.500H9zM5.500 15V5h10',
  plus: 'M12 5v14M5 12h14',
  trash: 'M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7',
  play: 'M8 5.500v13l10.500-6.500z',
  pause: 'M8.500 5.500v13M15.500 5.500v13',
  close: 'M6.500 6.500l11 11M17.500 6.500l-11 11',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  out: 'M14 4.500H5.500v15H14M10 12h10M16.500 8.500 20 12l-3.500 3.500',
  device: 'M4 13h16v6.500H4zM7.500 16.250h.01M11 16.250h.01M16 13V5M8 9.500a5 5 0 0 1 0-5',
  pulse: 'M3 12h4l2.500-7 5 14L17 12h4',
  pencil: 'M5 19l1-4L16.500 4.500l3 3L9 18z',
  group: 'M4 7h6.500v5H4zM13.500 7H20v5h-6.500zM8.750 15.500h6.500v4.500h-6.500z',
  chart: 'M4.500 6h9M4.500 12h15M4.500 18h6',
  stack: 'M4 7l8-3.500L20 7l-8 3.500zM4 12l8 3.500 8-3.500M4 16.500 12 20l8-3.500',
  people:
    'M9 5a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7zM3 19.500c0-3.300 2.700-5 6-5s6 1.700 6 5M15.500 5.500a3 3 0 0 1 0 6M17 14.700c2.500.4 4 1.900 4 4.800',
  table: 'M4 5h16v14H4zM4 10h16M10 5v14',
  eye: 'M3 12c2.500-4 5.500-6 9-6s6.500 2 9 6c-2.500 4-5.500 6-9 6s-6.500-2-9-6zM12 9.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5z',
  bolt: 'M13 3 5 14h6l-1 7 8-11h-6z',
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 3 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: 'none' }}
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}

export function Lighthouse({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
      <path d="M2 8.500 12 11v2.500L2 16zM30 8.500 20 11v2.500L30 16z" fill="#f5a524" opacity=".55" />
      <path d="M16 3.500l4.500 4h-9z" fill="#e8eef8" />
      <rect x="12.750" y="8.500" width="6.500" height="6" rx="1" fill="#f5a524" />
      <path d="M12.200 15.500h7.600L21.500 29h-11z" fill="#e8eef8" />
      <path d="M11.800 19.500h8.400l.45 4H11.300z" fill="#5a8cd8" />
    </svg>
  );
}
