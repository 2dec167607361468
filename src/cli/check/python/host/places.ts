// Where in a Python function a derivative is computed: the line to look at when it is wrong.

export const PYTHON = String.raw`
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
`;
