from tenants.releases.services.preparing import prepare_central

__all__ = ["prepare_central"]
