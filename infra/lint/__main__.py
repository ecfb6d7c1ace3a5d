"""Prints a line for each problem; the exit code is 1 when there is one."""

import django


def main() -> int:
    django.setup()
    # Imported late: it asks Django for its settings.
    from infra.lint import templates

    problems = list(templates.problems())
    for problem in problems:
        print(problem)
    print(f"{templates.count()} mẫu trang, {len(problems)} lỗi.")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
