// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.software;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

final class UnitUuidTest {
    /// Computed by another implementation of RFC 4122.
    @Test
    void it_is_what_any_controller_comes_to() {
        assertThat(UnitUuid.of("sample1", "broadband-forum.org")).hasToString("fe2d23bd-dd02-51b8-af04-f5c18b2b0aa6");
        assertThat(UnitUuid.of("sample.1", "broadband-forum.org"))
                .as("the annex has %2e for the dot")
                .hasToString("0fbf4583-efd7-51b6-8483-7b347f4b521d");
    }

    @Test
    void only_version_5_counts() {
        assertThat(UnitUuid.isOne("fe2d23bd-dd02-51b8-af04-f5c18b2b0aa6")).isTrue();
        assertThat(UnitUuid.isOne("fe2d23bd-dd02-51b8-af04-f5c18b2b0aa6".toUpperCase(Locale.ROOT)))
                .isTrue();
        assertThat(UnitUuid.isOne("6ba7b810-9dad-11d1-80b4-00c04fd430c8")).isFalse();
        assertThat(UnitUuid.isOne("")).isFalse();
    }
}
