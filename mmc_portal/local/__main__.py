"""python -m mmc_portal.local run | stop | resetdb | browser"""

import sys

from mmc_portal.local import browser, reset, run

COMMANDS = {
    "run": run.run,
    "stop": run.stop,
    "resetdb": reset.reset,
    "browser": browser.ensure,
}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(__doc__)
        return 2
    return COMMANDS[arguments[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
