"""BG/NBD by scipy: file of float64 (x, t_x, T, customers) a row, rows, runs. The fastest of three methods that comes to the top."""
import json
import sys
import time

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, gammaln

path, n, runs = sys.argv[1], *map(int, sys.argv[2:])
x, recency, age, customers = np.fromfile(path, dtype=np.float64).reshape(n, 4).T.copy()
unit = (customers * age).sum() / customers.sum()
recency, age = recency / unit, age / unit
again = x > 0


def loss(logs):
    r, alpha, a, b = np.exp(logs)
    whole = -(r + x) * np.log(alpha + age)
    left = np.where(again, np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + recency), -np.inf)
    same = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + betaln(a, b + x) - betaln(a, b)
    return -(customers * (same + np.logaddexp(whole, left))).sum()


start = np.log([0.5, 0.5 * customers.sum() / (customers * x).sum(), 0.8, 2.0])
methods = {
    "L-BFGS-B": dict(ftol=1e-13, gtol=1e-6),
    "BFGS": dict(gtol=1e-2),
    "Nelder-Mead": dict(xatol=1e-6, fatol=1e-6, maxiter=10000, maxfev=20000),
}
found = {}
for name, options in methods.items():
    seconds = []
    for _ in range(runs):
        begun = time.process_time()
        fit = minimize(loss, start, method=name, options=options)
        seconds.append(time.process_time() - begun)
    found[name] = {"seconds": seconds, "loglik": -fit.fun - (customers * x).sum() * np.log(unit), "evaluations": fit.nfev}
print(json.dumps(found))
