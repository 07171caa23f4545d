import type { IconName } from './icons';

export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  readonly icon?: IconName;
  /** Keys that do the same, shown at the right. */
  readonly keys?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** Present for a choice among several: whether it is the one. */
  readonly checked?: boolean;
}
