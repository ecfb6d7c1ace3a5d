"""The national list beside the templates: runs, changes that wait, registers, shared lists; findings of all of them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# Until now every open finding kept a template from being published; what was confirmed stays answered.
FINDINGS_OF_BEFORE = """
UPDATE catalogue_importfinding AS finding
   SET code = template.code,
       promulgator = template.promulgator_name,
       state = CASE WHEN finding.confirmed_at IS NULL THEN 'OPEN' ELSE 'RESOLVED' END,
       severity = CASE WHEN finding.kind IN (
           'NO_USABLE_LIMIT', 'CONFLICTING_LIMITS', 'LIMIT_UNCONFIRMED', 'DUPLICATE_CASE',
           'ALL_COMPONENTS_OPTIONAL', 'NO_COMPONENTS', 'SEVERAL_FEES', 'UNLIKELY_FEE') THEN 'BLOCKING'
         WHEN finding.kind = 'ZERO_QUANTITY' THEN 'NOTE' ELSE 'WARNING' END
  FROM catalogue_templateversion AS version
  JOIN catalogue_proceduretemplate AS template ON template.id = version.template_id
 WHERE version.id = finding.version_id;
"""
KEEP_DECISIONS = """
CREATE FUNCTION catalogue_keep_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a decided change stays decided' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER catalogue_keep_decisions BEFORE UPDATE OR DELETE ON catalogue_sourcechange
    FOR EACH ROW WHEN (OLD.state IN ('ACCEPTED', 'REJECTED')) EXECUTE FUNCTION catalogue_keep_decisions();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_review_and_chain"),
    ]

    operations = [
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=160)),
                ("name", models.CharField(max_length=1000)),
                ("search", models.TextField()),
                ("parent", models.CharField(blank=True, max_length=160)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("successor", models.CharField(blank=True, max_length=160)),
                ("sha256", models.CharField(max_length=64)),
                ("since_version", models.PositiveIntegerField()),
                ("until_version", models.PositiveIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CodeList",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=40, unique=True)),
                ("owner", models.CharField(max_length=250)),
                ("source", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CodeListVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=120)),
                ("changes", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", models.UUIDField(unique=True)),
                ("scope", models.CharField(max_length=60)),
                ("file_name", models.CharField(max_length=250)),
                ("file_sha256", models.CharField(max_length=64)),
                ("whole", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=120)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("held", models.PositiveIntegerField(default=0)),
                ("refused_before", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="SourceChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("scope", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("NEW", "Mới"),
                            ("CHANGED", "Thay đổi"),
                            ("RETIRED", "Không còn trong danh mục"),
                            ("RETURNED", "Có trở lại"),
                        ],
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(max_length=160)),
                ("name", models.TextField()),
                ("promulgator", models.CharField(blank=True, max_length=250)),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("stood", models.CharField(blank=True, max_length=72)),
                ("comes", models.CharField(blank=True, max_length=72)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PROPOSED", "Chờ quyết định"),
                            ("ACCEPTED", "Đã nhận"),
                            ("REJECTED", "Đã từ chối"),
                            ("SUPERSEDED", "Lần nhập sau thay thế"),
                        ],
                        default="PROPOSED",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=120)),
                ("reason", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="SourceProcedure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=160, unique=True)),
                ("name", models.TextField()),
                ("fields", models.TextField(blank=True)),
                ("promulgator", models.CharField(blank=True, max_length=250)),
                ("executing", models.TextField(blank=True)),
                ("subjects", models.TextField(blank=True)),
                ("type", models.CharField(blank=True, max_length=40)),
                ("state", models.CharField(blank=True, max_length=40)),
                ("search", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("first_seen_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SourceRecord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=60, unique=True)),
                ("record", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("taken_at", models.DateTimeField()),
                ("taken_by", models.CharField(max_length=120)),
            ],
        ),
        migrations.AddField(
            model_name="importfinding",
            name="code",
            field=models.CharField(default="", max_length=160),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="importfinding",
            name="owner",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="importfinding",
            name="promulgator",
            field=models.CharField(blank=True, max_length=250),
        ),
        migrations.AddField(
            model_name="importfinding",
            name="scope",
            field=models.CharField(default="RECORDS", max_length=60),
        ),
        migrations.AddField(
            model_name="importfinding",
            name="severity",
            field=models.CharField(
                choices=[("BLOCKING", "Chặn công bố"), ("WARNING", "Cảnh báo"), ("NOTE", "Lưu ý")],
                default="BLOCKING",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="importfinding",
            name="state",
            field=models.CharField(
                choices=[
                    ("OPEN", "Chưa trả lời"),
                    ("RESOLVED", "Đã xử lý"),
                    ("DISMISSED", "Đã bỏ qua"),
                    ("GONE", "Nguồn không còn"),
                ],
                default="OPEN",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="importfinding",
            name="kind",
            field=models.CharField(
                choices=[
                    ("NO_USABLE_LIMIT", "Không có thời hạn dùng được"),
                    ("CONFLICTING_LIMITS", "Thời hạn mâu thuẫn giữa cách nộp và trường hợp"),
                    ("LIMIT_UNCONFIRMED", "Thời hạn chưa được xác nhận"),
                    ("DUPLICATE_CASE", "Trường hợp trùng mã"),
                    ("ALL_COMPONENTS_OPTIONAL", "Mọi thành phần hồ sơ đều không bắt buộc"),
                    ("NO_COMPONENTS", "Không có thành phần hồ sơ"),
                    ("ZERO_QUANTITY", "Thành phần hồ sơ có số lượng bằng 0"),
                    ("DUPLICATE_COMPONENT", "Thành phần hồ sơ trùng mã"),
                    ("ZERO_FEE", "Phí, lệ phí bằng 0"),
                    ("SEVERAL_FEES", "Nhiều mức phí cho một cách nộp"),
                    ("UNLIKELY_FEE", "Mức phí khó tin"),
                    ("FEE_NOT_STATED", "Không nêu phí, lệ phí"),
                    ("LEVEL_UNCLEAR", "Không rõ cấp thực hiện"),
                    ("SUBJECTS_UNCLEAR", "Không rõ đối tượng thực hiện"),
                    ("FIELD_MISSING", "Thiếu lĩnh vực"),
                    ("EXECUTING_MISSING", "Thiếu cơ quan thực hiện"),
                    ("CODE_REPEATED", "Một mã cho hai thủ tục khác nhau"),
                    ("ROW_REPEATED", "Dòng bị lặp lại"),
                    ("CODE_MALFORMED", "Mã không đúng dạng"),
                    ("NAME_REPEATED", "Hai mã cùng tên, cùng cơ quan công bố"),
                    ("NAME_TOO_LONG", "Tên quá dài"),
                    ("STRAY_SPACE", "Thừa khoảng trắng hoặc xuống dòng"),
                    ("FORMULA_CELL", "Ô bắt đầu như công thức bảng tính"),
                    ("PROMULGATOR_MISSING", "Thiếu cơ quan công bố"),
                    ("PROMULGATOR_UNKNOWN", "Cơ quan công bố không có trong danh mục cơ quan"),
                    ("OBSOLETE_AGENCY", "Tên cơ quan đã cũ"),
                    ("AGENCY_REPEATED", "Cơ quan thực hiện bị ghi hai lần"),
                    ("TYPE_UNKNOWN", "Loại thủ tục lạ"),
                    ("STATE_UNKNOWN", "Trạng thái lạ"),
                    ("SOURCE_RETIRED", "Nguồn đã bãi bỏ thủ tục mà biểu mẫu vẫn công bố"),
                    ("SUCCESSOR_UNKNOWN", "Mã kế thừa không có trong danh mục"),
                    ("SUCCESSOR_CYCLE", "Các mã kế thừa lẫn nhau thành vòng"),
                    ("SUCCESSOR_WITHOUT_END", "Có mã kế thừa mà không có ngày hết hiệu lực"),
                    ("DATES_REVERSED", "Ngày hết hiệu lực trước ngày hiệu lực"),
                    ("DATES_OVERLAP", "Mã cũ và mã kế thừa cùng có hiệu lực"),
                    ("PARENT_UNKNOWN", "Mã cấp trên không có trong danh mục"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="importfinding",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="findings",
                to="catalogue.templateversion",
            ),
        ),
        migrations.RunSQL(FINDINGS_OF_BEFORE, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="importfinding",
            index=models.Index(fields=["state", "severity", "id"], name="finding_list"),
        ),
        migrations.AddIndex(
            model_name="importfinding",
            index=models.Index(fields=["scope", "code"], name="finding_of_code"),
        ),
        migrations.AddConstraint(
            model_name="importfinding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("version__isnull", True)),
                fields=("scope", "code", "kind", "place"),
                name="finding_of_row_is_reported_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="importfinding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", False), ("state__in", ["RESOLVED", "DISMISSED"])),
                    models.Q(("confirmed_at__isnull", True), ("state__in", ["OPEN", "GONE"])),
                    _connector="OR",
                ),
                name="answered_finding_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="importfinding",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__in", ["BLOCKING", "WARNING", "NOTE"])),
                name="finding_severity_is_known",
            ),
        ),
        migrations.AddField(
            model_name="code",
            name="list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="codes", to="catalogue.codelist"
            ),
        ),
        migrations.AddField(
            model_name="codelistversion",
            name="list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="catalogue.codelist"
            ),
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(fields=["-at", "-id"], name="import_run_newest"),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope", ""), _negated=True), name="import_run_names_its_register"
            ),
        ),
        migrations.AddField(
            model_name="sourcechange",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="catalogue.importrun"
            ),
        ),
        migrations.AddIndex(
            model_name="sourceprocedure",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="source_procedure_search", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="sourceprocedure",
            index=models.Index(fields=["promulgator", "code"], name="source_procedure_promulgator"),
        ),
        migrations.AddConstraint(
            model_name="sourceprocedure",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="source_procedure_has_a_name"
            ),
        ),
        migrations.AddIndex(
            model_name="code",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="code_search", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_version__isnull", True)),
                fields=("list", "code"),
                name="code_has_one_wording_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="code",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_version__isnull", True),
                    ("until_version__gt", models.F("since_version")),
                    _connector="OR",
                ),
                name="code_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="codelistversion",
            constraint=models.UniqueConstraint(
                fields=("list", "number"), name="code_list_version_is_used_once"
            ),
        ),
        migrations.AddIndex(
            model_name="sourcechange",
            index=models.Index(fields=["run", "state", "code"], name="change_of_run"),
        ),
        migrations.AddIndex(
            model_name="sourcechange",
            index=models.Index(fields=["scope", "code", "state"], name="change_of_code"),
        ),
        migrations.AddConstraint(
            model_name="sourcechange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "PROPOSED")),
                fields=("scope", "code"),
                name="one_change_of_a_code_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["NEW", "CHANGED", "RETIRED", "RETURNED"])),
                name="change_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["PROPOSED", "ACCEPTED", "REJECTED", "SUPERSEDED"])),
                name="change_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state__in", ["PROPOSED", "SUPERSEDED"])),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("state__in", ["ACCEPTED", "REJECTED"]),
                        models.Q(("decided_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decided_change_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "REJECTED"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="rejected_change_says_why",
            ),
        ),
        migrations.RunSQL(
            KEEP_DECISIONS,
            "DROP TRIGGER catalogue_keep_decisions ON catalogue_sourcechange;"
            "DROP FUNCTION catalogue_keep_decisions();",
        ),
    ]
