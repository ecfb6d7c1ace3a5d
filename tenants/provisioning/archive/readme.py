"""The page that lies first in every archive, for whoever opens it in twenty years without this platform."""

TEXT = """\
{name} ({code}) — toàn bộ dữ liệu tại một thời điểm: {made_at}
Bản phát hành {release} · người xuất: {made_by}

TIẾNG VIỆT
  data/<bảng>.csv.gz   các hàng của một bảng: CSV, UTF-8, có dòng tên cột, nén gzip, xếp theo khóa chính. Ô trống
                       không có ngoặc kép là "không có giá trị"; ô "" là chuỗi rỗng. Giờ là giờ UTC.
  data/audit_entry.csv.gz   nhật ký: ai đã làm gì, lúc nào.
  files/<khóa>         tệp của người dân và cán bộ, nguyên như khi nộp. Cột "key" của bảng {files_table} chỉ đến đây.
  files.csv.gz         danh sách các tệp đó: khóa, cỡ (byte), SHA-256.
  manifest.json        bộ hoặc tỉnh, bản phát hành, từng bảng (cột, kiểu, số hàng, SHA-256 của CSV chưa nén), từng phần
                       của tệp lưu trữ (cỡ, SHA-256).
  manifest.sha256      SHA-256 của manifest.json.
Không có trong này, vì là bí mật ngắn hạn: {left_out}. Mật khẩu và khóa của phần mềm kết nối chỉ có ở dạng băm.
Trong này có dữ liệu cá nhân: giữ và hủy theo quy định về bảo vệ dữ liệu cá nhân.

ENGLISH
  data/<table>.csv.gz  the rows of one table: CSV, UTF-8, a line of column names, gzip, in the order of the primary key.
                       An empty cell without quotes is NULL; "" is an empty text. Times are UTC.
  data/audit_entry.csv.gz   the trail: who did what, when.
  files/<key>          the files of citizens and staff, as they were handed in; "key" of {files_table} points here.
  files.csv.gz         the list of those: key, size in bytes, SHA-256.
  manifest.json        the tenant, the release, each table (columns, types, rows, SHA-256 of the plain CSV),
                       each part of this archive (size, SHA-256).
  manifest.sha256      SHA-256 of manifest.json.
Left out as short-lived secrets: {left_out}. Passwords and secrets of client programs are hashes only.
This holds personal data.
"""
