// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos tenants`: who shares the server.
@Command(
        name = "tenants",
        description = "Lists the tenants of the server, makes one, suspends or removes one, or gives it a device.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "It takes an administrator of the tenant main; docs/tenants.md says what is whose.",
            "",
            "Examples:",
            "  pharos tenants",
            "  pharos tenants brand --make bea                a new one; bea looks after it, with a password shown once",
            "  pharos tenants brand --device os::00256D-7     gives it a device, with all that is known of that",
            "  pharos tenants brand --suspend                 until --resume; its devices go on",
            "  pharos tenants brand --delete brand            with everything that it has, once it is suspended"
        })
public final class TenantsCommand extends ServerCommand implements Callable<Integer> {
    private static final String TENANTS = "/tenants";

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Of the tenant.")
    private @Nullable String name;

    @Option(names = "--make", paramLabel = "PERSON", description = "A new tenant, and who looks after it.")
    private @Nullable String administrator;

    @Option(names = "--device", paramLabel = "ID", description = "Give it this device.")
    private @Nullable String device;

    @Option(names = "--suspend", description = "Its people and tokens are not let in.")
    private boolean suspend;

    @Option(names = "--resume", description = "They are let in again.")
    private boolean resume;

    @Option(
            names = "--delete",
            paramLabel = "NAME",
            description = "Remove it with everything that it has; its name once more says that this is meant.")
    private @Nullable String delete;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        int kinds = (administrator == null ? 0 : 1)
                + (device == null ? 0 : 1)
                + (suspend ? 1 : 0)
                + (resume ? 1 : 0)
                + (delete == null ? 0 : 1);
        if (name == null && kinds > 0) {
            throw new WrongUsageException("which tenant? The NAME is missing");
        }
        if (kinds > 1) {
            throw new WrongUsageException("--make, --device, --suspend, --resume and --delete stand alone");
        }
        RestClient client = client();
        if (name == null) {
            list(client.get(TENANTS));
        } else {
            change(client, name);
        }
        return 0;
    }

    private void change(RestClient client, String called) throws DeniedException, UnreachableException {
        String path = TENANTS + "/" + RestClient.segment(called);
        if (administrator != null) {
            JsonNode made =
                    client.post(TENANTS, Json.object().put("name", called).put("administrator", administrator));
            print(
                    made,
                    "made " + called + "; " + Terminal.safe(administrator) + " signs in to it with the password "
                            + made.path("password").asString("") + " and must change it");
        } else if (device != null) {
            client.put(path + "/devices/" + RestClient.segment(device), Json.object());
            print(Json.object().put("device", device).put("tenant", called), device + " belongs to " + called);
        } else if (suspend || resume) {
            JsonNode changed = client.put(path, Json.object().put("state", suspend ? "suspended" : "active"));
            print(changed, line(changed));
        } else if (delete != null) {
            client.delete(path + "?confirm=" + RestClient.segment(delete));
            print(Json.object().put("deleted", called), "deleted " + called);
        } else {
            for (JsonNode tenant : client.get(TENANTS).path("items")) {
                if (tenant.path("name").asString("").equals(called)) {
                    print(tenant, line(tenant));
                    return;
                }
            }
            throw new DeniedException(List.of("there is no tenant " + called));
        }
    }

    private void list(JsonNode page) {
        StringBuilder lines = new StringBuilder();
        page.path("items")
                .forEach(tenant -> lines.append(lines.isEmpty() ? "" : System.lineSeparator())
                        .append(line(tenant)));
        print(page, lines.toString());
    }

    private static String line(JsonNode tenant) {
        return String.format(
                Locale.ROOT,
                "%-20s %-10s %,d devices, %,d people",
                Terminal.safe(tenant.path("name").asString("")),
                tenant.path("state").asString(""),
                tenant.path("devices").asLong(0),
                tenant.path("people").asLong(0));
    }
}
