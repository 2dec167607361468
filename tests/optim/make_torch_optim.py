#!/usr/bin/env python3
"""torch-optim.json: 20-step trajectories of PyTorch's optimizers with every option, 50 rates of its schedules, clipping.

usage: make_torch_optim.py [REFERENCE.json]   (trajectories of the project's oracle, copied as they are)
needs: numpy, torch (Debian: python3-numpy python3-torch), float64
"""
import json, os, sys
import numpy as np, torch, torch.nn.functional as F
from torch.optim import lr_scheduler as S

torch.set_default_dtype(torch.float64)
g = np.random.RandomState(11)
L = lambda a: np.asarray(a).tolist()
R = lambda *s: np.round(g.standard_normal(s), 4)

n, d, h, c = 6, 3, 5, 3
X, labels = R(n, d), g.randint(0, c, n)
names = ('W1', 'b1', 'W2', 'b2')
initial = dict(zip(names, (R(d, h) * .5, R(h) * .1, R(h, c) * .5, R(c) * .1)))

def train(steps, make, before=lambda p, o: None, schedule=None):
    """Losses and final parameters; `before` acts between backward and step."""
    p = {k: torch.tensor(v, requires_grad=True) for k, v in initial.items()}
    o, losses = make(p), []
    s = schedule(o) if schedule else None
    for _ in range(steps):
        o.zero_grad()
        z = torch.tanh(torch.tensor(X) @ p['W1'] + p['b1']) @ p['W2'] + p['b2']
        loss = F.cross_entropy(z, torch.tensor(labels))
        loss.backward(); before(p, o); o.step(); losses.append(float(loss))
        if s: s.step()
    return dict(losses=losses, final={k: L(v.detach()) for k, v in p.items()})

O = torch.optim
camel = dict(lr='learningRate', lr_decay='learningRateDecay', weight_decay='weightDecay', eps='epsilon',
             initial_accumulator_value='initialAccumulatorValue')

def options(kind, kwargs):
    """PyTorch's arguments under the library's names."""
    out = {camel.get(k, k): v for k, v in kwargs.items() if k != 'betas'}
    if 'betas' in kwargs: out |= dict(beta1=kwargs['betas'][0], beta2=kwargs['betas'][1])
    return out

trajectories = []
def trajectory(kind, **kwargs):
    cls = dict(sgd=O.SGD, rmsprop=O.RMSprop, adagrad=O.Adagrad, adam=O.Adam, adamw=O.AdamW)[kind]
    run = train(20, lambda p: cls(p.values(), **kwargs))
    trajectories.append(dict(optimizer=kind, options=options(kind, kwargs), **run))

trajectory('sgd', lr=.2, momentum=.8, weight_decay=.05)
trajectory('sgd', lr=.2, momentum=.8, weight_decay=.05, nesterov=True)
for kwargs in ({}, dict(lr=.03), dict(alpha=.8), dict(eps=1e-2), dict(weight_decay=.1), dict(momentum=.9), dict(centered=True),
               dict(lr=.005, alpha=.95, eps=1e-4, weight_decay=.02, momentum=.5, centered=True)):
    trajectory('rmsprop', **kwargs)
for kwargs in ({}, dict(lr=.2), dict(lr=.2, lr_decay=.3), dict(lr=.2, weight_decay=.1), dict(lr=.2, initial_accumulator_value=.5),
               dict(lr=.2, eps=1e-2), dict(lr=.3, lr_decay=.1, weight_decay=.01, initial_accumulator_value=.1, eps=1e-6)):
    trajectory('adagrad', **kwargs)
for kind in ('adam', 'adamw'):
    for kwargs in ({}, dict(lr=.05), dict(lr=.05, betas=(.7, .9)), dict(lr=.05, betas=(0, 0)), dict(lr=.05, eps=1e-2), dict(lr=.05, weight_decay=.1),
                   dict(lr=.05, weight_decay=0), dict(lr=.2, betas=(.9, .5), amsgrad=True), dict(lr=.03, betas=(.8, .95), eps=1e-5, weight_decay=.2, amsgrad=True)):
        trajectory(kind, **kwargs)

