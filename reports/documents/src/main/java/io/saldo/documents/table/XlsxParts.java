package io.saldo.documents.table;

import java.time.LocalDate;
import java.util.List;

/** The parts of a workbook that hold no data of a report: how its sheets hang together and what its cells look like. */
final class XlsxParts {
    /** Style of a text. */
    static final int PLAIN = 0;

    /** Style of the head of a column of texts. */
    static final int HEAD = 1;

    /** Style of the head of a column of numbers. */
    static final int HEAD_RIGHT = 2;

    /** Style of an amount: at least two digits after the point, at most twelve shown. */
    static final int AMOUNT = 3;

    /** Style of a whole number. */
    static final int COUNT = 4;

    /** Style of a date. */
    static final int DATE = 5;

    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /** What stands before the columns of a sheet; its first row stays in view. */
    static final String SHEET_HEAD =
            XML + "<worksheet xmlns=\"" + MAIN + "\"><sheetViews><sheetView workbookViewId=\"0\">"
                    + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
                    + "</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>";

    static final String STYLES = XML + "<styleSheet xmlns=\"" + MAIN + "\"><numFmts count=\"3\">"
            + "<numFmt numFmtId=\"164\" formatCode=\"#,##0.00##########\"/>"
            + "<numFmt numFmtId=\"165\" formatCode=\"#,##0\"/>"
            + "<numFmt numFmtId=\"166\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
            + "<fonts count=\"2\"><font><sz val=\"10\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
            + "<font><b/><sz val=\"10\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>"
            + "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>"
            + "<fill><patternFill patternType=\"gray125\"/></fill>"
            + "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE4E9EE\"/></patternFill></fill></fills>"
            + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
            + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
            + "<cellXfs count=\"6\">"
            + style(0, 0, 0, "left")
            + style(0, 1, 2, "left")
            + style(0, 1, 2, "right")
            + style(164, 0, 0, "right")
            + style(165, 0, 0, "right")
            + style(166, 0, 0, "left")
            + "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
            + "</styleSheet>";

    static final String RELATIONS = XML + "<Relationships xmlns=\"" + PACKAGE + "relationships\">"
            + "<Relationship Id=\"rId1\" Type=\"" + OFFICE + "/officeDocument\" Target=\"xl/workbook.xml\"/>"
            + "<Relationship Id=\"rId2\" Type=\"" + PACKAGE
            + "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";

    private XlsxParts() {}

    private static String style(int format, int font, int fill, String alignment) {
        return "<xf numFmtId=\"" + format + "\" fontId=\"" + font + "\" fillId=\"" + fill
                + "\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\""
                + " applyAlignment=\"1\"><alignment horizontal=\"" + alignment + "\"/></xf>";
    }

    /** A, B, ... Z, AA for 0, 1, ... 25, 26. */
    static String letters(int column) {
        String last = String.valueOf((char) ('A' + column % 26));
        return column < 26 ? last : letters(column / 26 - 1) + last;
    }

    /** The list of sheets; programs want a name for the range of each filter. */
    static String workbook(List<String> sheets, List<String> filters) {
        StringBuilder text = new StringBuilder(XML)
                .append("<workbook xmlns=\"")
                .append(MAIN)
                .append("\" xmlns:r=\"")
                .append(OFFICE)
                .append("\"><bookViews><workbookView/></bookViews><sheets>");
        for (int index = 0; index < sheets.size(); index++) {
            int number = index + 1;
            text.append("<sheet name=\"")
                    .append(sheets.get(index))
                    .append("\" sheetId=\"")
                    .append(number);
            text.append("\" r:id=\"rId").append(number).append("\"/>");
        }
        text.append("</sheets><definedNames>");
        for (int index = 0; index < sheets.size(); index++) {
            text.append("<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"")
                    .append(index);
            text.append("\" hidden=\"1\">'").append(sheets.get(index)).append("'!");
            text.append(filters.get(index)).append("</definedName>");
        }
        return text.append("</definedNames></workbook>").toString();
    }

    static String workbookRelations(int sheets) {
        StringBuilder text = new StringBuilder(XML)
                .append("<Relationships xmlns=\"")
                .append(PACKAGE)
                .append("relationships\">");
        for (int number = 1; number <= sheets; number++) {
            text.append("<Relationship Id=\"rId")
                    .append(number)
                    .append("\" Type=\"")
                    .append(OFFICE);
            text.append("/worksheet\" Target=\"worksheets/sheet").append(number).append(".xml\"/>");
        }
        text.append("<Relationship Id=\"rId")
                .append(sheets + 1)
                .append("\" Type=\"")
                .append(OFFICE);
        return text.append("/styles\" Target=\"styles.xml\"/></Relationships>").toString();
    }

    static String contentTypes(int sheets) {
        StringBuilder text = new StringBuilder(XML)
                .append("<Types xmlns=\"")
                .append(PACKAGE)
                .append("content-types\"><Default Extension=\"rels\" ContentType=\"")
                .append("application/vnd.openxmlformats-package.relationships+xml\"/>")
                .append("<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
        type(text, "/xl/workbook.xml", SHEET_TYPE + "sheet.main+xml");
        type(text, "/xl/styles.xml", SHEET_TYPE + "styles+xml");
        for (int number = 1; number <= sheets; number++) {
            type(text, "/xl/worksheets/sheet" + number + ".xml", SHEET_TYPE + "worksheet+xml");
        }
        type(text, "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        return text.append("</Types>").toString();
    }

    private static void type(StringBuilder text, String part, String type) {
        text.append("<Override PartName=\"").append(part).append("\" ContentType=\"");
        text.append(type).append("\"/>");
    }

    static String properties(String title, LocalDate date) {
        return XML + "<cp:coreProperties xmlns:cp=\"" + PACKAGE + "metadata/core-properties\""
                + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
                + "<dc:title>" + title + "</dc:title><dc:creator>Saldo</dc:creator>"
                + "<dcterms:created xsi:type=\"dcterms:W3CDTF\">" + date + "T00:00:00Z</dcterms:created>"
                + "</cp:coreProperties>";
    }
}
