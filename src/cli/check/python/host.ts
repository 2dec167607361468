// The Python side of a check: a program that loads the learner's file, and does on it what the lines on its standard input ask for.
// Requests and answers are JSON; `link.ts` is the other end. It runs on Python 3.8 and later, and needs NumPy.

/** The program, for `python3 -c`. Its arguments are the limits: seconds and megabytes. */
export const HOST = String.raw`
import sys, os

# The link is a socket on standard input. The learner's file gets none, and what it prints goes to standard error.
os.set_blocking(0, True)
link = os.dup(0)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
os.dup2(2, 1)

import json
import threading

reader = os.fdopen(link, 'r', encoding='utf-8', newline='\n')
writer = os.fdopen(os.dup(link), 'w', encoding='utf-8', newline='\n')
writing = threading.Lock()


def answer(message):
    with writing:
        writer.write(json.dumps(message) + '\n')
        writer.flush()


def fail(problem):
    answer({'problem': problem})
    os._exit(0)


if sys.version_info < (3, 8):
    fail({'kind': 'python-old', 'version': '.'.join(map(str, sys.version_info[:3]))})

for name in ('OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS', 'MKL_NUM_THREADS'):
    os.environ.setdefault(name, '1')  # each thread would take memory of its own
os.environ.setdefault('MPLBACKEND', 'Agg')  # plots must not open a window and wait

try:
    import numpy as np
except ImportError:
    fail({'kind': 'numpy-missing'})

import ast
import base64
import importlib.util
import inspect
import math
import random
import re
import sysconfig
import textwrap
import time
import traceback

np.random.seed(0)  # weights drawn at random are the same on every run
random.seed(0)
np.seterr(all='ignore')  # overflows are looked for on purpose

# Which frames are the learner's

LIBRARIES = tuple(
    os.path.realpath(path) + os.sep
    for path in {sysconfig.get_paths()[key] for key in ('stdlib', 'platstdlib', 'purelib', 'platlib')}
)


def is_learners(filename):
    return not filename.startswith('<') and not os.path.realpath(filename).startswith(LIBRARIES)


def frame_at(filename, line, name, column=None):
    within = None if name == '<module>' else name
    return {'file': os.path.realpath(filename), 'line': line, 'column': column or 0, 'within': within}


def frames_of(error):
    """The learner's frames, the innermost first."""
    frames = []
    if isinstance(error, SyntaxError) and error.filename:
        frames.append(frame_at(error.filename, error.lineno or 1, '<module>', error.offset))
    entries = zip(traceback.walk_tb(error.__traceback__), traceback.extract_tb(error.__traceback__))
    for (frame, line), entry in reversed(list(entries)):
        if is_learners(entry.filename):
            column = getattr(entry, 'colno', None)
            frames.append(frame_at(entry.filename, line, name_of_code(frame), None if column is None else column + 1))
    return frames


def name_of_code(frame):
    name = frame.f_code.co_name
    owner = frame.f_locals.get('self')
    return name if owner is None else type(owner).__name__ + '.' + name


def described(error):
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    return {'name': type(error).__name__, 'message': message or '', 'frames': frames_of(error)}


# Time and memory

SECONDS, MEGABYTES = float(sys.argv[1]), float(sys.argv[2])
MAIN = threading.main_thread().ident


def used_memory():
    """Megabytes, or 0 where the system does not tell."""
    try:
        with open('/proc/self/statm') as file:
            return int(file.read().split()[1]) * os.sysconf('SC_PAGE_SIZE') / 2**20
    except OSError:
        pass
    try:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / 2**20 if sys.platform == 'darwin' else peak / 2**10
    except ImportError:
        return 0.0


def watch():
    deadline = time.monotonic() + SECONDS
    limit = used_memory() + MEGABYTES
    while True:
        time.sleep(0.02)
        kind = 'time' if time.monotonic() >= deadline else 'memory' if used_memory() > limit else None
        if kind is None:
            continue
        frame = sys._current_frames().get(MAIN)
        while frame is not None and not is_learners(frame.f_code.co_filename):
            frame = frame.f_back
        at = None if frame is None else frame_at(frame.f_code.co_filename, frame.f_lineno, name_of_code(frame))
        fail({'kind': kind, 'frame': at})


def limit_memory():
    """One huge array is refused at once, before the watch could see it."""
    try:
        import resource

        with open('/proc/self/statm') as file:
            size = int(file.read().split()[0]) * resource.getpagesize()
        limit = size + int(2 * MEGABYTES * 2**20)
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        pass


# Values on the link

HANDLES = {}  # results that the other side may hand back: the cache of a forward pass
KEPT = 256
handed = 0


def handle(value):
    global handed
    handed += 1
    HANDLES[handed] = value
    HANDLES.pop(handed - KEPT, None)
    return handed


def encode_number(value):
    value = float(value)
    return value if math.isfinite(value) else {'f': str(value)}


def encode_array(array):
    data = np.ascontiguousarray(array, dtype='<f8')
    return {'a': base64.b64encode(data.tobytes()).decode('ascii'), 's': list(array.shape), 'h': handle(array)}


def encode(value):
    if value is None:
        return None
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, float, np.integer, np.floating)):
        return encode_number(value)
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in 'fiub':
            return {'o': 'array of ' + str(value.dtype), 'h': handle(value)}
        return encode_number(value) if value.ndim == 0 else encode_array(value)
    if isinstance(value, (tuple, list)):
        # A tuple is never a vector: its numbers stand for themselves.
        kind = 't' if isinstance(value, tuple) else 'l'
        return {kind: [encode(item) for item in value], 'h': handle(value)}
    if isinstance(value, dict):
        return {'d': [[str(key), encode(item)] for key, item in value.items()], 'h': handle(value)}
    return {'o': type(value).__name__, 'h': handle(value)}


def decode(value):
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if 'h' in value and value['h'] in HANDLES:
        return HANDLES[value['h']]
    if 'f' in value:
        return float(value['f'])
    if 'i' in value:
        return int(value['i'])
    if 'a' in value:
        array = np.frombuffer(base64.b64decode(value['a']), dtype='<f8').reshape(value['s'])
        return array.astype(np.int64 if value.get('int') else np.float64)
    if 'd' in value:
        return {key: decode(item) for key, item in value['d']}
    return None


# Objects by number

OBJECTS = []
NUMBERS = {}
METHODS = ('forward', 'backward', 'call', '__call__', 'f', 'df', 'fn', 'grad', 'gradient', 'derivative', 'value')


def number_of(value):
    if id(value) not in NUMBERS:
        NUMBERS[id(value)] = len(OBJECTS)
        OBJECTS.append(value)
    return NUMBERS[id(value)]


def parameters_of(function):
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [
        {'name': each.name, 'isOptional': each.default is not each.empty}
        for each in parameters
        if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)
    ]


def method_of(value, name):
    if name == '__call__':
        return value.__call__ if callable(value) else None
    method = getattr(value, name, None)
    return method if callable(method) else None


def describe(value):
    methods = {name: method_of(value, name) for name in METHODS}
    return {
        'id': number_of(value),
        'class': type(value).__name__,
        'methods': {name: parameters_of(method) for name, method in methods.items() if method is not None},
    }


def has_passes(value):
    return not isinstance(value, type) and all(method_of(value, name) is not None for name in ('forward', 'backward'))


def is_own_object(value):
    """An object of a class in Python, not a number, a list or an array."""
    return hasattr(value, '__dict__') and not isinstance(value, (type, np.ndarray, np.generic)) and not callable_only(value)


def callable_only(value):
    return inspect.isroutine(value) or inspect.ismodule(value)


def parts_of(owner):
    parts = []
    for name, value in vars(owner).items():
        if has_passes(value):
            parts.append((name, value))
        elif isinstance(value, (list, tuple)):
            parts += [('%s[%d]' % (name, i), item) for i, item in enumerate(value) if has_passes(item)]
        elif isinstance(value, dict):
            parts += [('%s.%s' % (name, key), item) for key, item in value.items() if has_passes(item)]
    return [{'name': name, **describe(part)} for name, part in parts]


# The numbers in an object


def is_number(value):
    return isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)


def is_numeric(value):
    if isinstance(value, np.ndarray):
        return value.dtype.kind in 'fiu'
    return is_number(value) or (isinstance(value, list) and len(value) > 0 and all(map(is_numeric, value)))


def children_of(value):
    if isinstance(value, dict):
        return [(str(key), key, item) for key, item in value.items()]
    if isinstance(value, (list, tuple)):
        return [(str(i), i, item) for i, item in enumerate(value)]
    return [(name, name, item) for name, item in vars(value).items()] if is_own_object(value) else []


def fields_of(root):
    """Path, holder and key of every number and numeric array."""
    found, seen = [], set()

    def visit(value, path):
        if id(value) in seen:
            return
        seen.add(id(value))
        for name, key, item in children_of(value):
            here = name if path == '' else path + '.' + name
            if is_numeric(item):
                if not isinstance(value, tuple):
                    found.append((here, value, key))
            elif isinstance(item, (dict, list, tuple)) or is_own_object(item):
                visit(item, here)

    visit(root, '')
    return found


def value_at(holder, key):
    return holder[key] if isinstance(holder, (dict, list)) else getattr(holder, key)


def encode_field(value):
    return encode(np.asarray(value, dtype=float)) if isinstance(value, list) else encode(value)


def find_field(root, path):
    for here, holder, key in fields_of(root):
        if here == path:
            return holder, key
    return None


def write_field(root, path, value):
    found = find_field(root, path)
    if found is None:
        return
    holder, key = found
    old = value_at(holder, key)
    if isinstance(old, np.ndarray) and old.dtype.kind == 'f' and old.shape == np.shape(value) and old.flags.writeable:
        old[...] = value  # in place: the array may be known under other names too
        return
    if isinstance(old, list):
        value = np.asarray(value).tolist()
    elif isinstance(old, np.ndarray):
        value = np.asarray(value, dtype=float)
    if isinstance(holder, (dict, list)):
        holder[key] = value
    else:
        setattr(holder, key, value)


def snapshot(root):
    """Everything that an object holds, and how to put it back."""
    restores, seen = [], set()

    def visit(value):
        if id(value) in seen:
            return
        seen.add(id(value))
        if isinstance(value, np.ndarray):
            if value.dtype.kind in 'fiub':
                restores.append((value, value.copy()))
        elif isinstance(value, (dict, list, set)):
            restores.append((value, value.copy()))
            for item in list(value.values()) if isinstance(value, dict) else list(value):
                visit(item)
        elif isinstance(value, tuple):
            for item in value:
                visit(item)
        elif is_own_object(value):
            restores.append((value, dict(vars(value))))
            for item in list(vars(value).values()):
                visit(item)

    visit(root)
    return restores


def put_back(restores):
    for value, before in restores:
        if isinstance(value, np.ndarray):
            if value.flags.writeable and value.shape == before.shape:
                value[...] = before
        elif isinstance(value, list):
            value[:] = before
        elif isinstance(value, (dict, set)):
            value.clear()
            value.update(before)
        else:
            for name in [name for name in vars(value) if name not in before]:
                del vars(value)[name]
            vars(value).update(before)


# Calls

SAVED = {}
HEARD = []  # what watched parts were given: [number, arguments]
LAST_ARGUMENTS = {}  # of forward passes, to see whether they are changed in place later


def call(number, method, args):
    target = OBJECTS[number]
    function = target if method is None else getattr(target, method)
    values = [decode(value) for value in args]
    arrays = [(i, value, value.copy()) for i, value in enumerate(values) if isinstance(value, np.ndarray)]
    if method in (None, 'forward', '__call__', 'call'):
        LAST_ARGUMENTS[number] = arrays
    HEARD.clear()
    result = function(*values)
    changed = []
    for i, value, before in LAST_ARGUMENTS.get(number, []):
        if not np.array_equal(value, before, equal_nan=True):
            changed.append([i, encode(value)])
            before[...] = value
    return {'value': encode(result), 'changed': changed, 'heard': list(HEARD)}


def listen(number):
    part = OBJECTS[number]
    forward = part.forward

    def heard(*args, **more):
        HEARD.append([number, [encode(value) for value in args]])
        return forward(*args, **more)

    part.forward = heard


def stop_listening(number):
    vars(OBJECTS[number]).pop('forward', None)


# Places in the source


def locate(number, method, wanted):
    """The span that computes a derivative: see spot.ts, which does the same for JavaScript."""
    target = OBJECTS[number]
    function = inspect.unwrap(target if method is None else getattr(target, method))
    try:
        lines, first = inspect.getsourcelines(function)
        file = os.path.realpath(inspect.getsourcefile(function))
        tree = ast.parse(textwrap.dedent(''.join(lines)))
    except (OSError, TypeError, SyntaxError):
        return None
    indent = len(lines[0]) - len(lines[0].lstrip())
    code = tree.body[0]
    if not isinstance(code, (ast.FunctionDef, ast.AsyncFunctionDef)):
        code = next((node for node in ast.walk(tree) if isinstance(node, ast.Lambda)), None)
    spot = None if code is None else spot_in(code, wanted)
    if spot is None:
        spot = tree.body[0]
        end_line, end_offset = spot.lineno, spot.col_offset + 1
    else:
        end_line, end_offset = spot.end_lineno, spot.end_col_offset

    def column(line, offset):  # offsets count bytes
        text = lines[line - 1].encode('utf-8')
        return len(text[: offset + indent].decode('utf-8', 'ignore')) + 1

    return {
        'span': {
            'file': file,
            'line': first + spot.lineno - 1,
            'column': column(spot.lineno, spot.col_offset),
            'endLine': first + end_line - 1,
            'endColumn': column(end_line, end_offset),
        },
        'range': [first, first + len(lines) - 1],
    }


def spot_in(code, wanted):
    slot = wanted['slot']
    name = None if slot is None else slot.split('.')[-1]
    body = code.body if isinstance(code.body, list) else [code.body]
    nodes = [node for statement in body for node in ast.walk(statement)]
    assignments = sorted(
        (pair for node in nodes for pair in assignments_in(node)), key=lambda pair: (pair[2].lineno, pair[2].col_offset)
    )

    def assigned(matches):
        for target, value, whole in reversed(assignments):
            if name is not None and target is not None and matches(target):
                return follow(value, whole, assignments)
        return None

    def is_derivative(target):
        return is_derivative_by(target, name, wanted['pattern'])

    if name is not None and wanted['index'] is None:
        kept = assigned(is_derivative) or assigned(lambda target: target == name)
        if kept is not None:
            return kept
    returned = returned_by(code)
    if returned is None:
        return assigned(is_derivative)
    return follow_name(pick(returned, name, wanted), assignments)


def is_derivative_by(target, name, pattern):
    def plain(text):
        return text.lower().replace('_', '')

    return re.search(pattern.replace('{slot}', re.escape(plain(name))), plain(target)) is not None


def assignments_in(node):
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, (ast.Tuple, ast.List)) and isinstance(node.value, (ast.Tuple, ast.List)):
                yield from ((name_of(each), value, node) for each, value in zip(target.elts, node.value.elts))
            elif isinstance(target, (ast.Tuple, ast.List)):
                yield from ((name_of(each), None, node) for each in target.elts)
            else:
                yield name_of(target), node.value if isinstance(target, ast.Name) else None, node
    elif isinstance(node, ast.AugAssign):
        yield name_of(node.target), None, node
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        yield name_of(node.target), node.value, node


def name_of(target):
    if isinstance(target, ast.Name):
        return target.id
    if isinstance(target, ast.Attribute):
        return target.attr
    if isinstance(target, ast.Subscript):
        key = getattr(target.slice, 'value', target.slice) if type(target.slice).__name__ == 'Index' else target.slice
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            return key.value
        return name_of(target.value)
    return None


def returned_by(code):
    if isinstance(code, ast.Lambda):
        return code.body
    found = []

    def visit(node):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
                continue
            if isinstance(child, ast.Return) and child.value is not None:
                found.append(child.value)
            visit(child)

    visit(code)
    return max(found, key=lambda node: node.lineno) if found else None


def pick(returned, name, wanted):
    if isinstance(returned, (ast.Tuple, ast.List)) and len(returned.elts) > 1:
        place = (wanted['index'] or 0) + wanted['resultsBefore']
        return returned.elts[place] if place < len(returned.elts) else returned
    if isinstance(returned, ast.Dict):
        keys = [getattr(key, 'value', None) for key in returned.keys]
        tests = (
            lambda key: name is not None and is_derivative_by(key, name, wanted['pattern']),
            lambda key: key == name,
            lambda key: re.match('d|grad', key, re.I) is not None,
        )
        for test in tests:
            for key, value in zip(keys, returned.values):
                if isinstance(key, str) and test(key):
                    return value
    return returned


def follow_name(node, assignments, steps=3):
    if not isinstance(node, ast.Name) or steps == 0:
        return node
    for target, value, whole in reversed(assignments):
        if target == node.id:
            return follow(value, whole, assignments, steps - 1)
    return node


def follow(value, whole, assignments, steps=3):
    return whole if value is None else follow_name(value, assignments, steps)


# What is asked for


def load(path):
    folder, filename = os.path.split(path)
    sys.path.insert(0, folder)
    sys.argv = [path]
    sys.dont_write_bytecode = True
    name = re.sub(r'\W', '_', os.path.splitext(filename)[0])
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    problem = None
    try:
        spec.loader.exec_module(module)
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 0 if error.code is None else 1
        problem = {'kind': 'exit', 'code': code, 'frames': frames_of(error)}
    except SyntaxError as error:
        problem = {'kind': 'syntax', **described(error)}
    except MemoryError:
        raise
    except BaseException as error:
        problem = {'kind': 'threw', **described(error)}
    sys.stdout = sys.stderr = open(os.devnull, 'w')  # a check runs forward thousands of times
    files = [
        os.path.realpath(each.__file__)
        for each in list(sys.modules.values())
        if getattr(each, '__file__', None) and is_learners(each.__file__)
    ]
    return {'things': things_in(module), 'problem': problem, 'files': sorted({os.path.realpath(path), *files})}


def things_in(module):
    names = getattr(module, '__all__', None) or [name for name in vars(module) if not name.startswith('_')]
    values = [(name, getattr(module, name, None)) for name in names]
    own = [(name, value) for name, value in values if is_own(value, module)]
    classes = [value for _, value in own if isinstance(value, type)]
    things, seen = [], set()
    for name, value in own:
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, type):
            things.append(class_thing(name, value, classes))
        elif inspect.isfunction(value):
            things.append({'kind': 'function', 'name': name, 'id': number_of(value), 'parameters': parameters_of(value)})
        elif is_own_object(value):
            owner = next((known for known, other in own if other is type(value)), None)
            things.append({'kind': 'object', 'name': name, 'instanceOf': owner, **describe(value)})
        else:
            things.append({'kind': 'other', 'name': name, 'what': type(value).__name__})
    return things


def is_own(value, module):
    """Defined in the file, not imported into it."""
    if inspect.ismodule(value):
        return False
    if isinstance(value, type) or inspect.isfunction(value):
        return getattr(value, '__module__', None) == module.__name__
    return not inspect.isroutine(value)


def class_thing(name, value, classes):
    has_init = value.__init__ is not object.__init__
    return {
        'kind': 'class',
        'name': name,
        'id': number_of(value),
        'parameters': parameters_of(value.__init__)[1:] if has_init else [],
        'methods': [each for each in METHODS if callable(getattr(value, each, None)) and is_method(value, each)],
        'isBase': any(other is not value and issubclass(other, value) for other in classes),
    }


def is_method(value, name):
    return name != '__call__' or any('__call__' in vars(each) for each in value.__mro__)


def perform(operation, *arguments):
    if operation == 'load':
        return load(*arguments)
    if operation == 'new':
        number, args = arguments
        return describe(OBJECTS[number](*[decode(value) for value in args]))
    if operation == 'call':
        return call(*arguments)
    if operation == 'parts':
        return parts_of(OBJECTS[arguments[0]])
    if operation == 'fields':
        found = [(path, value_at(holder, key)) for path, holder, key in fields_of(OBJECTS[arguments[0]])]
        return [[path, encode_field(value) if np.size(value) <= 1000 else None] for path, value in found]
    if operation == 'read':
        found = find_field(OBJECTS[arguments[0]], arguments[1])
        return None if found is None else encode_field(value_at(*found))
    if operation == 'write':
        number, path, value = arguments
        return write_field(OBJECTS[number], path, decode(value))
    if operation == 'save':
        number, key = arguments
        SAVED[key] = snapshot(OBJECTS[number])
    elif operation == 'restore':
        put_back(SAVED.pop(arguments[0]))
    elif operation == 'listen':
        listen(*arguments)
    elif operation == 'stop':
        stop_listening(*arguments)
    elif operation == 'locate':
        return locate(*arguments)
    return None


limit_memory()
threading.Thread(target=watch, daemon=True).start()

for line in reader:
    result = None
    try:
        for request in json.loads(line):
            result = perform(*request)
        answer({'value': result})
    except MemoryError as error:
        frames = frames_of(error)
        fail({'kind': 'memory', 'frame': frames[0] if frames else None})
    except SystemExit as error:
        fail({'kind': 'exit', 'code': error.code if isinstance(error.code, int) else 0, 'frames': frames_of(error)})
    except BaseException as error:
        answer({'error': described(error)})
`;
