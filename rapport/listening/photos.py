"""Photos that people send: looked at by content, made small, and without what the camera wrote into them."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 8 * 1024 * 1024
_MOST_PIXELS = 50_000_000
_SIDE = 1600
_KINDS = ("JPEG", "PNG", "WEBP", "GIF")


def cleaned_photo(upload: "UploadedFile[bytes]") -> "ContentFile[bytes]":
    """The same picture as WebP, upright, without place, time or camera. Raises ValidationError where it is none."""
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("This photo is larger than 8 MB. Please choose a smaller one."))
    try:
        return ContentFile(_redrawn(upload))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError(_("We cannot read this as a photo. JPEG, PNG or WebP will do.")) from None


def _redrawn(upload: "UploadedFile[bytes]") -> bytes:
    with Image.open(upload, formats=_KINDS) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            raise ValueError("Too many pixels")
        picture.draft("RGB", (_SIDE, _SIDE))
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    upright.thumbnail((_SIDE, _SIDE))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    file = BytesIO()
    clean.save(file, "WEBP", quality=80, method=2)
    return file.getvalue()
