// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Software modules of the catalogue as a person reads them.
final class ModulesText {
    private ModulesText() {}

    static void table(JsonNode answer, PrintWriter out) {
        for (JsonNode module : answer.path("items")) {
            String devices = module.path("devices").asString("");
            out.println(String.format(
                    Locale.ROOT,
                    "%5d  %s  %s%s%s",
                    module.path("id").asLong(),
                    Terminal.safe(FirmwareText.called(module)),
                    Terminal.safe(module.path("vendor").asString("")),
                    module.path("signer").asString("").isEmpty() ? "" : "  signed",
                    devices.isEmpty() ? "" : "  " + Terminal.dim("for " + Terminal.safe(devices))));
        }
        if (answer.path("items").isEmpty()) {
            out.println("(none; upload one: pharos modules upload FILE)");
        }
    }

    static void whole(JsonNode module, PrintWriter out) {
        line(out, "module", module.path("id").asString("") + "  " + FirmwareText.called(module));
        line(out, "vendor", module.path("vendor").asString(""));
        line(out, "UUID", module.path("uuid").asString(""));
        line(
                out,
                "file",
                module.path("fileName").asString("") + ", "
                        + FirmwareText.size(module.path("size").asLong()));
        line(out, "SHA-256", module.path("sha256").asString(""));
        String signer = module.path("signer").asString("");
        line(out, "signed", signer.isEmpty() ? "by nobody" : "by " + signer);
        String devices = module.path("devices").asString("");
        line(out, "for", devices.isEmpty() ? "all devices" : devices);
        List<String> needs = needs(module);
        line(out, "needs", needs.isEmpty() ? "nothing that is said" : String.join("; ", needs));
        String note = module.path("note").asString("");
        if (!note.isEmpty()) {
            line(out, "note", note);
        }
        line(
                out,
                "uploaded",
                module.path("uploaded").asString("") + " by "
                        + module.path("uploadedBy").asString(""));
    }

    private static List<String> needs(JsonNode module) {
        List<String> needs = new ArrayList<>();
        String environment = module.path("environment").asString("");
        if (!environment.isEmpty()) {
            needs.add("execution environment " + environment);
        }
        List<String> architectures = texts(module.path("architectures"));
        if (!architectures.isEmpty()) {
            needs.add("one of " + String.join(", ", architectures));
        }
        if (module.path("memory").asLong() > 0) {
            needs.add(module.path("memory").asLong() + " KiB of memory");
        }
        if (module.path("disk").asLong() > 0) {
            needs.add(module.path("disk").asLong() + " KiB of disk space");
        }
        texts(module.path("requires")).forEach(needs::add);
        return needs;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(each -> each.asString("")).toList();
    }

    private static void line(PrintWriter out, String what, String value) {
        out.println(String.format(Locale.ROOT, "%-9s ", what) + Terminal.safe(value));
    }
}
