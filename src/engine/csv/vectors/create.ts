import { decimalOf } from '../columns';
import type { CsvPlan, PlannedColumn } from '../../engine';
import { Dates } from './dates';
import { Doubles } from './doubles';
import { Integers } from './integers';
import { Booleans, Huge, Times } from './rarer';
import { Texts } from './texts';
import { Timestamps } from './timestamps';
import type { Vector } from './vector';

/** A vector for a column's type. */
export function vectorOf(column: PlannedColumn, plan: CsvPlan): Vector {
  switch (column.type) {
    case 'VARCHAR':
      return new Texts(plan.quote, plan.nulls.length ? plan.nulls : ['']);
    case 'BIGINT':
      return new Integers();
    case 'DOUBLE':
      // A percentage is not its digits.
      return new Doubles(column.percent ? null : decimalOf(column, plan));
    case 'DATE':
      return new Dates(column.format);
    case 'TIMESTAMP':
      return new Timestamps(column.format, column.clock !== undefined);
    case 'BOOLEAN':
      return new Booleans();
    case 'TIME':
      return new Times();
    case 'HUGEINT':
      return new Huge();
  }
}
