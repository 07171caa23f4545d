/** What stands in place of the bakery's kinds of customers, which rest on its products. */
const FAVOURITES = `## What they buy most

Each customer is of the kind of the product that stands on most of their orders, where it is one of the four that most customers
buy most. When they come is counted beside it: the share of their orders.

\`\`\`sql id=habits name=habits folded
SELECT
  customer,
  avg((isodow(moment) <= 5 AND hour(moment) BETWEEN 11 AND 13)::INTEGER) AS weekday_noon,
  avg((isodow(moment) <= 5 AND hour(moment) < 11)::INTEGER) AS weekday_morning,
  avg((isodow(moment) >= 6 AND hour(moment) < 12)::INTEGER) AS weekend_morning,
  avg((hour(moment) > 13)::INTEGER) AS afternoon
FROM bought
GROUP BY customer
\`\`\`

\`\`\`sql id=kinds name=kinds
WITH lines AS (
  SELECT customer, product::VARCHAR AS product, count(DISTINCT order_no) AS times
  FROM mapped SEMI JOIN bought USING (customer, order_no)
  WHERE coalesce(revenue, 0) >= 0 AND product IS NOT NULL
  GROUP BY ALL
), favourites AS (
  SELECT customer, first(product ORDER BY times DESC, product) AS product FROM lines GROUP BY customer
), most AS (
  SELECT product FROM favourites GROUP BY product ORDER BY count(*) DESC, product LIMIT 4
)
SELECT
  scored.*,
  habits.* EXCLUDE (customer),
  coalesce(most.product, 'Something else') AS kind
FROM scored
JOIN habits USING (customer)
LEFT JOIN favourites USING (customer)
LEFT JOIN most ON most.product = favourites.product
ORDER BY spent DESC, customer
\`\`\`

`;

/** An audience for each kind, whatever the kinds are. */
const EACH_KIND = `  ...Object.fromEntries(
    [...new Set(everybody.map((row) => row.kind))].map((kind) => [kind, (row: Person) => row.kind === kind]),
  ),
`;

/** The RFM notebook without what only the bakery has: a file of customers, its products and the kinds they make. */
export function rfmOfAnyShop(text: string): string {
  const [begin, end] = [text.indexOf('## Four kinds of customers'), text.indexOf('## Audiences')];
  return (text.slice(0, begin) + FAVOURITES + text.slice(end))
    .replace(/\nWhat you know of each customer besides[^]*?(?=\n## Orders)/, () => ABOUT)
    .replace('kinds.* EXCLUDE (lunch, family, party, health)', 'kinds.*')
    .replace(/(?: {2}'[^']+': \(row: Person\) => row\.kind === .*\n)+/, () => EACH_KIND)
    .replace(/ {2}value: \[\{ name: 'Plant-based in Gent'.*\n/, '')
    .replace(", 'lunch_food', 'family_food', 'party_food', 'health_food'", '')
    .replace('placed by order value, hours and\nproducts', 'placed by order value and\nhours');
}

const ABOUT = `
What you know of each customer besides, one row a customer: where they live, how old they are, what they like. With a file that
says so, put its columns here: audiences can be built on all of them.

\`\`\`sql id=about name=about
SELECT DISTINCT customer FROM mapped WHERE customer IS NOT NULL
\`\`\`
`;
