export { channelColors, palette, type ColorScale } from './channel-colors';
export { color, theme } from './theme';
