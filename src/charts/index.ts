export { bars, barsOptions, type BarsOptions } from './bars';
export { channelColors, palette, type ColorScale } from './channel-colors';
export { type Frame } from './frame';
export { color, theme } from './theme';
export { trend, trendOptions, type TrendOptions } from './trend';
