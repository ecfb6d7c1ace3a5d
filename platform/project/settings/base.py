"""What is the same everywhere. What differs comes from the environment, named here and nowhere else."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from project.settings import process
from project.settings.stores import default_store, s3_connection

ROOT = Path(__file__).resolve().parents[3]


def _pool() -> dict[str, object] | None:
    """None for a command of manage.py: to begin a pool takes it longer than to connect."""
    return {
        "min_size": 1,
        "max_size": int(os.environ.get("DATABASE_POOL", "8")),
        "max_lifetime": 20 * 60,  # a connection that touched many schemas grows: recycle it
        "timeout": float(os.environ.get("DATABASE_WAIT", "10")),  # seconds for a connection of the pool
        # Tries grow apart up to this; then whoever needs a connection begins anew. The usual five minutes kept
        # people out for as long again as the database had been away.
        "reconnect_timeout": 5.0,
    } if process.serves else None  # fmt: skip


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "ENGINE": "tenants.registry.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,  # the pool keeps connections; the wrapper gives them back after each request
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {"connect_timeout": 10, "pool": _pool()},
        "TEST": {"NAME": os.environ.get("TEST_DATABASE", f"test_{parts.path.lstrip('/')}")},
    }


SECRET_KEY = os.environ.get("SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = ["*"]  # the registry is the list: TenantMiddleware answers 404 to every host it does not know

DATABASES = {
    "default": _database(os.environ.get("DATABASE_URL", "postgresql://motcua:motcua@127.0.0.1:54329/motcua"))
}
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
TENANT_MODEL = "registry.Tenant"
TENANT_DOMAIN_MODEL = "registry.Domain"
PUBLIC_SCHEMA_NAME = "public"
PUBLIC_SCHEMA_URLCONF = "project.urls.central"
ROOT_URLCONF = "project.urls.tenant"
# The tenant's role may add to these and never change them.
TENANT_APPEND_ONLY_TABLES = ["audit_entry"]
# Where the worker writes exports that are asked for in the console: outside of what the web server hands out,
# or in a bucket, s3://bucket/prefix.
ARCHIVE_ROOT: Path | str = os.environ.get("ARCHIVE_ROOT", "")
if not str(ARCHIVE_ROOT).startswith("s3://"):
    ARCHIVE_ROOT = Path(ARCHIVE_ROOT or ROOT / ".demo" / "archives")
# So many requests a second, all tenants together, are people at work: then a rollout takes one tenant at a time and
# sleeps this share of its working time in between, and an export or a restore that share of its own.
RELEASE_CROWD = float(os.environ.get("RELEASE_CROWD", "1.0"))
RELEASE_REST = float(os.environ.get("RELEASE_REST", "4.0"))
TENANT_ARCHIVE_REST = float(os.environ.get("TENANT_ARCHIVE_REST", "6.0"))
# How long each ring is watched before its gate, unless the operator says otherwise: error rates and times of answer
# have to gather first.
RELEASE_SOAK_SECONDS = int(os.environ.get("RELEASE_SOAK_SECONDS", "600"))
PROBE_AGENT = "motcua-smoke"  # how the platform's own checks call themselves: they are no people
# Short-lived secrets: an archive has the tables, not the rows. Everybody signs in again after a restore.
TENANT_TABLES_LEFT_OUT = [
    "django_session",
    "oauth2_provider_accesstoken",
    "oauth2_provider_devicegrant",
    "oauth2_provider_grant",
    "oauth2_provider_idtoken",
    "oauth2_provider_refreshtoken",
]
# One manifest a release, in order: what it is called, what is new in words, and the last migration of each tenant app.
RELEASE_MANIFESTS = Path(os.environ.get("RELEASE_MANIFESTS", ROOT / "platform" / "project" / "releases"))
# Where `manage.py tenant` finds its verbs: every module of these packages is a family of them.
RELEASE_COMMAND_PACKAGES = ["tenants.releases.commanding"]
RELEASE_REHEARSAL_BYTES = 2 * 1024**3  # a larger schema is rehearsed without its rows
TENANT_COMMAND_PACKAGES = [
    "tenants.provisioning.commanding",
    "tenants.releases.tenant_commanding",
    "project.commanding",
]
# The main job as a script, for the code of the release before on the schema of this one; see `manage.py release check`.
RELEASE_JOURNEY = ROOT / "infra" / "previous" / "main_job.py"
# The reviewed list of tables that stay small in every schema (some thousand rows): an index on them may be built under
# a lock. Every other table is held to be large; see `manage.py release check`.
SMALL_TABLES = {
    "registry.Tenant": "some hundred in the whole country",
    "registry.Domain": "a few a tenant",
    "catalogue.TemplateVersion": "some ten thousand in the whole country",
    "catalogue.ImportFinding": "some thousand in the whole country",
    "catalogue.PublishLog": "a few lines a version",
    "provisioning.TemplateScript": "one a release",
    "organisations.Unit": "some hundred in a province",
    "organisations.UnitAlias": "a few a unit",
    "procedures.AdoptedVersion": "some thousand procedures at most",
    "procedures.Correction": "a few words a version",
    "procedures.LocalDraft": "a few procedures of a province's own",
    "procedures.LocalRules": "one",
    "procedures.AdoptionDraft": "one a national version that is taken over",
    "deadlines.WorkingHours": "one a change of the working week",
    "deadlines.CalendarDay": "some dozen a year",
}
PG_DUMP = os.environ.get("PG_DUMP", "")  # empty: the embedded server's, or the machine's own
# Whose requests these are, for what a tenant's state lets pass: see tenants/registry/standing.py.
TENANT_PATHS = {
    "staff": ("/desk/", "/setup/", "/first/", "/sign-in/", "/sign-out/", "/language/", "/theme/"),
    "staff_signs": ("/sign-in/", "/sign-out/"),
    "program_signs": ("/api/v1/oauth2/token",),
    "reading_posts": ("/language/", "/theme/", "/tra-cuu", "/tra-cuu/dong"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The centre's schema. `sessions` stands in both: each host keeps its own.
SHARED_APPS = [
    "django_tenants",
    "tenants.registry",
    "tenants.provisioning",
    "tenants.releases",
    "apps.catalogue",
    "project",
    "frontend",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_vite",
    "rest_framework",
    "drf_spectacular",
]
# Every tenant's schema.
TENANT_APPS = [
    "django.contrib.sessions",
    "kernel.outbox",
    "kernel.files",
    "kernel.http",
    "apps.audit",
    "apps.forms",
    "apps.organisations",
    "apps.accounts",
    "apps.deadlines",
    "apps.notifications",
    "apps.workflow",
    "apps.fees",
    "apps.documents",
    "apps.results",
    "apps.procedures",
    "apps.dossiers",
    "apps.reporting",
    "oauth2_provider",
]
INSTALLED_APPS = [*SHARED_APPS, *(app for app in TENANT_APPS if app not in SHARED_APPS)]

MIDDLEWARE = [
    "kernel.http.incident.IncidentMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Before the tenant is looked up: the page that says that the database is away needs its stylesheet.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tenants.registry.middleware.TenantMiddleware",
    "tenants.registry.figures.middleware.FiguresMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "frontend.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "frontend.errors.RefusalMiddleware",
    "project.closed_doors.ClosedDoorMiddleware",
]

# In which class a request is counted, by the first prefix that fits; the empty class is not counted.
PAGE_CLASSES = [
    ("/static/", ""),
    ("/desk/", "desk"),
    ("/setup/", "setup"),
    ("/api/", "api"),
    ("/sign-", "entrance"),
    ("/", "citizen"),
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "frontend" / room / "templates" for room in ("citizen", "desk", "setup", "console")]
        + [ROOT / "frontend" / "components", ROOT / "frontend" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "frontend.environment.environment",
            "context_processors": ["frontend.context.page"],
        },
    },
]
WSGI_APPLICATION = "project.wsgi.application"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "apps.accounts.sign_in.StaffBackend",
    "tenants.registry.sign_in.OperatorBackend",
]
LOGIN_URL = "sign-in"
CSRF_FAILURE_VIEW = "frontend.errors.csrf_failure"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [ROOT / "frontend" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:56379/0")
CACHES = {
    "default": {
        "BACKEND": "tenants.registry.cache.TenantCache",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "tenants.registry.cache.make_key",
        "REVERSE_KEY_FUNCTION": "tenants.registry.cache.reverse_key",
        "TIMEOUT": 300,
    }
}
SESSION_ENGINE = "tenants.registry.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SAMESITE = "Lax"

CELERY_BROKER_URL = REDIS_URL
CELERY_TIMEZONE = TIME_ZONE  # a night is a night in Viet Nam
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = os.environ.get("CELERY_QUEUE", "motcua")
# Work of minutes and hours has queues and workers of its own, so that letters and news never wait for it. They are
# declared in project/celery.py.
LONG_QUEUE = f"{CELERY_TASK_DEFAULT_QUEUE}-long"  # exports, restores, merges, onboardings of the console
ROLLOUT_QUEUE = f"{CELERY_TASK_DEFAULT_QUEUE}-rollout"  # watches a ring for its whole time
CELERY_TASK_DEFAULT_ROUTING_KEY = CELERY_TASK_DEFAULT_QUEUE
CELERY_TASK_ROUTES = {
    "project.tenant_work.run": {"queue": LONG_QUEUE},
    "project.onboarding_jobs.run": {"queue": LONG_QUEUE},
    "project.offers.note": {"queue": LONG_QUEUE},  # goes from tenant to tenant
    "project.rollouts.carry_on": {"queue": ROLLOUT_QUEUE},
}

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", ROOT / ".demo" / "static"))
STATICFILES_DIRS = [ROOT / "frontend" / "assets" / "dist"]
DJANGO_VITE = {
    "default": {"dev_mode": False, "manifest_path": ROOT / "frontend" / "assets" / "dist" / "manifest.json"}
}
# Files of dossiers: local disk unless a bucket is named. Never below STATIC_ROOT or any served folder.
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", ROOT / ".demo" / "files"))
S3_CONNECTION = s3_connection(os.environ)
STORAGES = {
    "default": default_store(os.environ, media_root=MEDIA_ROOT),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# Tinos, which has every Vietnamese letter; the front end's build brings it.
DOCUMENT_FONTS = Path(
    os.environ.get("DOCUMENT_FONTS", ROOT / "frontend" / "node_modules" / "@expo-google-fonts" / "tinos")
)
UPLOAD_LARGEST_BYTES = int(os.environ.get("UPLOAD_LARGEST_BYTES", str(20 * 1024 * 1024)))

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-src": ["'self'"],
        "manifest-src": ["'self'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.ClientAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.negotiation.AlwaysJson",
    "DEFAULT_SCHEMA_CLASS": "api.schema.Description",
    "EXCEPTION_HANDLER": "api.errors.answer",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Một Cửa",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_URLCONF": "api.v1.urls",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],  # the description is public, and a stale token must not hide it
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_NAME_OVERRIDES": {"Channel": "apps.dossiers.enums.Channel"},
}
OAUTH2_PROVIDER = {
    "SCOPES": {
        "dossiers:read": "Đọc hồ sơ",
        "dossiers:write": "Nộp hồ sơ",
        "procedures:read": "Đọc thủ tục",
    },
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
}

# Where a check of a tenant finds its web server itself, without a name or a proxy; empty: nowhere.
SMOKE_ADDRESS = os.environ.get("SMOKE_ADDRESS", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
# Whether a gate is bad when no web server answers there; otherwise nothing is said about it.
SMOKE_REQUIRED = os.environ.get("SMOKE_REQUIRED", "") == "1"
PROXIES_IN_FRONT = int(
    os.environ.get("PROXIES_IN_FRONT", "0")
)  # how many addresses of X-Forwarded-For are ours
PUBLIC_ADDRESS = os.environ.get(
    "PUBLIC_ADDRESS", f"http://{{host}}:{os.environ.get('PORT', '8000')}"
)  # of a tenant, in letters
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "mot-cua@localhost")
SENTRY_DSN = os.environ.get("SENTRY_DSN", "")
LOGGING_CONFIG = None  # kernel.log configures structlog; libraries stay quiet unless something is wrong
SILENCED_SYSTEM_CHECKS: list[str] = []
