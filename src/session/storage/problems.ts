import type { Problem } from '../../base/problem';

const DOWNLOAD = 'Download the notebook before you close this tab.';

/** What an error of the browser's storage means to the reader; `during` is what was being done. */
export function storageProblem(
  error: unknown,
  during: 'open' | 'save' | 'keep-file' | 'read',
  subject?: string,
): Problem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  const about = subject === undefined ? {} : { subject };
  if (name === 'QuotaExceededError') return { ...storageFull(during === 'keep-file' ? 'file' : 'notebook'), ...about };
  if (name === 'VersionError') {
    return {
      code: 'storage-newer',
      message: 'A newer version of Levain has changed how notebooks are kept, and this page is the older one.',
      hint: `${DOWNLOAD} Then reload the page.`,
    };
  }
  if (during === 'open') {
    return {
      code: 'storage-denied',
      message:
        'This browser does not let the page keep anything: the window is private, or storage is blocked for this site. Your work is in this tab only.',
      hint: DOWNLOAD,
    };
  }
  const reason = error instanceof Error ? error.message : String(error);
  if (during === 'keep-file') {
    return {
      code: 'file-not-kept',
      message: `${quoted(subject)} could not be kept in the browser: ${reason}`,
      hint: 'The file works until the tab is closed; the next time it will be asked for again.',
      ...about,
    };
  }
  if (during === 'read') {
    return {
      code: 'storage-unreadable',
      message: `${quoted(subject)} could not be read from the browser's storage: ${reason}`,
      ...about,
    };
  }
  return {
    code: 'storage-failed',
    message: `The notebook could not be saved in the browser: ${reason}`,
    hint: DOWNLOAD,
    ...about,
  };
}

export function storageFull(what: 'notebook' | 'file'): Problem {
  return what === 'file'
    ? {
        code: 'storage-full',
        message: "There is no room left in the browser's storage to keep this file.",
        hint: 'The file works until the tab is closed. To make room, forget data files you no longer need.',
      }
    : {
        code: 'storage-full',
        message: "The browser's storage is full: your last changes are in this tab only.",
        hint: `${DOWNLOAD} To make room, forget data files or remove notebooks you no longer need.`,
      };
}

export function openElsewhere(title: string): Problem {
  return {
    code: 'open-elsewhere',
    message: `“${title}” is open in another tab, so here it can only be read.`,
    hint: 'Take it over to edit it here, or open a copy.',
    subject: title,
  };
}

export function takenOver(title: string): Problem {
  return {
    code: 'taken-over',
    message: `“${title}” is now edited in another tab; what you type here is not saved.`,
    hint: 'Take it back, or keep what is here as a copy.',
    subject: title,
  };
}

export function storageCleared(): Problem {
  return {
    code: 'storage-cleared',
    message:
      "The browser cleared this site's storage. The notebook open here was saved again; others and kept data files may be gone.",
    hint: 'Download the notebooks you cannot do without.',
  };
}

export function notebookMissing(id: string): Problem {
  return {
    code: 'notebook-missing',
    message: 'This notebook is no longer in the browser: it was removed, or the browser cleared the site’s storage.',
    hint: 'If you have it as a .nb.md file, open that.',
    subject: id,
  };
}

/** `skipped` newest versions could not be read; `saved` is when the one that opened was saved. */
export function damagedVersion(title: string, skipped: number, saved: number): Problem {
  const which = skipped === 1 ? 'The last saved version' : `The last ${skipped} saved versions`;
  return {
    code: 'damaged-version',
    message: `${which} of “${title}” could not be read, so the one saved ${new Date(saved).toLocaleString()} was opened.`,
    hint: 'Check the end of what you last wrote.',
    subject: title,
  };
}

export function damagedNotebook(title: string): Problem {
  return {
    code: 'damaged-notebook',
    message: `No saved version of “${title}” is whole. What is left of the newest one was opened.`,
    hint: 'Check it with care, and compare it with any .nb.md file you have of it.',
    subject: title,
  };
}

const quoted = (subject: string | undefined): string => (subject === undefined ? 'It' : `“${subject}”`);
