"""The entry point of the command line: what becomes of errors, warnings, interrupts and closed pipes."""

from __future__ import annotations

import errno
import gc
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# As the shell says it of a program that Ctrl-C ended.
INTERRUPTED = 130
# As the shell says it of a program that its reader left.
PIPE_CLOSED = 141
# As of wrong input: the disk that the output goes to is full, or gone.
OUTPUT_LOST = 2
UNWRITABLE = (errno.ENOSPC, errno.EIO, errno.EDQUOT)
# New objects before Python looks for unreachable cycles. A command keeps nearly all it makes to its end;
# after every 700, which is Python's own choice, the search took a fourteenth of a run.
COLLECT_AFTER = 100_000


def main() -> None:
    """Run the command line; wrong input ends in one message and its exit code."""
    gc.set_threshold(COLLECT_AFTER)
    try:
        code = _watched()
    except KeyboardInterrupt:
        # Before anything watched.
        _interrupted_line()
        code = INTERRUPTED
    if code == INTERRUPTED:
        from capshare.base.interrupts import forget_unhandled

        forget_unhandled()
    sys.exit(code)


def _watched() -> int:
    from capshare.base.interrupts import Interrupts, deaf_at_exit, silent_at_exit

    interrupts = Interrupts(_interrupted_line, INTERRUPTED)
    with interrupts.watched():
        try:
            code = _run()
            # Where a library swallowed the interrupt, the command went on to its end.
            if not interrupts.came:
                return code
        except BaseException:
            # Whatever an interrupt became on its way through the libraries.
            if not interrupts.came:
                raise
        finally:
            deaf_at_exit()
        interrupts.tell()
        silent_at_exit()
        return INTERRUPTED


def _run() -> int:
    from capshare.commands.readable_output import write_any_character

    write_any_character(sys.stdout, sys.stderr)
    with _log_in_words():
        try:
            code = _command()
            sys.stdout.flush()
        except BrokenPipeError:
            _leave_pipe()
            return PIPE_CLOSED
        except OSError as error:
            # What a write to a stream raises names no file.
            if error.filename is not None or error.errno not in UNWRITABLE:
                raise
            sys.stderr.write(f"capshare: the output could not be written: {error.strerror}\n")
            _leave_pipe()
            return OUTPUT_LOST
    return code


def _command() -> int:
    """Run one command; its exit code."""
    import click

    from capshare.base.errors import CapshareError
    from capshare.commands import claim
    from capshare.commands.group import NAME, Stopped, cli

    claim.forget()
    try:
        return int(cli.main(prog_name=NAME, standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CapshareError as error:
        count = len(error.problems)
        click.echo(f"capshare: {count} problem{'s' if count > 1 else ''}", err=True)
        for line in error.lines():
            click.echo(f"  - {line}", err=True)
        return error.exit_code
    except Stopped as stopped:
        raise stopped.__cause__ or stopped from None


def _leave_pipe() -> None:
    """Nobody reads any more: what is still to be written goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _interrupted_line() -> None:
    from capshare.commands import claim

    done = " and ".join(
        [f"{folder} is written and whole" for folder in claim.written()]
        or [f"{folder} keeps what was finished; --resume goes on with it" for folder in claim.kept()]
    )
    # After the ^C of a terminal a line of its own.
    start = "\n" if sys.stderr.isatty() else ""
    sys.stderr.write(f"{start}capshare: interrupted; {done or 'nothing was written'}\n")
    sys.stderr.flush()


@contextmanager
def _log_in_words() -> Iterator[None]:
    """Print what the library logs as a sentence; only here is the logging set up."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("capshare, note: %(message)s"))
    logger = logging.getLogger("capshare")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
