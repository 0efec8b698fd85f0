#!/usr/bin/env python3
"""Makes the sample files of this folder with the programs that offices use, as far as Debian has them.

The samples are committed: nothing here is needed to run the tests. To make them anew:

    apt install python3-openpyxl python3-docx
    python3 tests/data/formats/make_samples.py
"""
import datetime
import pathlib
import struct
import zlib

import docx
import openpyxl
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor

folder = pathlib.Path(__file__).parent


def png():
    """A picture of one red point."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00")) + chunk(b"IEND", b""))


def exam_system():
    """A template of an examination system: title, instructions, numeric types, packed and odd cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "试题"
    sheet.append(["2026年廉政教育试题导入模板"])
    sheet.merge_cells("A1:J1")
    sheet.append(["说明：题型填编号，1单选题 2多选题 3判断题 4填空题；多选题答案连写，如ABC；填空题答案之间用分号。"])
    sheet.merge_cells("A2:J2")
    sheet.append([])
    sheet.append(["序号", "试题类型*", "试题内容（必填）", "选项1", "选项2", "选项3", "选项4", "正确答案", "答案解析", "难易度", "分数"])
    sheet.append([1, 1, "收到礼金应当？", "收下", "上交", "转送", "退一半", "B", "按规定上交。", "容易", 2.0])
    sheet.append([2, 2, "下列哪些属于违规？", "甲", "乙", "丙", "丁", "ＡＢ、Ｄ", None, "一般", 3])
    sheet.append([3, 3, "干部可以收受消费卡。", None, None, None, None, False, None, "难", 1])
    sheet.append([4, 4, "处分期为（ ）个月，（  ）年内不得晋升。", None, None, None, None, "六|6;二", None, None, 2])
    sheet.append([5, 1, "税率是多少？", 0.13, 0.09, 0.06, 0, "9%", None, None, 2])
    for cell in sheet[9][3:7]:
        cell.number_format = "0%"
    sheet.append([6, 1, "答案由公式得出", "一", "二", None, None, "=CHAR(65)", None, None, 2])
    sheet.append([7, 1, "没有答案", "一", "二", None, None, None, None, None, 2])
    sheet.append([8, 1, "规定何时施行？", datetime.date(2024, 7, 1), datetime.date(2025, 1, 1), None, None, "A", None, None, 2])
    sheet.append([9, 1, "共有几条？", 9.0, 10, 11, None, 2, None, None, 2])
    sheet.append([])
    sheet.append(["注：以上试题仅供内部使用"])
    book.create_sheet("空表")
    hidden = book.create_sheet("字典")
    hidden.append(["单选题", "多选题"])
    hidden.sheet_state = "hidden"
    notes = book.create_sheet("填写说明")
    notes.append(["本表不是试题"])
    book.save(folder / "exam-system.xlsx")


def packed():
    """Types by sheet, options in one cell, cases as a scene with sub-questions, merged cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "单选题"
    sheet.append(["题目", "选项", "答案", "章节"])
    sheet.append(["共有几种？", "A.9种/B.10种/C.11种", "B", "总则/种类"])
    sheet.append(["谁来决定？", "A、党委\nB、纪委\nC、支部", "c", None])
    sheet.append(["多久？", "三个月|六个月|一年", "六个月", None])
    sheet.merge_cells("D2:D4")
    case = book.create_sheet("案例题")
    case.append(["大题", "小题", "A", "B", "C", "标准答案"])
    case.append(["张某收受烟酒，事后退还。", "张某的行为属于什么？", "违纪", "合法", "犯罪", "A"])
    case.append([None, "是否应当退还？", None, None, None, "√"])
    case.append([None, "应当如何处理？", "谈话", "处分", "不管", "AB"])
    case.merge_cells("A2:A4")
    flags = book.create_sheet("带标记")
    flags.append(["题干", "选项A", "A是否正确", "选项B", "B是否正确", "选项C", "C是否正确"])
    flags.append(["哪些应当上交？", "礼金", "是", "购物卡", "1", "书信", "否"])
    book.save(folder / "packed.xlsx")


def numbered(document, text, list_id, level=0):
    paragraph = document.add_paragraph(text)
    numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = list_id
    return paragraph


def add_list(document):
    """A list of two levels as Word makes it: "1." for questions, "A." for options."""
    part = document.part.numbering_part.element
    pattern = OxmlElement("w:abstractNum")
    pattern.set(qn("w:abstractNumId"), "90")
    for level, (form, text) in enumerate([("decimal", "%1."), ("upperLetter", "%2．")]):
        element = OxmlElement("w:lvl")
        element.set(qn("w:ilvl"), str(level))
        for name, value in [("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)]:
            child = OxmlElement(name)
            child.set(qn("w:val"), value)
            element.append(child)
        pattern.append(element)
    part.insert(0, pattern)
    return part.add_num(90).numId


def word_numbers():
    """Word's own numbers, the right option in red, a picture, tracked changes, soft breaks, a footnote mark."""
    document = docx.Document()
    document.add_heading("廉政知识题库", 0)
    document.add_paragraph("一、单选题（每题2分）")
    items = add_list(document)
    numbered(document, "收到礼金应当？", items)
    for text, right in [("收下", False), ("上交", True), ("转送", False)]:
        paragraph = numbered(document, "", items, 1)
        run = paragraph.add_run(text)
        if right:
            run.font.color.rgb = RGBColor(0xFF, 0, 0)
    paragraph = numbered(document, "图中是什么？", items)
    (folder / "point.png").write_bytes(png())
    paragraph.add_run().add_picture(str(folder / "point.png"))
    (folder / "point.png").unlink()
    paragraph = document.add_paragraph("A. 红点")
    paragraph.add_run("  ")
    run = paragraph.add_run("B. 红色的点")
    run.font.color.rgb = RGBColor(0xFF, 0, 0)
    paragraph.add_run().add_break(WD_BREAK.LINE)
    paragraph.add_run("C. 绿点")
    paragraph = numbered(document, "谁可以批准", items)
    inserted = OxmlElement("w:ins")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "回避？"
    run.append(text)
    inserted.append(run)
    paragraph._p.append(inserted)
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    text = OxmlElement("w:delText")
    text.text = "出差？"
    run.append(text)
    deleted.append(run)
    paragraph._p.append(deleted)
    for text, right in [("本人", False), ("负责人", True)]:
        paragraph = numbered(document, "", items, 1)
        run = paragraph.add_run(text)
        if right:
            run.font.color.rgb = RGBColor(0xFF, 0, 0)
    document.save(folder / "word-numbers.docx")


