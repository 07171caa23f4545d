/** The words of the tour. Its steps, in their order, are named after what they show. */
export const tour = {
  offer: 'New here? Look round in five steps',
  label: 'Look round',
  of: (at: number, all: number): string => `${at} of ${all}`,
  back: 'Back',
  next: 'Next',
  end: 'End the tour',
  done: 'Done',
  steps: [
    {
      show: 'cell',
      title: 'Cells feed each other',
      text: 'A query’s name is a table for the cells below it. Change a query, and what rests on it runs again.',
    },
    {
      show: 'files',
      title: 'Your files become tables',
      text: 'Drop CSV, Excel, JSON or Parquet files anywhere on the page. Each becomes a table, listed here with its columns; how it was read can be seen and changed.',
    },
    {
      show: 'run',
      title: 'Nothing runs until you say so',
      text: 'The sample ran by itself, since it comes with this page. A notebook that someone sends you waits for you to run it, and can send nothing anywhere even then.',
    },
    {
      show: 'commands',
      title: 'All of it is a few letters away',
      text: 'Ctrl or Cmd with K finds commands, tables and functions. Enter writes in a cell, Esc leaves it, and ? lists the keys.',
    },
    {
      show: 'share',
      title: 'Kept here, and yours to take',
      text: 'Every edit is saved in this browser. Under Share the notebook becomes one readable file, a page, a report or an encrypted file.',
    },
  ],
} as const;
