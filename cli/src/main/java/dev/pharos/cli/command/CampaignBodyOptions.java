// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import dev.pharos.cli.terminal.WrongUsageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// What a campaign is to be.
final class CampaignBodyOptions {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,7})(s|m|h|d)?");

    @Option(names = "--name", paramLabel = "TEXT", required = true, description = "For people.")
    private String name = "";

    @Option(names = "--query", paramLabel = "QUERY", description = "Which devices: see docs/query.md; '' for all.")
    private @Nullable String query;

    @Option(names = "--device", paramLabel = "ID", description = "One device by its id; as often as you like.")
    private List<String> devices = new ArrayList<>();

    @Option(names = "--firmware", paramLabel = "IMAGE", description = "The number of the image that they are to run.")
    private @Nullable Long firmware;

    @Option(
            names = "--module",
            paramLabel = "MODULE",
            description = "A software module of the catalogue, by its number.")
    private @Nullable Long module;

    @Option(
            names = "--action",
            paramLabel = "WHAT",
            description =
                    "What is done with the module: install (default; an older version is updated), update or uninstall.")
    private @Nullable String action;

    @Option(
            names = "--module-data",
            paramLabel = "WHAT",
            description =
                    "What the module has stored on the device: keep or drop (default: keep, but drop with uninstall).")
    private @Nullable String moduleData;

    @Option(names = "--migrate", description = "Move them from TR-069 to USP, in place of an image.")
    private boolean migrate;

    @Mixin
    private CrossingOptions crossing = new CrossingOptions();

    @Option(
            names = "--waves",
            paramLabel = "SIZES",
            required = true,
            description = "Numbers of devices or shares, the last of which is \"rest\": '1%%, 10%%, rest'.")
    private String waves = "";

    @Option(
            names = "--success",
            paramLabel = "PERCENT",
            description =
                    "So many of a wave's devices that were there must run the image, or be moved, before the next (default: 95).")
    private @Nullable Integer success;

    @Option(
            names = "--stop-at",
            paramLabel = "FAILURES",
            description =
                    "So many failures in a wave stop it at once: a number, or a share such as 5%% (default: 5%%).")
    private @Nullable String stopAt;

    @Option(names = "--soak", paramLabel = "TIME", description = "Pause after each wave: 90s, 30m, 24h (default: 1h).")
    private @Nullable String soak;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            description = "How long a wave waits for devices that are away: 30m, 24h, 3d (default: 24h).")
    private @Nullable String patience;

    @Option(
            names = "--gate",
            paramLabel = "MEASURE",
            description = "What must not get worse on updated devices than on the others, as often as you like:"
                    + " 'Boot! rises 0.5' (for each device and hour), 'PARAMETER falls 10%%', 'PARAMETER rises 5'.")
    private List<String> gate = new ArrayList<>();

    @Option(
            names = "--gate-devices",
            paramLabel = "N",
            description = "Devices on each side without which there is no verdict (default: 5).")
    private @Nullable Integer gateDevices;

    @Option(
            names = "--gate-unknown",
            paramLabel = "WHAT",
            description = "Where too few tell: hold (for a person), go-on or stop (default: hold).")
    private @Nullable String gateUnknown;

    @Option(names = "--no-approval", description = "No second person has to approve it; the audit log says so.")
    private boolean noApproval;

    @Option(names = "--concurrency", paramLabel = "N", description = "Devices at work at once (default: 50).")
    private @Nullable Integer concurrency;

    @Option(names = "--rate", paramLabel = "N", description = "Devices that begin in a minute, at most.")
    private @Nullable Integer rate;

    @Mixin
    private WindowOptions window = new WindowOptions();

    ObjectNode body() {
        if ((query == null) == devices.isEmpty()) {
            throw new WrongUsageException("which devices? Say --query QUERY, or --device ID");
        }
        if (Stream.of(migrate, firmware != null, module != null)
                        .filter(said -> said)
                        .count()
                != 1) {
            throw new WrongUsageException("what with them? Say --firmware IMAGE, --module MODULE or --migrate");
        }
        if (module == null && (action != null || moduleData != null)) {
            throw new WrongUsageException("--action and --module-data go with --module");
        }
        if (moduleData != null && !moduleData.equals("keep") && !moduleData.equals("drop")) {
            throw new WrongUsageException("--module-data is keep or drop");
        }
        if (!migrate && crossing.isSaid()) {
            throw new WrongUsageException("--to, --keep-cwmp, --settle and --by-network go with --migrate");
        }
        ObjectNode body = Json.object().put("name", name);
        if (firmware != null) {
            body.put("firmware", firmware);
        } else if (module != null) {
            ObjectNode rollout = body.putObject("module").put("id", module);
            if (action != null) {
                rollout.put("action", action);
            }
            if (moduleData != null) {
                rollout.put("keepData", moduleData.equals("keep"));
            }
        } else {
            body.set("migration", crossing.body());
        }
        if (query != null) {
            body.put("query", query);
        } else {
            body.set("devices", Json.array(devices));
        }
        body.set(
                "waves",
                Json.array(Arrays.stream(waves.split(",")).map(String::strip).toList()));
        put(body, "successPercent", success);
        if (stopAt != null) {
            body.put("stopAt", stopAt);
        }
        put(body, "soakSeconds", soak == null ? null : (Integer) seconds("--soak", soak));
        put(body, "patienceSeconds", patience == null ? null : (Integer) seconds("--patience", patience));
        if (noApproval) {
            body.put("approval", false);
        }
        put(body, "concurrency", concurrency);
        put(body, "perMinute", rate);
        window.put(body);
        putGate(body);
        return body;
    }

    private void putGate(ObjectNode body) {
        if (gate.isEmpty()) {
            if (gateDevices != null || gateUnknown != null) {
                throw new WrongUsageException("--gate-devices and --gate-unknown go with --gate MEASURE");
            }
            return;
        }
        ObjectNode node = body.putObject("gate");
        node.set("measures", Json.array(gate));
        put(node, "atLeast", gateDevices);
        if (gateUnknown != null) {
            node.put("unknown", gateUnknown);
        }
    }

    private static void put(ObjectNode body, String field, @Nullable Integer value) {
        if (value != null) {
            body.put(field, value);
        }
    }

    private static int seconds(String option, String text) {
        Matcher time = DURATION.matcher(text.strip());
        if (!time.matches()) {
            throw new WrongUsageException(option + " looks like 90s, 30m, 24h or 3d");
        }
        long number = Long.parseLong(time.group(1));
        Duration duration = switch (time.group(2) == null ? "s" : time.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
        return (int) Math.min(Integer.MAX_VALUE, duration.toSeconds());
    }
}
