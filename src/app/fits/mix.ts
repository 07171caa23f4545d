import { writtenIdentifier } from '../../session/written-identifier';
import { writtenText } from '../../session/written-text';

/** With the others together, as many as charts have colours. */
export const MOST_CHANNELS = 7;

/** Said where it is so, since the model answers all the same. */
const TOO_SHORT = `\`\`\`ts id=short folded
if (weekly.length < 52) {
  display(levain.md\`**\${weekly.length} weeks are too few to go by.** A mix model needs a year, and two to tell the season from the advertising: with less, what follows shows how it works, and its intervals are as wide as what was believed beforehand.\`);
}
\`\`\`

`;

/** A mix model over the reader's channels; those beyond the most frequent count together, so that no spend is left out. */
export function mixOfAnyShop(text: string, channels: readonly string[]): string {
  const names = channels.map((channel, i) => nameOf(channel, i, channels));
  const listed = channels.map(
    (channel, i) =>
      `    coalesce(sum(spend) FILTER (channel = ${writtenText(channel)}), 0) AS ${writtenIdentifier(names[i]!)}`,
  );
  const others = `    coalesce(sum(spend) FILTER (channel IS NULL OR channel NOT IN (${channels.map(writtenText).join(', ')})), 0) AS other_channels`;
  return text
    .replace(
      / {4}sum\(spend\) FILTER[^]*?\n {2}FROM ad_spend/,
      () => `${[...listed, others].join(',\n')}\n  FROM ad_spend`,
    )
    .replace(
      'Days that sell without any advertising. Without',
      'Days that sell without any advertising. **These are those of the sample bakery in Belgium: write your own in their place**, your\nfeasts and your sales. Without',
    )
    .replace('## What is believed before the data speak', (heading) => `${TOO_SHORT}${heading}`)
    .replace(
      /const channels = \[[^\]]*\];/,
      () =>
        `const channels = [${[...names, 'other_channels'].map((name) => JSON.stringify(name)).join(', ')}].filter((name) => weekly.some((row) => row[name] > 0));`,
    );
}

/** A channel's name as a column: `Google Ads` → `google_ads`. */
function nameOf(channel: string, at: number, all: readonly string[]): string {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '');
  const name = plain(channel);
  const taken = all.slice(0, at).some((other) => plain(other) === name);
  return name === '' || /^\d/.test(name) || name === 'week' || taken ? `channel_${at + 1}` : name;
}
