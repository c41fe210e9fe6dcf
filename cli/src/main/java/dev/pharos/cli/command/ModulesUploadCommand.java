// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.device.modules.unit.ArchiveFacts;
import dev.pharos.device.modules.unit.UnitFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `pharos modules upload`: takes a software module into the server's catalogue.
@Command(
        name = "upload",
        description =
                "Uploads an archive into the server's catalogue. Who it is stands in the archive, and is read from it"
                        + " unless --name, --vendor and --version say it. The same archive once more is the one that is there.",
        footer = {
            "",
            "Examples:",
            "  pharos modules upload hello-1.0.0.tar.gz",
            "  pharos modules upload hello-1.0.0.tar.gz --for 'model = \"X\"' --requires 'runtime@example.org>=2.1'",
            "  openssl dgst -sha256 -sign maker.key -out hello.sig hello-1.0.0.tar.gz",
            "  pharos modules upload hello-1.0.0.tar.gz --signature hello.sig --architecture x86_64 --memory 65536"
        })
final class ModulesUploadCommand extends ServerCommand implements Callable<Integer> {
    private static final int SIGNATURE = 4_096;

    @Mixin
    private UploadOptions upload = new UploadOptions();

    @Option(names = "--name", paramLabel = "NAME", description = "What the archive says of itself, if it is not ours.")
    private @Nullable String name;

    @Option(names = "--vendor", paramLabel = "DOMAIN", description = "As --name.")
    private @Nullable String vendor;

    @Option(names = "--version", paramLabel = "V", description = "As --name.")
    private @Nullable String version;

    @Option(
            names = "--uuid",
            paramLabel = "UUID",
            description = "Of the deployment unit (default: that of name and vendor, as TR-181 has it).")
    private @Nullable String uuid;

    @Option(
            names = "--environment",
            paramLabel = "TYPE",
            description = "The type or name of the execution environment that it needs (default: any).")
    private @Nullable String environment;

    @Option(
            names = "--architecture",
            paramLabel = "NAME",
            description = "Of which a device must have one, as often as you like (default: any).")
    private List<String> architectures = new ArrayList<>();

    @Option(names = "--memory", paramLabel = "KIB", description = "Memory that must be free.")
    private @Nullable Long memory;

    @Option(names = "--disk", paramLabel = "KIB", description = "Disk space that must be free.")
    private @Nullable Long disk;

    @Option(
            names = "--requires",
            paramLabel = "MODULE",
            description = "Another module that must be installed, as often as you like: NAME@VENDOR, or"
                    + " NAME@VENDOR>=VERSION.")
    private List<String> requires = new ArrayList<>();

    @Option(
            names = "--signature",
            paramLabel = "FILE",
            description = "The signature of the archive, as openssl dgst -sha256 -sign writes it.")
    private @Nullable Path signature;

    @Override
    public Integer call() throws DeniedException, UnreachableException, IOException, InterruptedException {
        Map<String, @Nullable String> query = upload.said(this);
        sayWho(query);
        query.put("uuid", uuid);
        query.put("environment", environment);
        query.put("architectures", architectures.isEmpty() ? null : String.join(",", architectures));
        query.put("memory", memory == null ? null : Long.toString(memory));
        query.put("disk", disk == null ? null : Long.toString(disk));
        query.put("requires", requires.isEmpty() ? null : String.join(",", requires));
        query.put("signature", signed());
        JsonNode module =
                new RepositoryUpload(client(), json(), err()).send(ModulesCommand.CATALOGUE, query, upload.file);
        String signer = module.path("signer").asString("");
        return print(
                module,
                "module " + module.path("id").asLong() + "  " + Terminal.safe(FirmwareText.called(module)) + "  "
                        + (signer.isEmpty() ? "not signed" : "signed by " + Terminal.safe(signer)));
    }

    private void sayWho(Map<String, @Nullable String> query) throws IOException, InterruptedException {
        query.put("name", name);
        query.put("vendor", vendor);
        query.put("version", version);
        if (name != null && vendor != null && version != null) {
            return;
        }
        try {
            ArchiveFacts facts = ArchiveFacts.of(upload.file);
            query.put("name", name == null ? facts.name() : name);
            query.put("vendor", vendor == null ? facts.vendor() : vendor);
            query.put("version", version == null ? facts.version() : version);
        } catch (UnitFormatException not) {
            throw wrong("FILE: it does not say who it is, so say --name, --vendor and --version: " + not.getMessage());
        }
    }

    private @Nullable String signed() throws IOException {
        Path from = signature;
        if (from == null) {
            return null;
        }
        if (!UploadOptions.isReadable(from) || Files.size(from) > SIGNATURE) {
            throw wrong("--signature: there is no such file, or it is no signature: " + from);
        }
        return Base64.getEncoder().encodeToString(Files.readAllBytes(from));
    }
}
