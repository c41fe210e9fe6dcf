// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.ExitStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `pharos plan`: what profiles would change.
@Command(
        name = "plan",
        description = "Says what profiles would change on which devices, from what is known of them. No device is asked"
                + " and nothing is done. Ends with 1 where profiles contradict each other.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos plan -f profile.yaml",
            "  pharos plan -f profile.yaml --json",
            "  cat base.yaml wifi.yaml | pharos plan -f -          profiles have --- between them",
            "",
            "What a profile is: docs/profiles.md."
        })
public final class PlanCommand extends ServerCommand implements Callable<Integer> {
    static final String PROFILES = "/profiles";
    static final String YAML = "application/yaml";

    @Option(names = "-f", required = true, paramLabel = "FILE", description = "Profiles in YAML or JSON; - for input.")
    private String file = "";

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        PrintWriter out = out();
        JsonNode plan = client().post(PROFILES + "/plan", YAML, ProfileOption.text(file));
        if (json()) {
            out.println(Json.text(plan));
        } else {
            PlanText.print(plan, out);
        }
        out.flush();
        return PlanText.isContradictory(plan) ? ExitStatus.DENIED : 0;
    }
}