clip = torch.nn.utils
clipped = [
    dict(clip=dict(norm=.3), **train(20, lambda p: O.SGD(p.values(), .5), lambda p, o: clip.clip_grad_norm_(p.values(), .3))),
    dict(clip=dict(value=.05), **train(20, lambda p: O.SGD(p.values(), .5), lambda p, o: clip.clip_grad_value_(p.values(), .05))),
    dict(clip=dict(value=.05, norm=.1), **train(20, lambda p: O.SGD(p.values(), .5),
         lambda p, o: (clip.clip_grad_value_(p.values(), .05), clip.clip_grad_norm_(p.values(), .1)))),
]

def norm(most, kind):
    p = [torch.tensor(v, requires_grad=True) for v in (R(2, 3), R(4))]
    grads = [R(2, 3), R(4)]
    for t, v in zip(p, grads): t.grad = torch.tensor(v)
    total = clip.clip_grad_norm_(p, most, norm_type=kind)
    return dict(most=most, norm='inf' if kind == np.inf else kind, gradients=[L(v) for v in grads], total=float(total), clipped=[L(t.grad) for t in p])
norms = [norm(m, k) for m in (.5, 100) for k in (2, 1, 3, .5, np.inf)]

# Parameter groups: no weight decay for the biases, another rate for the last layer; a schedule drives both.
grouped = train(20, lambda p: O.AdamW([dict(params=[p['W1']]), dict(params=[p['b1'], p['b2']], weight_decay=0), dict(params=[p['W2']], lr=.1)], .02, weight_decay=.3))

# Accumulation: three batches of two samples, each loss divided by three.
def accumulated():
    p = {k: torch.tensor(v, requires_grad=True) for k, v in initial.items()}
    o, losses = O.Adam(p.values(), .05), []
    for step in range(20):
        o.zero_grad()
        for i in range(3):
            z = torch.tanh(torch.tensor(X[2 * i:2 * i + 2]) @ p['W1'] + p['b1']) @ p['W2'] + p['b2']
            loss = F.cross_entropy(z, torch.tensor(labels[2 * i:2 * i + 2]))
            (loss / 3).backward(); losses.append(float(loss))
        o.step()
    return dict(losses=losses, final={k: L(v.detach()) for k, v in p.items()})

schedules = []
def schedule(name, args, make, steps=50, lr=.4, per_epoch=1):
    """The rates of 50 steps; the scheduler moves on after every `per_epoch` of them."""
    o = O.SGD([torch.zeros(1, requires_grad=True)], lr)
    s, rates = make(o), []
    for step in range(steps):
        rates.append(o.param_groups[0]['lr']); o.step()
        if (step + 1) % per_epoch == 0: s.step()
    schedules.append(dict(schedule=name, args=args, rates=rates))

for every, factor in ((10, .1), (7, .5), (1, .9), (60, .1)): schedule('stepDecay', [.4, dict(every=every, factor=factor)], lambda o: S.StepLR(o, every, factor))
schedule('stepDecay', [.4, dict(every=16)], lambda o: S.StepLR(o, 16))
for factor in (.95, .5, 1.01): schedule('exponentialDecay', [.4, dict(factor=factor)], lambda o: S.ExponentialLR(o, factor))
for T, least in ((50, 0), (49, .01), (20, .1), (13, 0)): schedule('cosine', [.4, dict(steps=T, least=least)], lambda o: S.CosineAnnealingLR(o, T, least))
for total, start in ((5, 1 / 3), (12, 0.01), (60, .25), (1, .5)):
    schedule('linearWarmup', [.4, dict(steps=total, startFactor=start)], lambda o: S.LinearLR(o, start, 1, total))
def sequence(second):
    return lambda o: S.SequentialLR(o, [S.LinearLR(o, .1, 1, 8), second(o)], milestones=[8])
