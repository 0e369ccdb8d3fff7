"""Any body that no other profile names."""

from __future__ import annotations

from tipreport.profiles import Profile

PROFILE = Profile(name="generic")
