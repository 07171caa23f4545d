import { responseTo } from '../../../src/stats/mix/likelihood-response';
import {
  adstockParameters,
  channelParameter,
  saturationParameters,
  type MixDraws,
  type MixModel,
} from '../../../src/stats/mix/model';

/** The draws of one quantity, one array a chain. */
export const chainsOf = (fit: MixDraws, name: string): Float64Array[] =>
  fit.chains.map(({ columns }) => columns[name]!);

/** The draws of one quantity, chain after chain. */
export const drawsOf = (fit: MixDraws, name: string): Float64Array =>
  Float64Array.from(chainsOf(fit, name).flatMap((draws) => Array.from(draws)));

/** Total contribution of a channel in the unit of the file, draw by draw. */
export function contributions(model: MixModel, fit: MixDraws, index: number): Float64Array {
  const { name, media, adstock, saturation } = model.channels[index]!;
  const response = responseTo(media, adstock, saturation);
  const names = [...adstockParameters(adstock.kind), ...saturationParameters(saturation.kind)];
  const columns = names.map((parameter) => drawsOf(fit, channelParameter(name, parameter)));
  return drawsOf(fit, channelParameter(name, 'beta')).map((beta, i) => {
    columns.forEach((column, p) => (response.parameters[p] = column[i]!));
    response.forward();
    return model.outcomeScale * beta * response.values.reduce((sum, value) => sum + value, 0);
  });
}
