// Which frames are the learner's, and the watch over time and memory.

export const PYTHON = String.raw`
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
        limit = size + int((2 * MEGABYTES + 4096) * 2**20)  # libraries reserve far more than they use
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, OSError, ValueError):
        pass
`;
