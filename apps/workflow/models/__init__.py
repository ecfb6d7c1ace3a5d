from apps.workflow.models.process import ProcessDefinition
from apps.workflow.models.run import Run
from apps.workflow.models.step import Step

__all__ = ["ProcessDefinition", "Run", "Step"]
