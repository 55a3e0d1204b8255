"""Reads a zip from standard input with Python's own reader, checks it whole, and prints the names of
its files with the SHA-256 of each as JSON."""

import hashlib
import io
import json
import sys
import zipfile

archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert archive.testzip() is None
json.dump({name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}, sys.stdout)