def word_tables():
    """A question a row, and options laid out in the cells of a table."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=5)
    for cells in [("题型", "题干", "选项A", "选项B", "答案"), ("单选", "收到礼金应当？", "收下", "上交", "B"),
                  ("判断", "可以收礼。", "", "", "×"), ("单选", "没有答案的题", "一", "二", "")]:
        for cell, text in zip(table.add_row().cells, cells):
            cell.text = text
    document.add_paragraph("一、多选题")
    document.add_paragraph("1．下列哪些应当上交？（ＡＤ）")
    options = document.add_table(rows=2, cols=2)
    for cell, text in zip([c for row in options.rows for c in row.cells], ["A．礼金", "B．书信", "C．照片", "D．购物卡"]):
        cell.text = text
    document.add_paragraph("【解析】礼金和购物卡应当上交。")
    document.save(folder / "word-tables.docx")


def pictures():
    """Pictures over cells, an option a row under merged cells, and a table without headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "看图题"
    for cells in [("题型", "题干", "选项A", "选项B", "答案"), ("单选题", "图中是什么？", "红点", "绿点", "A"),
                  ("单选题", "哪个是红点？", None, "没有", "A")]:
        sheet.append(cells)
    (folder / "point.png").write_bytes(png())
    for cell in ["B2", "C3"]:
        sheet.add_image(openpyxl.drawing.image.Image(str(folder / "point.png")), cell)
    rows = book.create_sheet("逐行选项")
    for cells in [("题型", "题干", "选项", "选项内容", "是否正确"), ("单选题", "收到礼金应当？", "A", "收下", "否"),
                  (None, None, "B", "上交", "是"), ("多选题", "哪些应当上交？", "A", "礼金", "是"),
                  (None, None, "B", "购物卡", "是"), (None, None, "C", "书信", "否")]:
        rows.append(cells)
    for area in ["A2:A3", "B2:B3", "A4:A6", "B4:B6"]:
        rows.merge_cells(area)
    bare = book.create_sheet("无表头")
    for cells in [(1, "单选题", "收到购物卡应当怎样处理？", "上交", "留用", "A"), (2, "判断题", "可以收受消费卡。", None, None, "错误")]:
        bare.append(cells)
    book.save(folder / "pictures.xlsx")
    (folder / "point.png").unlink()


def word_parts():
    """A table of headings with a picture in it, and a question whose parts stand below each other."""
    document = docx.Document()
    (folder / "point.png").write_bytes(png())
    table = document.add_table(rows=0, cols=4)
    for cells in [("题干", "选项A", "选项B", "答案"), ("图中是什么？", "红点", "绿点", "A")]:
        for cell, text in zip(table.add_row().cells, cells):
            cell.text = text
    table.rows[1].cells[0].paragraphs[0].add_run().add_picture(str(folder / "point.png"))
    (folder / "point.png").unlink()
    document.add_paragraph()
    parts = document.add_table(rows=0, cols=2)
    for cells in [("题型", "单选题"), ("题干", "收到礼金应当？"), ("A", "收下"), ("B", "上交"), ("答案", "B"), ("解析", "按规定上交。")]:
        for cell, text in zip(parts.add_row().cells, cells):
            cell.text = text
    document.save(folder / "word-parts.docx")


exam_system()
packed()
pictures()
word_numbers()
word_tables()
word_parts()