schedule('linearWarmup', [['cosine', .4, dict(steps=42)], dict(steps=8, startFactor=.1)], sequence(lambda o: S.CosineAnnealingLR(o, 42)))
schedule('linearWarmup', [['stepDecay', .4, dict(every=9, factor=.3)], dict(steps=8, startFactor=.1)], sequence(lambda o: S.StepLR(o, 9, .3)))
for kwargs in (dict(), dict(pct_start=.1), dict(pct_start=.47, anneal_strategy='linear'), dict(div_factor=5, final_div_factor=20), dict(three_phase=True),
               dict(three_phase=True, pct_start=.35, anneal_strategy='linear', div_factor=10, final_div_factor=100), dict(pct_start=0.)):
    translate = dict(pct_start='rising', anneal_strategy='shape', div_factor='divisor', final_div_factor='finalDivisor', three_phase='threePhase')
    schedule('oneCycle', [.4, dict(steps=50, **{translate[k]: v for k, v in kwargs.items()})], lambda o: S.OneCycleLR(o, .4, total_steps=50, cycle_momentum=False, **kwargs), steps=50)
schedule('oneCycle', [.4, dict(steps=33)], lambda o: S.OneCycleLR(o, .4, total_steps=33, cycle_momentum=False), steps=33)
schedule('constant', [.4], lambda o: S.ConstantLR(o, 1))
schedule('perEpoch', [['stepDecay', .4, dict(every=3, factor=.5)], 4], lambda o: S.StepLR(o, 3, .5), per_epoch=4)
schedule('perEpoch', [['cosine', .4, dict(steps=9)], 7], lambda o: S.CosineAnnealingLR(o, 9), per_epoch=7)
schedule('perEpoch', [['exponentialDecay', .4, dict(factor=.7)], 1], lambda o: S.ExponentialLR(o, .7))

# A schedule inside training.
driven = train(20, lambda p: O.Adam(p.values(), .1), schedule=lambda o: S.CosineAnnealingLR(o, 15, .01))

# On a plateau: losses of epochs, and the rate after each.
def plateau(values, **kwargs):
    o = O.SGD([torch.zeros(1, requires_grad=True)], .4)
    s, rates = S.ReduceLROnPlateau(o, **kwargs), []
    for v in values: s.step(v); rates.append(o.param_groups[0]['lr'])
    translate = dict(min_lr='least', threshold_mode='thresholdMode', eps='epsilon')
    return dict(options={translate.get(k, k): v for k, v in kwargs.items()}, values=values, rates=rates)
fall = L(np.round(np.concatenate([1 / np.arange(1, 9), .125 + .01 * g.standard_normal(30)]), 4))
plateaus = [plateau(fall), plateau(fall, patience=2), plateau(fall, patience=1, factor=.5, cooldown=3), plateau(fall, patience=0),
            plateau(fall, patience=0, min_lr=.01), plateau([-v for v in fall], patience=2, mode='max'), plateau(fall, patience=3, threshold=.05),
            plateau(fall, patience=3, threshold=.02, threshold_mode='abs'), plateau([-v for v in fall], patience=1, threshold=.02, threshold_mode='abs', mode='max'),
            plateau([1.] * 30, patience=0, eps=1e-3)]

here = os.path.dirname(os.path.abspath(__file__))
if len(sys.argv) > 1:
    reference = json.load(open(sys.argv[1]))
    out = dict(made_with=reference['made_with'], trajectories=reference['trajectories'])
    with open(os.path.join(here, '../fixtures/torch-trajectories.json'), 'w') as file: json.dump(out, file, separators=(',', ':'))
out = dict(made_with=dict(numpy=np.__version__, torch=torch.__version__), initial={k: L(v) for k, v in initial.items()}, X=L(X), labels=L(labels),
           trajectories=trajectories, clipped=clipped, norms=norms, grouped=grouped, accumulated=accumulated(), driven=driven, schedules=schedules, plateaus=plateaus)
with open(os.path.join(here, '../fixtures/torch-optim.json'), 'w') as file:
    json.dump(out, file, separators=(',', ':'))
    file.write('\n')
