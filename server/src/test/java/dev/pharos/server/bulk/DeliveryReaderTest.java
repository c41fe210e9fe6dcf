// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.controller.twin.DeviceReport;
import dev.pharos.server.bulk.DeliveryReader.Form;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reports as they may come, and what is none.
class DeliveryReaderTest {
    private static final Form JSON = new Form(false, false, false);
    private static final Form COLUMNS = new Form(true, false, false);
    private static final Form ROWS = new Form(true, true, false);

    private static List<DeviceReport> read(String text, Form form) throws Exception {
        return DeliveryReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), form, () -> {});
    }

    @Test
    void pairs_and_hierarchies_are_the_same_and_times_are_of_any_kind() throws Exception {
        assertThat(read("""
                        {"Report":[{"CollectionTime":1364529149000,"Device.A.1.B":1,"Device.C":"x \\"y\\""},
                        {"CollectionTime":1364529149,"Device":{"A":{"1":{"B":true}},"C":null,"D":-1.5}},
                        {"CollectionTime":"2013-03-29T03:52:29Z","A.CollectionTime":"no"},{}]}""", JSON))
                .containsExactly(
                        new DeviceReport(
                                Optional.of(Instant.parse("2013-03-29T03:52:29Z")),
                                Map.of("Device.A.1.B", "1", "Device.C", "x \"y\"")),
                        new DeviceReport(
                                Optional.of(Instant.parse("2013-03-29T03:52:29Z")),
                                Map.of("Device.A.1.B", "true", "Device.D", "-1.5")),
                        new DeviceReport(
                                Optional.of(Instant.parse("2013-03-29T03:52:29Z")), Map.of("A.CollectionTime", "no")),
                        new DeviceReport(Optional.empty(), Map.of()));
    }

    @Test
    void csv_has_a_report_in_each_row_or_in_the_rows_of_a_time() throws Exception {
        List<DeviceReport> both = List.of(
                new DeviceReport(Optional.of(Instant.ofEpochSecond(1_364_529_149)), Map.of("a", "1,2", "b", "x")),
                new DeviceReport(Optional.of(Instant.ofEpochSecond(1_364_529_150)), Map.of("a", "\"")));
        assertThat(read("ReportTimestamp,a,b\r\n1364529149,\"1,2\",x\r\n1364529150,\"\"\"\",\r\n", COLUMNS))
                .isEqualTo(both);
        assertThat(read("""
                        ReportTimestamp,ParameterName,ParameterValue,ParameterType
                        1364529149,a,"1,2",string
                        1364529149,b,x,string
                        1364529150,a,\"""\",string""", ROWS)).isEqualTo(both);
        assertThat(read("a\nline\n", COLUMNS)).containsExactly(new DeviceReport(Optional.empty(), Map.of("a", "line")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            [] ~ no JSON object
            {} ~ has no Report
            {"Report":1} ~ no array
            {"Report":[1]} ~ something else than objects
            {"Report":[{"a":[1]}]} ~ values and objects only
            {"Report":[{"a":1}],"b":2} ~ beside Report
            {"Report":[]} {} ~ behind it
            {"Report":[{"CollectionTime":"noon"}]} ~ none: noon
            {"Report":[{"a" ~ no JSON
            {"Report":[{"":1}]} ~ no name""")
    void json_that_is_no_report_is_refused_with_the_reason(String text, String reason) {
        assertThatThrownBy(() -> read(text, JSON))
                .isInstanceOf(MalformedReportException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            `` ~ no header line
            a,b|1 ~ 1 fields, and the header line 2
            a|"b ~ does not end
            a|"b"c ~ behind its quotation mark
            ReportTimestamp,a|later,1 ~ none: later""")
    void csv_that_is_no_report_is_refused_with_the_reason(String text, String reason) {
        assertThatThrownBy(() -> read(text.replace('|', '\n'), COLUMNS))
                .isInstanceOf(MalformedReportException.class)
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> read("a,b,c\n1,2,3\n", ROWS))
                .isInstanceOf(MalformedReportException.class)
                .hasMessageContaining("ParameterName,ParameterValue,ParameterType");
    }

    @Test
    void what_nests_or_holds_too_much_is_refused() {
        assertThatThrownBy(() -> read("{\"Report\":[" + "{\"a\":".repeat(Limits.DEPTH + 2), JSON))
                .hasMessageContaining("too deeply");
        assertThatThrownBy(() -> read("{\"Report\":[{" + "\"a\":1,".repeat(Limits.VALUES + 1) + "\"b\":1}]}", JSON))
                .hasMessageContaining("more than " + Limits.VALUES);
        assertThatThrownBy(() -> read(",".repeat(Limits.VALUES + 1), COLUMNS))
                .hasMessageContaining("more than " + Limits.VALUES);
        assertThatThrownBy(() -> read("x".repeat(Limits.DELIVERY_BYTES + 1), COLUMNS))
                .isInstanceOf(DeliveryReader.TooLargeException.class);
    }

    @Test
    void a_small_delivery_that_grows_without_end_and_one_that_is_cut_off_are_refused() throws IOException {
        byte[] bomb = compressed(new byte[Limits.REPORT_BYTES + 1]);
        assertThat(bomb.length).isLessThan(100_000);
        Form gzip = new Form(false, false, true);
        assertThatThrownBy(() -> DeliveryReader.read(new ByteArrayInputStream(bomb), gzip, () -> {}))
                .isInstanceOf(DeliveryReader.TooLargeException.class);
        byte[] half = java.util.Arrays.copyOf(compressed(new byte[1000]), 20);
        for (byte[] broken : List.of(half, "plain".getBytes(StandardCharsets.UTF_8), new byte[0])) {
            assertThatThrownBy(() -> DeliveryReader.read(new ByteArrayInputStream(broken), gzip, () -> {}))
                    .isInstanceOf(MalformedReportException.class);
        }
        assertThatThrownBy(() ->
                        DeliveryReader.read(new ByteArrayInputStream(new byte[] {(byte) 0xC0}), COLUMNS, () -> {}))
                .hasMessageContaining("UTF-8");
    }

    private static byte[] compressed(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
