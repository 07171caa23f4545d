"""Logistic regression of scikit-learn (L-BFGS, no penalty) on the rows of a file, until no element of the gradient of the
mean loss is above a tolerance: CPU seconds of each fit, and how far it came. By itself it would stop earlier, once a step
lowers the loss by less than 2e-9 of it.

Arguments: a file of doubles (columns one after the other, the last the outcome), rows, columns, tolerance, rounds.
"""

import json
import sys
import time
import warnings

import numpy
from scipy import optimize
from sklearn.linear_model import LogisticRegression

path, rows, columns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
tolerance, rounds = float(sys.argv[4]), int(sys.argv[5])
data = numpy.fromfile(path).reshape(columns + 1, rows).T
x = numpy.ascontiguousarray(data[:, :columns])
y = data[:, columns].astype(int)


def slope(model):
    p = model.predict_proba(x)[:, 1] - y
    return max(abs(p.mean()), numpy.abs(x.T @ p / rows).max())


minimize = optimize.minimize


def to_the_gradient(*arguments, options, **others):
    return minimize(*arguments, options={**options, "ftol": 0.0}, **others)


optimize.minimize = to_the_gradient
warnings.simplefilter("ignore")
seconds = []
for _ in range(rounds):
    model = LogisticRegression(penalty="none", solver="lbfgs", tol=tolerance * rows, max_iter=1000)
    before = time.process_time()
    model.fit(x, y)
    seconds.append(time.process_time() - before)
print(
    json.dumps(
        {
            "seconds": seconds,
            "slope": float(slope(model)),
            "iterations": int(model.n_iter_[0]),
            "coefficients": model.coef_[0].tolist(),
            "intercept": float(model.intercept_[0]),
        }
    )
)
