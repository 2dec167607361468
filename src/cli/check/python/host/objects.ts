// Objects by number: what they are, the numbers in them, and putting them back.

export const PYTHON = String.raw`
# Objects by number

OBJECTS = []
NUMBERS = {}
METHODS = ('forward', 'backward', 'call', '__call__', 'f', 'df', 'fn', 'grad', 'gradient', 'derivative', 'value', 'loss', 'cost', 'compute_loss')


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
`;
