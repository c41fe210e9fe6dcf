// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DataFolder;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.pki.DevelopmentFolder;
import dev.pharos.pki.DevelopmentFolder.Entry;
import dev.pharos.pki.DevelopmentFolder.Plan;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.SubjectName;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;

/// `pharos pki`: an authority for development, and certificates of a server, a controller and devices.
@Command(
        name = "pki",
        description = {
            "Makes a certificate authority FOR DEVELOPMENT, and certificates for a server, a controller and devices.",
            "What is there already stays. Whoever can read authority.key can be any device: never use it in the field."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  pharos pki --dir pki",
            "  pharos pki --dir pki --device os::00256D-1 --device os::00256D-2 --host acs.example.com",
            "  pharos pki --dir pki --revoke os::00256D-2",
            "  pharos pki --dir pki --bootstrap batch-7",
            "  pharos server --ws off --wss 8184 --cert pki/server.pem --key pki/server.key --ca pki/authority.pem \\",
            "      --crl pki/revoked.pem"
        })
public final class PkiCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--dir", paramLabel = "DIR", description = "Where the files go (default: pki in the data folder).")
    private @Nullable Path folder;

    @Option(
            names = "--device",
            paramLabel = "ID",
            description = "A device's Endpoint ID; may be given several times (default: proto::this-host).")
    private List<String> devices = new ArrayList<>();

    @Option(
            names = "--controller-id",
            defaultValue = "self::pharos",
            paramLabel = "ID",
            description = "The controller's Endpoint ID (default: ${DEFAULT-VALUE}).")
    private String controllerId = "";

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "A name or address under which devices reach the server, beside localhost; several times.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--days",
            defaultValue = "365",
            description = "How long certificates hold (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--rsa", description = "Make RSA keys of 3072 bits in place of elliptic curve P-256.")
    private boolean rsa;

    @Option(
            names = "--force",
            description = "Replace the server's, the controller's and the named devices' certificates.")
    private boolean force;

    @Option(
            names = "--self-signed",
            description = "Make certificates that the named devices have signed themselves, and no authority.")
    private boolean selfSigned;

    @Option(
            names = "--bootstrap",
            paramLabel = "NAME",
            description =
                    "Make what a batch of devices is shipped with to enrol by it: an authority for this batch and a"
                            + " certificate that its devices share, and nothing else. See pharos bootstraps.")
    private @Nullable String batch;

    @Option(
            names = "--revoke",
            paramLabel = "ID",
            description = "Put this device's certificate on the revocation list, and do nothing else.")
    private @Nullable String revoked;

    @Option(names = "--json", description = "Print what is there as one JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        Path chosen = folder != null ? folder : DataFolder.of(null).resolve("pki");
        DevelopmentFolder files = new DevelopmentFolder(chosen);
        try {
            if (revoked != null) {
                revoke(files, endpoint("--revoke", revoked));
            } else if (batch != null) {
                print(chosen, files, bootstrap(files, batch));
            } else if (selfSigned) {
                print(chosen, files, files.selfSigned(plan(), Instant.now()));
            } else {
                List<Entry> entries = files.fill(plan(), Instant.now());
                warn();
                print(chosen, files, entries);
            }
            return 0;
        } catch (IOException failed) {
            err().println("pharos: " + failed.getMessage());
            return ExitStatus.DENIED;
        }
    }

    private List<Entry> bootstrap(DevelopmentFolder files, String name) throws IOException {
        try {
            return files.bootstrap(name, plan(), Instant.now());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), "--bootstrap: " + wrong.getMessage(), wrong);
        }
    }

    private Plan plan() {
        List<EndpointId> named = new ArrayList<>();
        for (String device : devices.isEmpty() ? List.of("proto::this-host") : devices) {
            named.add(endpoint("--device", device));
        }
        List<SubjectName> reached = new ArrayList<>(
                List.of(SubjectName.host("localhost"), SubjectName.host("127.0.0.1"), SubjectName.host("::1")));
        try {
            hosts.stream().map(SubjectName::host).forEach(reached::add);
            return new Plan(
                    endpoint("--controller-id", controllerId),
                    named,
                    reached,
                    rsa ? KeyKind.RSA : KeyKind.EC,
                    days,
                    force);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private EndpointId endpoint(String option, String text) {
        try {
            return EndpointId.parse(text);
        } catch (MalformedInputException malformed) {
            throw new ParameterException(spec.commandLine(), option + ": " + malformed.detail(), malformed);
        }
    }

    private void revoke(DevelopmentFolder files, EndpointId device) throws IOException {
        Path list = files.revoke(device, Instant.now());
        if (json) {
            out().println(Json.text(
                    Json.object().put("revoked", device.toString()).put("revocationList", list.toString())));
        } else {
            out().println("revoked " + device + " in " + list);
        }
        out().flush();
    }

    private void warn() {
        err().println(Terminal.red("FOR DEVELOPMENT ONLY.")
                + " Whoever can read authority.key can be any device and any controller.");
        err().flush();
    }

    private void print(Path chosen, DevelopmentFolder files, List<Entry> entries) {
        if (json) {
            ArrayNode all = Json.object().putArray("entries");
            for (Entry entry : entries) {
                all.addObject()
                        .put("owner", entry.owner())
                        .put("certificate", entry.certificate().toString())
                        .put("key", entry.key().toString())
                        .put("made", entry.made())
                        .put("until", entry.content().getNotAfter().toInstant().toString());
            }
            out().println(Json.text(Json.object()
                    .put("forDevelopmentOnly", true)
                    .put("folder", chosen.toString())
                    .put("revocationList", files.revocationList().toString())
                    .set("certificates", all)));
        } else {
            for (Entry entry : entries) {
                out().println((entry.made() ? "made  " : "kept  ") + entry.certificate() + "   " + entry.owner()
                        + ", until "
                        + entry.content().getNotAfter().toInstant().toString().substring(0, 10));
            }
            if (!selfSigned && batch == null) {
                advise(chosen, entries);
            }
        }
        out().flush();
    }

    private void advise(Path chosen, List<Entry> entries) {
        Entry device = entries.getLast();
        out().println();
        out().println("Try it:");
        out().println("  ./pharos server --ws off --wss 8184 --cert " + chosen.resolve("server.pem") + " --key "
                + chosen.resolve("server.key") + " --ca " + chosen.resolve("authority.pem"));
        out().println("  ./pharos agent --endpoint-id " + device.owner()
                + " --controller wss://localhost:8184/usp --cert "
                + device.certificate() + " --key " + device.key() + " --ca " + chosen.resolve("authority.pem"));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
