import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random';
import * as distributions from '../../../src/stats';
import { normalCdf, normalDensity, studentTCdf, studentTQuantile, studentTTwoSided } from '../../../src/stats';
import { logGamma } from '../../../src/stats/distributions/log-gamma';

/** Density or mass, P(X ≤ x) and P(X > x) by scipy 1.17; the density of t with a million degrees by mpmath. */
const KNOWN: [name: string, x: number[], density: number, lower: number, upper: number][] = [
  ['gamma', [0.01, 0.3], 8.31300482839661, 0.27924099635901484, 0.7207590036409852],
  ['gamma', [2, 0.3], 0.027847808051720487, 0.977974019172853, 0.022025980827146997],
  ['gamma', [1, 1], 0.36787944117144233, 0.6321205588285577, 0.36787944117144245],
  ['gamma', [0.1, 2.5], 0.021524563449538157, 0.0008861387888124438, 0.9991138612111875],
  ['gamma', [7, 2.5], 0.012704263325999474, 0.9843905838997331, 0.01560941610026691],
  ['gamma', [20, 30], 0.012515304368452647, 0.021818217525557418, 0.9781817824744425],
  ['gamma', [31, 30], 0.06915464591393976, 0.5953478209656109, 0.40465217903438916],
  ['gamma', [80, 30], 3.158728146544175e-11, 0.9999999999509677, 4.90322955581077e-11],
  ['gamma', [430, 500], 9.261761324057792e-5, 0.000528822025192299, 0.9994711779748078],
  ['gamma', [501, 500], 0.017784892457900683, 0.5237616700427014, 0.47623832995729865],
  ['gamma', [10100, 10000], 0.0024036692578521374, 0.8413487504471796, 0.15865124955282037],
  ['gamma', [9500, 10000], 1.0150248655778514e-8, 1.8624546517951583e-7, 0.9999998137545348],
  ['chiSquared', [0.001, 1], 12.60935635549078, 0.02522712063003961, 0.9747728793699604],
  ['chiSquared', [3.84, 1], 0.029846887483060566, 0.9499564787512949, 0.05004352124870519],
  ['chiSquared', [20.9427805918607, 13], 0.020049679486787535, 0.9259319065397952, 0.07406809346020486],
  ['chiSquared', [899.42237087666, 2], 2.4653791472609395e-196, 1.0, 4.930758294521758e-196],
  ['chiSquared', [95, 100], 0.027788436837348177, 0.37742070812182643, 0.6225792918781736],
  ['chiSquared', [300, 100], 2.5070589415277495e-22, 1.0, 7.4121008573230175e-22],
  ['beta', [0.001, 0.5, 0.5], 10.070879119947092, 0.020135041633377492, 0.9798649583666225],
  ['beta', [0.3, 2, 5], 2.1608999999999994, 0.5798250000000003, 0.420175],
  ['beta', [0.9, 2, 5], 0.0026999999999999993, 0.999945, 5.499999999999994e-5],
  ['beta', [0.5, 100, 90], 8.429466962368778, 0.2335396319370431, 0.7664603680629568],
  ['beta', [0.62, 600, 400], 11.283176438768775, 0.9021937022054778, 0.09780629779452213],
  ['beta', [0.01, 1, 80], 36.16349202131805, 0.5524767862361891, 0.44752321376381093],
  ['beta', [0.999, 0.2, 3], 2.642113902575771e-7, 0.9999999999119471, 8.805283804559234e-11],
  ['beta', [0.2, 3000, 12000], 122.14706530104931, 0.5016286926802763, 0.49837130731972185],
  ['fisherF', [0.5, 3, 143], 0.6878948403740281, 0.317126045047584, 0.682873954952416],
  ['fisherF', [2.5, 3, 143], 0.07892151200799913, 0.9380556263891366, 0.06194437361086339],
  ['fisherF', [90, 13, 143], 3.717668038879091e-62, 1.0, 5.300589898241633e-62],
  ['fisherF', [1, 1, 1], 0.15915494309189535, 0.5000000000000001, 0.5000000000000001],
  ['fisherF', [1.0001, 5000, 90000], 19.41227493371654, 0.5043862160108703, 0.4956137839891297],
  ['fisherF', [0.01, 4, 2.5], 0.06837981879645105, 0.00034783125703853396, 0.9996521687429615],
  ['studentT', [0, 3], 0.36755259694786135, 0.5, 0.5],
  ['studentT', [0.001, 3], 0.36755235191291924, 0.5003675525152695, 0.49963244748473046],
  ['studentT', [1.5, 1], 0.09794150344116635, 0.8128329581890011, 0.18716704181099886],
  ['studentT', [-2.2, 143], 0.03625140425675067, 0.014706068018875413, 0.9852939319811246],
  ['studentT', [30.17, 143], 1.4544750015277797e-63, 1.0, 3.546895413662412e-64],
  ['studentT', [2, 0.5], 0.051899228247372614, 0.7772425549084343, 0.22275744509156564],
  ['studentT', [-1.96, 1000000.0], 0.058441033085845478, 0.024998033792634926, 0.9750019662073651],
  ['studentT', [12, 2.7], 0.0002247147174824701, 0.998986566990302, 0.001013433009698063],
  ['binomial', [0, 10, 0.3], 0.0282475249, 0.028247524900000005, 0.9717524751],
  ['binomial', [3, 10, 0.3], 0.2668279319999998, 0.6496107184000002, 0.3503892815999998],
  ['binomial', [10, 10, 0.3], 5.9048999999999975e-6, 1.0, 0.0],
  ['binomial', [480, 1000, 0.5], 0.011340982371187717, 0.10872414660207075, 0.8912758533979293],
  ['binomial', [20, 100000, 0.0001], 0.0018653349247118893, 0.9984126722264012, 0.0015873277735987798],
  ['binomial', [999, 1000, 0.999], 0.36806348825922336, 0.6323045752290363, 0.36769542477096373],
  ['poisson', [0, 0.01], 0.990049833749168, 0.990049833749168, 0.009950166250831952],
  ['poisson', [3, 2.5], 0.21376301724973648, 0.7575761331330662, 0.2424238668669339],
  ['poisson', [100, 80], 0.003939458159199123, 0.9868311451240662, 0.013168854875933837],
  ['poisson', [9900, 10000], 0.00242780670656249, 0.1598711822452838, 0.8401288177547162],
  ['poisson', [40, 4], 2.713792621604958e-26, 1.0, 2.925551165194597e-27],
];

