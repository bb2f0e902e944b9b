from entente.coder import Coder as Coder
from entente.errors import CodebookError as CodebookError
from entente.errors import DocumentError as DocumentError
from entente.errors import EntenteError as EntenteError
from entente.errors import InputError as InputError
from entente.errors import LedgerError as LedgerError
from entente.errors import PipelineError as PipelineError
from entente.records.actors import Actor as Actor
from entente.records.record import Record as Record
from entente.records.text import Document as Document
from entente.records.text import TextSpan as TextSpan
from entente.records.timespan import TimeSpan as TimeSpan
from entente.workspace import Workspace as Workspace
from entente.workspace import load as load

__version__: str
