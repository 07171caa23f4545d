export { mean, standardDeviation, variance } from './summary/moments';
