import { ownPage } from '../base/own-page';
import { newNotebookId } from '../session/storage/notebook-store';

/** A packed notebook and this very page as one HTML file that opens by itself. From such a file, too. */
export async function onePage(title: string, notebook: File): Promise<Blob> {
  const [{ appOfPage, appOfSite }, { writePage }] = await Promise.all([
    import('../share/page/app'),
    import('../share/page/write'),
  ]);
  const app = ownPage() ? appOfPage(document) : await appOfSite((path) => fetch(new URL(path, document.baseURI)));
  return writePage(app, title, notebook, newNotebookId());
}
