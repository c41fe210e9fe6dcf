// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private final Map<String, String> saved = new HashMap<>();

    private static Condition parse(String query) {
        try {
            return QueryParser.parse(query);
        } catch (QueryException wrong) {
            throw new AssertionError(query, wrong);
        }
    }

    private Condition resolve(String query) throws UnresolvedGroupException {
        return Groups.resolve(
                parse(query), name -> Optional.ofNullable(saved.get(name)).map(GroupsTest::parse));
    }

    @Test
    void a_group_is_its_query_wherever_it_stands_also_within_another() throws Exception {
        saved.put("lab", "tag:lab");
        saved.put("not lab", "not group:lab and online:true");

        assertThat(resolve("group:lab or model = X")).isEqualTo(parse("tag:lab or model = X"));
        assertThat(resolve("group != lab")).isEqualTo(parse("not tag:lab"));
        assertThat(resolve("group:\"not lab\"")).isEqualTo(parse("not tag:lab and online:true"));
        assertThat(Groups.named(parse("group:a (group:b or not group:c) model = X")))
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void a_group_that_is_not_there_or_made_of_itself_is_said_to_be_so() {
        saved.put("a", "group:b");
        saved.put("b", "online:true or group:a");

        assertThatThrownBy(() -> resolve("group:pilot"))
                .isInstanceOfSatisfying(
                        UnresolvedGroupException.class,
                        wrong -> assertThat(wrong.reason()).isEqualTo("there is no group \"pilot\""));
        assertThatThrownBy(() -> resolve("group:a"))
                .isInstanceOfSatisfying(
                        UnresolvedGroupException.class,
                        wrong -> assertThat(wrong.reason()).isEqualTo("the group \"a\" is made of itself"));
    }

    @Test
    void groups_of_groups_do_not_become_a_query_without_end() {
        saved.put("g0", "online:true");
        for (int i = 1; i <= 20; i++) {
            saved.put("g" + i, "group:g" + (i - 1) + " or group:g" + (i - 1));
        }

        assertThatThrownBy(() -> resolve("group:g20"))
                .isInstanceOf(UnresolvedGroupException.class)
                .hasMessageContaining("conditions together");
    }
}
