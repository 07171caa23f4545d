import { LevainError } from '../../base/problem';
import { fromBase64 } from '../base64';
import { END, NOTEBOOK_TYPE, PAGE_MARK } from './write';

/** Whether a file is a page that holds the app and a notebook. */
export const isPage = async (file: Blob): Promise<boolean> => (await file.slice(0, 200).text()).includes(PAGE_MARK);

/** The notebook of a page by {@link writePage}, as it was put in; nothing of the page runs. Throws `page-damaged`. */
export async function notebookOfPage(file: File): Promise<File> {
  const html = await file.text();
  const from = html.indexOf(`<script type="${NOTEBOOK_TYPE}"`);
  const begins = html.indexOf('>', from) + 1;
  const ends = html.indexOf('</script>', begins);
  const whole = from >= 0 && ends >= 0 && html.slice(-200).includes(END);
  if (!whole) throw damaged(file.name, 'it was cut short or changed on its way');
  const name = /data-name="[^"]*\.(levain|zip)"/.exec(html.slice(from, begins))?.[1] ?? 'zip';
  try {
    return new File([fromBase64(html.slice(begins, ends))], file.name.replace(/\.html?$/i, `.${name}`));
  } catch {
    throw damaged(file.name, 'what it holds was changed on its way');
  }
}

const damaged = (name: string, why: string): LevainError =>
  new LevainError({
    code: 'page-damaged',
    message: `${name} is a notebook's page, but not whole: ${why}.`,
    hint: 'Ask for it again.',
    subject: name,
  });
