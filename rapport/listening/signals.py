from django.dispatch import Signal

voice_heard = Signal()  # sent with voice=Voice, after it is saved (not for voices brought in from a file)
voice_answered = Signal()  # sent with answer=Answer, after it is saved
