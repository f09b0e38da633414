from .loop import Closing, Loop
from .speaker import Heard, Speaker
from .step import Stage, Step, Turn
from .strand import Strand

__all__ = ["Closing", "Heard", "Loop", "Speaker", "Stage", "Step", "Strand", "Turn"]
