"""The command line. Commands live in modules of their own, each loaded only when it is called, so that help comes at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from entente.errors import EntenteError

COMMANDS = {
    "code": "Code documents into a ledger, or print their records.",
    "records": "Show the records of a ledger, chosen by actor, kind, date and so on.",
    "explain": "Show how a text is coded: records, words, rules, and what was left out.",
    "actor": "Say which state or organisation a phrase names, and in which sector.",
    "relate": "Say what a sentence reports between two given spans.",
    "codebook": "List, show and check the definitions, patterns and examples of the codebook.",
    "dyad": "Follow what two sides do to each other over time.",
    "stance": "Say where states stand between two sides, and what they say against what they do.",
    "brief": "Write one page on where a state stands between two sides.",
    "commitments": "Show who undertook what toward whom, and what became of it.",
    "contradictions": "Show where a state's acts contradict its words, pair by pair.",
    "dependence": "Show what a state depends on, by the texts' own shares and ranks.",
    "exposure": "Show who is hit, and through which tie, if an act cuts a link.",
    "network": "Show who is tied to whom, which two camps fit best, and who mediates.",
    "similarity": "Compare how states vote in the UN, once its roll calls are imported.",
    "import": "Bring the field's tables into a ledger: UN votes.",
    "score": "Score a coder's records against gold passages, miss by miss.",
    "agree": "Say how far two files of records agree: Krippendorff's alpha.",
    "ledger": "Look into a ledger, tidy it, or query it in SQL.",
    "demo": "Code the bundled sample and show what comes out.",
}
"""What ``--help`` says of each command, so that it need not be loaded for it; a test holds it to what the commands say."""

MODULES = {"import": "imports"}
"""Commands whose name no module can have."""

FINE, SET_ASIDE, WRONG, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141


class LazyGroup(click.Group):
    """A group whose commands are modules ``entente.cli.<name>`` with a ``command``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the module of a command."""
        if cmd_name not in COMMANDS:
            return None
        module = MODULES.get(cmd_name, cmd_name)
        found: click.Command = import_module(f"entente.cli.{module}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from entente import __version__

        click.echo(f"entente {__version__}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version.")
def entente() -> None:
    """Read reporting on states and turn it into a ledger of records.

    A record is one event, tie, commitment, position or vote, with who, to whom, when, and the words that say so.

    \b
    entente code news.jsonl notes.txt --ledger politics
    entente code article.txt --date 2017-06-01 --to jsonl
    entente records --ledger politics --actor BLR --kind event --since 2014
    entente explain "Belarus voted against a UN resolution." --date 2016-12-20

    Exit codes: 0 all went well, 1 some documents were set aside, 2 an option, a file or the ledger is not what it should be.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code; errors are one line on standard error, never a traceback."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        result = entente.main(args=arguments, prog_name="entente", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return FINE
    except click.UsageError as error:
        where = "entente" if error.ctx is None else error.ctx.command_path
        return _complain(f"{error.format_message().rstrip('.')}; see `{where} --help`")
    except EntenteError as error:
        return _complain(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains once more when it exits
        return PIPE_CLOSED
    except SystemExit as error:
        return PIPE_CLOSED if error.code == 1 else FINE  # how click answers a closed pipe, and asks for completion
    except (KeyboardInterrupt, click.Abort):
        click.echo("stopped", err=True)
        return INTERRUPTED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _complain(f"{where}{error.strerror or error}; check the path, its permissions and the space left")
    return result if isinstance(result, int) else FINE


def _complain(message: str) -> int:
    click.echo(f"error: {message}", err=True)
    return WRONG
