"""scikit-learn's k-means from given centres: file of float64 rows, n, d, k, starts of the centres (the first k rows), runs."""
import json
import sys
import time
import warnings

import numpy as np
from sklearn.cluster import KMeans

path, n, d, k, runs = sys.argv[1], *map(int, sys.argv[2:])
points = np.fromfile(path, dtype=np.float64).reshape(n, d)
seconds = []
for _ in range(runs):
    begun = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = KMeans(k, init=points[:k].copy(), n_init=1, max_iter=300, tol=1e-4, algorithm="lloyd").fit(points)
    seconds.append(time.process_time() - begun)
print(json.dumps({"seconds": seconds, "inertia": fit.inertia_, "iterations": fit.n_iter_}))
