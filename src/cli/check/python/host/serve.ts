// Loading the file, calling what it defines, and answering one line after the other.

export const PYTHON = String.raw`
# Calls

REPAIR = '(repaired)'  # in the place of a method: what compile_text made last
SAVED = {}
HEARD = []  # what watched parts were given: [number, arguments]
LAST_ARGUMENTS = {}  # of forward passes, to see whether they are changed in place later


WATCHED = {}  # what was read last, by number and path: whether it is still so is said with every call


def read(number, path):
    if any(each != number for each, _ in WATCHED):
        WATCHED.clear()
    found = find_field(OBJECTS[number], path)
    if found is None:
        return None
    value = value_at(*found)
    WATCHED[number, path] = (*found, copied(value))
    return encode_field(value)


def write(number, path, value):
    write_field(OBJECTS[number], path, value)
    if (number, path) in WATCHED:
        holder, key, _ = WATCHED[number, path]
        WATCHED[number, path] = (holder, key, copied(value_at(holder, key)))


def moved():
    changes = []
    for (number, path), (holder, key, before) in WATCHED.items():
        now = value_at(holder, key)
        if type(now) is not type(before) or not np.array_equal(now, before, equal_nan=True):
            WATCHED[number, path] = (holder, key, copied(now))
            changes.append([path, encode_field(now)])
    return changes


def copied(value):
    return value.copy() if isinstance(value, (np.ndarray, list)) else value


def call(number, method, args):
    target = OBJECTS[number]
    HOLDER.at = 0
    function = REPAIRED[0] if method == REPAIR else target if method is None else getattr(target, method)
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
    return {'value': encode(result), 'changed': changed, 'heard': list(HEARD), 'moved': moved()}


REPAIRED = []  # the function that stands in for one of the learner's, with another text


def source_of(number, method):
    """The text of a function, as if it stood at the left margin; nothing for a lambda, or one with decorators."""
    target = OBJECTS[number]
    function = target if method is None else getattr(type(target), method, None)
    try:
        text = textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        return None
    return text if text.startswith('def ') else None


class Holder:
    """Remembers the numbers that come by in one run, and gives them back in the same order in those that follow."""

    def __init__(self):
        self.kept, self.at, self.remembers = [], 0, False

    def hold(self, value):
        if isinstance(value, (bool, str)) or not isinstance(value, (numbers.Number, np.ndarray, list)):
            return value
        if self.remembers:
            self.kept.append(copy.deepcopy(value))
        elif self.at < len(self.kept):
            self.at += 1
            return copy.deepcopy(self.kept[self.at - 1])
        return value


HOLDER = Holder()


def hold(remembers):
    HOLDER.remembers = remembers
    if remembers:
        HOLDER.kept = []


def compile_text(number, method, text):
    target = OBJECTS[number]
    function = target if method is None else getattr(type(target), method)
    function.__globals__['chainrule_hold'] = HOLDER.hold
    names = {}
    exec(compile(text, '<repair>', 'exec'), function.__globals__, names)
    made = names[function.__name__]
    REPAIRED[:] = [made if method is None else types.MethodType(made, target)]


def listen(number):
    part = OBJECTS[number]
    forward = part.forward

    def heard(*args, **more):
        HEARD.append([number, [encode(value) for value in args]])
        return forward(*args, **more)

    part.forward = heard


def stop_listening(number):
    vars(OBJECTS[number]).pop('forward', None)


# What is asked for


def load(path):
    folder, filename = os.path.split(path)
    sys.path.insert(0, folder)
    sys.argv = [path]
    sys.dont_write_bytecode = True
    name = re.sub(r'\W', '_', os.path.splitext(filename)[0])
    while name in sys.modules:  # a file called random.py must not take the place of the module
        name += '_'
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
        return read(*arguments)
    if operation == 'write':
        number, path, value = arguments
        return write(number, path, decode(value))
    if operation == 'save':
        number, key = arguments
        SAVED[key] = snapshot(OBJECTS[number])
    elif operation == 'restore':
        put_back(SAVED.pop(arguments[0]))
        WATCHED.clear()
    elif operation == 'listen':
        listen(*arguments)
    elif operation == 'stop':
        stop_listening(*arguments)
    elif operation == 'locate':
        return locate(*arguments)
    elif operation == 'source':
        return source_of(*arguments)
    elif operation == 'hold':
        hold(*arguments)
    elif operation == 'compile':
        compile_text(*arguments)
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
