"""What both peers of `bench peers` share: the case, as JSON in the first argument, and the talk over standard input.

A peer says `ready`, then answers each line with a number of steps by the milliseconds of one step, measured by itself.
"""
import json
import os
import sys
import time


def read_case():
    # Libraries print on standard output as they please; answers go to the one that they do not see.
    case = json.loads(sys.argv[1])
    case["answers"] = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    case["now"] = time.process_time if case.get("clock") == "cpu" else time.perf_counter
    return case


def serve(case, timed):
    answers = case["answers"]
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        print(repr(1e3 * timed(int(line))), file=answers, flush=True)
