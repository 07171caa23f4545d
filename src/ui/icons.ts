/** Strokes on a 24-unit square, in the manner of Lucide. The shell draws a couple of dozen, so they stand here as paths. */
export const icons = {
  play: 'M6 4v16l13-8z',
  stop: 'M6 6h12v12H6z',
  up: 'm6 15 6-6 6 6',
  down: 'm6 9 6 6 6-6',
  right: 'm9 6 6 6-6 6',
  trash: 'M4 7h16M10 11v6m4-6v6M6 7l1 13h10l1-13M9 7V4h6v3',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12Zm10 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  eyeOff:
    'm3 3 18 18M10.6 5.1A10 10 0 0 1 12 5c6 0 10 7 10 7a18 18 0 0 1-3 3.7M6.6 6.6A17 17 0 0 0 2 12s4 7 10 7a9.7 9.7 0 0 0 5.4-1.6M9.9 9.9a3 3 0 0 0 4.2 4.2',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  more: 'M5 11.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8ZM12 11.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8ZM19 11.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8Z',
  grip: 'M9 5.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8ZM15 5.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8ZM9 11.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8ZM15 11.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8ZM9 17.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8ZM15 17.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8Z',
  filter: 'M4 5h16l-6.5 7.5V19l-3-1.5v-5z',
  download: 'M12 4v11m-5-5 5 5 5-5M4 20h16',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  check: 'm5 12.5 4.5 4.5L19 7',
  panel: 'M4 5h16v14H4zM9.5 5v14',
  share: 'M12 15V4m-4 4 4-4 4 4M5 12v8h14v-8',
  moon: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0-14v2m0 16v2M2 12h2m16 0h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5',
  screen: 'M3 5h18v11H3zM9 20h6m-3-4v4',
  help: 'M9.1 9a3 3 0 1 1 4.2 3.1c-.9.5-1.3 1-1.3 2M12 17.5h.01',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  table: 'M4 5h16v14H4zM4 10h16M10 10v9',
  outline: 'M4 6h16M8 12h12M8 18h12',
  graph:
    'M6 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm12 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM18 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM6 8v7a5 5 0 0 0 5 5h5M8 6c4 0 4 2 8 2',
  chart: 'M4 4v16h16M8 16v-4m4 4V8m4 8v-6',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  warn: 'M12 4 2.5 20h19zM12 10v4.5m0 2.5h.01',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  sortUp: 'M12 19V5m-6 6 6-6 6 6',
  sortDown: 'M12 5v14m-6-6 6 6 6-6',
} as const;

export type IconName = keyof typeof icons;