const functions = distributions as unknown as Record<string, (...x: number[]) => number>;

function relative(ours: number, known: number): number {
  return known === 0 ? Math.abs(ours) : Math.abs(ours / known - 1);
}

describe('the distributions', () => {
  it.each(KNOWN)('%s at %j is known to 11 digits', (name, x, density, lower, upper) => {
    const densityOf = functions[`${name}Density`] ?? functions[`${name}Mass`]!;
    expect(relative(densityOf(...x), density)).toBeLessThan(1e-11);
    expect(relative(functions[`${name}Cdf`]!(...x), lower)).toBeLessThan(1e-11);
    const survival = functions[`${name}Survival`];
    if (survival) expect(relative(survival(...x), upper)).toBeLessThan(1e-11);
    if (name === 'studentT') {
      expect(relative(studentTTwoSided(x[0]!, x[1]!) / 2, Math.min(lower, upper))).toBeLessThan(1e-11);
    }
  });

  it('of continuous quantities give back the probability of their quantile', () => {
    const random = seededRandom(3);
    for (let i = 0; i < 100; i++) {
      const [p, a, b] = [random.uniform(), Math.exp(2 * random.normal()), Math.exp(2 * random.normal())];
      const parameters: [string, number[]][] = [
        ['gamma', [a, b]],
        ['chiSquared', [a]],
        ['beta', [a, b]],
        ['fisherF', [a, b]],
        ['studentT', [a]],
      ];
      for (const [name, known] of parameters) {
        const x = functions[`${name}Quantile`]!(p, ...known);
        // Where the quantile rounds to 0, ∞ or 1, its neighbours are all that can be had.
        if (x === 1 || !Number.isFinite(x) || Math.abs(x) < 1e-300) continue;
        const rounding = functions[`${name}Density`]!(x, ...known) * Math.abs(x) * 2 ** -50;
        const back = functions[`${name}Cdf`]!(x, ...known);
        expect(Math.abs(back - p), `${name} ${p} ${known}`).toBeLessThan(1e-12 + rounding);
      }
    }
  });

  it('of counts give the smallest count that has the probability', () => {
    const random = seededRandom(4);
    for (let i = 0; i < 200; i++) {
      const [q, p, mean] = [random.uniform(), random.uniform(), Math.exp(2 + 2 * random.normal())];
      const n = Math.ceil(mean * 3);
      const many = distributions.binomialQuantile(q, n, p);
      expect(distributions.binomialCdf(many, n, p)).toBeGreaterThanOrEqual(q - 1e-12);
      expect(distributions.binomialCdf(many - 1, n, p)).toBeLessThan(q);
      const events = distributions.poissonQuantile(q, mean);
      expect(distributions.poissonCdf(events, mean)).toBeGreaterThanOrEqual(q - 1e-12);
      expect(distributions.poissonCdf(events - 1, mean)).toBeLessThan(q);
      expect(distributions.poissonQuantile(distributions.poissonCdf(events, mean), mean)).toBe(events);
    }
  });

  it.each([
    [7, 0.2],
    [40, 0.5],
    [13, 0],
    [13, 1],
  ])('of counts add up: %i trials of %d', (n, p) => {
    let sum = 0;
    for (let k = 0; k <= n; k++) {
      sum += distributions.binomialMass(k, n, p);
      expect(distributions.binomialCdf(k, n, p)).toBeCloseTo(sum, 13);
    }
    expect(sum).toBeCloseTo(1, 13);
  });

  it('agree where one is a case of another', () => {
    for (const t of [-3, -0.2, 0.7, 5]) {
      expect(studentTCdf(t, 1e9)).toBeCloseTo(normalCdf(t), 8);
      expect(studentTTwoSided(t, 7)).toBeCloseTo(distributions.fisherFSurvival(t * t, 1, 7), 14);
      expect(distributions.chiSquaredSurvival(t * t, 1)).toBeCloseTo(2 * normalCdf(-Math.abs(t)), 14);
      expect(normalDensity(t)).toBeCloseTo(distributions.studentTDensity(t, 1e12), 11);
    }
  });

  it('have nothing outside of their support, and all of it at its ends', () => {
    const { gammaCdf, gammaQuantile, betaCdf, binomialCdf, poissonQuantile } = distributions;
    expect([distributions.gammaDensity(-1, 2), gammaCdf(-1, 2), gammaCdf(Infinity, 2)]).toEqual([0, 0, 1]);
    expect([betaCdf(-1, 2, 2), betaCdf(2, 2, 2), distributions.betaDensity(2, 2, 2)]).toEqual([0, 1, 0]);
    expect([distributions.binomialMass(1.5, 3, 0.5), binomialCdf(-1, 3, 0.5), binomialCdf(3, 3, 0.5)]).toEqual([
      0, 0, 1,
    ]);
    expect([gammaQuantile(0, 2), gammaQuantile(1, 2), distributions.betaQuantile(1, 2, 2)]).toEqual([0, Infinity, 1]);
    expect([poissonQuantile(1, 2), distributions.poissonMass(0, 0), distributions.poissonCdf(0, 0)]).toEqual([
      Infinity,
      1,
      1,
    ]);
    expect([
      distributions.fisherFSurvival(Infinity, 2, 2),
      studentTCdf(-Infinity, 2),
      studentTQuantile(0.5, 2),
    ]).toEqual([0, 0, 0]);
  });

  it('keep the smallest of tails', () => {
    // scipy 1.17: t.ppf, chi2.ppf
    expect(relative(studentTQuantile(1e-200, 5), -1.568392559099338e40)).toBeLessThan(1e-12);
    expect(relative(distributions.chiSquaredQuantile(1e-100, 3), 5.2093970786779724e-67)).toBeLessThan(1e-12);
  });

  it('say which parameter is wrong', () => {
    expect(() => distributions.gammaCdf(1, 0)).toThrow('The shape of a gamma distribution must be above 0; it is 0.');
    expect(() => distributions.fisherFCdf(NaN, 1, 1)).toThrow('F distribution has no value at NaN');
    expect(() => distributions.betaQuantile(2, 1, 1)).toThrow('between 0 and 1; it is 2');
    expect(() => distributions.binomialMass(1, 2.5, 0.5)).toThrow('trials of a binomial distribution must be a whole');
    expect(() => distributions.poissonMass(1, -1)).toThrow('0 or more; it is -1');
    expect(() => studentTQuantile(1, 3)).toThrow('no finite value with probability 1');
  });

  it('rest on a log-gamma that knows factorials', () => {
    let factorial = 0;
    for (let n = 1; n < 170; n++) {
      expect(Math.abs(logGamma(n) - factorial)).toBeLessThan(3e-15 * Math.max(10, factorial));
      factorial += Math.log(n);
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
  });
});
