from django.dispatch import Signal

step_recorded = Signal()  # sent with step=Step, in a worker, after the step is saved; receivers are harmless if run twice
