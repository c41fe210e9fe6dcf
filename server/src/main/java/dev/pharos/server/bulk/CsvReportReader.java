// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import dev.pharos.controller.twin.DeviceReport;
import java.util.ArrayList;
import java.util.List;

/// Reads reports in CSV (RFC 4180, with commas and quotation marks), beneath one header line. An interval without a
/// value has an empty field, so that empty fields say nothing.
final class CsvReportReader {
    private static final String TIME = "ReportTimestamp";
    private static final List<String> ROW = List.of("ParameterName", "ParameterValue", "ParameterType");

    private final ReportDraft.Budget budget = new ReportDraft.Budget();
    private final String text;
    private int at;

    CsvReportReader(String text) {
        this.text = text;
    }

    /// @param perRow whether each parameter has a row of its own
    List<DeviceReport> read(boolean perRow) throws MalformedReportException {
        List<String> header = record();
        if (header.isEmpty()) {
            throw new MalformedReportException("there is no header line");
        }
        boolean timed = header.getFirst().equals(TIME);
        List<String> names = timed ? header.subList(1, header.size()) : header;
        if (perRow && !names.equals(ROW)) {
            throw new MalformedReportException(
                    "the header line must be " + String.join(",", ROW) + ", perhaps with " + TIME + " before it");
        }
        return perRow ? rows(timed) : columns(timed, names);
    }

    /// Rows of the same time are one report.
    private List<DeviceReport> rows(boolean timed) throws MalformedReportException {
        List<DeviceReport> reports = new ArrayList<>();
        ReportDraft draft = new ReportDraft(budget);
        String last = "";
        for (List<String> row = record(); !row.isEmpty(); row = record()) {
            List<String> fields = fields(row, timed, ROW.size());
            String when = timed ? row.getFirst() : "";
            if (!when.equals(last) && !draft.isEmpty()) {
                reports.add(draft.made());
                draft = new ReportDraft(budget);
            }
            last = when;
            if (timed) {
                draft.collected(when);
            }
            draft.add(fields.get(0), fields.get(1));
        }
        if (!draft.isEmpty()) {
            reports.add(draft.made());
        }
        return reports;
    }

    private List<DeviceReport> columns(boolean timed, List<String> names) throws MalformedReportException {
        List<DeviceReport> reports = new ArrayList<>();
        for (List<String> row = record(); !row.isEmpty(); row = record()) {
            List<String> fields = fields(row, timed, names.size());
            ReportDraft draft = new ReportDraft(budget);
            if (timed) {
                draft.collected(row.getFirst());
            }
            for (int i = 0; i < names.size(); i++) {
                if (!fields.get(i).isEmpty()) {
                    draft.add(names.get(i), fields.get(i));
                }
            }
            reports.add(draft.made());
        }
        return reports;
    }

    private static List<String> fields(List<String> row, boolean timed, int wanted) throws MalformedReportException {
        List<String> fields = timed ? row.subList(1, row.size()) : row;
        if (fields.size() != wanted) {
            throw new MalformedReportException(
                    "a row has " + row.size() + " fields, and the header line " + (timed ? wanted + 1 : wanted));
        }
        return fields;
    }

    /// The next record; empty at the end.
    private List<String> record() throws MalformedReportException {
        List<String> fields = new ArrayList<>();
        if (at >= text.length()) {
            return fields;
        }
        while (true) {
            fields.add(field());
            if (fields.size() > Limits.VALUES) {
                throw new MalformedReportException("there are more than " + Limits.VALUES + " values");
            }
            if (at >= text.length()) {
                return fields;
            }
            char end = text.charAt(at++);
            if (end == ',') {
                continue;
            }
            if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                at++;
            } else if (end != '\n') {
                throw new MalformedReportException("a quoted field goes on behind its quotation mark");
            }
            return fields;
        }
    }

    private String field() throws MalformedReportException {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int start = at;
        while (at < text.length() && ",\n".indexOf(text.charAt(at)) < 0 && !isLineEnd()) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean isLineEnd() {
        return text.startsWith("\r\n", at);
    }

    private String quoted() throws MalformedReportException {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            int end = text.indexOf('"', at);
            if (end < 0) {
                throw new MalformedReportException("a quoted field does not end");
            }
            value.append(text, at, end);
            at = end + 1;
            if (at >= text.length() || text.charAt(at) != '"') {
                return value.toString();
            }
            value.append('"');
            at++;
        }
    }
}
