from apps.reporting.models.procedure_duration import ProcedureDuration

__all__ = ["ProcedureDuration"]
