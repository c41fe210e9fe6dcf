// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cli.terminal.WrongUsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class CampaignBodyOptionsTest {
    private static JsonNode body(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--name", "spring", "--firmware", "3", "--waves", "1%, 10% ,rest"));
        arguments.addAll(Arrays.asList(more));
        return CommandLine.populateCommand(new CampaignBodyOptions(), arguments.toArray(String[]::new))
                .body();
    }

    @Test
    void what_is_said_becomes_the_body_and_nothing_else_does() {
        assertThat(body("--query", ""))
                .hasToString("{\"name\":\"spring\",\"firmware\":3,\"query\":\"\",\"waves\":[\"1%\",\"10%\",\"rest\"]}");
        assertThat(body(
                        "--device",
                        "os::1",
                        "--soak",
                        "2h",
                        "--no-approval",
                        "--gate",
                        "Boot! rises 1",
                        "--gate-unknown",
                        "stop",
                        "--window",
                        "01:00-05:00",
                        "--days",
                        "mon,tue"))
                .hasToString(
                        "{\"name\":\"spring\",\"firmware\":3,\"devices\":[\"os::1\"],\"waves\":[\"1%\",\"10%\",\"rest\"],"
                                + "\"soakSeconds\":7200,\"approval\":false,\"window\":{\"from\":\"01:00\",\"to\":\"05:00\",\"days\":"
                                + "[\"mon\",\"tue\"]},\"gate\":{\"measures\":[\"Boot! rises 1\"],\"unknown\":\"stop\"}}");
    }

    @Test
    void a_module_takes_the_place_of_an_image() {
        List<String> said =
                List.of("--name=s", "--query=", "--waves=rest", "--module=7", "--action=update", "--module-data=drop");
        assertThat(CommandLine.populateCommand(new CampaignBodyOptions(), said.toArray(String[]::new))
                        .body())
                .hasToString(
                        "{\"name\":\"s\",\"module\":{\"id\":7,\"action\":\"update\",\"keepData\":false},\"query\":\"\","
                                + "\"waves\":[\"rest\"]}");
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "90s, 90", "30m, 1800", "1h, 3600", "3d, 259200"})
    void times_are_seconds_minutes_hours_or_days(String text, int seconds) {
        assertThat(body("--query", "", "--patience", text)
                        .get("patienceSeconds")
                        .asInt())
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "--soak=soon, which devices",
        "--query= --device=a, which devices",
        "--query= --soak=soon, --soak looks like",
        "--query= --days=mon, go with --window",
        "--query= --gate-devices=4, go with --gate",
        "--query= --migrate, what with them",
        "--query= --keep-cwmp, go with --migrate",
        "--query= --module=7, what with them",
        "--query= --action=update, go with --module",
        "--query= --module-data=keep, go with --module"
    })
    void what_does_not_go_together_is_said(String arguments, String why) {
        assertThatThrownBy(() -> body(arguments.split(" ")))
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining(why);
    }
}
