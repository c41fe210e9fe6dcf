// SPDX-License-Identifier: Apache-2.0
package dev.pharos.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RequirementReportTest {

    @Test
    void of_402_requirements_369_are_live() {
        List<UspRequirement> all = UspRequirement.all();
        assertThat(all).hasSize(402);
        assertThat(all.stream().filter(UspRequirement::isLive)).hasSize(369);
    }

    @Test
    void ids_are_unique() {
        assertThat(UspRequirement.all().stream().map(UspRequirement::id)).doesNotHaveDuplicates();
    }

    @Test
    void a_tagged_test_proves_its_requirement_and_an_unknown_id_is_named() {
        RequirementReport report = new RequirementReport(
                UspRequirement.all(),
                Map.of(
                        "R-GET.0",
                        new TreeSet<>(List.of("GetTest.x")),
                        "R-NONE.1",
                        new TreeSet<>(List.of("GetTest.y"))));
        assertThat(report.proven()).extracting(UspRequirement::id).containsExactly("R-GET.0");
        assertThat(report.unknownIds()).containsExactly("R-NONE.1");
        assertThat(report.json()).startsWith("{\"live\":369,\"proven\":1,\"open\":[{\"id\":\"R-ARC.0\"");
        assertThat(report.markdown()).contains("`GetTest.x`");
    }
}
