"""Every change of a ledger287, in order, each once; docs/subscribing.md tells why it is done so.

python3 subscribe.py ADDRESS CURSOR_FILE prints the cursor, id and type of every change; goes on where it was stopped.
"""

import json
import os
import random
import sys
import time
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

SILENCE = 45  # seconds, three heartbeats: whoever says nothing for so long has gone
LONGEST_PAUSE = 60
REMEMBERED = 10_000


def messages(lines):
    """What a stream says, message by message; half a message is none."""
    fields = {}
    for line in lines:
        name, colon, value = line.decode().rstrip("\n").partition(":")
        if colon:
            fields[name] = value.removeprefix(" ")
        elif line == b"\n" and fields:
            yield fields
            fields = {}


def changes(address, cursor="latest", on_reset=lambda reset: reset["floor"]):
    """Pairs of a cursor to keep and a change, or None for "nothing until here". on_reset: the ledger was built anew;
    forget what you hold, load reset["snapshot"] and answer its feed_position, from which this goes on."""
    seen, retry, failures = {}, 3.0, 0
    while True:
        try:
            with urlopen(address + "?&"["?" in address] + urlencode({"cursor": cursor}), timeout=SILENCE) as answer:
                for message in messages(answer):
                    retry, failures = float(message.get("retry", retry * 1000)) / 1000, -1
                    if message.get("event") == "reset":
                        cursor = on_reset(json.loads(message["data"]))
                        break
                    if "id" in message:
                        change = json.loads(message.get("data", "null"))
                        if change is None or change["id"] not in seen:
                            yield message["id"], change
                        if change is not None:
                            seen[change["id"]] = True
                            if len(seen) > REMEMBERED:
                                del seen[next(iter(seen))]
                        cursor = message["id"]
        except HTTPError as refusal:
            if refusal.code == 400:
                raise  # asking again would not help
        except (OSError, HTTPException, ValueError):
            pass  # cut off: ask again from the cursor
        failures += 1
        time.sleep(random.uniform(0, min(LONGEST_PAUSE, retry * 2**failures)))  # not all of us at once


if __name__ == "__main__":
    path = sys.argv[2]
    for told, change in changes(sys.argv[1], open(path).read().strip() if os.path.exists(path) else "latest"):
        if change:
            print(told, change["id"], change["type"], flush=True)
        with open(path + ".new", "w") as file:  # after its change is dealt with, so that none is missed
            file.write(told)
        os.replace(path + ".new", path)
