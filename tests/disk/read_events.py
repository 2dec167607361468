"""Reads an event file of TensorBoard and prints its events as JSON. Written after the published formats, with the standard
library alone and bit by bit, so that it shares nothing with src/disk/event.ts and src/disk/tf-record.ts."""

import json
import struct
import sys


def crc32c(data):
    register = 0xFFFFFFFF
    for byte in data:
        for bit in range(8):
            lowest = (register ^ (byte >> bit)) & 1
            register >>= 1
            if lowest:
                register ^= 0x82F63B78
    return register ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) % 2**32


def records(data):
    while data:
        length = struct.unpack("<Q", data[:8])[0]
        assert struct.unpack("<I", data[8:12])[0] == masked(data[:8]), "checksum of a length"
        record, data = data[12 : 12 + length], data[12 + length :]
        assert len(record) == length, "cut short"
        assert struct.unpack("<I", data[:4])[0] == masked(record), "checksum of a record"
        data = data[4:]
        yield record


def varint(data):
    value = 0
    for i, byte in enumerate(data):
        value |= (byte & 127) << 7 * i
        if byte < 128:
            return value, data[i + 1 :]


def fields(data):
    while data:
        key, data = varint(data)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, data = varint(data)
        elif kind == 1:
            value, data = struct.unpack("<d", data[:8])[0], data[8:]
        elif kind == 5:
            value, data = struct.unpack("<f", data[:4])[0], data[4:]
        else:
            assert kind == 2, kind
            length, data = varint(data)
            value, data = data[:length], data[length:]
        yield number, value


events = []
for record in records(open(sys.argv[1], "rb").read()):
    event = {"step": 0, "scalars": {}}
    for number, value in fields(record):
        if number == 1:
            event["wallTime"] = value
        elif number == 2:
            event["step"] = value
        elif number == 3:
            event["version"] = value.decode()
        elif number == 5:
            for _, summary in fields(value):
                scalar = dict(fields(summary))
                event["scalars"][scalar[1].decode()] = scalar[2]
        elif number == 7:
            event["session"] = dict(fields(value))[1]
    events.append(event)
print(json.dumps(events))
