"""exact.json: values of functions at float64 arguments, computed to 400 digits and rounded once (needs mpmath)."""

import json
import random
from mpmath import mp, mpf
import mpmath

mp.dps = 400
draw = random.Random(0)


def sized(low, high):  # of either sign, the logarithm of its size uniform
    return draw.choice((-1, 1)) * 2.0 ** draw.uniform(low, high)


# Multiples of pi/2 to the nearest float64, and the float64 that is nearest of all to a multiple of pi/2.
ANGLES = [float(n * mp.pi / 2) for n in (1, 2, 3, 11, 45, 710, 10**5, 10**6, 10**9, 10**15)]
ANGLES += [1e22, 6381956970095103.0 * 2.0**797, 1.7976931348623157e308, 1647098.9, 1647099.1]

ARGUMENTS = {
    "exp": [draw.uniform(-745, 709.7) for _ in range(40)] + [sized(-50, 2) for _ in range(40)],
    "expm1": [draw.uniform(-40, 709.7) for _ in range(40)] + [sized(-60, 2) for _ in range(40)],
    "log": [abs(sized(-1074, 1023)) for _ in range(40)] + [1 + sized(-50, -1) for _ in range(40)],
    "log1p": [abs(sized(-60, 1023)) for _ in range(40)] + [sized(-60, -0.01) for _ in range(40)],
    "tanh": [draw.uniform(-20, 20) for _ in range(20)] + [sized(-30, 0) for _ in range(60)],
    "sin": ANGLES + [sized(-20, 30) for _ in range(40)] + [sized(30, 1023) for _ in range(25)],
    "cos": ANGLES + [sized(-20, 30) for _ in range(40)] + [sized(30, 1023) for _ in range(25)],
    "erf": [draw.uniform(-6, 6) for _ in range(50)] + [sized(-30, 1) for _ in range(30)],
}

POWERS = [(draw.uniform(0.001, 9), draw.uniform(-50, 50)) for _ in range(30)]
POWERS += [(1 + sized(-45, -2), draw.uniform(-200, 200) * 2.0 ** draw.uniform(0, 20)) for _ in range(30)]
POWERS += [(draw.choice((-1, 1)) * draw.uniform(0.1, 30), float(draw.randint(-40, 40))) for _ in range(30)]
POWERS = [(a, b) for a, b in POWERS if -1070 < mpmath.log(abs(mpf(a)), 2) * b < 1020]

values = {
    name: [[x, float(getattr(mpmath, name)(mpf(x)))] for x in arguments] for name, arguments in ARGUMENTS.items()
}
values["pow"] = [[a, b, float(mpf(a) ** mpf(b))] for a, b in POWERS]

lines = [f'  "{name}": [\n    ' + ",\n    ".join(map(json.dumps, rows)) + "\n  ]" for name, rows in values.items()]
with open(__file__.replace("make_exact.py", "exact.json"), "w") as file:
    file.write("{\n" + ",\n".join(lines) + "\n}\n")
