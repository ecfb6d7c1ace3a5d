from tenants.releases.models.announcement import Announcement
from tenants.releases.models.feature_flag import FeatureFlag
from tenants.releases.models.gate_reading import GateReading
from tenants.releases.models.release import Release
from tenants.releases.models.release_step import ReleaseStep
from tenants.releases.models.rollout import Rollout
from tenants.releases.models.seat import Seat
from tenants.releases.models.upgrade_wish import UpgradeWish

__all__ = [
    "Announcement",
    "FeatureFlag",
    "GateReading",
    "Release",
    "ReleaseStep",
    "Rollout",
    "Seat",
    "UpgradeWish",
]
