"""What the applicants of the journeys bring along."""

from datetime import datetime, timedelta

from frontend.filters import VIETNAM

BORN = datetime.now(VIETNAM).date() - timedelta(days=21)

# A birth registration at the counter, by the names of the fields.
BIRTH = {
    "submitter.identity_number": "052190004321",
    "submitter.name": "Nguyễn Thị Phương Thảo",
    "submitter.birth_date": "12/04/1995",
    "submitter.phone": "0905123456",
    "submitter.address": "Tổ 5, phường Pleiku, tỉnh Gia Lai",
    "answers.child_name": "Trần Gia Bảo",
    "answers.child_sex": "Nam",
    "answers.child_birth_date": f"{BORN:%d/%m/%Y}",
    "answers.child_birth_place": "Bệnh viện Đa khoa tỉnh Gia Lai",
    "answers.child_ethnicity": "Kinh",
    "answers.child_hometown": "Phường Pleiku, tỉnh Gia Lai",
    "answers.mother.name": "Nguyễn Thị Phương Thảo",
    "answers.requester_relation": "Mẹ",
}
BIRTH_PROCEDURE = "Thủ tục đăng ký khai sinh"

# The permit for a house, case .02: neighbours are asked, two divisions give their opinion.
PERMIT = {
    "submitter.identity_number": "052085000123",
    "submitter.name": "Rơ Châm H’Blưn",
    "submitter.birth_date": "03/02/1985",
    "submitter.phone": "0914000321",
    "submitter.address": "Làng Ốp, phường Pleiku, tỉnh Gia Lai",
    "answers.investor_name": "Rơ Châm H’Blưn",
    "answers.investor_address": "Làng Ốp, phường Pleiku, tỉnh Gia Lai",
    "answers.works_name": "Nhà ở gia đình ba tầng",
    "answers.works_class": "Nhà ở riêng lẻ",
    "answers.site_address": "Làng Ốp, phường Pleiku, tỉnh Gia Lai",
    "answers.land_plot": "Thửa 112, tờ bản đồ 24",
    "answers.land_area": "180",
    "answers.building_area": "96",
    "answers.total_floor_area": "288",
    "answers.floors": "3",
    "answers.height": "11",
    "answers.designer": "Công ty TNHH Kiến trúc Cao Nguyên",
}
PERMIT_PROCEDURE = "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV và nhà ở riêng lẻ"


def today() -> str:
    """As the forms take it. Asked when it is typed: the journeys last for minutes, over a midnight as well."""
    return f"{datetime.now(VIETNAM):%d/%m/%Y}"
