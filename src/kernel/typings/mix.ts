import type { ReportOptions } from '../../charts/mix-report';
import type { PreparedMix } from '../../stats/mix/data/prepare';
import type { MixDraws } from '../../stats/mix/model';

export * from '../../stats/mix';

/** Shows a fitted mix model part by part: its verdict, charts and tables, each with its uncertainty. */
export declare function report(prepared: PreparedMix, draws: MixDraws, options?: ReportOptions): void;
