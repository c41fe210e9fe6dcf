// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.rest.json.JobResult;
import dev.pharos.server.rest.json.JobTargets.Target;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobCsvTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /// A device writes its values itself, and somebody opens them in a spreadsheet.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            =HYPERLINK("http://x")  | "'=HYPERLINK(""http://x"")"
            +1+cmd                  | '+1+cmd
            @SUM(A1)                | '@SUM(A1)
            -2+3                    | '-2+3
            -61                     | -61
            +49.5                   | +49.5
            Net, work               | "Net, work"
            "hi", they say          | \"""hi"", they say"
            plain                   | plain
            """)
    void a_cell_is_text_or_a_number_and_never_a_formula(String value, String cell) {
        assertThat(JobCsv.cell(value)).isEqualTo(cell);
    }

    @Test
    void control_characters_that_hide_a_formula_are_no_way_in() {
        assertThat(JobCsv.cell("\t=1")).isEqualTo("'\t=1");
        assertThat(JobCsv.cell("\r=1")).isEqualTo("\"'\r=1\"");
        assertThat(JobCsv.cell("a\nb")).isEqualTo("\"a\nb\"");
    }

    @Test
    void there_is_a_line_for_each_value_and_one_for_a_device_without_any() throws IOException {
        StringWriter out = new StringWriter();
        JobCsv csv = new JobCsv(out);
        csv.header();
        csv.target(new Target(
                "proto::a",
                "done",
                "",
                null,
                1,
                1,
                NOW,
                List.of(
                        new JobResult(1, "Device.A", "1", null, null),
                        new JobResult(1, "Device.B", null, 7026, "no such path"))));
        csv.target(new Target("proto::b", "offline", "it is done when it returns", null, 0, 0, NOW, List.of()));
        assertThat(out.toString().split("\r\n"))
                .containsExactly(
                        "device,state,detail,changed,step,path,value,errCode,errMsg",
                        "proto::a,done,,2026-01-01T00:00:00Z,1,Device.A,1,,",
                        "proto::a,done,,2026-01-01T00:00:00Z,1,Device.B,,7026,no such path",
                        "proto::b,offline,it is done when it returns,2026-01-01T00:00:00Z,,,,,");
    }
}
