from django.dispatch import Signal

# Sent with step=Step, in a worker, after the step is saved; receivers are harmless if run twice.
step_recorded = Signal()
