// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

final class QueryFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void a_query_is_read_or_refused_at_a_place_within_it(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            requireSound(QueryParser.parse(text));
        } catch (QueryException refused) {
            assertThat(refused.position()).isBetween(0, text.length());
            assertThat(refused.reason()).isNotEmpty();
        }
    }

    /// What a store does with a path must never fail.
    private static void requireSound(Condition condition) {
        switch (condition) {
            case Condition.All all -> all.conditions().forEach(QueryFuzzTest::requireSound);
            case Condition.Any any -> any.conditions().forEach(QueryFuzzTest::requireSound);
            case Condition.Not not -> requireSound(not.condition());
            case Condition.ParameterIs parameter -> {
                String one = parameter.path().object().replace("*", "7");
                assertThat(Pattern.compile(parameter.path().expression())
                                .matcher(one)
                                .matches())
                        .isTrue();
                assertThat(one).startsWith(parameter.path().prefix());
            }
            case Condition.Word ignored -> {}
            case Condition.TextIs ignored -> {}
            case Condition.FlagIs ignored -> {}
            case Condition.TimeIs ignored -> {}
            case Condition.HealthIs ignored -> {}
            case Condition.Tagged ignored -> {}
            case Condition.InGroup ignored -> {}
        }
    }
}
