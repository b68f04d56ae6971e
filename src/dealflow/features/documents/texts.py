"""What the documents room says when something is missing, and the sentences of its changes."""

from dealflow.casework.shelf import Text

_OWNER = ("owner",)
_STEP = "deals.take_step"
_SIGN = "documents.record_signature"

TEXTS: dict[str, Text] = {
    "documents.not_issued": Text(
        "还没有待签的{paper}，请先出具", "There is no {paper_en} to sign; write it first", "R-SUB-01", _OWNER, _STEP
    ),
    "documents.already_open": Text(
        "{paper} {number} 已出具，仍然有效", "The {paper_en} {number} is issued and still stands", "R-SUB-02", _OWNER, _SIGN
    ),
    "documents.buyer_unsigned": Text(
        "第 {position} 位认购人{name}尚未在{paper}上签字",
        "Buyer {position}, {name}, has not signed the {paper_en}",
        "R-SUB-04 C-53",
        _OWNER,
        _SIGN,
    ),
    "documents.not_a_buyer": Text(
        "没有第 {position} 位认购人（共 {buyers} 位）", "There is no buyer {position}; there are {buyers}", "C-53", _OWNER, _SIGN
    ),
    "documents.way_unknown": Text(
        "只登记纸上签字，并附签字页扫描件",
        "Only signatures on paper are recorded, with the scan of the signed copy",
        "C-53",
        _OWNER,
        _SIGN,
    ),
    "documents.scan_missing": Text(
        "纸上签字须上传签字页扫描件", "A signature on paper needs the scan of the signed copy", "C-53", _OWNER, _SIGN
    ),
    "documents.scan_unknown": Text(
        "没有这份扫描件，请重新上传", "This scan has not been stored; upload it again", "C-53", _OWNER, _SIGN
    ),
    "documents.scan_unsigned": Text(
        "上传的是未签字的原单据，请上传客户签字后的扫描件",
        "This is the printed paper itself; upload the scan of the signed copy",
        "C-53",
        _OWNER,
        _SIGN,
    ),
    "documents.already_signed": Text(
        "第 {position} 位认购人{name}已签字", "Buyer {position}, {name}, has signed already", "C-53"
    ),
    "documents.not_standing": Text("还没有有效的{paper}", "There is no {paper_en} that stands", "R-CTR-03", _OWNER, _STEP),
    "documents.places_missing": Text(
        "请填写填错的处数（没有则填 0）",
        "Give the number of places filled in wrongly (0 if none)",
        "R-SUB-07",
        ("sales_manager",),
        _STEP,
    ),
    # malformed input
    "documents.signer_missing": Text("请写明由第几位认购人签字", "Say which buyer signed"),
    "documents.paper_unsignable": Text("这种单据不登记客户签字", "Clients' signatures are not recorded on this kind of paper"),
    "documents.file_empty": Text("文件是空的", "The file is empty"),
    "documents.file_too_large": Text("文件超过 20 MB", "The file is larger than 20 MB"),
    "documents.file_kind": Text("只接受 PDF、JPEG 和 PNG 文件", "Only PDF, JPEG and PNG files are kept"),
    # losers of a race, lines of the preview
    "documents.signed_now": Text("这个签字刚刚已登记", "This signature was recorded a moment ago"),
    "documents.changed_now": Text(
        "{paper}刚刚有变动，请刷新后再试", "The {paper_en} has changed a moment ago; look again and retry"
    ),
    "documents.will_sign": Text("{name}在{paper}上签字", "{name} signs the {paper_en}"),
    "documents.will_sign_last": Text("{name}最后签字，{paper}由其保管", "{name} signs last and keeps the {paper_en}"),
    "documents.will_complete": Text("{paper}签署完成", "The {paper_en} is signed by all"),
    "documents.will_void": Text("{paper} {number} 作废", "The {paper_en} {number} becomes void"),
}
