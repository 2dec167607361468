#!/usr/bin/env python3
"""sklearn-metrics.json: what scikit-learn's metrics say of predictions and targets.

usage: make_metrics.py
needs: numpy, scikit-learn (Debian: python3-numpy python3-sklearn)
"""
import json, os, warnings
import numpy as np, sklearn
from sklearn import metrics as M

warnings.simplefilter('ignore')  # divisions by 0 count as 0
g = np.random.RandomState(5)
L = lambda a: np.asarray(a).tolist()
averages = ('macro', 'micro', 'weighted')

def named(y, labels, average):
    args = dict(average=average, zero_division=0)
    return dict(precision=float(M.precision_score(y, labels, **args)), recall=float(M.recall_score(y, labels, **args)), f1=float(M.f1_score(y, labels, **args)))

multi = []
for n, classes, missing in ((20, 3, None), (9, 4, 2), (1, 2, None), (40, 5, 0)):
    y = g.randint(0, classes, n)
    if missing is not None: y[y == missing] = (missing + 1) % classes  # a class that no target has
    scores = np.round(g.standard_normal((n, classes)) + 1.2 * np.eye(classes)[y], 4)
    named_classes = scores.argmax(1)
    multi.append(dict(scores=L(scores), targets=L(y), confusion=L(M.confusion_matrix(y, named_classes, labels=range(classes))),
                      averages={a: named(y, named_classes, a) for a in averages},
                      topK={k: float(M.top_k_accuracy_score(y, scores, k=k, labels=range(classes))) for k in range(1, classes)} if classes > 2 else {}))

binary = []
for n, threshold in ((30, .5), (30, .3), (6, .5), (5, 2.)):
    y = np.concatenate([[0, 1], g.randint(0, 2, n - 2)])
    p = np.round(np.clip(.5 + .3 * (y - .5) + .3 * g.standard_normal(n), 0, 1), 1)  # one decimal, so that there are ties
    said = (p > threshold).astype(int)
    binary.append(dict(scores=L(p), targets=L(y), threshold=threshold, auc=float(M.roc_auc_score(y, p)),
                       confusion=L(M.confusion_matrix(y, said, labels=[0, 1])), **named(y, said, 'binary')))

r2 = []
for shape in ((12,), (12, 1), (9, 3)):
    y = np.round(g.standard_normal(shape), 4)
    p = np.round(y + .5 * g.standard_normal(shape), 4)
    r2.append(dict(predictions=L(p), targets=L(y), r2=float(M.r2_score(y, p))))
r2.append(dict(predictions=[1., 2], targets=[3., 3], r2=float(M.r2_score([3, 3], [1, 2]))))
r2.append(dict(predictions=[3., 3], targets=[3., 3], r2=float(M.r2_score([3, 3], [3, 3]))))

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, '../fixtures/sklearn-metrics.json'), 'w') as file:
    json.dump(dict(made_with=dict(sklearn=sklearn.__version__), multi=multi, binary=binary, r2=r2), file, separators=(',', ':'))
