/** The cells of these ids with other sources; their text is of one kind, so that each stands once. */
function withSources(text: string, sources: Readonly<Record<string, string>>): string {
  return Object.entries(sources).reduce(
    (done, [id, source]) =>
      done.replace(new RegExp(`(\`\`\`sql id=${id} [^\\n]*\\n)[^\`]*`), (_, fence: string) => fence + source),
    text,
  );
}

/** Without a file of customers and one of visits: who may be written to is known from the orders, and nothing else is. */
export const churnOfAnyShop = (text: string): string =>
  withSources(text, {
    people: `SELECT customer, coalesce(bool_and(may_write), false) AS may_write
FROM sales
WHERE customer IS NOT NULL
GROUP BY customer
`,
    signs: 'SELECT customer, day FROM sales WHERE false\n',
  }).replace(
    /To use your own files, change the next three cells\.[^]*?place\.\n/,
    'To let it learn from more than orders, put columns of a file of customers, and visits or mails opened, in the second and third\ncell.\n',
  );

const LEADS = `WITH placed AS (
  SELECT
    customer,
    min(moment) AS first_at,
    sum(revenue) AS revenue,
    max_by(product, revenue) AS product,
    any_value(channel) AS channel,
    bool_and(may_write) AS may_write,
    lead(min(moment)) OVER (PARTITION BY customer ORDER BY min(moment), order_no) AS next_at
  FROM mapped
  WHERE customer IS NOT NULL AND moment IS NOT NULL
  GROUP BY customer, order_no
  HAVING sum(revenue) IS NOT NULL AND NOT (min(revenue) < 0 AND sum(revenue) < 0.005)
  QUALIFY row_number() OVER (PARTITION BY customer ORDER BY min(moment), order_no) = 1
)
SELECT
  customer AS lead,
  first_at::DATE AS since,
  next_at::DATE AS won_on,
  coalesce(may_write, false) AS may_write,
  product AS "first product",
  revenue AS "first order (€)",
  channel AS "bought in",
  dayname(first_at) AS weekday,
  hour(first_at::TIMESTAMP)::DOUBLE AS "hour"
FROM placed
`;

/** The first order of each customer is a lead, as in the sample bakery, by what the orders say of it. */
export const leadsOfAnyShop = (text: string): string =>
  withSources(text, { map: LEADS, signs: 'SELECT lead, since AS day FROM leads WHERE false\n' })
    .replace('```sql id=map name=leads', '```sql id=mapped name=mapped\n```\n\n```sql id=map name=leads')
    .replace(
      /In the sample bakery a lead is somebody[^]*?take the line that stands there behind `--` in its place\.\n/,
      'Here a lead is somebody who ordered **once**, and is won by the second order. For leads of another kind, change the next cells.\n',
    );

const NO_SPEND = `SELECT NULL::VARCHAR AS channel, NULL::DOUBLE AS spend, NULL::DATE AS first_day, NULL::DATE AS last_day
WHERE false
`;

/** Without files of ads, which stand in the place of `ad_spend`, what a new customer costs is not known. */
export const keyFiguresOfAnyShop = (text: string, withAds: boolean): string =>
  (withAds ? text : withSources(text, { spend: NO_SPEND }))
    .replace(/ In the sample bakery the truth is known: leaflets[^]*?others\.(?=\n)/, '')
    .replace(
      /Without such a file, write\n`FROM [^`]*` in place of `FROM ad_spend`\./,
      withAds ? '' : 'No file of ads is read here:\nopen one beside the orders, and choose this template again.',
    )
    .replace(
      "input.select(['channel', 'segment'], { label: 'By' })",
      "input.select(['segment', 'channel'], { label: 'By' })",
    )
    .replace('To use your own files, change the next two cells: one row', 'The next cell makes of your file: one row')
    .replace(/ Write `NULL AS margin` or[^]*?have no number\.(?=\n)/, '');
