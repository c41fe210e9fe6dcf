// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rest.json.JobResult;
import dev.pharos.server.rest.json.JobTargets.Target;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What became of a job as CSV (RFC 4180), a line for each value of each device, or one for a device without any. What
/// a spreadsheet would take for a formula, which a device may have written, stands behind an apostrophe.
final class JobCsv {
    private static final String HEADER = "device,state,detail,changed,step,path,value,errCode,errMsg";
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(?:\\.[0-9]+)?");
    private static final String FORMULA = "=+-@\t\r\n";

    private final Writer out;

    JobCsv(Writer out) {
        this.out = out;
    }

    void header() throws IOException {
        out.write(HEADER + "\r\n");
    }

    void target(Target target) throws IOException {
        if (target.results().isEmpty()) {
            line(target, null);
        }
        for (JobResult result : target.results()) {
            line(target, result);
        }
    }

    private void line(Target target, @Nullable JobResult result) throws IOException {
        List<Object> cells = result == null
                ? List.of("", "", "", "", "")
                : List.of(result.step(), result.path(), or(result.value()), or(result.errCode()), or(result.errMsg()));
        out.write(row(
                target.device(),
                target.state(),
                target.detail(),
                target.changed(),
                cells.get(0),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                cells.get(4)));
    }

    /// A line of such a file.
    static String row(@Nullable Object... cells) {
        return Arrays.stream(cells).map(cell -> cell(or(cell).toString())).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static Object or(@Nullable Object value) {
        return value == null ? "" : value;
    }

    static String cell(String text) {
        boolean formula = !text.isEmpty()
                && FORMULA.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        String safe = formula ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
