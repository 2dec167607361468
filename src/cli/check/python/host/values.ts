// Values on the link: numbers, arrays, tuples and dictionaries, as JSON.

export const PYTHON = String.raw`
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
`;
