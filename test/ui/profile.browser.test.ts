import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/base.css';
import Profile from '../../src/ui/Profile.svelte';
import type { ColumnProfile } from '../../src/table/profile';

it('writes the least and the greatest value of a column to the last digit', async () => {
  const column = { nulls: 0, distinct: 3, approximate: false } as const;
  const columns: ColumnProfile[] = [
    { ...column, name: 'id', type: 'BIGINT', min: '120210000000001231', max: '120210000000001233' },
    { ...column, name: 'views', type: 'BIGINT', min: '120210000000001231', max: '120210000000001233' },
    { ...column, name: 'share', type: 'DOUBLE', min: '-0.00042', max: '1.25' },
    { ...column, name: 'huge', type: 'DOUBLE', min: '1e+21', max: '2.5e+21' },
  ];
  const { container } = await render(Profile, { profile: { rows: 3, columns }, label: 'Columns' });
  await expect.poll(() => container.textContent).toContain('120,210,000,000,001,231');
  expect(container.textContent).toContain('120,210,000,000,001,233');
  // An id's digits are not grouped.
  expect(container.textContent).toContain('120210000000001233');
  expect(container.textContent).toContain('-0.00042');
  expect(container.textContent).toContain('2,500,000,000,000,000,000,000');
});
