"""Gradient-boosted trees of scikit-learn on the rows of a file: CPU seconds of each fit, and the AUC of rows held out and
the mean log loss of those fitted to.

Arguments: a file of doubles (columns one after the other, the last the outcome), rows to fit to, rows held out, columns,
trees, leaves, rounds.
"""

import json
import sys
import time

import numpy
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

path = sys.argv[1]
rows, held, columns, trees, leaves, rounds = (int(text) for text in sys.argv[2:])
data = numpy.fromfile(path).reshape(columns + 1, rows + held).T
x = numpy.ascontiguousarray(data[:, :columns])
y = data[:, columns].astype(int)

seconds = []
for _ in range(rounds):
    model = HistGradientBoostingClassifier(
        max_iter=trees, max_leaf_nodes=leaves, learning_rate=0.1, early_stopping=False, random_state=0
    )
    before = time.process_time()
    model.fit(x[:rows], y[:rows])
    seconds.append(time.process_time() - before)
auc = roc_auc_score(y[rows:], model.predict_proba(x[rows:])[:, 1])
p = model.predict_proba(x[:rows])[:, 1]
loss = -numpy.log(numpy.where(y[:rows] == 1, p, 1 - p)).mean()
print(json.dumps({"seconds": seconds, "auc": auc, "loss": loss}))
