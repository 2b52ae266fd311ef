"""Stage to discharge, by piecewise power laws.

Kept free of dependencies so that a customer can run it. See ../rating-curves.md for the method.
"""

from dataclasses import dataclass

MAX_SEGMENTS = 4
EXPONENT_RANGE = (1.2, 3.5)
MAX_SHIFT_M = 0.15


@dataclass(frozen=True)
class Segment:
    """Valid for upper_m of the previous segment <= stage < upper_m."""

    upper_m: float
    c: float
    h0_m: float
    b: float


class RatingError(ValueError):
    """The rating cannot be used; the message says which segment and why."""


def check(segments: list[Segment]) -> None:
    if not 1 <= len(segments) <= MAX_SEGMENTS:
        raise RatingError(f"a rating has 1 to {MAX_SEGMENTS} segments, not {len(segments)}")
    low, high = EXPONENT_RANGE
    previous = float("-inf")
    for number, segment in enumerate(segments, start=1):
        if not low <= segment.b <= high:
            raise RatingError(f"segment {number}: exponent {segment.b} outside {low} to {high}")
        if segment.upper_m <= previous:
            raise RatingError(f"segment {number}: upper limit does not rise")
        previous = segment.upper_m


def discharge_m3s(stage_m: float, segments: list[Segment], shift_m: float = 0.0) -> float | None:
    """None above the last segment: we do not extrapolate, however much the river does."""
    if abs(shift_m) > MAX_SHIFT_M:
        raise RatingError(f"shift {shift_m} m is more than {MAX_SHIFT_M} m: make a new rating")
    h = stage_m + shift_m
    for segment in segments:
        if h < segment.upper_m:
            return segment.c * max(0.0, h - segment.h0_m) ** segment.b
    return None


# R-0117-06, Hallow Beck at Tinker's Ford; gaugings 1 to 14, valid from 2025-12-09
TINKERS_FORD = [
    Segment(upper_m=0.62, c=7.85, h0_m=0.11, b=1.71),
    Segment(upper_m=1.90, c=11.3, h0_m=0.24, b=1.94),
    Segment(upper_m=3.10, c=14.6, h0_m=0.31, b=2.22),
]
