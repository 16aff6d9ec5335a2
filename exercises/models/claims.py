"""What is said about leg training, and what studies found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    SUPPORTED = "supported", _("Supported")
    MIXED = "mixed", _("Mixed")
    NOT_SUPPORTED = "not_supported", _("Not supported")
    CONTRADICTED = "contradicted", _("Contradicted")
    OPINION = "opinion", _("A matter of opinion")


class Reference(models.Model):
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    citation = models.CharField(
        _("citation"), max_length=300, help_text=_("First author, year, journal.")
    )
    url = models.URLField(_("address"), blank=True)
    limits = models.CharField(
        _("limits"),
        max_length=300,
        blank=True,
        help_text=_("What of it was read, if not the whole paper."),
    )

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.citation}"


class Claim(models.Model):
    """One claim of the article this library grew from, and what becomes of it here."""

    slug = models.SlugField(_("address"), unique=True)
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    claim = models.CharField(_("what is said"), max_length=200)
    verdict = models.CharField(_("verdict"), max_length=13, choices=Verdict)
    evidence = models.TextField(_("what studies found"))
    unknown = models.TextField(_("what is not known"), blank=True)
    product = models.TextField(_("what we do about it"))
    references = models.ManyToManyField(Reference, blank=True, related_name="claims")

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict__in=Verdict.values), name="exercises_verdict_known"
            )
        ]

    def __str__(self) -> str:
        return self.claim
