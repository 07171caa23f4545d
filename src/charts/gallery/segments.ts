import { seededRandom } from '../../base/random';
import { chooseK } from '../../stats/cluster/choose-k';
import { hierarchical } from '../../stats/cluster/hierarchical';
import { profileClusters } from '../../stats/cluster/profile';
import { fromRows } from '../../stats/linear/matrix';
import { audiences } from '../../stats/segments/audiences';
import { audienceOverlap, clusterCounts, clusterProfile, dendrogram, rfmHeatmap, treemap } from '..';

const random = seededRandom(4);

const GRID = [
  [412, 96, 31, 8, 2],
  [188, 140, 74, 30, 9],
  [96, 151, 120, 71, 28],
  [44, 88, 130, 122, 70],
  [22, 41, 92, 133, 164],
];
const segmentOf = (recency: number, frequency: number): string =>
  recency <= 2 ? (frequency <= 2 ? 'Hibernating' : 'At risk') : frequency >= 4 ? 'Loyal' : 'Promising';
const grid = GRID.flatMap((row, r) =>
  row.map((customers, f) => ({
    recency: r + 1,
    frequency: f + 1,
    customers,
    segment: segmentOf(r + 1, f + 1),
  })),
);

const kinds = Array.from({ length: 120 }, (_, i) => i % 3);
const spend = kinds.map((kind) => [22, 34, 78][kind]! + 6 * random.normal());
const weekend = kinds.map((kind) => [0.05, 0.8, 0.5][kind]! + 0.08 * random.normal());
const profiles = profileClusters(
  [
    { name: 'order value', values: spend },
    { name: 'on weekends', values: weekend },
  ],
  kinds,
);
const points = fromRows(spend.map((value, i) => [value / 20, 3 * weekend[i]!]));

const people = kinds.map((kind, i) => ({ kind, orders: 1 + ((i * 7) % 9), spent: spend[i]! }));

export const segmentEntries = [
  {
    name: 'rfm-heatmap',
    draw: () =>
      rfmHeatmap(grid, {
        title: 'Most customers bought once, long ago',
        caption: '2,362 customers; scores of 5 are best',
      }),
  },
  {
    name: 'treemap',
    draw: () =>
      treemap(
        [
          { name: 'Champions', value: 182_000, note: '412 customers' },
          { name: 'Loyal', value: 96_500, note: '640 customers' },
          { name: 'At risk', value: 38_200, note: '301 customers' },
          { name: 'Promising', value: 14_900, note: '220 customers' },
          { name: 'Hibernating', value: 9_100, note: '789 customers' },
          { name: 'Paid back', value: -300 },
        ],
        { unit: '€', title: 'Champions: a sixth of customers, half of revenue', caption: '2,362 customers' },
      ),
  },
  {
    name: 'cluster-profile',
    draw: () =>
      clusterProfile(profiles, {
        names: ['Lunch', 'Family', 'Feasts'],
        title: 'Feasts are dear, families come on weekends',
        caption: '120 customers; SD: standard deviations from the mean of the others',
      }),
  },
  {
    name: 'cluster-counts',
    draw: () =>
      clusterCounts(chooseK(points, { most: 6 }), {
        chosen: 3,
        title: 'Three clusters: the silhouette is highest, the curve bends',
        caption: '120 customers, two columns',
      }),
  },
  {
    name: 'dendrogram',
    draw: () =>
      dendrogram(hierarchical(points, 'ward'), {
        k: 3,
        most: 12,
        title: 'Three branches, far apart',
        caption: '120 customers, Ward’s criterion; the dashed line cuts three clusters',
      }),
  },
  {
    name: 'audience-overlap',
    draw: () =>
      audienceOverlap(
        audiences(
          people,
          {
            Regulars: ({ orders }) => orders >= 5,
            'Big spenders': ({ spent }) => spent > 50,
            Families: ({ kind }) => kind === 1,
          },
          ({ spent }) => spent,
        ),
        {
          title: 'Two in three big spenders are regulars',
          caption: '120 customers; share of the row that is in the column',
        },
      ),
  },
];
