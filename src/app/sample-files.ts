import { strings } from '../ui/strings';

/** Three years of the sample bakery, which stand beside the page. */
const SAMPLE_FILES = ['orders.csv', 'customers.csv', 'ad_spend.csv', 'web_events.csv', 'emails.csv', 'reviews.csv'];

/** Fetches those of the sample's files that are named, or all of them where none is. */
export function fetchSample(named: readonly string[]): Promise<readonly File[]> {
  const names = SAMPLE_FILES.filter((name) => named.length === 0 || named.includes(name));
  return Promise.all(names.map(sampleFile));
}

async function sampleFile(name: string): Promise<File> {
  const response = await fetch(new URL(`demo/${name}`, document.baseURI));
  if (!response.ok) throw new Error(strings.page.sampleFailed(name, response.status));
  return new File([await response.blob()], name, { type: 'text/csv' });
}
