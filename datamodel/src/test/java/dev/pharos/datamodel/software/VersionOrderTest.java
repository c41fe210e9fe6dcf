// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.software;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class VersionOrderTest {
    @Test
    void versions_come_in_the_order_in_which_they_were_made() {
        List<String> ordered = List.of("0.9", "1.0-alpha", "1.0-rc1", "1.0-rc2", "1.0", "1.0.1", "1.2", "1.10", "2");
        List<String> mixed = new ArrayList<>(ordered);
        Collections.shuffle(mixed, new Random(7));
        mixed.sort(VersionOrder.NATURAL);
        assertThat(mixed).isEqualTo(ordered);
        assertThat(VersionOrder.NATURAL.compare("1.02", "1.2")).isZero();
    }
}
