from tenants.provisioning.models.template_script import TemplateScript

__all__ = ["TemplateScript"]
