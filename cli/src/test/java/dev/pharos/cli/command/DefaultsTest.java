// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefaultsTest {
    @Test
    void the_demo_reads_what_it_shares_with_its_server_in_either_spelling() {
        assertThat(DemoCommand.valueOf("--endpoint-id", List.of("--http", "0", "--endpoint-id", "self::mine")))
                .contains("self::mine");
        assertThat(DemoCommand.valueOf("--endpoint-id", List.of("--endpoint-id=self::mine", "--http", "0")))
                .contains("self::mine");
        assertThat(DemoCommand.valueOf("--data", List.of("--data=/tmp/a=b"))).contains("/tmp/a=b");
        assertThat(DemoCommand.valueOf("--data", List.of("--database", "x", "--data")))
                .isEmpty();
        assertThat(DemoCommand.valueOf("--data", List.of("--database=x"))).isEmpty();
    }

    @Test
    void agents_whose_ids_differ_have_folders_of_their_own() {
        List<String> names = Stream.of(
                        "proto::a%2Fb", "proto::a_2Fb", "proto::a%252Fb", "proto::a%5Fb", "proto::a_b", "proto:_:a_b")
                .map(EndpointId::of)
                .map(AgentProgram::folderName)
                .toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[A-Za-z0-9._%*-]+"));
        assertThat(AgentProgram.folderName(EndpointId.of("proto::this-host"))).isEqualTo("proto%3A%3Athis-host");
    }
}
