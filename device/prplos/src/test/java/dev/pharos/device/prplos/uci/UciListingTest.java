// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.usp.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where things stand in a file.
class UciListingTest {
    private static UciListing listing(String text) throws MalformedInputException {
        return UciListing.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void each_section_and_option_has_the_line_where_it_stands() throws MalformedInputException {
        UciListing read = listing("""
                # who we are
                config usp
                \toption usp 'two
                lines'
                \tlist also 'a'

                \tlist also 'b'; option last x
                config t 'named'
                """);

        assertThat(read.sections())
                .containsExactly(
                        new UciListing.Section(
                                "usp",
                                "",
                                2,
                                List.of(
                                        new UciListing.Entry("usp", new UciValue.Text("two\nlines"), 3),
                                        new UciListing.Entry("also", new UciValue.Items(List.of("a", "b")), 7),
                                        new UciListing.Entry("last", new UciValue.Text("x"), 7))),
                        new UciListing.Section("t", "named", 8, List.of()));
    }

    @Test
    void a_section_that_goes_on_further_below_stands_where_it_began() throws MalformedInputException {
        assertThat(listing("config t s\noption t 1\nconfig t s\noption b 2\noption b 3")
                        .sections())
                .containsExactly(new UciListing.Section(
                        "t",
                        "s",
                        1,
                        List.of(
                                new UciListing.Entry("t", new UciValue.Text("1"), 2),
                                new UciListing.Entry("b", new UciValue.Text("3"), 5))));
    }

    @Test
    void a_half_written_file_is_refused_with_its_line() {
        assertThatExceptionOfType(MalformedInputException.class)
                .isThrownBy(() -> listing("config usp\n\toption endpoint_id 'prplos::rou"))
                .satisfies(refused -> assertThat(refused.detail()).startsWith("uci: line 2, column 21: "));
        assertThatExceptionOfType(MalformedInputException.class)
                .isThrownBy(() -> UciListing.parse(new byte[Limits.FILE_BYTES + 1]))
                .satisfies(refused -> assertThat(refused.detail()).contains("larger than"));
    }
}
