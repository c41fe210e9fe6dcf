// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import dev.pharos.controller.twin.DeviceReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// Reads reports in JSON, pairs and hierarchies alike: objects that nest are steps of names. Nothing is kept of what is
/// not a value.
final class JsonReportReader {
    private static final String TIME = "CollectionTime";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ReportDraft.Budget budget = new ReportDraft.Budget();

    List<DeviceReport> read(byte[] text) throws MalformedReportException {
        try (JsonParser parser = JSON.createParser(text)) {
            List<DeviceReport> reports = new ArrayList<>();
            expect(parser.nextToken() == JsonToken.START_OBJECT, "it is no JSON object");
            expect(
                    parser.nextToken() == JsonToken.PROPERTY_NAME
                            && parser.currentName().equals("Report"),
                    "it has no Report");
            expect(parser.nextToken() == JsonToken.START_ARRAY, "Report is no array");
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                reports.add(report(parser));
            }
            expect(parser.currentToken() == JsonToken.END_ARRAY, "Report holds something else than objects");
            expect(parser.nextToken() == JsonToken.END_OBJECT, "there is something beside Report");
            expect(parser.nextToken() == null, "there is something behind it");
            return reports;
        } catch (JacksonException wrong) {
            throw new MalformedReportException("it is no JSON: " + wrong.getOriginalMessage() + " in line "
                    + wrong.getLocation().getLineNr() + ", column "
                    + wrong.getLocation().getColumnNr());
        }
    }

    private DeviceReport report(JsonParser parser) throws MalformedReportException {
        ReportDraft draft = new ReportDraft(budget);
        Deque<String> steps = new ArrayDeque<>();
        while (true) {
            switch (parser.nextToken()) {
                case PROPERTY_NAME -> steps.addLast(parser.currentName());
                case START_OBJECT -> expect(steps.size() < Limits.DEPTH, "it nests too deeply");
                case END_OBJECT -> {
                    if (steps.isEmpty()) {
                        return draft.made();
                    }
                    steps.removeLast();
                }
                case VALUE_NULL -> steps.removeLast();
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> {
                    String value = parser.getString();
                    if (steps.size() == 1 && steps.element().equals(TIME)) {
                        draft.collected(value);
                    } else {
                        draft.add(String.join(".", steps), value);
                    }
                    steps.removeLast();
                }
                case START_ARRAY, END_ARRAY, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new MalformedReportException("a report holds values and objects only");
                case null -> throw new MalformedReportException("it ends too early");
            }
        }
    }

    private static void expect(boolean met, String otherwise) throws MalformedReportException {
        if (!met) {
            throw new MalformedReportException(otherwise);
        }
    }
}
