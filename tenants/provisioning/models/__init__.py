from tenants.provisioning.models.archive import Archive
from tenants.provisioning.models.long_job import LongJob
from tenants.provisioning.models.ready_check import ReadyCheck
from tenants.provisioning.models.template_script import TemplateScript

__all__ = ["Archive", "LongJob", "ReadyCheck", "TemplateScript"]
