"""Asks a server for each address of a list again and again until its input is closed, and holds
that every answer is byte for byte that of one of some states of the index, on each connection
never of an older state than the answer before.

Usage: sample.py record HOST:PORT ADDRESSES FOLDER      keeps the answers of a state
       sample.py watch HOST:PORT ADDRESSES FOLDER...    the folders in the order of the states
"""

import http.client
import pathlib
import sys
import threading
import time


def ask(connection, address):
    connection.request("GET", address)
    answer = connection.getresponse()
    return answer.status, answer.read()


def record(host, addresses, folder):
    connection = http.client.HTTPConnection(host, timeout=30)
    folder.mkdir(parents=True)
    total = 0
    for number, address in enumerate(addresses):
        status, body = ask(connection, address)
        assert status in (200, 404), (status, address, body)
        (folder / str(number)).write_bytes(body)
        total += len(body)
    print(total // len(addresses))


def watch(host, addresses, folders):
    states = [[(folder / str(number)).read_bytes() for number in range(len(addresses))]
              for folder in folders]
    is_over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), is_over.set()), daemon=True).start()
    connection = http.client.HTTPConnection(host, timeout=30)
    state = asked = 0
    seen = set()
    while not is_over.is_set():
        for number, address in enumerate(addresses):
            _, body = ask(connection, address)
            asked += 1
            # The state of the answer before, or a newer one.
            newer = [at for at in range(state, len(states)) if states[at][number] == body]
            if not newer:
                older = [at for at in range(state) if states[at][number] == body]
                sys.exit(f"{address}: of state {older or 'none'}, after one of state {state}: {body[:300]}")
            state = newer[0]
            seen.add(state)
            time.sleep(0.002)
    print(f"{asked} answers compared, each of one state; states seen: {sorted(seen)}")
    assert seen == set(range(len(states))), "not every state was seen"


def main():
    mode, host, list_of_addresses, *folders = sys.argv[1:]
    addresses = pathlib.Path(list_of_addresses).read_text().split()
    folders = [pathlib.Path(folder) for folder in folders]
    if mode == "record":
        record(host, addresses, folders[0])
    else:
        watch(host, addresses, folders)


main()
