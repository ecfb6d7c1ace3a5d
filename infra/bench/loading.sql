-- Rows of one tenant. Places: %(count)s, %(now)s, %(token)s and the parts of names; temp table `place`.
-- chọn ngẫu nhiên
CREATE TEMP TABLE staged ON COMMIT DROP AS
SELECT drawn.n, place.n AS place_n, place.receiving_id, place.receiving_code, drawn.status, drawn.name,
    drawn.name_bare, drawn.identity, drawn.phone, drawn.channel, drawn.submitted_at,
    row_number() OVER (
        PARTITION BY place.receiving_id, (drawn.submitted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date ORDER BY drawn.n
    ) AS number
FROM (
    SELECT n,
        CASE WHEN r >= 0.05 THEN CASE WHEN r < 0.06 THEN 3 WHEN r < 0.07 THEN 8 ELSE 10 END
             WHEN r < 0.005 THEN 1 WHEN r < 0.025 THEN 2 WHEN r < 0.040 THEN 4 WHEN r < 0.043 THEN 5
             WHEN r < 0.044 THEN 6 WHEN r < 0.045 THEN 7 ELSE 9 END AS status,
        (%(family)s::text[])[f] || ' ' || (%(middle)s::text[])[m] || ' ' || (%(given)s::text[])[g] AS name,
        (%(family_bare)s::text[])[f] || ' ' || (%(middle_bare)s::text[])[m] || ' ' || (%(given_bare)s::text[])[g]
            AS name_bare,
        '0' || (52000000000 + (n * 7919::bigint) %% 40000000000)::text AS identity,
        '09' || lpad((n * 104729::bigint %% 100000000)::text, 8, '0') AS phone,
        (ARRAY['DIRECT', 'DIRECT', 'ONLINE', 'ONLINE', 'ONLINE', 'POSTAL'])[c] AS channel,
        %(now)s::timestamptz - CASE WHEN r < 0.05 THEN interval '3 hours' + interval '1 day' * (d * 12)
            ELSE interval '1 day' * (5 + d * 500) END
            AS submitted_at,
        p
    FROM (
        SELECT n, random() AS r, random() AS d,
            1 + floor(random() * cardinality(%(family)s::text[]))::int AS f,
            1 + floor(random() * cardinality(%(middle)s::text[]))::int AS m,
            1 + floor(random() * cardinality(%(given)s::text[]))::int AS g,
            1 + floor(random() * 6)::int AS c,
            floor(random() * (SELECT count(*) FROM place))::int AS p
        FROM generate_series(1, %(count)s) AS n
        OFFSET 0
    ) AS dice
) AS drawn
JOIN place ON place.n = drawn.p
WHERE place.runs OR drawn.status NOT IN (2, 4, 5, 6, 7)
-- hồ sơ
INSERT INTO dossiers_dossier (
    id, public_id, code, code_is_foreign, secret, procedure_id, procedure_code, procedure_name, case_code, channel,
    status, came_from, supplement_from, withdrawal_from, receiving_unit_id, competent_unit_id, supporting_unit_id,
    owner_name, search_text, answers, result_channel, locale, supplement_count, submitted_at, status_at, accepted_at,
    due_at, finished_at, ended_at, end_reason
)
SELECT s.n, gen_random_uuid(),
    s.receiving_code || '-' || to_char(s.submitted_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYMMDD') || '-'
        || lpad(s.number::text, 4, '0'),
    false, upper(substr(md5(s.n::text), 1, 8)), p.procedure_id, p.procedure_code, p.procedure_name, p.case_code,
    s.channel, s.status,
    CASE s.status WHEN 1 THEN NULL WHEN 2 THEN 1 WHEN 3 THEN 1 WHEN 4 THEN 2 WHEN 10 THEN 9 ELSE 4 END,
    CASE WHEN s.status = 5 THEN 4 END, CASE WHEN s.status = 7 THEN 4 END,
    p.receiving_id, p.competent_id, p.supporting_id, s.name,
    lower(s.receiving_code) || '-' || to_char(s.submitted_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYMMDD') || '-'
        || lpad(s.number::text, 4, '0') || ' ' || s.name_bare || ' ' || s.identity || ' ' || s.phone,
    p.answers, 'DIRECT', 'vi', CASE WHEN s.status = 5 THEN 1 ELSE 0 END, s.submitted_at,
    s.submitted_at + interval '2 hours',
    CASE WHEN s.status NOT IN (1, 3) THEN s.submitted_at + interval '1 hour' END,
    CASE WHEN s.status NOT IN (3, 8, 10) THEN s.submitted_at + interval '1 day' * (1 + s.n %% 14) END,
    CASE WHEN s.status IN (9, 10) THEN s.submitted_at + interval '2 days' END,
    CASE WHEN s.status IN (3, 8, 10) THEN s.submitted_at + interval '3 days' END, ''
FROM staged s JOIN place p ON p.n = s.place_n
-- người nộp và chủ hồ sơ
INSERT INTO dossiers_party (dossier_id, role, kind, name, identity_number, phone, email, address, source)
SELECT s.n, role, 'CITIZEN', s.name, s.identity, CASE role WHEN 'SUBMITTER' THEN s.phone ELSE '' END, '',
    'Số ' || s.n %% 400 || ' Hùng Vương', 'DECLARED'
FROM staged s CROSS JOIN unnest(ARRAY['SUBMITTER', 'OWNER']) AS role
-- thành phần hồ sơ
INSERT INTO dossiers_component (dossier_id, key, code, name, originals, copies, required, added_at)
SELECT s.n, part ->> 'key', coalesce(part ->> 'code', ''), part ->> 'name', 1, 0, (part ->> 'required')::boolean,
    s.submitted_at
FROM staged s JOIN place p ON p.n = s.place_n CROSS JOIN LATERAL jsonb_array_elements(p.components) AS part
-- nhật ký
INSERT INTO audit_entry (at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, before, after, note)
SELECT s.submitted_at, 'STAFF', NULL, 'Bộ phận Một cửa', 'SUBMIT', 'dossier', s.n, '{}',
    jsonb_build_object('status', 1, 'channel', s.channel), ''
FROM staged s
-- quy trình đang chạy
INSERT INTO workflow_run (process_id, subject_id, procedure_code, units, facts, state, status, started_at)
SELECT p.process_id, s.n, p.procedure_code, p.units, p.facts,
    replace(p.state, %(token)s, uuid_in(md5(s.n::text)::cstring)::text)::jsonb, 'RUNNING',
    s.submitted_at + interval '1 hour'
FROM staged s JOIN place p ON p.n = s.place_n WHERE s.status IN (2, 4, 5, 6, 7)
-- bước đang mở
INSERT INTO workflow_step (
    public_id, run_id, token, subject_id, procedure_code, key, name, duty, unit_id, unit_path, decisions, state,
    opened_at, due_at, holder_id, closed_by_name, decision, note
)
SELECT gen_random_uuid(), r.id, uuid_in(md5(s.n::text)::cstring), s.n, p.procedure_code, p.step ->> 'key',
    p.step ->> 'name', p.step ->> 'duty', p.competent_id, p.competent_path, p.step -> 'decisions', 'OPEN',
    s.submitted_at + interval '1 hour', s.submitted_at + interval '5 hours',
    CASE WHEN s.status <> 2 THEN p.holder_id END, '', '', ''
FROM staged s JOIN place p ON p.n = s.place_n JOIN workflow_run r ON r.subject_id = s.n
-- đồng hồ thời hạn
INSERT INTO deadlines_clock (
    subject_id, rule, unit_id, unit_chain, started_at, due_at, explanation, calendar_known_at, pause_reason,
    extension_count, version
)
SELECT s.n, p.rule, p.competent_id, p.chain, s.submitted_at + interval '1 hour',
    s.submitted_at + interval '1 day' * (1 + s.n %% 14), p.explanation, %(now)s, '', 0, 1
FROM staged s JOIN place p ON p.n = s.place_n WHERE s.status IN (2, 4, 5, 6, 7)
-- số thứ tự trong ngày
INSERT INTO dossiers_codecounter (agency_code, day, last)
SELECT receiving_code, (submitted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, max(number) FROM staged GROUP BY 1, 2
-- số khóa tiếp theo
SELECT setval(pg_get_serial_sequence('dossiers_dossier', 'id'), (SELECT max(id) FROM dossiers_dossier))
